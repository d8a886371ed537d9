-- One article for each piece of reporting, with the number of copies it has.
CREATE OR REPLACE VIEW canonical_articles AS
SELECT articles.*, coalesce(copies.copies, 0) AS copies
FROM articles
ANTI JOIN duplicates USING (article_id)
LEFT JOIN (SELECT cluster_id AS article_id, count(*) AS copies FROM duplicates GROUP BY cluster_id) AS copies
    USING (article_id)
