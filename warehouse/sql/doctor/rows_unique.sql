-- Documents and articles that are held more than once.
SELECT document_id AS id, count(*) AS rows FROM drops GROUP BY document_id HAVING count(*) > 1
UNION ALL
SELECT article_id, count(*) FROM articles GROUP BY article_id HAVING count(*) > 1
