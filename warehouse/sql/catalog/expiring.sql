-- Snapshots that are too old or too many, and that a reader who began within the grace can't be at. The newest is what
-- the lake holds: it was not superseded, so it never expires.
SELECT snapshot_id
FROM (
    SELECT snapshot_id,
           snapshot_time,
           row_number() OVER (ORDER BY snapshot_id DESC) AS place,
           lead(snapshot_time) OVER (ORDER BY snapshot_id) AS superseded_at
    FROM lake.snapshots()
)
WHERE superseded_at < $unread_since::TIMESTAMPTZ AND (place > $kept OR snapshot_time < $before::TIMESTAMPTZ)
ORDER BY snapshot_id
