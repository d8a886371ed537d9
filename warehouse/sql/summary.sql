-- What the warehouse holds, for the summary after a run.
SELECT (SELECT count(*) FROM drops) AS documents,
       (SELECT count(*) FROM articles) AS articles,
       (SELECT count(*) FROM duplicates) AS copies,
       (SELECT count(*) FROM rejects) AS rejects,
       (SELECT count(DISTINCT entity_id) FROM entity_sightings) AS entities,
       (SELECT count(*) FROM mentions) AS mentions,
       (SELECT count(DISTINCT arrival_day) FROM runs) AS days
