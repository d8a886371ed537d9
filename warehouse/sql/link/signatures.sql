-- What the index of bands takes in of the `asked` days.
SELECT content_hash, arrival_day, published_on, bands FROM signatures SEMI JOIN asked USING (arrival_day)
WHERE content_hash IS NOT NULL
