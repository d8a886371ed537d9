-- Pairs of the day's own articles that are near, the most alike first.
WITH headlines AS (
    SELECT content_hash, min(headline) AS headline
    FROM staged_signatures JOIN staged_articles USING (article_id)
    GROUP BY content_hash
)
SELECT round(similarity, 2) AS similarity, round(containment, 2) AS containment,
       a.headline AS headline_a, b.headline AS headline_b
FROM staged_pairs
JOIN headlines AS a ON content_a = a.content_hash
JOIN headlines AS b ON content_b = b.content_hash
ORDER BY staged_pairs.similarity DESC, content_a, content_b
LIMIT 10
