-- Days whose last publication was by $recipe and with the profile that is in force; days without articles have none.
SELECT arrival_day
FROM (
    SELECT arrival_day, recipe, profile_version
    FROM runs
    QUALIFY row_number() OVER (PARTITION BY arrival_day ORDER BY finished_at DESC, run_id) = 1
)
WHERE recipe = $recipe AND (profile_version IS NULL OR profile_version = $profile)
ORDER BY arrival_day
