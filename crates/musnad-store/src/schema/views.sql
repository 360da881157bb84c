-- What people look at. Made anew whenever a program with other views opens the file for writing; nothing is kept in them.

CREATE VIEW reports_flat AS
SELECT
    r.id AS report,
    v.published,
    o.name AS outlet,
    v.title,
    v.text,
    v.number AS version,
    v.words,
    (SELECT count(*) FROM statements AS s WHERE s.version = v.id) AS statements,
    (SELECT count(*) FROM events AS e WHERE e.version = v.id) AS events,
    v.language,
    r.address,
    r.given_id,
    v.reader,
    v.added,
    (SELECT copy FROM copy_members WHERE version = v.id) AS copy
FROM versions AS v
JOIN reports AS r ON r.id = v.report
LEFT JOIN outlets AS o ON o.id = r.outlet
WHERE v.current;

CREATE VIEW statements_flat AS
SELECT
    s.id AS statement,
    v.published,
    o.name AS outlet,
    a.name AS speaker,
    a.name_en AS speaker_en,
    (SELECT l.title FROM roles AS l WHERE l.person = a.id ORDER BY l.id LIMIT 1) AS office,
    a.country,
    a.sector,
    s.act,
    s.kind,
    (
        SELECT group_concat(substr(v.text, 1 + (p.value ->> 0), (p.value ->> 1) - (p.value ->> 0)), ' … ')
        FROM json_each(s.content) AS p
    ) AS content,
    s.medium,
    (
        SELECT group_concat(name, ' ← ')
        FROM (
            SELECT x.name FROM relays AS y JOIN appearances AS x ON x.id = y.via
            WHERE y.statement = s.id ORDER BY y.number
        )
    ) AS via,
    s.within,
    substr(v.text, 1 + s.cue_start, s.cue_end - s.cue_start) AS cue,
    s.confidence,
    (SELECT because FROM rules WHERE id = s.rule) AS because,
    v.title,
    r.address,
    r.id AS report,
    a.entity,
    (SELECT utterance FROM utterance_members WHERE statement = s.id) AS utterance
FROM statements AS s
JOIN versions AS v ON v.id = s.version AND v.current
JOIN reports AS r ON r.id = v.report
LEFT JOIN outlets AS o ON o.id = r.outlet
LEFT JOIN appearances AS a ON a.id = s.speaker;

CREATE VIEW events_flat AS
SELECT
    e.id AS event,
    coalesce(e.day, v.published) AS day,
    e.time,
    e.type,
    e.mode,
    e.status,
    (
        SELECT group_concat(name, '; ')
        FROM (
            SELECT x.name FROM participants AS y JOIN appearances AS x ON x.id = y.appearance
            WHERE y.event = e.id AND y.part = 'actor' ORDER BY y.number
        )
    ) AS actors,
    (
        SELECT group_concat(name, '; ')
        FROM (
            SELECT x.name FROM participants AS y JOIN appearances AS x ON x.id = y.appearance
            WHERE y.event = e.id AND y.part = 'recipient' ORDER BY y.number
        )
    ) AS recipients,
    p.name AS place,
    p.country,
    p.latitude,
    p.longitude,
    e.dead,
    e.injured,
    e.arrested,
    (SELECT x.name FROM statements AS s JOIN appearances AS x ON x.id = s.speaker WHERE s.id = e.told_in) AS told_by,
    substr(v.text, 1 + e.sentence_start, e.sentence_end - e.sentence_start) AS sentence,
    e.confidence,
    (SELECT because FROM rules WHERE id = e.rule) AS because,
    v.published,
    o.name AS outlet,
    v.title,
    r.address,
    r.id AS report,
    (SELECT happening FROM happening_members WHERE event = e.id) AS happening
FROM events AS e
JOIN versions AS v ON v.id = e.version AND v.current
JOIN reports AS r ON r.id = v.report
LEFT JOIN outlets AS o ON o.id = r.outlet
LEFT JOIN appearances AS p ON p.id = e.place;

CREATE VIEW who AS
SELECT
    n.id AS entity,
    n.name,
    n.name_en,
    n.type,
    n.country,
    n.sector,
    (
        SELECT group_concat(title, '; ')
        FROM (
            SELECT l.title, count(*) AS times FROM appearances AS a JOIN roles AS l ON l.person = a.id
            WHERE a.entity = n.id GROUP BY l.title ORDER BY times DESC, l.title LIMIT 5
        )
    ) AS offices,
    (
        SELECT count(*) FROM appearances AS a JOIN versions AS v ON v.id = a.version AND v.current
        WHERE a.entity = n.id
    ) AS reports,
    (
        SELECT count(*) FROM appearances AS a JOIN versions AS v ON v.id = a.version AND v.current
        JOIN statements AS s ON s.speaker = a.id WHERE a.entity = n.id
    ) AS statements,
    (
        SELECT count(*) FROM appearances AS a JOIN versions AS v ON v.id = a.version AND v.current
        JOIN participants AS y ON y.appearance = a.id WHERE a.entity = n.id
    ) AS events,
    (
        SELECT min(v.published) FROM appearances AS a JOIN versions AS v ON v.id = a.version AND v.current
        WHERE a.entity = n.id
    ) AS first_seen,
    (
        SELECT max(v.published) FROM appearances AS a JOIN versions AS v ON v.id = a.version AND v.current
        WHERE a.entity = n.id
    ) AS last_seen,
    n.link
FROM entities AS n;
