-- Row groups are small enough that a writer holds the texts of one, not those of a whole day: see sql/options.sql.
CALL lake.set_option('parquet_row_group_size', 16384);
