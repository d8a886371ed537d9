-- Contents published between $low and $high that share a band with one of the `probing` contents, as pairs.
-- Articles of $skipped_day (null: none) are left out: its own pairs were found in the stage.
-- A band that very many share gives each only the first $cap in order of time, so templates cost no square.
WITH asked AS (
    SELECT content_hash, unnest(bands) AS band FROM probing
), held AS (
    SELECT content_hash, article_id, published_on, unnest(bands) AS band
    FROM signatures
    WHERE content_hash IS NOT NULL AND published_on BETWEEN $low AND $high
      AND arrival_day IS DISTINCT FROM $skipped_day::DATE
), first_held AS (
    SELECT band, content_hash, min((published_on, article_id)) AS earliest
    FROM held SEMI JOIN asked USING (band)
    GROUP BY band, content_hash
    QUALIFY row_number() OVER (PARTITION BY band ORDER BY earliest) <= $cap
)
SELECT DISTINCT asked.content_hash AS probed, first_held.content_hash AS found
FROM asked JOIN first_held USING (band)
WHERE asked.content_hash <> first_held.content_hash
