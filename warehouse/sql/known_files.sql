-- The files that were there at the last look, and whether size and time are enough to know them by.
SELECT path,
       bytes,
       epoch_us(modified_at) AS modified_us,
       state IN ('present', 'refused') AND (reason IS NULL OR reason NOT IN (SELECT unnest($reconsidered::VARCHAR[])))
           AS is_settled
FROM files
WHERE state <> 'gone'
