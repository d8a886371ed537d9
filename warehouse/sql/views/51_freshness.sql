-- How far the warehouse is: newest day, newest publication, and whether files wait.
CREATE OR REPLACE VIEW freshness AS
SELECT (SELECT max(arrival_day) FROM runs) AS newest_day,
       (SELECT max(finished_at) FROM runs) AS last_published_at,
       (SELECT max(published_on) FROM articles) AS newest_article_on,
       (SELECT count(*) FROM files WHERE state = 'changing') AS files_waiting
