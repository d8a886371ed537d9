-- The last fortnight of arrival days with what they hold.
SELECT runs.arrival_day, drops, articles, copies, rejects, mentions, finished_at AS published_at
FROM runs
QUALIFY row_number() OVER (PARTITION BY runs.arrival_day ORDER BY finished_at DESC) = 1
ORDER BY arrival_day DESC
LIMIT 14
