-- Which towns within 400 km of Athens are in the news, and what is said there?
SELECT found.name, found.country, round(found.distance_km) AS km,
       min(snippet(mentions.document_id, mentions.char_start, mentions.char_end, width := 40)) AS for_example
FROM near(37.98, 23.73, 400) AS found JOIN mentions USING (place_id)
WHERE found.kind <> 'country'
GROUP BY ALL
ORDER BY km
LIMIT 5
