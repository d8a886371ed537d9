-- The least and greatest text that the catalog keeps of each column, as the files that are left have it.
-- DuckLake only ever widens them, so a whole text that is in no file any more could stay there for good.
-- Readers skip what lies outside: where a file's own bounds aren't known (a text with U+0000 in it), those of the column
-- aren't, either. DuckDB compares, byte by byte as readers do, whatever order the catalog's own database has for texts.
WITH bounds AS (
    SELECT files.table_id,
           columns.column_id,
           min(stats.min_value) AS least,
           max(stats.max_value) AS greatest,
           bool_or(
               stats.data_file_id IS NULL
               OR (coalesce(stats.value_count, 1) > 0 AND (stats.min_value IS NULL OR stats.max_value IS NULL))
           ) AS is_open
    FROM __ducklake_metadata_lake.ducklake_data_file AS files
    JOIN (
        SELECT DISTINCT table_id, column_id
        FROM __ducklake_metadata_lake.ducklake_column WHERE lower(column_type) = 'varchar'
    ) AS columns ON columns.table_id = files.table_id
    LEFT JOIN __ducklake_metadata_lake.ducklake_file_column_stats AS stats
         ON stats.data_file_id = files.data_file_id AND stats.column_id = columns.column_id
    GROUP BY files.table_id, columns.column_id
)
UPDATE __ducklake_metadata_lake.ducklake_table_column_stats AS held
SET min_value = CASE WHEN NOT is_open THEN least END, max_value = CASE WHEN NOT is_open THEN greatest END
FROM (
    SELECT DISTINCT columns.table_id, columns.column_id, least, greatest, coalesce(is_open, true) AS is_open
    FROM __ducklake_metadata_lake.ducklake_column AS columns LEFT JOIN bounds USING (table_id, column_id)
    WHERE lower(columns.column_type) = 'varchar'
) AS found
WHERE found.table_id = held.table_id AND found.column_id = held.column_id
  AND (held.min_value IS DISTINCT FROM CASE WHEN NOT is_open THEN least END
    OR held.max_value IS DISTINCT FROM CASE WHEN NOT is_open THEN greatest END)
