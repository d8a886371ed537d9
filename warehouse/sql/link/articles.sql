-- All articles of the `wanted` contents.
SELECT article_id, content_hash, published_on, arrival_day, shingle_count
FROM signatures
WHERE content_hash IN (SELECT content_hash FROM wanted)
