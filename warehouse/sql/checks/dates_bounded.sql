-- No article is published later than the day after it arrived, and its day lies within its own bounds.
SELECT article_id, published_on, published_low, published_high
FROM staged_articles
WHERE published_on IS NULL OR published_on > $day::DATE + 1
   OR published_on < published_low OR published_on > published_high
