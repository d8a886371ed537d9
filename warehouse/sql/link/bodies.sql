-- One body for each of the `wanted` contents.
SELECT signatures.content_hash, min_by(articles.body, articles.article_id) AS body
FROM signatures
JOIN articles ON articles.article_id = signatures.article_id AND articles.arrival_day = signatures.arrival_day
WHERE signatures.content_hash IN (SELECT content_hash FROM wanted)
GROUP BY signatures.content_hash
