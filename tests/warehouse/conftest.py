"""A lake as it is made, copied for each test that wants one; the same with its catalog in Postgres."""

import re
import shutil
from pathlib import Path

import pytest

from warehouse.lake import Lake
from warehouse.place import FILE as PLACE


class Stores:
    """Where lakes keep their catalog in a test: in their folder, or in databases of a server."""

    def __init__(self, server=None):
        self._server = server
        self.is_postgres = server is not None

    def catalog(self):
        """What a new lake is told."""
        return f"postgres:{self._server.address(self._server.database())}" if self._server else ""

    def empty(self, folder: Path) -> None:
        """The lake's database as it was before anything was in it."""
        [name] = re.findall(r"dbname=(\w+)", (folder / PLACE).read_text("utf-8"))
        self._server.execute(f"DROP DATABASE {name}")
        self._server.execute(f"CREATE DATABASE {name}")

    def copy(self, source: Path, target: Path) -> Path:
        """The same lake once more; copying is quicker than making another."""
        shutil.copytree(source, target)
        if self._server:
            place = target / PLACE
            [name] = re.findall(r"dbname=(\w+)", place.read_text("utf-8"))
            place.write_text(place.read_text("utf-8").replace(name, self._server.database(like=name)))
        return target


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def stores(request):
    """Both kinds of catalog, one after the other."""
    return Stores(request.getfixturevalue("server") if request.param == "postgres" else None)


@pytest.fixture(scope="session")
def new_lake(tmp_path_factory, stores):
    """A lake as it is made."""
    folder = tmp_path_factory.mktemp("new") / "lake"
    Lake.open(folder, catalog=stores.catalog()).close()
    return folder


@pytest.fixture
def folder(tmp_path, new_lake, stores):
    """A new lake's folder."""
    return stores.copy(new_lake, tmp_path / "lake")
