-- The four weeks before the day as they were last published: what the checks that compare take as usual.
SELECT arrival_day, articles
FROM runs
WHERE arrival_day BETWEEN $day::DATE - 28 AND $day::DATE - 1
QUALIFY row_number() OVER (PARTITION BY arrival_day ORDER BY finished_at DESC) = 1 AND articles > 0
