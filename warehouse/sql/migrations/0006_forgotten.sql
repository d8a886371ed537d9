-- What is kept out for good, and what each day was computed by. Days of before have no recipe until they are published
-- again, so a backfill takes them all.
CREATE TABLE forgotten (document_id VARCHAR, sha256 VARCHAR, text_sha256 VARCHAR, arrival_day DATE, forgotten_at TIMESTAMPTZ, why VARCHAR);
ALTER TABLE runs ADD COLUMN recipe VARCHAR;
