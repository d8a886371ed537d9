-- The days on which the `wanted` contents were published.
SELECT DISTINCT content_hash, published_on FROM signatures WHERE content_hash IN (SELECT content_hash FROM wanted)
