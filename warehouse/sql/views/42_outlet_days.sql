-- Outlet by arrival day: articles, how many of them are copies, how many of its days are inferred.
CREATE OR REPLACE VIEW outlet_days AS
SELECT articles.outlet_id,
       articles.arrival_day,
       count(*) AS articles,
       count(*) FILTER (NOT article_clusters.is_canonical) AS copies,
       count(*) FILTER (articles.published_basis IN ('inferred', 'arrival')) AS inferred_dates
FROM articles JOIN article_clusters USING (article_id)
GROUP BY articles.outlet_id, articles.arrival_day
