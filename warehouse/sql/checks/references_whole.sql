-- Whatever names another row of the day names one that is there.
SELECT 'drops.article_id' AS reference, document_id AS id FROM staged_drops
WHERE article_id IS NOT NULL AND article_id NOT IN (SELECT article_id FROM staged_articles)
UNION ALL
SELECT 'articles.document_id', article_id FROM staged_articles
WHERE document_id NOT IN (SELECT document_id FROM staged_drops)
UNION ALL
SELECT 'articles.outlet_id', article_id FROM staged_articles
WHERE outlet_id NOT IN (SELECT outlet_id FROM staged_outlet_sightings)
UNION ALL
SELECT 'paragraphs.article_id', paragraph_id FROM staged_paragraphs
WHERE article_id NOT IN (SELECT article_id FROM staged_articles)
UNION ALL
SELECT 'paragraphs.repeat_of', paragraph_id FROM staged_paragraphs
WHERE repeat_of IS NOT NULL AND repeat_of NOT IN (SELECT paragraph_id FROM staged_paragraphs)
UNION ALL
SELECT 'mentions.paragraph_id', mention_id FROM staged_mentions
WHERE paragraph_id NOT IN (SELECT paragraph_id FROM staged_paragraphs)
UNION ALL
SELECT 'mentions.entity_id', mention_id FROM staged_mentions
WHERE entity_id IS NOT NULL AND entity_id NOT IN (SELECT entity_id FROM staged_entity_sightings)
UNION ALL
SELECT 'mentions.place_id', mention_id FROM staged_mentions
WHERE place_id IS NOT NULL AND place_id NOT IN (SELECT place_id FROM staged_place_sightings)
UNION ALL
SELECT 'place_candidates.mention_id', mention_id FROM staged_place_candidates
WHERE mention_id NOT IN (SELECT mention_id FROM staged_mentions)
UNION ALL
SELECT 'place_candidates.place_id', mention_id FROM staged_place_candidates
WHERE place_id IS NOT NULL AND place_id NOT IN (SELECT place_id FROM staged_place_sightings)
UNION ALL
SELECT 'alias_sightings.entity_id', entity_id FROM staged_alias_sightings
WHERE entity_id NOT IN (SELECT entity_id FROM staged_entity_sightings)
UNION ALL
SELECT 'alias_sightings.evidence_mention_id', evidence_mention_id FROM staged_alias_sightings
WHERE evidence_mention_id NOT IN (SELECT mention_id FROM staged_mentions)
UNION ALL
SELECT 'dates.paragraph_id', date_id FROM staged_dates
WHERE paragraph_id NOT IN (SELECT paragraph_id FROM staged_paragraphs)
UNION ALL
SELECT 'signatures.article_id', article_id FROM staged_articles
WHERE article_id NOT IN (SELECT article_id FROM staged_signatures)
