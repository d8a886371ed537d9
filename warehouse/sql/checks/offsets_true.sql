-- The characters of the document's text at every mention's and date's offsets are exactly its surface.
-- Each paragraph is cut out once and its names out of it: cutting 50 names out of a long text reads it 50 times.
WITH found AS (
    SELECT mention_id AS id, paragraph_id, surface, char_start, char_end FROM staged_mentions
    UNION ALL
    SELECT date_id, paragraph_id, surface, char_start, char_end FROM staged_dates
), blocks AS (
    SELECT paragraph_id, char_start AS block_start, char_end AS block_end,
           substr(drops.text, char_start + 1, char_end - char_start) AS block
    FROM staged_paragraphs JOIN staged_drops AS drops USING (document_id)
    WHERE paragraph_id IN (SELECT paragraph_id FROM found)
)
SELECT id, surface, char_start, char_end
FROM found LEFT JOIN blocks USING (paragraph_id)
WHERE (char_start >= block_start AND char_end <= block_end
       AND substr(block, char_start - block_start + 1, char_end - char_start) = surface) IS NOT TRUE
