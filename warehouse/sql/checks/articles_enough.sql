-- A day that is over has at least a tenth of the articles that the four weeks before it had, by their median.
-- It takes a week of days and fifty articles to know what is usual.
WITH usual AS (
    SELECT median(articles) AS articles FROM recent_days HAVING count(*) >= 7 AND median(articles) >= 50
), staged AS (
    SELECT count(*) AS articles FROM staged_articles
)
SELECT staged.articles || ' articles where ' || usual.articles::BIGINT || ' are usual' AS finding
FROM staged CROSS JOIN usual
WHERE $day::DATE < $today::DATE AND staged.articles < usual.articles / 10
