-- The bands of each of the `wanted` contents.
SELECT content_hash, any_value(bands) AS bands FROM signatures SEMI JOIN wanted USING (content_hash, arrival_day)
WHERE arrival_day IN $days
GROUP BY content_hash
