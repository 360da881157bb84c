-- What versions are compared by stands in three parts that are read at different times, and what is the same is told only where something has come.

DROP TABLE comparisons;
CREATE TABLE comparisons (
    version INTEGER PRIMARY KEY REFERENCES versions,
    keyed BLOB NOT NULL,
    named BLOB NOT NULL,
    told BLOB NOT NULL
) STRICT;

ALTER TABLE waiting ADD COLUMN anew INTEGER NOT NULL DEFAULT 0 CHECK (anew IN (0, 1));

-- What has been read before is compared after it has been read again; records are packed anew then, too.
UPDATE versions SET reader = 'compared otherwise ' || reader;
