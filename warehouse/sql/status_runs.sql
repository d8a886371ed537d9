-- The last runs: how many days each published and how long that took.
SELECT run_id, count(*) AS days, min(arrival_day) AS first_day, max(arrival_day) AS last_day,
       max(finished_at) AS finished_at, round(sum(seconds), 2) AS publishing_seconds
FROM runs
GROUP BY run_id
ORDER BY finished_at DESC
LIMIT 5
