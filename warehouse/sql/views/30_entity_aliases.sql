-- One name by which an entity goes, in one way, over all days; roles are the titles it wore.
CREATE OR REPLACE VIEW entity_aliases AS
SELECT entity_id,
       alias,
       alias_kind AS kind,
       sum(mention_count)::BIGINT AS mention_count,
       min(evidence_mention_id) AS evidence_mention_id
FROM alias_sightings
GROUP BY entity_id, alias, alias_kind
