-- For SQLite: the least and greatest text that the catalog keeps of each column, as the files that are left have it.
-- DuckLake only ever widens them, so a whole text that is in no file any more could stay there for good.
-- Readers skip what lies outside: where a file's own bounds aren't known (a text with U+0000 in it), those of the column
-- aren't, either.
WITH bounds AS (
    SELECT files.table_id,
           columns.column_id,
           min(stats.min_value) AS least,
           max(stats.max_value) AS greatest,
           max(
               stats.data_file_id IS NULL
               OR (coalesce(stats.value_count, 1) > 0 AND (stats.min_value IS NULL OR stats.max_value IS NULL))
           ) AS is_open
    FROM ducklake_data_file AS files
    JOIN (SELECT DISTINCT table_id, column_id FROM ducklake_column WHERE lower(column_type) = 'varchar') AS columns
         ON columns.table_id = files.table_id
    LEFT JOIN ducklake_file_column_stats AS stats
         ON stats.data_file_id = files.data_file_id AND stats.column_id = columns.column_id
    GROUP BY files.table_id, columns.column_id
)
UPDATE ducklake_table_column_stats
SET (min_value, max_value) = (
    SELECT CASE WHEN NOT is_open THEN least END, CASE WHEN NOT is_open THEN greatest END
    FROM bounds
    WHERE bounds.table_id = ducklake_table_column_stats.table_id
      AND bounds.column_id = ducklake_table_column_stats.column_id
)
WHERE EXISTS (
    SELECT 1 FROM ducklake_column AS columns
    WHERE columns.table_id = ducklake_table_column_stats.table_id
      AND columns.column_id = ducklake_table_column_stats.column_id
      AND lower(columns.column_type) = 'varchar'
)
