-- Who and what the day names in most articles.
SELECT name, type, country, article_count, mention_count
FROM staged_entity_sightings
ORDER BY article_count DESC, mention_count DESC, entity_id
LIMIT 10
