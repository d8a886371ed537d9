-- The links of the exact copies of the `moved` heads, with the cluster that these have now.
SELECT duplicates.* REPLACE (moved.cluster_id AS cluster_id)
FROM duplicates JOIN moved ON duplicates.parent_article_id = moved.article_id
WHERE duplicates.relation = 'exact'
