"""Drops that come while runs are killed: new ones, changed ones, some that can't be used, some still being written."""

import os
import random
import threading
import time
from pathlib import Path

from benchmarks.corpus import generate

DAYS = 3
_FIRST = 100
"""Drops that are there before the first kill; outlets' furniture is learnt from them."""
_HOUR = 3600.0


class Feed(threading.Thread):
    """Puts drops into `raw`, one after each pause of `seconds` on average, until it is stopped.

    Most look an hour old, so that a run takes them at once; the others look as new as they are, and a part of them is
    written in two halves.
    """

    def __init__(self, raw: Path, seed: int, count: int, seconds: float) -> None:
        super().__init__(daemon=True)
        self._raw, self._random, self._seconds = raw, random.Random(seed), seconds
        reports = generate(count, seed, words=90, copies=0.4, days=DAYS, outlets=6)
        self._waiting = [(report.name, report.text.encode()) for report in reports]
        self._random.shuffle(self._waiting)
        self._came: list[str] = []
        self._stopped = threading.Event()
        for _ in range(_FIRST):
            self._put(*self._waiting.pop(), age=_HOUR)

    def run(self) -> None:
        """Feeds until stopped, or until nothing is left."""
        while self._waiting and not self._stopped.wait(self._random.expovariate(1 / self._seconds)):
            name, content = self._waiting.pop()
            chance = self._random.random()
            if chance < 0.1:  # an old drop becomes another
                self._put(self._random.choice(self._came), content, age=self._random.uniform(60, _HOUR))
            elif chance < 0.14:
                self._put(name, self._random.choice([b"", b'{"headline": ', b"\x00\xff" * 40]), age=_HOUR)
            elif chance < 0.2:
                self._grow(name, content)
            else:
                self._put(name, content, age=_HOUR)

    def stop(self) -> None:
        """Ends the feeding; all that came is settled then."""
        self._stopped.set()
        self.join()
        moment = time.time() - 60
        for path in self._raw.rglob("*"):
            if path.is_file() and path.stat().st_mtime > moment:
                os.utime(path, (moment, moment))

    @property
    def fed(self) -> int:
        """How many drops came, changes of them not counted."""
        return len(set(self._came))

    def _put(self, name: str, content: bytes, age: float) -> None:
        """As a careful program delivers: written beside the inbox, then renamed into it."""
        written = self._raw.with_name("delivery")
        written.write_bytes(content)
        moment = time.time() - age
        os.utime(written, (moment, moment))
        (self._raw / name).parent.mkdir(parents=True, exist_ok=True)
        written.replace(self._raw / name)
        self._came.append(name)

    def _grow(self, name: str, content: bytes) -> None:
        """As a careless one does: in place, with a pause in the middle."""
        path = self._raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(content[: len(content) // 2])
            file.flush()
            self._stopped.wait(self._random.uniform(0, 1))
            file.write(content[len(content) // 2 :])
        self._came.append(name)
