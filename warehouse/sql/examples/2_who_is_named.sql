-- Which people and organisations are named in most articles?
SELECT name, type, article_count AS articles, first_seen_on, last_seen_on
FROM entities
WHERE type IN ('person', 'organisation')
ORDER BY article_count DESC, mention_count DESC, name
LIMIT 6
