"""A reader that asks without pause and holds all it is shown to laws.sql: `python -m tests.chaos.reader LAKE WAY`.

WAY is `statement`, for what `wirehouse sql` does, or `transaction`, for one that reads on while others publish. It ends
when its standard input does. A line of JSON tells each breach, the last line how much was read.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from warehouse.connect import connect
from warehouse.session import Session

LAWS = (Path(__file__).parent / "laws.sql").read_text(encoding="utf-8")
_SEEN = "SELECT run_id || ' ' || arrival_day::VARCHAR AS publication FROM runs"
_FINGERPRINT = "SELECT count(*), bit_xor(hash(mention_id)), (SELECT count(*) FROM articles) FROM mentions"
_NEWEST = "SELECT max(snapshot_id) AS snapshot FROM ducklake_snapshots('lake')"
_READS_A_SESSION = 20


class Witness:
    """What a reader saw: publications once seen must be seen ever after, and snapshots never go back."""

    def __init__(self) -> None:
        self.reads, self.snapshots, self._newest = 0, 0, -1
        self._publications: set[str] = set()

    def saw(self, breaches: list[tuple[str, str]], publications: set[str], snapshot: int) -> None:
        """One reading of one snapshot, or of several in a row that are no older than the last."""
        self.reads += 1
        if snapshot < self._newest:
            breaches.append(("snapshots never go back", f"{snapshot} after {self._newest}"))
        breaches += [("publications stay", gone) for gone in sorted(self._publications - publications)]
        self.snapshots += snapshot != self._newest
        self._newest, self._publications = snapshot, self._publications | publications
        for law, breach in breaches:
            say(law=law, breach=breach)


def say(**line: Any) -> None:
    """One line for the program that started this one."""
    print(json.dumps(line | {"at": time.time()}), flush=True)


def by_statement(lake: Path, witness: Witness) -> Iterator[None]:
    """Sessions as `wirehouse sql` has them: each statement sees the newest snapshot."""
    while True:
        session = Session(lake)
        for _ in range(_READS_A_SESSION):
            snapshot = int(session.query(_NEWEST)["snapshot"][0].as_py())
            publications = set(session.query(_SEEN)["publication"].to_pylist())
            breaches = [(row["law"], row["breach"]) for row in session.query(LAWS).to_pylist()]
            witness.saw(breaches, publications, snapshot)
            yield
        session.close()


def by_transaction(lake: Path, witness: Witness) -> Iterator[None]:
    """One connection; each reading is a transaction, in which nothing may change."""
    connection = connect(lake, read_only=True)
    while True:
        connection.execute("BEGIN")
        [(snapshot,)] = connection.execute(_NEWEST).fetchall()
        first = connection.execute(_FINGERPRINT).fetchall()
        publications = {publication for (publication,) in connection.execute(_SEEN).fetchall()}
        breaches = [(str(law), str(breach)) for law, breach in connection.execute(LAWS).fetchall()]
        last = connection.execute(_FINGERPRINT).fetchall()
        connection.execute("COMMIT")
        if first != last:
            breaches.append(("a transaction sees one snapshot", f"{first} became {last}"))
        witness.saw(breaches, publications, snapshot)
        yield


def main() -> None:
    """Reads until standard input ends."""
    os.nice(10)  # it never rests: on few cores the runs would come to nothing beside it
    lake, way = Path(sys.argv[1]), sys.argv[2]
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    witness = Witness()
    try:
        for _ in {"statement": by_statement, "transaction": by_transaction}[way](lake, witness):
            if ended.is_set():
                break
    except Exception as error:  # whatever it is, a reader that fails is a breach
        say(law="a reader is never disturbed", breach=f"{type(error).__name__}: {error}")
    say(reads=witness.reads, snapshots=witness.snapshots)


if __name__ == "__main__":
    main()
