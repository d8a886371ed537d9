-- Links of an article, to a parent or in a cluster that are no article of the lake.
SELECT duplicates.article_id, parent_article_id, cluster_id
FROM duplicates
WHERE article_id NOT IN (SELECT article_id FROM articles)
   OR parent_article_id NOT IN (SELECT article_id FROM articles)
   OR cluster_id NOT IN (SELECT article_id FROM articles)
