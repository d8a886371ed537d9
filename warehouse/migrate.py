"""Brings an older lake to the present tables: one SQL file a version in sql/migrations/, each in one transaction.

A file is named by the version it leads to ('0002_….sql'). Views and comments are made anew after the last step.
"""

from pathlib import Path

from warehouse.errors import WarehouseError
from warehouse.lake import Lake, create_views
from warehouse.render import comments
from warehouse.tables import LAKE_VERSION, TABLES

MIGRATIONS = Path(__file__).parent / "sql" / "migrations"


def migrate(lake: Lake, folder: Path = MIGRATIONS, target: int = LAKE_VERSION) -> list[int]:
    """Takes the steps from the lake's version to `target`; gives the versions reached, none if it was there.

    Raises WarehouseError if a step is missing, or the lake is newer than the target.
    """
    row = lake.connection.execute("SELECT max(version) FROM lake_version").fetchone()
    version = row[0] if row else 0
    if version > target:
        raise WarehouseError(f"The lake has tables of version {version}, newer than {target}: update Wirehouse.")
    steps = {int(path.name.split("_")[0]): path for path in folder.glob("*.sql")}
    missing = [number for number in range(version + 1, target + 1) if number not in steps]
    if missing:
        raise WarehouseError(f"There is no way from version {version}: step {missing[0]} is missing in {folder}.")
    reached = []
    for number in range(version + 1, target + 1):
        with lake.transaction(f"migrate to version {number}") as connection:
            connection.execute(steps[number].read_text(encoding="utf-8"))
            if number == target:  # views and comments are of the present tables, not of those in between
                create_views(connection)
                for table in TABLES.values():
                    for line in comments(table):
                        connection.execute(line)
            connection.execute("INSERT INTO lake_version VALUES (?, now())", [number])
        reached.append(number)
    return reached
