-- What is looked up by words. The texts stay where they are; these tables hold only which words stand where.

CREATE TABLE names (
    id INTEGER PRIMARY KEY,
    key INTEGER NOT NULL UNIQUE
) STRICT;

ALTER TABLE appearances ADD COLUMN spelling INTEGER REFERENCES names;
CREATE INDEX appearances_by_spelling ON appearances (spelling) WHERE spelling IS NOT NULL;

CREATE TABLE mentioned (
    statement INTEGER NOT NULL REFERENCES statements,
    appearance INTEGER NOT NULL REFERENCES appearances,
    PRIMARY KEY (statement, appearance)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentioned_by_appearance ON mentioned (appearance);

CREATE INDEX events_by_type ON events (type, version);

CREATE VIRTUAL TABLE report_search USING fts5 (
    headline, body, words, names,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);

CREATE VIRTUAL TABLE statement_search USING fts5 (
    stems, words, names,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);

CREATE VIRTUAL TABLE name_search USING fts5 (
    stems, words, english,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);

-- What has been read before there was search is found after it has been read again.
UPDATE versions SET reader = 'unindexed ' || reader;
