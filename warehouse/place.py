"""What a lake does not keep in its folder, and where it is instead, as `<lake>/lake.toml` says:

    catalog = "host=db.example.org dbname=news user=wirehouse"      a Postgres database, by libpq's connection string
    data = "s3://news/lake"                                         object storage for the Parquet files

A lake without the file has all of itself in its folder. Passwords and keys are never in it.
"""

import json
import tomllib
from pathlib import Path
from typing import NamedTuple

from warehouse.errors import WarehouseError
from warehouse.postgres import has_password

FILE = "lake.toml"
_COMMENT = "# What of this lake is elsewhere: change it when that has moved. Passwords and keys have no place here."


class Place(NamedTuple):
    """Where catalog and data files are; None is in the lake's folder."""

    catalog: str | None = None
    data: str | None = None


def read(folder: Path) -> Place:
    """What the file in the lake's folder says. Raises WarehouseError if that can't be used."""
    file = folder / FILE
    try:
        stored = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Place()
    except ValueError as error:
        raise WarehouseError(f"{file} is no TOML ({error}): write lines as data = 's3://bucket/folder'.") from error
    found = Place(stored.pop("catalog", None), stored.pop("data", None))
    if stored or not all(isinstance(value, str | None) for value in found):
        raise WarehouseError(f"{file} says more than `catalog` and `data`, or something that is no text.")
    if found.catalog is not None and has_password(found.catalog):
        raise WarehouseError(f"{file} has a password in it: take it out, and give it in PGPASSFILE.")
    if found.data is not None and not found.data.startswith("s3://"):
        raise WarehouseError(f"{file} names data files that are not in s3://…: other places are not known.")
    return found


def write(folder: Path, place: Place) -> None:
    """Writes the file, whole or not at all."""
    lines = [f"{name} = {json.dumps(value)}" for name, value in place._asdict().items() if value is not None]
    partial = folder / f"{FILE}.partial"
    partial.write_text("\n".join([_COMMENT, *lines, ""]), encoding="utf-8")
    partial.replace(folder / FILE)
