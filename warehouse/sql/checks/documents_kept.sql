-- A day has no fewer documents than are published of it.
WITH counted AS (
    SELECT (SELECT count(*) FROM staged_drops WHERE status <> 'rejected') AS staged,
           (SELECT count(*) FROM drops WHERE arrival_day = $day::DATE AND status <> 'rejected') AS published
)
SELECT staged || ' documents staged where ' || published || ' are published' AS finding
FROM counted WHERE staged < published
