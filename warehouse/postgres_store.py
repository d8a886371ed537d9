"""The catalog as a Postgres database, for several machines that share the lake's folder: a database for each lake.

The lake's locks are the server's, too. A copy of it is an SQLite file, so that a backup is a lake that needs no server;
putting a copy back is one transaction.
"""

from contextlib import closing
from pathlib import Path

import duckdb

from warehouse import place
from warehouse.engine import quoted
from warehouse.errors import WarehouseError
from warehouse.locks import Lock
from warehouse.postgres import EXTENSION, ServerLock, server_at, unreachable

_BOTH = ("ducklake", "sqlite_scanner")
_TABLES = """
    SELECT table_name FROM duckdb_tables()
    WHERE database_name = ? AND table_name LIKE 'ducklake!_%' ESCAPE '!' ORDER BY table_name
"""
_STATE = """
    SELECT current_setting('server_version') AS version,
           count(*) AS tables,
           coalesce(sum(pg_total_relation_size(oid)), 0)::bigint AS bytes
    FROM pg_class
    WHERE relkind = 'r' AND relname LIKE 'ducklake!_%' ESCAPE '!' AND relnamespace = 'public'::regnamespace
"""


class PostgresStore:
    """The database at `address`; catalog_store.py says what a store does."""

    extension = EXTENSION

    def __init__(self, folder: Path, address: str) -> None:
        self._folder, self._server = folder, address

    @property
    def address(self) -> str:
        """What DuckLake is told after `ducklake:`."""
        return f"postgres:{self._server}"

    def options(self, *, read_only: bool) -> list[str]:
        """What DuckLake is told besides: nothing."""
        return []

    def exists(self) -> bool:
        """Whether the lake was made."""
        return place.read(self._folder).catalog is not None

    def prepare(self) -> None:
        """Writes into the folder where the catalog is.

        Raises WarehouseError if the database has another lake's tables, CatalogUnreachableError if it can't be asked.
        """
        if self.exists():
            return
        if self._state()[1]:
            raise WarehouseError(
                f"The database at {self.address} holds the catalog of another lake: name an empty one, or that lake's"
                " folder."
            )
        place.write(self._folder, place.read(self._folder)._replace(catalog=self._server))

    def lock(self, name: str) -> Lock:
        """A lock on the server."""
        return ServerLock(self._server, name)

    def size(self) -> int:
        """How much its tables take on the server."""
        return self._state()[2]

    def examine(self) -> tuple[bool, str]:
        """Whether the server answers and has the tables; what is inside its files it looks after itself."""
        try:
            version, tables, size = self._state()
        except WarehouseError as error:
            return False, str(error)
        if not tables:
            return False, f"The database at {self.address} has no tables: `wirehouse restore` a backup."
        return True, f"PostgreSQL {version}, {tables} tables, {size:,} bytes"

    def settle(self) -> None:
        """Nothing: what a server commits all see at once."""

    def give_back_space(self) -> None:
        """Has the server vacuum the tables."""
        with closing(server_at(self._server)) as connection:
            named = ", ".join(_tables(connection, "server"))
            sql = quoted(f"VACUUM (ANALYZE) {named}")
            connection.execute(f"CALL postgres_execute('server', {sql}, use_transaction => false)")

    def copy_to(self, file: Path) -> None:
        """One moment of it, whoever writes meanwhile, as a new SQLite file."""
        with closing(server_at(self._server, "READ_ONLY", extensions=_BOTH)) as connection:
            _make_tables(connection, f"sqlite:{file}", "META_JOURNAL_MODE 'WAL'")
            connection.execute(f"ATTACH {quoted(str(file))} AS file (TYPE sqlite)")
            _copy_tables(connection, "server", "file")

    def replace_by(self, file: Path) -> None:
        """Puts what the SQLite file holds in its place, in one transaction."""
        with closing(server_at(self._server, extensions=_BOTH)) as connection:
            if not _tables(connection, "server"):
                _make_tables(connection, self.address)
                connection.execute("CALL pg_clear_cache()")
            connection.execute(f"ATTACH {quoted(str(file))} AS file (TYPE sqlite, READ_ONLY)")
            _copy_tables(connection, "file", "server")

    def _state(self) -> tuple[str, int, int]:
        """The server's version, how many tables of DuckLake's there are, and their bytes."""
        with closing(server_at(self._server, "READ_ONLY")) as connection:
            try:
                row = connection.execute(f"FROM postgres_query('server', {quoted(_STATE)})").fetchone()
            except duckdb.Error as error:
                raise unreachable(error) from error
        return row if row else ("unknown", 0, 0)


def _tables(connection: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    """DuckLake's tables in the attached database."""
    return [name for (name,) in connection.execute(_TABLES, [database]).fetchall()]


def _make_tables(connection: duckdb.DuckDBPyConnection, address: str, *options: str) -> None:
    """Has DuckLake make its tables at the address, as for a new lake."""
    listed = ", ".join(["DATA_PATH 'data/'", *options])
    connection.execute(f"ATTACH {quoted(f'ducklake:{address}')} AS made ({listed})")
    connection.execute("DETACH made")


def _copy_tables(connection: duckdb.DuckDBPyConnection, source: str, target: str) -> None:
    """Puts the rows of DuckLake's tables in the place of those of the other database, in one transaction.

    Raises WarehouseError if the two have not the same tables.
    """
    tables = _tables(connection, source)
    if tables != _tables(connection, target):
        raise WarehouseError(
            "The catalog and its copy have not the same tables: one is damaged, or of another version of DuckLake."
            " `wirehouse restore` puts a backup into an empty database."
        )
    connection.execute("BEGIN")
    for table in tables:
        connection.execute(f"DELETE FROM {target}.{table}")
        connection.execute(f"INSERT INTO {target}.{table} BY NAME FROM {source}.{table}")
    connection.execute("COMMIT")
