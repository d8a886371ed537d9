-- At most a fifth of what arrived is rejected, where that is five or more.
WITH counted AS (
    SELECT (SELECT count(*) FROM staged_rejects) AS rejects,
           (SELECT count(*) FROM staged_drops WHERE status <> 'rejected') AS used
)
SELECT count(*) || ' times ' || reason AS finding
FROM staged_rejects CROSS JOIN counted
WHERE rejects >= 5 AND rejects > 0.2 * (rejects + used)
GROUP BY reason
ORDER BY count(*) DESC, reason
