-- No document is published that was taken out: not when it was forgotten while the run was at work, either.
SELECT 'forgotten document' AS finding, document_id AS id FROM staged_drops
WHERE text IS NOT NULL
  AND (document_id IN (SELECT document_id FROM forgotten)
       OR sha256(text) IN (SELECT text_sha256 FROM forgotten WHERE text_sha256 IS NOT NULL))
