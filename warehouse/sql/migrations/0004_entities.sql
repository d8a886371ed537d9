-- Aliases with their kind and evidence, readings of place names, metonyms, reviewed decisions, kinds of copies. Entities
-- have ids by the new rules (docs/decisions/0007), and copies that are not exact a relation (docs/decisions/0008), once
-- their days are published again (`wirehouse backfill`).
ALTER TABLE mentions ADD COLUMN is_metonym BOOLEAN;
CREATE TABLE place_candidates (mention_id VARCHAR, arrival_day DATE, rank INTEGER, place_id BIGINT, score DOUBLE, reason VARCHAR, offset_km DOUBLE, bearing DOUBLE, part VARCHAR);
ALTER TABLE place_candidates SET PARTITIONED BY (arrival_day);
CREATE TABLE alias_sightings (arrival_day DATE, entity_id VARCHAR, alias VARCHAR, alias_kind VARCHAR, mention_count INTEGER, evidence_mention_id VARCHAR);
ALTER TABLE alias_sightings SET PARTITIONED BY (arrival_day);
INSERT INTO alias_sightings (arrival_day, entity_id, alias) SELECT arrival_day, entity_id, unnest(aliases) FROM entity_sightings;
ALTER TABLE entity_sightings DROP COLUMN aliases;
CREATE TABLE merge_log (decided_on DATE, action VARCHAR, before VARCHAR[], after VARCHAR, decided_by VARCHAR, why VARCHAR);
ALTER TABLE duplicates ADD COLUMN added_text VARCHAR;
UPDATE duplicates SET relation = NULL WHERE relation = 'near';
