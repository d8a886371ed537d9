-- What differs between a day before and after it was published again.
(SELECT * EXCLUDE (bands) FROM day_before EXCEPT SELECT * EXCLUDE (bands) FROM day_after)
UNION ALL
(SELECT * EXCLUDE (bands) FROM day_after EXCEPT SELECT * EXCLUDE (bands) FROM day_before)
