-- Short lines by outlet, counted in distinct bodies (copies of one story count once). A line stands at the edge where
-- no content paragraph of 140 characters or more comes before it, or none after. The roles and both lengths are those
-- of pipelines/parse/learn.py, which counts the same in memory; a test holds the two together.
WITH story AS (
    SELECT min(article_id) AS article_id, outlet_id, min(published_on) AS published_on
    FROM articles
    GROUP BY outlet_id, sha256(lower(body))
), outlet AS (
    SELECT outlet_id, count(*) AS outlet_documents FROM story GROUP BY outlet_id
), long AS (
    SELECT article_id, min(ordinal) AS first, max(ordinal) AS last
    FROM paragraphs
    WHERE role IN ('body', 'list', 'quote') AND length(text) >= 140
    GROUP BY article_id
), line AS (
    SELECT story.outlet_id,
           story.published_on,
           paragraphs.text_hash AS line_hash,
           min(paragraphs.text) AS line,
           bool_or(coalesce(paragraphs.ordinal < long.first OR paragraphs.ordinal > long.last, false)) AS is_edge,
           bool_or(paragraphs.role = 'headline') AS is_headline
    FROM story
    JOIN paragraphs USING (article_id)
    LEFT JOIN long USING (article_id)
    WHERE paragraphs.role IN ('headline', 'subheadline', 'body', 'list', 'quote', 'boilerplate')
      AND length(paragraphs.text) <= 160
    GROUP BY story.outlet_id, story.article_id, story.published_on, paragraphs.text_hash
)
SELECT outlet_id,
       line_hash,
       min(line) AS line,
       count(*)::INTEGER AS document_count,
       (count(*) FILTER (is_edge))::INTEGER AS edge_count,
       (count(*) FILTER (is_headline))::INTEGER AS headline_count,
       any_value(outlet_documents)::INTEGER AS outlet_documents,
       min(published_on) AS first_seen_on,
       max(published_on) AS last_seen_on
FROM line JOIN outlet USING (outlet_id)
GROUP BY outlet_id, line_hash
-- A line of a few articles is nobody's furniture; most lines are of one.
HAVING count(*) >= 5
ORDER BY outlet_id, line_hash
