-- near(lat, lon, km): places that are mentioned within `km` kilometres of a point (haversine, mean Earth radius).
CREATE OR REPLACE MACRO near(from_lat, from_lon, km) AS TABLE
    SELECT * FROM (
        SELECT places.*,
               2 * 6371.0088 * asin(sqrt(
                   pow(sin(radians(lat - from_lat) / 2), 2)
                   + cos(radians(from_lat)) * cos(radians(lat)) * pow(sin(radians(lon - from_lon) / 2), 2)
               )) AS distance_km
        FROM places
        WHERE mention_count > 0
    ) WHERE distance_km <= km ORDER BY distance_km
