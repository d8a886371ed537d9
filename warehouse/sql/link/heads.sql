-- The earliest article with each of the `wanted` contents, who told it (two of an unknown outlet are not of one), and how
-- many articles have the content.
WITH earliest AS (
    SELECT content_hash, published_on, arrival_day, min(article_id) AS article_id,
           any_value(shingle_count) AS shingle_count, count(*) AS members
    FROM signatures SEMI JOIN wanted USING (content_hash, arrival_day)
    WHERE arrival_day IN $days
    GROUP BY content_hash, published_on, arrival_day
), heads AS (
    SELECT first(earliest ORDER BY published_on, arrival_day) AS head, sum(members) AS members
    FROM earliest GROUP BY content_hash
)
SELECT head.article_id, head.content_hash, head.published_on, head.arrival_day, head.shingle_count,
       nullif(articles.outlet_id, 'unknown') AS outlet_id, articles.dateline_agency AS agency, heads.members
FROM heads
JOIN articles ON articles.article_id = head.article_id AND articles.arrival_day = head.arrival_day
WHERE articles.arrival_day IN $days
