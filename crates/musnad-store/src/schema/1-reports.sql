-- Reports, what was read out of them, and what is the same across them. Every column is described in schema.rs.

CREATE TABLE outlets (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE reports (
    id INTEGER PRIMARY KEY,
    key BLOB NOT NULL UNIQUE,
    given_id TEXT,
    address TEXT,
    outlet INTEGER REFERENCES outlets
) STRICT;
CREATE INDEX reports_by_outlet ON reports (outlet);

CREATE TABLE versions (
    id INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports,
    number INTEGER NOT NULL CHECK (number >= 1),
    current INTEGER NOT NULL CHECK (current IN (0, 1)),
    hash BLOB NOT NULL,
    published TEXT,
    published_from TEXT NOT NULL CHECK (published_from IN ('given', 'page', 'text', 'none')),
    language TEXT NOT NULL,
    reader TEXT NOT NULL,
    words INTEGER NOT NULL,
    added TEXT NOT NULL,
    origin TEXT NOT NULL,
    titled INTEGER NOT NULL CHECK (titled IN (0, 1)),
    title TEXT,
    text TEXT NOT NULL,
    UNIQUE (report, number),
    UNIQUE (report, hash)
) STRICT;
CREATE UNIQUE INDEX versions_current ON versions (report) WHERE current;
CREATE INDEX versions_by_reader ON versions (reader);
CREATE INDEX versions_by_day ON versions (published);

CREATE TABLE records (
    version INTEGER PRIMARY KEY REFERENCES versions,
    size INTEGER NOT NULL,
    json BLOB NOT NULL
) STRICT;

CREATE TABLE rules (
    id INTEGER PRIMARY KEY,
    because TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE entities (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT,
    country TEXT,
    sector TEXT,
    link TEXT,
    latitude REAL,
    longitude REAL
) STRICT;

CREATE TABLE appearances (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES versions,
    number INTEGER NOT NULL,
    entity INTEGER REFERENCES entities,
    why TEXT,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT,
    country TEXT,
    sector TEXT,
    link TEXT,
    latitude REAL,
    longitude REAL,
    named INTEGER NOT NULL CHECK (named IN (0, 1)),
    mentions INTEGER NOT NULL,
    first INTEGER NOT NULL,
    UNIQUE (version, number)
) STRICT;
CREATE INDEX appearances_by_entity ON appearances (entity) WHERE entity IS NOT NULL;

CREATE TABLE roles (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES appearances,
    title TEXT NOT NULL,
    institution INTEGER REFERENCES appearances,
    rule INTEGER NOT NULL REFERENCES rules
) STRICT;
CREATE INDEX roles_by_person ON roles (person);
CREATE INDEX roles_by_institution ON roles (institution) WHERE institution IS NOT NULL;

CREATE TABLE statements (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES versions,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    act TEXT NOT NULL,
    speaker INTEGER REFERENCES appearances,
    medium TEXT,
    within INTEGER REFERENCES statements DEFERRABLE INITIALLY DEFERRED,
    cue_start INTEGER NOT NULL,
    cue_end INTEGER NOT NULL,
    content TEXT NOT NULL,
    confidence REAL NOT NULL,
    rule INTEGER NOT NULL REFERENCES rules,
    UNIQUE (version, number)
) STRICT;
CREATE INDEX statements_by_speaker ON statements (speaker) WHERE speaker IS NOT NULL;
CREATE INDEX statements_by_within ON statements (within) WHERE within IS NOT NULL;

CREATE TABLE relays (
    statement INTEGER NOT NULL REFERENCES statements,
    number INTEGER NOT NULL,
    via INTEGER NOT NULL REFERENCES appearances,
    PRIMARY KEY (statement, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX relays_by_via ON relays (via);

CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES versions,
    number INTEGER NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    status TEXT NOT NULL,
    time TEXT,
    day TEXT,
    place INTEGER REFERENCES appearances,
    told_in INTEGER REFERENCES statements,
    dead INTEGER,
    dead_bound TEXT,
    injured INTEGER,
    injured_bound TEXT,
    arrested INTEGER,
    arrested_bound TEXT,
    trigger_start INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    sentence INTEGER NOT NULL,
    sentence_start INTEGER NOT NULL,
    sentence_end INTEGER NOT NULL,
    confidence REAL NOT NULL,
    rule INTEGER NOT NULL REFERENCES rules,
    UNIQUE (version, number)
) STRICT;
CREATE INDEX events_by_place ON events (place) WHERE place IS NOT NULL;
CREATE INDEX events_by_told_in ON events (told_in) WHERE told_in IS NOT NULL;
CREATE INDEX events_by_day ON events (day, type) WHERE day IS NOT NULL;

CREATE TABLE participants (
    event INTEGER NOT NULL REFERENCES events,
    part TEXT NOT NULL CHECK (part IN ('actor', 'recipient')),
    number INTEGER NOT NULL,
    appearance INTEGER NOT NULL REFERENCES appearances,
    PRIMARY KEY (event, part, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX participants_by_appearance ON participants (appearance);

CREATE TABLE copies (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES versions
) STRICT;
CREATE INDEX copies_by_source ON copies (source);

CREATE TABLE copy_members (
    version INTEGER PRIMARY KEY REFERENCES versions,
    copy INTEGER NOT NULL REFERENCES copies ON DELETE CASCADE,
    similarity REAL NOT NULL,
    why TEXT NOT NULL
) STRICT;
CREATE INDEX copy_members_by_copy ON copy_members (copy);

CREATE TABLE utterances (
    id INTEGER PRIMARY KEY,
    speaker INTEGER REFERENCES entities,
    earliest INTEGER NOT NULL REFERENCES statements,
    reports INTEGER NOT NULL,
    origins INTEGER NOT NULL
) STRICT;
CREATE INDEX utterances_by_speaker ON utterances (speaker);
CREATE INDEX utterances_by_earliest ON utterances (earliest);

CREATE TABLE utterance_members (
    statement INTEGER PRIMARY KEY REFERENCES statements,
    utterance INTEGER NOT NULL REFERENCES utterances ON DELETE CASCADE,
    origin INTEGER NOT NULL,
    similarity REAL NOT NULL,
    why TEXT NOT NULL
) STRICT;
CREATE INDEX utterance_members_by_utterance ON utterance_members (utterance);

CREATE TABLE happenings (
    id INTEGER PRIMARY KEY,
    type TEXT NOT NULL,
    day TEXT,
    place INTEGER REFERENCES entities,
    reports INTEGER NOT NULL,
    origins INTEGER NOT NULL,
    contradiction TEXT
) STRICT;
CREATE INDEX happenings_by_place ON happenings (place);

CREATE TABLE happening_members (
    event INTEGER PRIMARY KEY REFERENCES events,
    happening INTEGER NOT NULL REFERENCES happenings ON DELETE CASCADE,
    why TEXT NOT NULL
) STRICT;
CREATE INDEX happening_members_by_happening ON happening_members (happening);

CREATE TABLE decisions (
    id INTEGER PRIMARY KEY,
    act TEXT NOT NULL CHECK (act IN ('merge', 'split')),
    made TEXT NOT NULL,
    made_by TEXT NOT NULL,
    why TEXT NOT NULL,
    undone TEXT,
    undone_by TEXT
) STRICT;

CREATE TABLE decision_members (
    decision INTEGER NOT NULL REFERENCES decisions,
    number INTEGER NOT NULL,
    key TEXT NOT NULL,
    report INTEGER REFERENCES reports,
    PRIMARY KEY (decision, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_members_by_report ON decision_members (report) WHERE report IS NOT NULL;
