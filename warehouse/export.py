"""A clean copy of what is published, as Parquet for others: hive-partitioned daily tables and one file for the rest.

The lake's own folder also holds superseded files, so nobody should read it by file name.
"""

import shutil
from pathlib import Path

from warehouse.connect import connect
from warehouse.engine import quoted
from warehouse.errors import WarehouseError
from warehouse.lake import check_version
from warehouse.tables import TABLES

_VIEWS = ("article_clusters", "entities", "outlets", "places", "shared_paragraphs")


def export(folder: Path, target: Path) -> dict[str, int]:
    """Copies every table of the lake in `folder`, and the views that stand for one, to `target`; gives their rows.

    The target appears whole or not at all. Raises WarehouseError if it exists and is not empty.
    """
    if target.exists() and any(target.iterdir()):
        raise WarehouseError(f"{target} is not empty: name a new folder.")
    partial = target.with_name(target.name + ".partial")
    rows = {}
    connection = connect(folder, read_only=True)
    try:
        check_version(connection, folder)
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        connection.execute("BEGIN")  # one snapshot for all tables
        for name in [*TABLES, *_VIEWS]:
            counted = connection.execute(f"SELECT count(*) FROM {name}").fetchone()
            rows[name] = counted[0] if counted else 0
            by_day = name in TABLES and TABLES[name].by_day
            place = partial / name if by_day else partial / f"{name}.parquet"
            options = "FORMAT parquet, COMPRESSION zstd" + (", PARTITION_BY (arrival_day)" if by_day else "")
            if rows[name] or not by_day:
                connection.execute(f"COPY (FROM {name}) TO {quoted(str(place))} ({options})")
    finally:
        connection.close()
    if target.exists():
        target.rmdir()
    partial.rename(target)
    return rows
