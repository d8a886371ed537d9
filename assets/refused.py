"""What was refused, for a person: rejects listed with what their reasons mean, their kept bytes, and their replay."""

import datetime as dt
import sys
from collections import Counter
from typing import NamedTuple

import pyarrow as pa
from rich.markup import escape

from assets.output import Format, console, write
from assets.settings import Settings
from assets.work import Work, publish_days
from pipelines.notices import REJECT_REASONS
from warehouse.errors import WarehouseError
from warehouse.kept import Kept
from warehouse.lake import statement
from warehouse.session import Session


class Wanted(NamedTuple):
    """Which rejects are meant: of one reason or of all, from one arrival day to another."""

    reason: str | None
    first: dt.date | None
    last: dt.date | None


def find_rejects(where: Settings, wanted: Wanted) -> pa.Table:
    """The rejects that are meant, newest day first. Raises WarehouseError if there is no such reason."""
    if wanted.reason is not None and wanted.reason not in REJECT_REASONS:
        raise WarehouseError(f"There is no reason {wanted.reason!r}; docs/reasons.md lists them.")
    session = Session(where.lake)
    first, last = wanted.first or dt.date.min, wanted.last or dt.date.max
    try:
        return session.query(statement("rejects"), {"first": first, "last": last, "reason": wanted.reason})
    finally:
        session.close()


def show_rejects(where: Settings, wanted: Wanted, form: Format) -> None:
    """The rejects as a list; for a person, first how many there are of each reason and what it means."""
    rows = find_rejects(where, wanted)
    if form is not Format.TABLE:
        write(rows, form)
        return
    if not rows.num_rows:
        console.print("No rejects.")
        return
    for reason, count in Counter(rows["reason"].to_pylist()).most_common():
        console.print(f"[bold]{count:>6}  {escape(reason)}[/bold]  {escape(REJECT_REASONS.get(reason, ''))}")
    console.print()
    write(rows.select(["reject_id", "arrival_day", "path", "member", "stage", "reason", "detail", "is_kept"]), form)
    console.print(
        "\n`wirehouse rejects --bytes REJECT_ID` writes what was refused to standard output;"
        " `wirehouse replay` tries it again.",
        highlight=False,
    )


def write_bytes(where: Settings, reject_id: str) -> None:
    """What was refused, byte for byte, on standard output. Raises WarehouseError if the lake does not keep it."""
    session = Session(where.lake)
    found = session.query("SELECT sha256 FROM rejects WHERE reject_id = ? AND is_kept LIMIT 1", [reject_id]).to_pylist()
    session.close()
    data = Kept(where.lake).read(found[0]["sha256"]) if found else None
    if data is None:
        raise WarehouseError(f"The lake keeps no bytes of {reject_id!r}: `wirehouse rejects` says of which it does.")
    sys.stdout.buffer.write(data)


class Replay(NamedTuple):
    """How many rejects were tried again, how many of them are none any more, and the work it took."""

    tried: int
    used: int
    work: Work


def replay(where: Settings, wanted: Wanted) -> Replay:
    """Publishes the days of the rejects that are meant anew, with their raw files or what the lake keeps of them."""
    before = find_rejects(where, wanted)
    days = sorted({str(day) for day in before["arrival_day"].to_pylist()})
    work = publish_days(where, days, is_replay=True)
    after = set(_places(find_rejects(where, Wanted(None, wanted.first, wanted.last)))) if days else set()
    tried = _places(before)
    return Replay(len(tried), sum(place not in after for place in tried), work)


def _places(rejects: pa.Table) -> list[tuple[str, str | None]]:
    """Which file or member each reject is of: tried again, it may be one for another reason."""
    return list(zip(rejects["path"].to_pylist(), rejects["member"].to_pylist(), strict=True))
