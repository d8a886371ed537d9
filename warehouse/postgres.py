"""A Postgres server, asked through DuckDB: connections to it, and locks that hold across machines.

Addresses are libpq's connection strings, `host=… dbname=…` or `postgresql://…`. They hold no password: libpq reads one
from PGPASSFILE, PGPASSWORD or its service file, so none can come into a log, a setting or an error.
"""

import re
from collections.abc import Iterable
from contextlib import suppress

import duckdb

from warehouse.engine import quoted, start
from warehouse.errors import CatalogUnreachableError
from warehouse.locks import Lock

EXTENSION = "postgres_scanner"
_SECRET = re.compile(r"(?i)(password|secret)\s*=|://[^@]*:[^@]*@")
"""A key=value of libpq that is to be kept to oneself, or what stands between a user and the @ of an address. Rather
one too many: a password with a slash or an @ in it that is not written as it should be is still one."""
_NAMESPACE = 0x77697265
"""'wire': keeps our locks apart from those of others in the same database."""
_KEYS = {"writer": 1, "open": 2, "deleting": 3}
_WHILE_HELD = """
    SELECT count(set_config(name, wanted, true))
    FROM (VALUES ('idle_in_transaction_session_timeout', '0'), ('transaction_timeout', '0'),
                 ('tcp_keepalives_idle', '30'), ('tcp_keepalives_interval', '10'), ('tcp_keepalives_count', '6')
         ) AS ours (name, wanted)
    JOIN pg_settings USING (name)
"""
"""The server does not end a lock that is held for long, and asks after a holder who says nothing for half a minute."""


def has_password(address: str) -> bool:
    """Whether there is, or may be, something in the address that is to be kept secret."""
    return _SECRET.search(address) is not None


def server_at(address: str, *options: str, extensions: Iterable[str] = ()) -> duckdb.DuckDBPyConnection:
    """A DuckDB with the database attached as `server`. One thread, so that a transaction is on one connection.

    Raises CatalogUnreachableError if the server does not let us in.
    """
    connection = start([EXTENSION, *extensions], threads=1)
    try:
        connection.execute(f"ATTACH {quoted(address)} AS server ({', '.join(['TYPE postgres', *options])})")
    except duckdb.Error as error:
        connection.close()
        raise unreachable(error) from error
    return connection


def unreachable(error: duckdb.Error) -> CatalogUnreachableError:
    """What went wrong between us and the server, in one line."""
    return CatalogUnreachableError(
        f"The catalog's Postgres server can't be used ({reason(error)}): see that it runs and lets this role in, then"
        " run again."
    )


def reason(error: duckdb.Error) -> str:
    """The server's or libpq's own words, without the statement or the address that DuckDB puts before them."""
    lines = [" ".join(line.split()) for line in str(error).strip().splitlines()]
    return lines[0].rpartition('": ')[2] if lines else "no reason was given"


class ServerLock(Lock):
    """An advisory lock of one database, held across all machines that use it.

    A transaction on a connection of its own holds it, so the server lets it go when process or connection end; that of
    a machine that went down without a word it notices after a minute and a half.
    """

    def __init__(self, address: str, name: str) -> None:
        self._address, self._key = address, _KEYS[name]
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._taken = 0

    def try_acquire(self) -> bool:
        """Takes the lock if nobody else has it; says whether it did.

        Raises CatalogUnreachableError if the server can't be asked.
        """
        if not self._taken:
            try:
                if not self._ask_for_it():
                    return False
            except duckdb.Error as error:
                self._close()
                raise unreachable(error) from error
        self._taken += 1
        return True

    def _ask_for_it(self) -> bool:
        if self._connection is None:
            self._connection = server_at(self._address, "READ_ONLY", "ISOLATION_LEVEL 'READ COMMITTED'")
        self._connection.execute("BEGIN")
        self._ask(_WHILE_HELD)
        if self._ask(f"SELECT pg_try_advisory_xact_lock({_NAMESPACE}, {self._key})"):
            return True
        self._connection.execute("ROLLBACK")
        return False

    def release(self) -> None:
        """Gives it back."""
        self._taken -= 1
        if not self._taken:
            self._close()

    def confirm(self) -> None:
        """Raises CatalogUnreachableError if the connection was lost, and with it the lock."""
        try:
            self._ask("SELECT true")
        except duckdb.Error as error:
            raise CatalogUnreachableError(
                f"The connection that held the lock was lost ({reason(error)}): run again; nothing was half-published."
            ) from error

    def _ask(self, sql: str) -> object:
        """The first value that the server answers, in the transaction that holds the lock."""
        if self._connection is None:
            raise duckdb.ConnectionException("the connection is closed")
        row = self._connection.execute(f"FROM postgres_query('server', {quoted(sql)})").fetchone()
        return row[0] if row else None

    def _close(self) -> None:
        if self._connection is not None:
            with suppress(duckdb.Error):  # the server may have ended it
                self._connection.execute("ROLLBACK")
            self._connection.close()
            self._connection = None
