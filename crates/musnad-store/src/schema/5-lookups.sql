-- What search asks for stands in the indices, so that the tables are not read for it.

DROP INDEX appearances_by_spelling;
CREATE INDEX appearances_by_spelling ON appearances (spelling, entity, version) WHERE spelling IS NOT NULL;
DROP INDEX appearances_by_entity;
CREATE INDEX appearances_by_entity ON appearances (entity, version) WHERE entity IS NOT NULL;
CREATE INDEX appearances_by_country ON appearances (country) WHERE type = 'place';

DROP INDEX statements_by_speaker;
CREATE INDEX statements_by_speaker ON statements (speaker, act, version) WHERE speaker IS NOT NULL;
CREATE INDEX statements_by_act ON statements (act, version, speaker);

DROP INDEX events_by_type;
CREATE INDEX events_by_type ON events (type, version, place, told_in);
DROP INDEX events_by_place;
CREATE INDEX events_by_place ON events (place, type, version, told_in) WHERE place IS NOT NULL;

-- Day and report of the current texts, by number and by day.
DROP INDEX versions_by_day;
CREATE INDEX versions_by_day ON versions (published, report, current) WHERE current;
CREATE INDEX versions_current_days ON versions (id, published, report, current) WHERE current;
