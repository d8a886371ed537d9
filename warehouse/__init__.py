"""What is kept: columns, tables, the lake, the inbox, views and checks. Knows nothing of Dagster or of text."""
