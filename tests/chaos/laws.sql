-- What no reader may ever find, whatever is killed when: a row for each law that a snapshot breaks.
WITH last AS (FROM runs QUALIFY row_number() OVER (PARTITION BY arrival_day ORDER BY finished_at DESC) = 1),
counted AS (
    SELECT arrival_day, 'drops' AS what, count(*) AS rows FROM drops GROUP BY arrival_day
    UNION ALL SELECT arrival_day, 'articles', count(*) FROM articles GROUP BY arrival_day
    UNION ALL SELECT arrival_day, 'rejects', count(*) FROM rejects GROUP BY arrival_day
    UNION ALL SELECT arrival_day, 'mentions', count(*) FROM mentions GROUP BY arrival_day
),
recorded AS (
    FROM (UNPIVOT (SELECT arrival_day, drops, articles, rejects, mentions FROM last)
    ON drops, articles, rejects, mentions INTO NAME what VALUE rows)
)
SELECT 'a day has as many rows as its publication wrote' AS law,
       format('{} of {}: {} written, {} there', what, arrival_day, recorded.rows, counted.rows) AS breach
FROM (FROM recorded WHERE rows > 0) AS recorded FULL JOIN counted USING (arrival_day, what)
WHERE recorded.rows IS DISTINCT FROM counted.rows
UNION ALL
SELECT 'documents are held once', document_id FROM drops GROUP BY document_id HAVING count(*) > 1
UNION ALL
SELECT 'articles are held once', article_id FROM articles GROUP BY article_id HAVING count(*) > 1
UNION ALL
SELECT 'links are of one article', article_id FROM duplicates GROUP BY article_id HAVING count(*) > 1
UNION ALL
SELECT 'articles have their document', article_id FROM articles ANTI JOIN drops USING (document_id)
UNION ALL
SELECT 'paragraphs have their article', paragraph_id FROM paragraphs ANTI JOIN articles USING (article_id)
UNION ALL
SELECT 'mentions have their paragraph', mention_id FROM mentions ANTI JOIN paragraphs USING (paragraph_id)
UNION ALL
SELECT 'links lead from and to articles', article_id FROM duplicates
WHERE article_id NOT IN (SELECT article_id FROM articles) OR parent_article_id NOT IN (SELECT article_id FROM articles)
   OR cluster_id NOT IN (SELECT article_id FROM articles)
