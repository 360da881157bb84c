-- Words come to the index as they are compared, with spaces between: nothing is left to fold or to tell apart.

DROP TABLE report_search;
DROP TABLE statement_search;
DROP TABLE name_search;

CREATE VIRTUAL TABLE report_search USING fts5 (
    headline, body, words, names,
    content = '', contentless_delete = 1, tokenize = 'ascii'
);

CREATE VIRTUAL TABLE statement_search USING fts5 (
    stems, words, names,
    content = '', contentless_delete = 1, tokenize = 'ascii'
);

CREATE VIRTUAL TABLE name_search USING fts5 (
    stems, words, english,
    content = '', contentless_delete = 1, tokenize = 'ascii'
);

-- Names are written to the index when they are first met.
UPDATE appearances SET spelling = NULL;
DELETE FROM names;

-- What has been read before is found after it has been read again.
UPDATE versions SET reader = 'indexed otherwise ' || reader;
