"""The catalog as an SQLite file in the lake's folder: one machine, no server, any number of readers beside a writer."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from warehouse.locks import FolderLock, Lock

_BUSY_SECONDS = 5
_WAIT_MILLISECONDS = 30_000
"""How long a transaction waits for a catalog that another program holds, which is no writer of ours."""
_SHOWN = 3


class SqliteStore:
    """`<lake>/catalog.sqlite`; catalog_store.py says what a store does."""

    extension = "sqlite_scanner"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "catalog.sqlite"

    @property
    def address(self) -> str:
        """What DuckLake is told after `ducklake:`."""
        return f"sqlite:{self._file}"

    def options(self, *, read_only: bool) -> list[str]:
        """What DuckLake is told besides. A writer makes it a file that readers need not wait for."""
        return [f"META_BUSY_TIMEOUT {_WAIT_MILLISECONDS}", *([] if read_only else ["META_JOURNAL_MODE 'WAL'"])]

    def exists(self) -> bool:
        """Whether the lake was made."""
        return self._file.is_file()

    def prepare(self) -> None:
        """Nothing: DuckLake makes the file."""

    def lock(self, name: str) -> Lock:
        """The lock `<lake>/<name>.lock`."""
        return FolderLock(self._folder, name)

    def size(self) -> int:
        """How much it takes."""
        return self._file.stat().st_size

    def examine(self) -> tuple[bool, str]:
        """Whether the file is sound, page by page, as SQLite sees it."""
        try:
            with closing(self._read()) as opened:
                answers = [str(row[0]) for row in opened.execute(f"PRAGMA integrity_check({_SHOWN})")]
        except sqlite3.Error as error:
            answers = [str(error)]
        if answers == ["ok"]:
            return True, f"{self.size():,} bytes, whole"
        return False, f"{self._file} is damaged ({'; '.join(answers)}): `wirehouse restore` a backup."

    def settle(self) -> None:
        """Under the writer's lock: what a killed writer left of a commit is of the catalog now, or never will be.

        SQLite writes a commit to its log and then names it in the log's index. Of a writer killed in between, nobody
        sees the commit who has the index open; it comes to light when the log is read anew. A commit made now writes
        over it (docs/decisions/0009).
        """
        with closing(sqlite3.connect(self._file, timeout=_BUSY_SECONDS)) as opened, opened:
            opened.execute("BEGIN IMMEDIATE")
            # A number that SQLite keeps for programs and nobody reads; what changes nothing it would not write.
            [(number,)] = opened.execute("PRAGMA user_version")
            opened.execute(f"PRAGMA user_version = {(number + 1) % 2**31}")

    def give_back_space(self) -> None:
        """Pages that were freed still hold what was in them. A reader may be in the way; the next round tries again."""
        with closing(sqlite3.connect(self._file, timeout=_BUSY_SECONDS)) as opened, suppress(sqlite3.OperationalError):
            opened.execute("VACUUM")
            opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def copy_to(self, file: Path) -> None:
        """One moment of it, whoever writes meanwhile, as a new SQLite file."""
        with closing(self._read()) as old, closing(sqlite3.connect(file, timeout=30)) as new:
            old.backup(new)

    def replace_by(self, file: Path) -> None:
        """Puts what the SQLite file holds in its place, in one transaction."""
        source = SqliteStore(file.parent)
        try:
            source.copy_to(self._file)
        except sqlite3.DatabaseError:  # the catalog there is damaged beyond opening
            for suffix in ("", "-wal", "-shm"):
                self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
            source.copy_to(self._file)

    def _read(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self._file.as_uri()}?mode=ro", uri=True, timeout=30)
