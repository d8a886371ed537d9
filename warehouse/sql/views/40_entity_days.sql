-- Entity by day of publication: articles, pieces of reporting (clusters) and outlets.
CREATE OR REPLACE VIEW entity_days AS
SELECT mentions.entity_id,
       articles.published_on,
       count(DISTINCT articles.article_id) AS articles,
       count(DISTINCT article_clusters.cluster_id) AS clusters,
       count(DISTINCT articles.outlet_id) AS outlets
FROM mentions
JOIN articles USING (article_id)
JOIN article_clusters USING (article_id)
GROUP BY mentions.entity_id, articles.published_on
