-- Every article with its cluster: its own id where it stands alone or is the earliest of its cluster.
CREATE OR REPLACE VIEW article_clusters AS
SELECT articles.article_id,
       articles.arrival_day,
       coalesce(duplicates.cluster_id, articles.article_id) AS cluster_id,
       duplicates.article_id IS NULL AS is_canonical,
       duplicates.relation
FROM articles LEFT JOIN duplicates USING (article_id)
