"""The lake: one folder with a DuckLake catalog, its Parquet files, the stage and the writer's lock.

    <lake>/catalog.sqlite   what is published, snapshot by snapshot      <lake>/stage/   what runs are preparing
    <lake>/data/            Parquet files the catalog points to          <lake>/writer.lock

Catalog and locks may be a server's instead: catalog_store.py. Every write goes through `Lake.transaction`, which waits
for its turn. Readers use session.py and never wait. The tables are in tables.py; bringing an older lake to them is
migrate.py.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import pyarrow as pa

from warehouse.catalog_store import CatalogStore, chosen_store
from warehouse.connect import connect
from warehouse.errors import WarehouseError
from warehouse.render import ddl
from warehouse.tables import LAKE_VERSION, TABLES

_SQL = Path(__file__).parent / "sql"


def statement(name: str) -> str:
    """The SQL file of this name below warehouse/sql/, such as 'views/entities'."""
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


def view_names() -> list[str]:
    """Views of the lake in the order in which they can be created: a number in front of the file name gives it."""
    return sorted(path.stem for path in (_SQL / "views").glob("*.sql"))


def example_names() -> list[str]:
    """The example questions below warehouse/sql/examples/, in order."""
    return sorted(path.stem for path in (_SQL / "examples").glob("*.sql"))


class Lake:
    """An open lake. Create it or open it with `Lake.open`; close it, or use it as a context manager."""

    def __init__(self, folder: Path, connection: duckdb.DuckDBPyConnection, store: CatalogStore) -> None:
        self.folder = folder
        self.connection = connection
        self.store = store
        self._lock = store.lock("writer")

    @classmethod
    def open(cls, folder: Path, *, catalog: str = "", any_version: bool = False) -> Self:
        """The lake in `folder`, made first where there is none; `catalog` then says where it keeps its catalog.

        Raises WarehouseError if it keeps it elsewhere (catalog_store.chosen_store has the forms), or if its tables are
        of another version, unless `any_version` (for migrating them).
        """
        folder = folder.absolute()
        store = chosen_store(folder, catalog)
        folder.mkdir(parents=True, exist_ok=True)
        # Making the tables and finding them made must not overlap with another process that opens a new lake.
        with store.lock("open"):
            store.prepare()
            lake = cls(folder, connect(folder, read_only=False), store)
            if not lake._has_tables():
                lake._create()
        try:
            if not any_version:
                check_version(lake.connection, folder)
        except WarehouseError:
            lake.close()
            raise
        return lake

    def _has_tables(self) -> bool:
        found = self.connection.execute(
            "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'lake' AND table_name = 'lake_version'"
        ).fetchone()
        return found is not None and found[0] > 0

    def _create(self) -> None:
        with self.transaction("create the lake") as connection:
            for table in TABLES.values():
                for line in ddl(table):
                    connection.execute(line)
            create_views(connection)
            connection.execute(statement("options"))
            connection.execute("INSERT INTO lake_version VALUES (?, now())", [LAKE_VERSION])

    @contextmanager
    def writing(self, on_wait: Callable[[str], None] | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """The writer's lock: within the block nobody else writes to the lake. Readers go on.

        `on_wait` gets a line for a person when another writer is at work.
        """
        if not self._lock.try_acquire():
            if on_wait:
                on_wait(f"Another writer is at work on {self.folder}; waiting for it to finish.")
            self._lock.acquire()
        try:
            yield self.connection
        finally:
            self._lock.release()

    def is_being_written(self) -> bool:
        """Whether somebody holds the writer's lock now."""
        if not self._lock.try_acquire():
            return True
        self._lock.release()
        return False

    @contextmanager
    def transaction(
        self, message: str, on_wait: Callable[[str], None] | None = None
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """One DuckLake transaction under the writer's lock; `message` goes into the snapshot.

        Leaving the block by an error undoes all.
        """
        with self.writing(on_wait) as connection:
            connection.execute("BEGIN")
            try:
                yield connection
                connection.execute("CALL lake.set_commit_message('wirehouse', ?)", [message])
                self._lock.confirm()
                connection.execute("COMMIT")
            except BaseException:
                with suppress(duckdb.TransactionException):  # a failed COMMIT has ended the transaction already
                    connection.execute("ROLLBACK")
                raise

    def arrow(self, sql: str, parameters: list[Any] | dict[str, Any] | None = None) -> pa.Table:
        """The statement's rows as an Arrow table."""
        return self.connection.execute(sql, parameters).to_arrow_table()

    def close(self) -> None:
        """Gives the connection back."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def create_views(connection: duckdb.DuckDBPyConnection) -> None:
    """(Re)creates every view and macro of warehouse/sql in the lake."""
    for name in view_names():
        connection.execute(statement(f"views/{name}"))
    for path in sorted((_SQL / "macros").glob("*.sql")):
        connection.execute(path.read_text(encoding="utf-8"))


def check_version(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Raises WarehouseError unless the lake's tables are of the version this code writes."""
    try:
        found = connection.execute("SELECT max(version) FROM lake_version").fetchone()
    except duckdb.CatalogException as error:
        raise WarehouseError(f"{folder} holds no Wirehouse tables: is it the right folder?") from error
    version = found[0] if found else None
    if version is None or version < LAKE_VERSION:
        raise WarehouseError(
            f"The lake in {folder} has tables of version {version}, this Wirehouse wants {LAKE_VERSION}:"
            " run `wirehouse migrate`."
        )
    if version > LAKE_VERSION:
        raise WarehouseError(
            f"The lake in {folder} has tables of version {version}, this Wirehouse knows {LAKE_VERSION}:"
            " update Wirehouse, or name another lake with --lake."
        )
