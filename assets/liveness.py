"""Whether a run is alive: its process holds a lock on `<lake>/running/<run>` for as long as it lives.

The system lets go of the lock whatever ends the process, so a file that nobody has locked is of a run that died. A
run without a file may be another machine's: of it nothing is said.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
from filelock import FileLock, Timeout

_GRACE_SECONDS = 60.0
"""How old the file has to be: between making and locking it a run is not dead."""


def _file(lake: Path, run_id: str) -> Path:
    return lake / "running" / run_id


@contextmanager
def alive(lake: Path, run_id: str) -> Iterator[None]:
    """Within the block the run is alive to all that ask."""
    file = _file(lake, run_id)
    file.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(file)
    lock.acquire()
    try:
        yield
    finally:
        file.unlink(missing_ok=True)
        lock.release()


def is_dead(lake: Path, run: dg.DagsterRun) -> bool:
    """Whether the run began here, has not finished, and its process is gone."""
    file = _file(lake, run.run_id)
    try:
        age = time.time() - file.stat().st_mtime
    except FileNotFoundError:
        return False
    if age < _GRACE_SECONDS:
        return False
    lock = FileLock(file)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    file.unlink(missing_ok=True)
    lock.release()
    return True
