-- snippet(document_id, char_start, char_end, width := 60): the characters of a mention with `width` more on both sides,
-- on one line: white space counts as one space.
CREATE OR REPLACE MACRO snippet(document, from_char, to_char, width := 60) AS (
    SELECT trim(regexp_replace(
        substr(text, greatest(from_char - width, 0) + 1, to_char - greatest(from_char - width, 0) + width),
        '\s+', ' ', 'g'
    ))
    FROM drops WHERE document_id = document
)
