-- The last published days up to this one, each as it was last published, in order.
SELECT arrival_day, drops, articles, rejects, mentions, copies
FROM (
    SELECT * FROM runs
    WHERE arrival_day <= $day::DATE
    QUALIFY row_number() OVER (PARTITION BY arrival_day ORDER BY finished_at DESC) = 1
    ORDER BY arrival_day DESC
    LIMIT 30
)
ORDER BY arrival_day
