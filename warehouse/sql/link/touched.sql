-- Links of every cluster that one of the `affected` articles is in, or heads.
SELECT * FROM duplicates
WHERE cluster_id IN (
    SELECT coalesce(duplicates.cluster_id, affected.article_id)
    FROM affected LEFT JOIN duplicates USING (article_id)
)
