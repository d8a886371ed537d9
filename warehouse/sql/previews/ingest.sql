-- Documents of the day as they landed.
SELECT path, member, format, encoding, bytes
FROM staged_documents
ORDER BY path, member
LIMIT 10
