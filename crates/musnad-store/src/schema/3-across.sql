-- What versions are compared by, and which have not been compared yet.

CREATE TABLE comparisons (
    version INTEGER PRIMARY KEY REFERENCES versions,
    packed BLOB NOT NULL
) STRICT;

CREATE TABLE waiting (
    version INTEGER PRIMARY KEY REFERENCES versions
) STRICT;

-- What has been read before reports were compared is compared after it has been read again.
UPDATE versions SET reader = 'not compared ' || reader;
