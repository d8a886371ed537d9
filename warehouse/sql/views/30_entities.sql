-- One thing in the world, over all days.
CREATE OR REPLACE VIEW entities AS
SELECT entity_id,
       arg_min(name, (name = upper(name), name)) AS name,
       min(type) AS type,
       min(country) AS country,
       any_value(named.aliases) AS aliases,
       min(first_seen_on) AS first_seen_on,
       max(last_seen_on) AS last_seen_on,
       sum(mention_count)::BIGINT AS mention_count,
       sum(article_count)::BIGINT AS article_count
FROM entity_sightings
LEFT JOIN (
    SELECT entity_id, list_sort(list_distinct(list(alias))) AS aliases
    FROM alias_sightings
    WHERE alias_kind IS DISTINCT FROM 'role'
    GROUP BY entity_id
) AS named USING (entity_id)
GROUP BY entity_id
