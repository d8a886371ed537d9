"""Learning outlets' furniture: which profile a run takes, and where the next one comes from.

What counts as furniture is decided by pipelines/parse/learn.py, from counts. Before the first run over an empty lake
they are taken from a sample of the drops at hand; afterwards `wirehouse learn` takes them from all that is published.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

import pyarrow as pa
from rich.markup import escape

from assets.output import Format, console, write
from assets.reading import Reading
from assets.resources import Wirehouse
from pipelines.ingest.patience import TooSlow, within
from pipelines.ingest.reader import read_drop
from pipelines.parse.article import Parsed, parse
from pipelines.parse.learn import LearntLine, LineCount, count_lines, propose, version_of
from pipelines.parse.profile import Profile, load_profile
from warehouse import ledger, profiles
from warehouse.errors import WarehouseError
from warehouse.inbox import LedgerRow, outlet_hint, read
from warehouse.lake import Lake

_SAMPLE = 60
"""Documents of an outlet's folder that the first profile is learnt from: enough for a common line to stand out."""
_SAMPLE_BYTES = 1_000_000
"""Files above this are left out of the sample: it has to cost seconds, whatever lies in the inbox."""
_TRIES = 3 * _SAMPLE
"""Files of a folder that are opened for the sample, for there may be no text in them at all."""


class Learnt(NamedTuple):
    """What learning came to: the version, whether it was in force already, its lines as rows of boilerplate_lines."""

    version: str
    is_new: bool
    documents: int
    rows: list[dict[str, Any]]


def present_profile(lake: Lake, wirehouse: Wirehouse, say: Callable[[str], None]) -> Profile:
    """The newest profile of the lake; one that has learnt nothing yet first learns from the drops at hand."""
    base, stored = load_profile(), profiles.current(lake)
    if stored is None:
        counts = count_lines(_sample(lake, wirehouse, base))
        rows = [_row(line) for line in propose(counts)]
        version = _version(rows)
        profiles.write(lake, version, "drops", _documents(counts), rows)
        if rows:
            say(f"{len(rows)} lines that outlets put around their articles were learnt from the drops at hand.")
        stored = profiles.current(lake)
    if stored is None:
        raise WarehouseError(f"The profile just learnt is not in the lake {lake.folder}.")
    return base.with_learnt(stored.version, stored.lines)


def learn_from_lake(lake: Lake, overrule: set[str], restore: set[str], *, dry_run: bool) -> Learnt:
    """The next profile from all that is published; `overrule` and `restore` are hashes of lines a person decides on.

    Raises WarehouseError if one of these is of no line that is learnt or overruled.
    """
    stored = profiles.current(lake)
    counts = [LineCount(**row) for row in profiles.count_lines(lake).to_pylist()]
    rows = {(line.outlet_id, line.line_hash): _row(line) for line in propose(counts)}
    if stored:
        for row in profiles.lines(lake, stored.version):
            key = row["outlet_id"], row["line_hash"]
            if row["is_overruled"]:  # a person's word stays, whether or not the line is still seen
                rows[key] = rows.get(key, row) | {"is_overruled": True}
    known = {line_hash for _, line_hash in rows}
    if unknown := sorted((overrule | restore) - known):
        raise WarehouseError(f"{unknown[0]!r} is the hash of no learnt line: `wirehouse learn --dry-run` lists them.")
    for row in rows.values():
        row["is_overruled"] = (row["is_overruled"] or row["line_hash"] in overrule) and row["line_hash"] not in restore
    version = _version(rows.values())
    learnt = Learnt(version, stored is None or version != stored.version, _documents(counts), list(rows.values()))
    if not dry_run:
        profiles.write(lake, version, "person" if overrule or restore else "lake", learnt.documents, learnt.rows)
    return learnt


def show_learnt(learnt: Learnt, *, dry_run: bool) -> None:
    """The lines for a person, and what to do next."""
    columns = ["outlet_id", "line_hash", "line", "document_count", "share", "is_overruled"]
    if learnt.rows:
        write(pa.Table.from_pylist([{name: row[name] for name in columns} for row in learnt.rows]), Format.TABLE)
    if not learnt.is_new:
        console.print(f"\nNothing new: profile {escape(learnt.version)} stays.")
    elif dry_run:
        console.print(f"\nThis would be profile {escape(learnt.version)}; nothing was kept.")
    else:
        console.print(
            f"\nProfile {escape(learnt.version)} is what the next runs take; `wirehouse backfill` gives it to old days."
        )


def _sample(lake: Lake, wirehouse: Wirehouse, base: Profile) -> Iterator[Parsed]:
    """Articles of up to _SAMPLE documents of each outlet's folder, the same whatever days a run is for."""
    taken: dict[str | None, int] = {}
    tried: Counter[str | None] = Counter()
    reading = wirehouse.reading()
    rows = sorted(ledger.present_files(lake), key=lambda row: (row.sha256 or "", row.path))
    for row in rows:
        hint = outlet_hint(row.path)
        left = _SAMPLE - taken.get(hint, 0)
        if left > 0 and tried[hint] < _TRIES and row.bytes <= _SAMPLE_BYTES:
            tried[hint] += 1
            found = list(islice(_articles(row, hint, wirehouse, reading, base), left))
            taken[hint] = taken.get(hint, 0) + len(found)
            yield from found


def _articles(
    row: LedgerRow, hint: str | None, wirehouse: Wirehouse, reading: Reading, base: Profile
) -> Iterator[Parsed]:
    try:
        data, digest = read(wirehouse.raw_folder, row.path, reading.limits.file_bytes)
    except OSError:  # gone or closed by now: the sample does without it, ingest says so
        return
    for found in read_drop(row.path, hint, data, digest, reading.limits, reading.fields(hint)):
        if found.document.text is not None:
            try:
                with within(reading.limits.document_seconds):
                    parsed = parse(found.document, row.arrival_day, base)
            except TooSlow:  # the sample does without it, the stage `parse` rejects it
                continue
            yield parsed


def _row(line: LearntLine) -> dict[str, Any]:
    return line._asdict() | {"is_overruled": False}


def _version(rows: Iterable[dict[str, Any]]) -> str:
    return version_of(
        LearntLine(**{name: row[name] for name in LearntLine._fields}) for row in rows if not row["is_overruled"]
    )


def _documents(counts: Iterable[LineCount]) -> int:
    """Distinct documents that the lines were counted in."""
    return sum({count.outlet_id: count.outlet_documents for count in counts}.values())
