-- Who and what is named in most articles?
SELECT name, type, article_count AS articles, first_seen_on, last_seen_on
FROM entities
ORDER BY article_count DESC, name
LIMIT 8
