-- Articles of the day as published, those with most copies first.
SELECT headline, outlet_id, published_on, count(duplicates.article_id) AS copies
FROM articles LEFT JOIN duplicates ON parent_article_id = articles.article_id
WHERE arrival_day = $day::DATE
GROUP BY ALL
ORDER BY copies DESC, headline, outlet_id
LIMIT 10
