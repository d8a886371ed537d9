-- Rejects from one arrival day to another, of one reason or (null) of all.
SELECT reject_id, arrival_day, path, member, stage, reason, detail, is_kept, first_seen_at, last_seen_at, replayed_at
FROM rejects
WHERE arrival_day BETWEEN $first::DATE AND $last::DATE AND ($reason IS NULL OR reason = $reason)
ORDER BY arrival_day DESC, path, member
