-- The days on which the `wanted` contents were published.
SELECT DISTINCT content_hash, published_on FROM signatures SEMI JOIN wanted USING (content_hash, arrival_day)
WHERE arrival_day IN $days
