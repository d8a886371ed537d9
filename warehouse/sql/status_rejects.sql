-- Rejects by reason.
SELECT reason, count(*) AS rejects, max(arrival_day) AS newest_day, min(path) AS for_example
FROM rejects
GROUP BY reason
ORDER BY rejects DESC, reason
