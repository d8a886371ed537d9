-- Of at most a quarter of the articles, or twice the share of the four weeks before, is the day inferred.
WITH shares AS (
    SELECT (SELECT count(*) FROM staged_articles) AS articles,
           (SELECT avg((published_basis IN ('inferred', 'arrival'))::INTEGER) FROM staged_articles) AS share,
           (SELECT avg((published_basis IN ('inferred', 'arrival'))::INTEGER) FROM articles
            WHERE arrival_day BETWEEN $day::DATE - 28 AND $day::DATE - 1) AS usual
)
SELECT count(*) || ' of ' || outlet_id AS finding
FROM staged_articles CROSS JOIN shares
WHERE published_basis IN ('inferred', 'arrival')
  AND shares.articles >= 20 AND share > greatest(0.25, 2 * coalesce(usual, 0))
GROUP BY outlet_id
ORDER BY count(*) DESC, outlet_id
