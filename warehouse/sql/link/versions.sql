-- For each day a hash of its publications, which changes whenever it is published again.
SELECT arrival_day::VARCHAR, md5(string_agg(run_id || finished_at::VARCHAR, ',' ORDER BY run_id, finished_at))
FROM runs
GROUP BY arrival_day
