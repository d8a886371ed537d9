-- Tables that belong to no day and lie in many files, or in files of which much is deleted: what the newest snapshot
-- reads of each.
SELECT table_name, count(*) AS files
FROM __ducklake_metadata_lake.ducklake_data_file AS data
JOIN __ducklake_metadata_lake.ducklake_table AS tables USING (table_id)
LEFT JOIN (
    SELECT data_file_id, delete_count FROM __ducklake_metadata_lake.ducklake_delete_file WHERE end_snapshot IS NULL
) AS deletes USING (data_file_id)
WHERE data.end_snapshot IS NULL AND tables.end_snapshot IS NULL AND list_contains($tables, table_name)
GROUP BY table_name
HAVING count(*) > $files OR coalesce(sum(delete_count), 0) > $share * sum(record_count)
ORDER BY table_name
