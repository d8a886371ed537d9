-- Opens the lake for reading in DuckDB's own shell, or in any program's DuckDB; `wirehouse open` fills in what is in
-- braces. Attached is a copy of the catalog, so SQLite's extension, which would open any file, need not be loaded.
-- From the last line on DuckDB reaches no other files, no network and no extension, and no setting can be changed.
SET TimeZone = 'UTC';
SET autoinstall_known_extensions = false;
SET autoload_known_extensions = false;
SET temp_directory = {tmp};
LOAD {ducklake};
ATTACH {catalog} AS lake (READ_ONLY, DATA_PATH {data}, OVERRIDE_DATA_PATH true);
USE lake;
SET allowed_directories = [{data}];
SET enable_external_access = false;
SET lock_configuration = true;
