-- Every file of the day's inbox has a drop or a reject; every document is an article, identical to one, or a reject.
SELECT 'file without drop or reject' AS finding, path AS id FROM staged_inbox
WHERE path NOT IN (SELECT path FROM staged_drops UNION ALL SELECT path FROM staged_rejects)
UNION ALL
SELECT 'document without status', document_id FROM staged_documents
WHERE document_id NOT IN (SELECT document_id FROM staged_statuses)
UNION ALL
SELECT 'rejected document without reject', document_id FROM staged_drops
WHERE status = 'rejected'
  AND document_id NOT IN (SELECT document_id FROM staged_rejects WHERE document_id IS NOT NULL)
UNION ALL
SELECT 'reject of a document that was used', document_id FROM staged_rejects
WHERE document_id IN (SELECT document_id FROM staged_drops WHERE status <> 'rejected')
UNION ALL
SELECT 'usable document without article', document_id FROM staged_drops
WHERE (status = 'rejected') IS DISTINCT FROM (article_id IS NULL)
UNION ALL
SELECT 'article not of exactly one document', articles.article_id
FROM staged_articles AS articles
LEFT JOIN staged_drops AS drops ON drops.article_id = articles.article_id AND drops.status = 'article'
GROUP BY articles.article_id HAVING count(drops.document_id) <> 1
