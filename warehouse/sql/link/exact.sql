-- The links of all but the head of the `wanted` contents, on those days.
SELECT signatures.article_id, wanted.cluster_id, 'exact' AS relation, wanted.head AS parent_article_id,
       1.0::DOUBLE AS similarity, 1.0::DOUBLE AS containment, NULL::VARCHAR AS added_text, 'content_hash' AS method
FROM signatures
JOIN wanted ON signatures.content_hash = wanted.content_hash AND signatures.arrival_day = wanted.arrival_day
WHERE signatures.arrival_day IN $days AND signatures.article_id != wanted.head
