"""Locks that one process holds at a time. This one is a file of the lake's folder; postgres.py has one on a server.

Either is let go when its holder's process ends, whatever ends it. Who holds a lock object may take it again; the lock
is free when it was given back as often as it was taken.
"""

import time
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

_LOOKS_SECONDS = 0.1
"""How often one who waits looks again."""


class Lock(ABC):
    """What every lock can do; as a context manager it waits, and holds the lock within the block."""

    @abstractmethod
    def try_acquire(self) -> bool:
        """Takes the lock if nobody else has it; says whether it did."""

    @abstractmethod
    def release(self) -> None:
        """Gives it back."""

    @abstractmethod
    def confirm(self) -> None:
        """Raises CatalogUnreachableError if the lock was lost while it was held."""

    def acquire(self) -> None:
        """Takes the lock, and waits for it as long as need be."""
        while not self.try_acquire():
            time.sleep(_LOOKS_SECONDS)

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


class FolderLock(Lock):
    """The lock `<folder>/<name>.lock`."""

    def __init__(self, folder: Path, name: str) -> None:
        self._lock = FileLock(folder / f"{name}.lock")

    def try_acquire(self) -> bool:
        """Takes the lock if nobody else has it; says whether it did."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        return True

    def release(self) -> None:
        """Gives it back."""
        self._lock.release()

    def confirm(self) -> None:
        """Nothing takes it away from a process that lives."""
