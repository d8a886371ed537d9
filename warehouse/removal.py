"""Rows leave a table by whole data files: the rows that stay of a file go into a new one.

A transaction that reads while others write counts on it. Where DuckLake deletes from one data file for the second time
it puts one file of deletes in the place of the first, and a reader who began in between sees the later deletes, too;
of whole files it knows which are of its snapshot (docs/decisions/0009).
"""

from typing import Any

import duckdb


def remove(
    connection: duckdb.DuckDBPyConnection, table: str, which: str, values: list[Any] | dict[str, Any] | None = None
) -> None:
    """Inside a transaction: the table's rows for which `which` holds are gone. `values` are bound in it.

    Costs reading the files that hold one of them, and writing what stays of these. For a table that belongs to a day,
    whose rows leave together, a plain DELETE does the same.
    """
    files = f"CREATE OR REPLACE TEMP TABLE opened AS SELECT DISTINCT filename FROM {table} WHERE {which}"
    if connection.execute(files, values).fetchone() == (0,):
        return
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE staying AS"
        f" SELECT * FROM {table} WHERE filename IN (FROM opened) AND ({which}) IS DISTINCT FROM true",
        values,
    )
    connection.execute(f"DELETE FROM {table} WHERE filename IN (FROM opened)")
    connection.execute(f"INSERT INTO {table} BY NAME FROM staying")
    connection.execute("DROP TABLE staying")
