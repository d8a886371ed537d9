-- Files and documents that could not be used, newest day first.
CREATE OR REPLACE VIEW open_rejects AS
SELECT arrival_day, path, member, stage, reason, detail, is_kept, first_seen_at, last_seen_at, replayed_at, reject_id
FROM rejects
ORDER BY arrival_day DESC, path, member
