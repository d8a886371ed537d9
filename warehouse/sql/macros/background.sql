-- background(articles): which paragraphs of these articles (a list of ids) other stories carry too, since when, and in how
-- many articles, stories and outlets: what shared_paragraphs has of them, without the time that all others take.
CREATE OR REPLACE MACRO background(articles_asked) AS TABLE
    WITH asked AS MATERIALIZED (
        SELECT article_id, ordinal, text, text_hash
        FROM paragraphs
        WHERE role IN ('body', 'list', 'quote') AND repeat_of IS NULL AND char_end - char_start >= 80
          AND article_id IN (SELECT unnest(articles_asked))
          AND arrival_day IN (SELECT arrival_day FROM articles WHERE article_id IN (SELECT unnest(articles_asked)))
    ), carried AS (
        SELECT text_hash,
               count(*) AS article_count,
               count(DISTINCT coalesce(cluster_id, article_id)) AS story_count,
               count(DISTINCT outlet_id) AS outlet_count,
               arg_min(article_id, (published_on, articles.arrival_day, article_id)) AS first_article_id,
               min(published_on) AS first_seen_on
        FROM paragraphs
        SEMI JOIN asked USING (text_hash)
        JOIN articles USING (article_id)
        LEFT JOIN duplicates USING (article_id)
        WHERE role IN ('body', 'list', 'quote') AND repeat_of IS NULL AND char_end - char_start >= 80
        GROUP BY text_hash
        HAVING story_count > 1
    )
    SELECT asked.article_id, asked.ordinal, asked.text, carried.* EXCLUDE (text_hash)
    FROM asked JOIN carried USING (text_hash)
    ORDER BY asked.article_id, asked.ordinal
