-- The paragraphs of an article are not empty, follow one another and do not overlap.
WITH spans AS (
    SELECT article_id, char_start, char_end,
           coalesce(lag(char_end) OVER (PARTITION BY article_id ORDER BY ordinal), 0) AS before_end
    FROM staged_paragraphs
)
SELECT article_id, char_start, char_end, before_end
FROM spans
WHERE char_start < before_end OR char_end <= char_start
