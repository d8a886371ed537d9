-- One place of the gazetteer that a name means, or could have meant (mention_count 0), over all days.
CREATE OR REPLACE VIEW places AS
SELECT place_id,
       any_value(name) AS name,
       any_value(kind) AS kind,
       any_value(country) AS country,
       any_value(admin1) AS admin1,
       any_value(lat) AS lat,
       any_value(lon) AS lon,
       any_value(population) AS population,
       sum(mention_count)::BIGINT AS mention_count
FROM place_sightings
GROUP BY place_id
