-- Which entity one known by a short name alone is taken for: the one that bears the name in nine of ten other mentions,
-- of three at least.
-- 'Erdogan' is a surname that articles use of one person, 'SOHR' an acronym that they define in one way; 'Smith' stays open.
-- Computed from all days, so no order of days matters.
CREATE OR REPLACE VIEW entity_same_as AS
WITH typed AS (
    SELECT entity_id, arg_min(name, (name = upper(name), name)) AS name, min(type) AS type
    FROM entity_sightings
    GROUP BY entity_id
), bearers AS (
    SELECT alias, type, entity_id, sum(mention_count) AS mentions
    FROM alias_sightings JOIN typed USING (entity_id)
    WHERE (type = 'person' AND alias_kind = 'short') OR (type = 'organisation' AND alias_kind = 'acronym')
    GROUP BY alias, type, entity_id
), best AS (
    SELECT alias, type, arg_max(entity_id, (mentions, entity_id)) AS same_as, max(mentions) / sum(mentions) AS share
    FROM bearers
    GROUP BY alias, type
    HAVING sum(mentions) >= 3
)
SELECT typed.entity_id, best.same_as, best.share
FROM typed JOIN best ON typed.name = best.alias AND typed.type = best.type
WHERE best.share >= 0.9 AND typed.entity_id <> best.same_as
