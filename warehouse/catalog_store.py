"""Where a lake keeps its catalog: a file in its folder (SQLite, for one machine) or a server's database (Postgres).

A lake is told so when it is made and remembers it (place.py), so whoever has the folder, on whatever machine, finds
the one catalog. Both kinds of store do the same for the rooms around them; what DuckLake's tables in them say is
catalog.py's to ask.
"""

from pathlib import Path
from typing import Protocol

from warehouse import place
from warehouse.errors import WarehouseError
from warehouse.locks import Lock
from warehouse.postgres import has_password
from warehouse.postgres_store import PostgresStore
from warehouse.sqlite_store import SqliteStore


class CatalogStore(Protocol):
    """What SqliteStore and PostgresStore do."""

    @property
    def extension(self) -> str:
        """DuckDB's extension that reads it."""

    @property
    def address(self) -> str:
        """What DuckLake is told after `ducklake:`."""

    def options(self, *, read_only: bool) -> list[str]:
        """What DuckLake is told besides."""

    def exists(self) -> bool:
        """Whether the lake was made."""

    def prepare(self) -> None:
        """Under the lock `open`: what has to be before its tables are made, if they are not.

        Raises WarehouseError if it can't be this lake's.
        """

    def lock(self, name: str) -> Lock:
        """One of the lake's locks: `open`, `writer` or `deleting`."""

    def size(self) -> int:
        """How much it takes."""

    def examine(self) -> tuple[bool, str]:
        """Whether it is sound, and a line for a person."""

    def settle(self) -> None:
        """Under the writer's lock: what a killed writer left of a commit is of the catalog now, or never will be."""

    def give_back_space(self) -> None:
        """Removes what is left of rows that are gone, as far as readers that are open let it."""

    def copy_to(self, file: Path) -> None:
        """One moment of it, whoever writes meanwhile, as a new SQLite file."""

    def replace_by(self, file: Path) -> None:
        """Puts what the SQLite file holds in its place, for others at one moment."""


def store_of(folder: Path) -> CatalogStore:
    """The store of the lake in `folder`; SQLite's where there is none yet."""
    address = place.read(folder).catalog
    return SqliteStore(folder) if address is None else PostgresStore(folder, address)


def checked_catalog(catalog: str) -> str:
    """What names a catalog, as it is: `postgres:` with libpq's connection string, `sqlite`, or nothing.

    Raises WarehouseError, which repeats none of it, if it is another or has a password in it.
    """
    kind, _, address = catalog.partition(":")
    if catalog not in ("", "sqlite") and (kind not in ("postgres", "postgresql") or not address.strip()):
        raise WarehouseError("WIREHOUSE_CATALOG is neither `sqlite` nor `postgres:` with an address behind it.")
    if has_password(catalog):
        raise WarehouseError(
            "WIREHOUSE_CATALOG has a password in it: leave it out, and give it in PGPASSFILE or PGPASSWORD, which the"
            " Postgres client reads by itself."
        )
    return catalog


def chosen_store(folder: Path, catalog: str) -> CatalogStore:
    """The store of the lake in `folder`, and for one that is to be made the one that `catalog` names.

    Raises WarehouseError if there is a lake and it keeps its catalog elsewhere; nothing for `catalog` leaves it to it.
    """
    store = store_of(folder)
    if not checked_catalog(catalog):
        return store
    wanted = _store(folder, catalog)
    if store.exists() and store.address != wanted.address:
        raise WarehouseError(
            f"The lake in {folder} keeps its catalog at {store.address}, and WIREHOUSE_CATALOG names another place:"
            " leave it out, or name another lake with --lake."
        )
    return wanted


def _store(folder: Path, catalog: str) -> CatalogStore:
    if catalog == "sqlite":
        return SqliteStore(folder)
    is_address = catalog.startswith(("postgres://", "postgresql://"))
    return PostgresStore(folder, catalog if is_address else catalog.partition(":")[2].strip())
