-- Every daily table's key occurs once.
SELECT 'drops' AS table_name, document_id AS key FROM staged_drops GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'rejects', reject_id FROM staged_rejects GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'notices', document_id || ' ' || code FROM staged_notices GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'articles', article_id FROM staged_articles GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'paragraphs', paragraph_id FROM staged_paragraphs GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'signatures', article_id FROM staged_signatures GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'mentions', mention_id FROM staged_mentions GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'dates', date_id FROM staged_dates GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'entity_sightings', entity_id FROM staged_entity_sightings GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'alias_sightings', entity_id || ' ' || alias_kind || ' ' || alias FROM staged_alias_sightings
GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'place_candidates', mention_id || ' ' || rank FROM staged_place_candidates GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'outlet_sightings', outlet_id || ' ' || coalesce(domain, '') FROM staged_outlet_sightings
GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'place_sightings', place_id::VARCHAR FROM staged_place_sightings GROUP BY ALL HAVING count(*) > 1
