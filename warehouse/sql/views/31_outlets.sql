-- One publisher, over all days.
CREATE OR REPLACE VIEW outlets AS
SELECT outlet_id,
       min(name) AS name,
       coalesce(list_sort(list(DISTINCT domain) FILTER (domain IS NOT NULL)), []) AS domains,
       min(country) AS country,
       bool_or(is_agency) AS is_agency,
       sum(article_count)::BIGINT AS article_count
FROM outlet_sightings
GROUP BY outlet_id
