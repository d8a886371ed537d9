"""What is killed, and when: commands of `wirehouse` with kill -9 at a moment drawn by chance, or aimed at a commit."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parents[2]
_LOOK_SECONDS = 0.0005


class Ground(NamedTuple):
    """The folder of one trial: an inbox, a lake, and where Dagster keeps its runs."""

    folder: Path

    @property
    def raw(self) -> Path:
        """The inbox."""
        return self.folder / "raw"

    @property
    def lake(self) -> Path:
        """The lake."""
        return self.folder / "lake"

    def environment(self) -> dict[str, str]:
        """What the processes of this trial are told."""
        return dict(os.environ) | {
            "DAGSTER_HOME": str(self.folder),
            "WIREHOUSE_RAW": str(self.raw),
            "WIREHOUSE_LAKE": str(self.lake),
            "WIREHOUSE_NER": "rules",
            "PYTHONPATH": str(REPOSITORY),
        }

    def start(self, *command: str) -> subprocess.Popen[str]:
        """The command `wirehouse` with these words, its words back in one stream."""
        return subprocess.Popen(
            [sys.executable, "-m", "assets.cli", *command], env=self.environment(), cwd=self.folder,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def run(self, *command: str) -> tuple[int, str]:
        """The command, to its end: exit code and what it said."""
        process = self.start(*command)
        said, _ = process.communicate()
        return process.returncode, said


def catalog_state(lake: Path) -> tuple[int, int]:
    """Changes with each commit, and with each part of one that reaches the disk."""
    try:
        status = (lake / "catalog.sqlite-wal").stat()
    except FileNotFoundError:
        return 0, 0
    return status.st_size, status.st_mtime_ns


def newest_data(lake: Path) -> tuple[int, int]:
    """Changes as a day's Parquet files are written, before they are committed."""
    files = sum(len(names) for _, _, names in os.walk(lake / "data"))
    return files, 0


def staged(lake: Path) -> tuple[int, int]:
    """Changes as stages write their days."""
    return sum(len(names) for _, _, names in os.walk(lake / "stage")), 0


class Moment(NamedTuple):
    """When to kill: after the `count`th change of what `watched` gives, if it is given, and a pause."""

    name: str
    watched: Callable[[Path], tuple[int, int]] | None
    count: int
    seconds: float

    def wait(self, lake: Path, is_over: Callable[[], bool]) -> None:
        """Returns when the moment has come, or what was to be killed has ended."""
        if self.watched:
            state, left = self.watched(lake), self.count
            while left and not is_over():
                now = self.watched(lake)
                left -= now != state
                state = now
                time.sleep(_LOOK_SECONDS)
        end = time.perf_counter() + self.seconds
        while time.perf_counter() < end and not is_over():
            time.sleep(min(_LOOK_SECONDS, max(0.0, end - time.perf_counter())))


def moment(chance: random.Random, usual_seconds: float) -> Moment:
    """Four in ten at any time of what it usually takes, four at a commit, one at writing, one at staging."""
    drawn = chance.random()
    if drawn < 0.4:
        return Moment("at any time", None, 0, chance.uniform(0, usual_seconds))
    if drawn < 0.8:
        return Moment("at a commit", catalog_state, chance.randint(1, 8), chance.uniform(0, 0.02))
    if drawn < 0.9:
        return Moment("as data are written", newest_data, chance.randint(1, 30), chance.uniform(0, 0.1))
    return Moment("as stages are written", staged, chance.randint(1, 30), chance.uniform(0, 0.1))


def kill(pid: int) -> bool:
    """Whether there was somebody to kill."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True
