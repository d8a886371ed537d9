-- Articles of the day, the longest first.
SELECT headline, outlet_id, published_on, published_basis, word_count, lang
FROM staged_articles
ORDER BY word_count DESC, article_id
LIMIT 10
