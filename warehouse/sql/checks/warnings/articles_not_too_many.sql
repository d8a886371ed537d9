-- A day has at most five times the articles that the four weeks before it had, by their median.
WITH usual AS (
    SELECT median(articles) AS articles FROM recent_days HAVING count(*) >= 7
), staged AS (
    SELECT count(*) AS articles FROM staged_articles
)
SELECT staged.articles || ' articles where ' || usual.articles::BIGINT || ' are usual' AS finding
FROM staged CROSS JOIN usual
WHERE staged.articles > usual.articles * 5 AND staged.articles >= 50
