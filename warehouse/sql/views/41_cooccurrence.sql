-- Pairs of entities named in the same piece of reporting, by day of publication; entity_a < entity_b. Short names count for
-- whom they are taken for (entity_same_as).
CREATE OR REPLACE VIEW cooccurrence AS
WITH named AS (
    SELECT DISTINCT article_clusters.cluster_id, articles.published_on,
                    coalesce(same_as, mentions.entity_id) AS entity_id
    FROM mentions
    LEFT JOIN entity_same_as ON entity_same_as.entity_id = mentions.entity_id
    JOIN articles USING (article_id)
    JOIN article_clusters USING (article_id)
    WHERE article_clusters.is_canonical AND mentions.entity_id IS NOT NULL
)
SELECT a.entity_id AS entity_a, b.entity_id AS entity_b, a.published_on, count(*) AS clusters
FROM named AS a JOIN named AS b ON a.cluster_id = b.cluster_id AND a.entity_id < b.entity_id
GROUP BY ALL
