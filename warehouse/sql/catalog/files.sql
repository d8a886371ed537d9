-- Every file that the catalog names, whatever the snapshot, by its path below the data folder. Files of the last kind
-- belong to no snapshot any more and wait until no reader can be at them.
WITH tables AS (
    SELECT DISTINCT ON (table_id)
           table_id,
           table_name,
           CASE WHEN t.path_is_relative THEN s.path || t.path ELSE t.path END AS folder
    FROM __ducklake_metadata_lake.ducklake_table AS t
    JOIN __ducklake_metadata_lake.ducklake_schema AS s USING (schema_id)
)
SELECT table_name AS "table",
       CASE WHEN path_is_relative THEN folder || path ELSE path END AS path,
       'data' AS kind,
       file_size_bytes AS bytes,
       record_count AS rows,
       end_snapshot IS NULL AS is_live
FROM __ducklake_metadata_lake.ducklake_data_file JOIN tables USING (table_id)
UNION ALL
SELECT table_name,
       CASE WHEN path_is_relative THEN folder || path ELSE path END,
       'deletes',
       file_size_bytes,
       delete_count,
       -- With the data file its deletes end, too, whatever their own line says.
       end_snapshot IS NULL AND data_file_id IN (
           SELECT data_file_id FROM __ducklake_metadata_lake.ducklake_data_file WHERE end_snapshot IS NULL
       )
FROM __ducklake_metadata_lake.ducklake_delete_file JOIN tables USING (table_id)
UNION ALL
SELECT NULL, path, 'superseded', NULL, NULL, false
FROM __ducklake_metadata_lake.ducklake_files_scheduled_for_deletion
