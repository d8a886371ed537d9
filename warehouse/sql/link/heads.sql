-- The earliest article with each of the `wanted` contents, and who told it: two of an unknown outlet are not of one.
WITH earliest AS (
    SELECT content_hash, published_on, arrival_day, min(article_id) AS article_id,
           any_value(shingle_count) AS shingle_count
    FROM signatures SEMI JOIN wanted USING (content_hash, arrival_day)
    WHERE arrival_day IN $days
    GROUP BY content_hash, published_on, arrival_day
), heads AS (
    SELECT DISTINCT ON (content_hash) * FROM earliest ORDER BY content_hash, published_on, arrival_day
)
SELECT heads.article_id, heads.content_hash, heads.published_on, heads.arrival_day, heads.shingle_count,
       nullif(articles.outlet_id, 'unknown') AS outlet_id, articles.dateline_agency AS agency
FROM heads
JOIN articles ON articles.article_id = heads.article_id AND articles.arrival_day = heads.arrival_day
WHERE articles.arrival_day IN $days
