-- Mentions an article, type by type, are between half and twice what they were in the four weeks before.
-- A type counts once it is named in every other article, and a day once it has twenty of them.
WITH before AS (
    SELECT type, sum(mention_count) / (SELECT sum(articles) FROM recent_days) AS usual
    FROM entity_sightings
    WHERE arrival_day IN (SELECT arrival_day FROM recent_days) AND (SELECT count(*) FROM recent_days) >= 7
    GROUP BY type
), staged AS (
    SELECT type, sum(mention_count) / (SELECT count(*) FROM staged_articles) AS found
    FROM staged_entity_sightings
    GROUP BY type
)
SELECT type || ': ' || round(coalesce(found, 0), 2) || ' an article where ' || round(coalesce(usual, 0), 2)
       || ' are usual' AS finding
FROM before FULL JOIN staged USING (type)
WHERE (SELECT count(*) FROM staged_articles) >= 20 AND (SELECT count(*) FROM before) > 0
  AND greatest(coalesce(found, 0), coalesce(usual, 0)) >= 0.5
  AND coalesce(found, 0) NOT BETWEEN coalesce(usual, 0) / 2 AND coalesce(usual, 0) * 2
ORDER BY type
