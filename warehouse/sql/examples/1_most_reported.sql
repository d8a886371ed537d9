-- Which stories were printed most often, each counted once?
SELECT headline, outlet_id AS first_in, published_on, copies
FROM canonical_articles
WHERE copies > 0
ORDER BY copies DESC, published_on, headline
LIMIT 3
