-- Language, headline labels, captions without credit, kept rejects, and the profile of what was learnt.
-- Columns are null in rows of before until their day is published again (`wirehouse backfill`).
ALTER TABLE rejects ADD COLUMN sha256 VARCHAR;
ALTER TABLE rejects ADD COLUMN is_kept BOOLEAN;
ALTER TABLE rejects ADD COLUMN last_seen_at TIMESTAMPTZ;
ALTER TABLE rejects ADD COLUMN replayed_at TIMESTAMPTZ;
ALTER TABLE articles ADD COLUMN headline_labels VARCHAR[];
ALTER TABLE articles ADD COLUMN lang VARCHAR;
ALTER TABLE articles ADD COLUMN lang_confidence DOUBLE;
ALTER TABLE articles ADD COLUMN profile_version VARCHAR;
ALTER TABLE paragraphs ADD COLUMN caption_text VARCHAR;
ALTER TABLE runs ADD COLUMN profile_version VARCHAR;
CREATE TABLE file_changes (path VARCHAR, seen_at TIMESTAMPTZ, change VARCHAR, bytes BIGINT, sha256 VARCHAR, previous_sha256 VARCHAR, arrival_day DATE, reason VARCHAR);
CREATE TABLE profiles (profile_version VARCHAR, learnt_at TIMESTAMPTZ, learnt_from VARCHAR, document_count INTEGER, line_count INTEGER);
CREATE TABLE boilerplate_lines (profile_version VARCHAR, outlet_id VARCHAR, line_hash VARCHAR, line VARCHAR, document_count INTEGER, share DOUBLE, first_seen_on DATE, last_seen_on DATE, is_overruled BOOLEAN);
