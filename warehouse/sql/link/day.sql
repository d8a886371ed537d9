-- What the articles of $day that have a content are to linking.
SELECT signatures.article_id, signatures.published_on, signatures.content_hash, signatures.bands,
       nullif(articles.outlet_id, 'unknown') AS outlet_id, articles.dateline_agency AS agency
FROM signatures
JOIN articles ON articles.article_id = signatures.article_id AND articles.arrival_day = $day::DATE
WHERE signatures.arrival_day = $day::DATE AND signatures.content_hash IS NOT NULL
