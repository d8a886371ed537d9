"""What tests of several rooms share: a house of their own in a temporary folder, never the operator's."""

import datetime as dt
import os
import time
from pathlib import Path

import dagster as dg
import pytest

from tests.rows import rows


class Silent:
    """A listener of runs that only remembers."""

    def __init__(self):
        self.lines = []
        self.steps = []

    def say(self, line):
        self.lines.append(line)

    def done(self, stage, day):
        self.steps.append((stage, day))


class House:
    """An inbox and a lake below a temporary folder, with what a run does to them."""

    def __init__(self, folder: Path, instance: dg.DagsterInstance, raw: Path | None = None, ner: str = "rules"):
        from assets.settings import Settings

        self.raw, self.lake = raw or folder / "raw", folder / "lake"
        self.raw.mkdir(parents=True, exist_ok=True)
        self.instance = instance
        self.listener = Silent()
        self.settings = Settings(raw=self.raw, lake=self.lake, dagster_home=folder, ner=ner)

    def drop(self, path: str, content: str | bytes, age_seconds: float = 3600) -> Path:
        """Puts a drop into the inbox, last changed that long ago."""
        file = self.raw / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        moment = time.time() - age_seconds
        os.utime(file, (moment, moment))
        return file

    def due(self) -> list[str]:
        """Brings the ledger up to date and gives the days that are due."""
        from warehouse import ledger
        from warehouse.lake import Lake

        with Lake.open(self.lake) as lake:
            ledger.update(lake, self.raw, dt.datetime.now(dt.UTC))
            return ledger.due_days(lake)

    def publish(self, days: list[str] | None = None, **options):
        """One run over the range of these days, or of those that are due; gives its outcome."""
        from assets.runs import publish_range

        return publish_range(self.settings, days or self.due(), self.instance, self.listener, **options)

    def query(self, sql: str) -> list[dict]:
        """Rows of a read-only statement."""
        from warehouse.session import Session

        session = Session(self.lake)
        try:
            return session.query(sql).to_pylist()
        finally:
            session.close()

    def tables(self) -> dict[str, list]:
        """All rows that the law of order holds for, table by table, sorted."""
        return rows(self.lake)


@pytest.fixture(scope="session")
def instance():
    """One Dagster instance for all tests; it keeps nothing on disk."""
    with dg.DagsterInstance.ephemeral() as ephemeral:
        yield ephemeral


@pytest.fixture
def house(tmp_path, instance):
    """An empty house."""
    return House(tmp_path, instance)


@pytest.fixture
def new_house(tmp_path, instance):
    """Makes houses: new_house('name') or new_house('name', raw=another's)."""
    return lambda name, raw=None: House(tmp_path / name, instance, raw)


def pytest_make_parametrize_id(config, val, argname):
    """Bytes name no test: packed ones carry the second they were packed in, and each worker packs its own."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def server():
    """A Postgres server."""
    from tests.postgres import Server, programs

    found = programs()
    if found is None:
        pytest.skip("there is no Postgres server here (Debian: apt install postgresql)")
    running = Server(found)
    yield running
    running.stop()
