-- For SQLite: the least and greatest text that the catalog keeps of each column, as the files that are left have it.
-- DuckLake only ever widens them, so a whole text that is in no file any more could stay there for good.
UPDATE ducklake_table_column_stats AS held
SET min_value = (
        SELECT min(files.min_value) FROM ducklake_file_column_stats AS files
        WHERE files.table_id = held.table_id AND files.column_id = held.column_id
    ),
    max_value = (
        SELECT max(files.max_value) FROM ducklake_file_column_stats AS files
        WHERE files.table_id = held.table_id AND files.column_id = held.column_id
    )
WHERE EXISTS (
    SELECT 1 FROM ducklake_column AS columns
    WHERE columns.table_id = held.table_id AND columns.column_id = held.column_id
      AND lower(columns.column_type) = 'varchar'
)
