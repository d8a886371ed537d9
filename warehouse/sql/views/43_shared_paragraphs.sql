-- Paragraphs that more than one piece of reporting carries: background that outlets paste into story after story.
-- A copy is an article (article_count) but no story of its own (story_count counts clusters), so what only reprints of one
-- story share is not here. Body paragraphs of at least 80 characters: shorter ones are names, 'Read more', a line of a
-- caption, or a sentence anybody would write; known background begins at a sentence of 13 words. Text and first
-- appearance are those of the earliest article by (published_on, arrival_day, article_id).
CREATE OR REPLACE VIEW shared_paragraphs AS
WITH told AS NOT MATERIALIZED (
    SELECT text_hash, text, article_id
    FROM paragraphs
    WHERE role IN ('body', 'list', 'quote') AND repeat_of IS NULL AND char_end - char_start >= 80
), repeated AS NOT MATERIALIZED (
    SELECT text_hash FROM told GROUP BY text_hash HAVING count(*) > 1
), spread AS NOT MATERIALIZED ( -- few are left here, so that counting what is distinct, and texts, need little memory
    SELECT text_hash
    FROM told SEMI JOIN repeated USING (text_hash) LEFT JOIN duplicates USING (article_id)
    GROUP BY text_hash
    HAVING min(hash(coalesce(cluster_id, article_id))) <> max(hash(coalesce(cluster_id, article_id)))
)
SELECT told.text_hash,
       arg_min(told.text, (published_on, arrival_day, article_id)) AS text,
       count(*) AS article_count,
       count(DISTINCT coalesce(cluster_id, article_id)) AS story_count,
       count(DISTINCT outlet_id) AS outlet_count,
       arg_min(article_id, (published_on, arrival_day, article_id)) AS first_article_id,
       min(published_on) AS first_seen_on
FROM told
SEMI JOIN spread USING (text_hash)
JOIN articles USING (article_id)
LEFT JOIN duplicates USING (article_id)
GROUP BY told.text_hash
