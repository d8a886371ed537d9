"""Links across days, made while a day is published: what changed, and what is near to it in all of history.

A content (a distinct body) changed if its articles, their days of publication or their sources did. Links are made
anew for the contents that changed and for those that are near to one; docs/decisions/0002 says why that is enough.
Candidates come from the index of history.py. Bodies are read of the pairs to verify. The links are relinking.py's.
"""

import datetime as dt
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from assets.history import History
from assets.relinking import Change, Likeness, relink_contents
from pipelines.dedup.compare import Pair, compare, gathered
from pipelines.dedup.signature import bands_from_arrow
from warehouse import links

COMPARED = 50_000
"""How many contents are compared with others at a time: their bodies are held."""


def link_day(
    connection: duckdb.DuckDBPyConnection,
    day: str,
    before: pa.Table,
    staged_pairs: pa.Table,
    history: History,
    *,
    window_days: int,
    anew: bool = False,
) -> None:
    """Brings `duplicates` up to date, inside the transaction that has just replaced the day.

    `before` is links.day_signatures of the day before it was replaced, `staged_pairs` the day's own near pairs,
    `history` what was published when the transaction began. Near copies are sought up to `window_days` after their
    original. `anew` makes the links of all the day's contents anew: the rules may be others than they were.
    """
    after = links.day_signatures(connection, day)
    moved = links.moved(connection, before, after)
    contents = set(after["content_hash"].unique().to_pylist())
    changed = set(moved["content_hash"].unique().to_pylist()) | links.untold_contents(connection, day)
    if anew:
        changed |= contents
    if not changed:
        return
    asking = _Asking(connection, history.with_day(day, after), window_days, _staged(staged_pairs))
    # Where every changed content is in the day as it is now, the stage has compared it with all others of the day.
    is_compared = changed <= contents
    probing = _of_contents(pa.concat_tables([before, after]).select(["content_hash", "bands"]), changed)
    near = asking.near(probing, set(moved["published_on"].unique().to_pylist()), is_compared=is_compared)
    neighbours = {content for pair in near for content in pair}
    recompute = changed | neighbours
    beyond = neighbours - changed
    if beyond:
        near |= asking.near(links.bands_of(connection, asking.history.sightings(beyond)), set(), is_compared=False)
    relink_contents(connection, asking.history, Change(day, moved, contents, recompute, near), window_days)


def _staged(pairs: pa.Table) -> dict[Pair, tuple[float, float] | None]:
    names = (_strings(pairs[name]) for name in ("content_a", "content_b"))
    likeness = (pairs[name].to_pylist() for name in ("similarity", "containment"))
    return dict(zip(zip(*names, strict=True), zip(*likeness, strict=True), strict=True))


def _strings(column: pa.ChunkedArray) -> list[str]:
    """The column's strings, equal ones one object: in a crowd each content has hundreds of pairs."""
    encoded = column.combine_chunks().dictionary_encode()
    held = encoded.dictionary.to_pylist()
    return [held[at] for at in encoded.indices.to_pylist()]


def _of_contents(signatures: pa.Table, contents: set[str]) -> pa.Table:
    """One row for each of the contents."""
    numbered = signatures.append_column("row", pa.array(np.arange(signatures.num_rows)))
    firsts = numbered.select(["content_hash", "row"]).group_by("content_hash").aggregate([("row", "min")])
    wanted = pc.is_in(firsts["content_hash"], pa.array(contents, pa.string()))
    return signatures.take(firsts["row_min"].filter(wanted))


class _Asking(NamedTuple):
    """Where near pairs come from: the lake, its history, and the pairs compared already, None where not near."""

    connection: duckdb.DuckDBPyConnection
    history: History
    window_days: int
    known: dict[Pair, tuple[float, float] | None]

    def near(self, probing: pa.Table, days: set[dt.date], *, is_compared: bool) -> Likeness:
        """Verified near pairs of the contents in `probing` (with their bands) with any content within the window.

        `days` are days on which they were published before. `is_compared` says that `known` has all near pairs of the
        day, which is not asked for candidates then. A content that is in no article any more counts as near to all its
        candidates: its text is gone, and making a link anew without need does no harm.
        """
        contents = probing["content_hash"].combine_chunks()
        asked = set(contents.to_pylist())
        published = links.days_of(self.connection, self.history.sightings(asked))
        days = days | set(published["published_on"].to_pylist())
        bands = bands_from_arrow(probing["bands"])
        pairs = self.history.candidates(contents, bands, *_window(days, self.window_days), but_day=is_compared)
        if is_compared:
            pairs |= {pair for pair in self.known if not asked.isdisjoint(pair)}
        others = {content for pair in pairs for content in pair} - asked
        absent = others - set(
            links.days_of(self.connection, self.history.sightings(others))["content_hash"].to_pylist()
        )
        if absent:  # the index may know what is no more
            pairs = {pair for pair in pairs if absent.isdisjoint(pair)}
        held = set(published["content_hash"].to_pylist())
        lost = set() if asked <= held else {pair for pair in pairs if not asked.intersection(pair) <= held}
        pairs -= lost
        self._compare(pairs - self.known.keys())
        near = {pair: alike for pair in pairs if (alike := self.known[pair])}
        return dict.fromkeys(lost, (0.0, 0.0)) | near

    def _compare(self, pairs: set[Pair]) -> None:
        """Adds these pairs to those known, some at a time."""
        for portion in gathered(pairs, COMPARED):
            wanted = self.history.sightings(portion.contents.to_pylist())
            self.known.update(compare(portion, links.bodies(self.connection, wanted)))
        self.known.update(dict.fromkeys(pairs - self.known.keys()))


def _window(days: set[dt.date], width: int) -> tuple[dt.date, dt.date]:
    """From `width` days before the first of the days to as many after the last, within the calendar."""
    first, last = min(days).toordinal() - width, max(days).toordinal() + width
    return dt.date.fromordinal(max(first, 1)), dt.date.fromordinal(min(last, dt.date.max.toordinal()))
