-- Files and documents that could not be used, newest day first.
CREATE OR REPLACE VIEW open_rejects AS
SELECT arrival_day, path, member, stage, reason, detail, first_seen_at
FROM rejects
ORDER BY arrival_day DESC, path, member
