-- Days whose (path, content) pairs are not those that their last publication took in. The digest is inbox_digest's.
WITH inbox AS (
    SELECT arrival_day,
           sha256(string_agg(path || ':' || coalesce(sha256, reason), chr(10)
                             ORDER BY path || ':' || coalesce(sha256, reason))) AS digest
    FROM files
    WHERE coalesce(sha256, reason) IS NOT NULL
    GROUP BY arrival_day
), published AS (
    SELECT arrival_day, arg_max(inbox_digest, finished_at) AS digest, arg_max(run_id, finished_at) AS run_id
    FROM runs GROUP BY arrival_day
)
SELECT arrival_day, coalesce(inbox.digest, sha256('')) AS content, published.run_id AS published_by
FROM inbox FULL JOIN published USING (arrival_day)
-- A file leaves a day when its folder's day, too far ahead until then, has come; what it left behind is due, too.
WHERE coalesce(inbox.digest, sha256('')) IS DISTINCT FROM published.digest
-- A file that had vanished when its day was published, and is there, is to be read again.
   OR arrival_day IN (SELECT files.arrival_day FROM files JOIN rejects USING (arrival_day, path)
                      WHERE files.state = 'present' AND rejects.reason = 'vanished')
ORDER BY arrival_day
