-- Days that hold documents and that no publication is recorded of.
SELECT arrival_day, count(*) AS documents FROM drops ANTI JOIN runs USING (arrival_day) GROUP BY arrival_day
