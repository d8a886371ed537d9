-- The articles with the `wanted` contents, and who told them: two of an unknown outlet are not of one.
SELECT signatures.article_id, signatures.content_hash, signatures.published_on, signatures.arrival_day,
       signatures.shingle_count, nullif(articles.outlet_id, 'unknown') AS outlet_id,
       articles.dateline_agency AS agency
FROM signatures
SEMI JOIN wanted ON signatures.content_hash = wanted.content_hash AND signatures.arrival_day = wanted.arrival_day
JOIN articles ON articles.article_id = signatures.article_id AND articles.arrival_day = signatures.arrival_day
WHERE signatures.arrival_day IN $days AND articles.arrival_day IN $days
