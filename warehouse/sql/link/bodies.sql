-- One body for each of the `wanted` contents.
SELECT signatures.content_hash, min_by(articles.body, articles.article_id) AS body
FROM signatures
SEMI JOIN wanted ON signatures.content_hash = wanted.content_hash AND signatures.arrival_day = wanted.arrival_day
JOIN articles ON articles.article_id = signatures.article_id AND articles.arrival_day = signatures.arrival_day
WHERE signatures.arrival_day IN $days AND articles.arrival_day IN $days
GROUP BY signatures.content_hash
