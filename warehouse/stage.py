"""The stage: what a run has prepared for a day and not yet published, one Parquet file per table and day.

It lies in the lake's folder under the run's id, so two lakes or two runs never share a file. A file appears whole or
not at all: it is written under another name and renamed.
"""

import datetime as dt
import re
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, Self

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.errors import WarehouseError


class Stage:
    """The staged tables of one run below `<lake>/stage/<run>/`."""

    def __init__(self, lake_folder: Path, run_id: str) -> None:
        self._folder = lake_folder.absolute() / "stage" / run_id

    def path(self, table: str, day: str) -> Path:
        """Where the table's rows for the day lie, or will lie."""
        return self._folder / table / f"{day}.parquet"

    def writers(self, day: str, schemas: dict[str, pa.Schema]) -> "Writers":
        """Several tables of one day, written side by side; see Writers."""
        return Writers(self, day, schemas)

    def batches(self, table: str, day: str, columns: list[str] | None = None) -> Iterator[pa.Table]:
        """The table's rows of the day, one row group at a time.

        Raises WarehouseError if the stage that makes them has not run in this run.
        """
        with self._open(table, day) as file:
            for group in range(file.num_row_groups):
                with _readable(self.path(table, day)):
                    rows = file.read_row_group(group, columns=columns)
                yield rows

    def read(self, table: str, day: str, columns: list[str] | None = None) -> pa.Table:
        """All the table's rows of the day at once."""
        with self._open(table, day) as file, _readable(self.path(table, day)):
            return file.read(columns=columns)

    def _open(self, table: str, day: str) -> pq.ParquetFile:
        path = self.path(table, day)
        if not path.is_file():
            raise WarehouseError(
                f"{table} of {day} is not in this run's stage: materialise the assets before it in the same run."
            )
        with _readable(path):
            return pq.ParquetFile(path)

    def newest(self) -> float:
        """When something was last written to it, in seconds since 1970."""
        return max(_changed(path) for path in [self._folder, *self._folder.rglob("*")])

    def clear(self) -> None:
        """Removes all that the run staged."""
        shutil.rmtree(self._folder, ignore_errors=True)


def all_stages(lake_folder: Path) -> list[Stage]:
    """The stages that lie in the lake, of runs that go on and of others."""
    return [Stage(lake_folder, path.name) for path in sorted((lake_folder / "stage").glob("*")) if path.is_dir()]


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # the run that goes on has just cleared it away
        return time.time()


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Says of a damaged file which one it is and what to do; pages that can't be unpacked raise an OSError."""
    try:
        yield
    except (pa.ArrowInvalid, OSError) as error:
        raise WarehouseError(f"The staged file {path} is damaged: run the day again.") from error


@contextmanager
def readable_to_duckdb() -> Iterator[None]:
    """The same where DuckDB reads staged files; its errors name them. One that it can't open is not damaged."""
    try:
        yield
    except duckdb.InvalidInputException as error:
        found = re.search(r"'([^']+/stage/[^']+\.parquet)'", str(error))
        if found is None:
            raise
        raise WarehouseError(f"The staged file {found[1]} is damaged: run the day again.") from error


class Writers:
    """Writes several tables of one day side by side, as rows or as Arrow tables; the files appear if all goes well.

    Rows are named tuples with the table's columns in any order; `arrival_day` is filled in.
    """

    def __init__(self, stage: Stage, day: str, schemas: dict[str, pa.Schema]) -> None:
        self._paths = {table: stage.path(table, day) for table in schemas}
        self._day = dt.date.fromisoformat(day)
        self._schemas = schemas
        self._waiting: dict[str, list[tuple[Any, ...]]] = {table: [] for table in schemas}
        self._fields: dict[str, tuple[str, ...]] = {}
        self.rows = dict.fromkeys(schemas, 0)

    def __enter__(self) -> Self:
        self._writers = {}
        for table, path in self._paths.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._writers[table] = pq.ParquetWriter(
                path.with_suffix(".partial"),
                self._schemas[table],
                compression="lz4",
                use_dictionary=False,
                write_statistics=False,  # every row is read, none is looked for
            )
        return self

    def add(self, table: str, row: NamedTuple) -> None:
        """A row for the table, kept until `flush`."""
        self._fields[table] = row._fields
        self._waiting[table].append(row)

    def extend(self, table: str, rows: Sequence[NamedTuple]) -> None:
        """Rows of one type for the table, kept until `flush`."""
        if rows:
            self._fields[table] = rows[0]._fields
            self._waiting[table].extend(rows)

    def write(self, table: str, batch: pa.Table) -> None:
        """Appends an Arrow table that has the table's columns but for `arrival_day`."""
        if not batch.num_rows:
            return
        columns = [
            pa.repeat(pa.scalar(self._day), batch.num_rows)
            if field.name == "arrival_day"
            else batch[field.name].cast(field.type)
            for field in self._schemas[table]
        ]
        self._writers[table].write_table(pa.Table.from_arrays(columns, schema=self._schemas[table]))
        self.rows[table] += batch.num_rows

    def flush_if_over(self, rows: int) -> None:
        """Writes the rows that wait if one table has more than so many."""
        if any(len(waiting) > rows for waiting in self._waiting.values()):
            self.flush()

    def flush(self) -> None:
        """Writes the rows that wait."""
        for table, rows in self._waiting.items():
            if not rows:
                continue
            schema = self._schemas[table]
            # A column at a time: zip(*rows) would make an iterator for each of a hundred thousand rows.
            place = {name: index for index, name in enumerate(self._fields[table])}
            arrays = {
                field.name: pa.array(list(map(itemgetter(place[field.name]), rows)), type=field.type)
                for field in schema
                if field.name != "arrival_day"
            }
            self.write(table, pa.table(arrays))
            rows.clear()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        is_whole = False
        try:
            if kind is None:
                self.flush()
                is_whole = True
        finally:
            for writer in self._writers.values():
                writer.close()
            for path in self._paths.values():
                if is_whole:
                    path.with_suffix(".partial").replace(path)
                else:
                    path.with_suffix(".partial").unlink(missing_ok=True)
