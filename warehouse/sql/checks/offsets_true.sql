-- The characters of the document's text at every mention's and date's offsets are exactly its surface.
SELECT mention_id AS id, surface, char_start, char_end
FROM staged_mentions JOIN staged_drops USING (document_id)
WHERE substr(text, char_start + 1, char_end - char_start) IS DISTINCT FROM surface
UNION ALL
SELECT date_id, surface, char_start, char_end
FROM staged_dates JOIN staged_drops USING (document_id)
WHERE substr(text, char_start + 1, char_end - char_start) IS DISTINCT FROM surface
