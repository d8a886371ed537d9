-- Entity by day of publication: articles, pieces of reporting (clusters) and outlets. Short names count for whom they are
-- taken for (entity_same_as).
CREATE OR REPLACE VIEW entity_days AS
SELECT coalesce(same_as, mentions.entity_id) AS entity_id,
       articles.published_on,
       count(DISTINCT articles.article_id) AS articles,
       count(DISTINCT article_clusters.cluster_id) AS clusters,
       count(DISTINCT articles.outlet_id) AS outlets
FROM mentions
LEFT JOIN entity_same_as ON entity_same_as.entity_id = mentions.entity_id
JOIN articles USING (article_id)
JOIN article_clusters USING (article_id)
WHERE mentions.entity_id IS NOT NULL
GROUP BY ALL
