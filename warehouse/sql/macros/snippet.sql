-- snippet(document_id, char_start, char_end, width := 60): the characters of a mention with `width` more on both sides.
CREATE OR REPLACE MACRO snippet(document, from_char, to_char, width := 60) AS (
    SELECT substr(text, greatest(from_char - width, 0) + 1, to_char - greatest(from_char - width, 0) + width)
    FROM drops WHERE document_id = document
)
