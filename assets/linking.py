"""Links across days, made while a day is published: the lake asked, the law applied, the difference written.

A content (a distinct body) changed if its articles, their days of publication or their sources did. Links are made
anew for the contents that changed and for those that are near to one; docs/decisions/0002 says why that is enough.
Candidates come from the index of history.py. Bodies are read of the pairs to verify, and of updates whose link is new.
"""

import datetime as dt
from typing import NamedTuple

import duckdb
import pyarrow as pa

from assets.history import History, Pair
from pipelines.dedup.added import added_text
from pipelines.dedup.compare import Comparison, compare, gathered
from pipelines.dedup.link import Copy, Link, relink
from pipelines.dedup.signature import bands_from_arrow
from warehouse import links

UPDATES = 10_000
"""How many updates' bodies are held at a time, beside those of their parents."""
COMPARED = 50_000
"""How many contents are compared with others at a time: their bodies are held."""

Likeness = dict[Pair, tuple[float, float]]


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
    moved_articles = set(moved["article_id"].to_pylist())
    contents = set(after["content_hash"].to_pylist())
    changed = set(moved["content_hash"].to_pylist()) | links.untold_contents(connection, day)
    if anew:
        changed |= contents
    if not changed:
        return
    asking = _Asking(connection, history.with_day(day, after), window_days, _staged(staged_pairs))
    # Where every changed content is in the day as it is now, the stage has compared it with all others of the day.
    is_compared = changed <= contents
    probing = _of_contents(pa.concat_tables([before, after]).select(["content_hash", "bands"]), changed)
    near = asking.near(probing, set(moved["published_on"].to_pylist()), is_compared=is_compared)
    neighbours = {content for pair in near for content in pair}
    recompute = changed | neighbours
    beyond = neighbours - changed
    if beyond:
        near |= asking.near(links.bands_of(connection, asking.history.sightings(beyond)), set(), is_compared=False)
    wanted = recompute | {content for pair in near for content in pair}
    copies = [Copy(**row) for row in links.articles_of(connection, asking.history.sightings(wanted))]

    gone = moved_articles - set(after["article_id"].to_pylist())
    affected = gone | {copy.article_id for copy in copies if copy.content_hash in recompute}
    existing = {row["article_id"]: Link(**row) for row in links.touched_links(connection, affected)}
    roots = links.clusters_of(connection, {copy.article_id for copy in copies} - existing.keys())
    made = relink(
        recompute, copies, near, [link for link in existing.values() if link.article_id not in gone], roots, window_days
    )
    arrived = {copy.article_id: copy.arrival_day for copy in copies}
    made = _with_added_text(connection, made, existing, moved_articles, arrived)
    fresh = [link for link in made if existing.get(link.article_id) != link]
    kept = {link.article_id for link in made}
    leaving = (existing.keys() - kept) | {link.article_id for link in fresh} | gone
    links.replace_links(connection, leaving, [link._asdict() for link in fresh])


def _staged(pairs: pa.Table) -> dict[Pair, Comparison]:
    columns = (pairs[name].to_pylist() for name in ("content_a", "content_b", "similarity", "containment"))
    return {(a, b): Comparison(a, b, alike, within, True) for a, b, alike, within in zip(*columns, strict=True)}


def _of_contents(signatures: pa.Table, contents: set[str]) -> pa.Table:
    """One row for each of the contents."""
    rows = {content: row for row, content in enumerate(signatures["content_hash"].to_pylist()) if content in contents}
    return signatures.take(pa.array(rows.values(), pa.int64()))


def _with_added_text(
    connection: duckdb.DuckDBPyConnection,
    made: list[Link],
    existing: dict[str, Link],
    moved: set[str],
    days: dict[str, dt.date],
) -> list[Link]:
    """The links with what each update adds: as stored where article, parent and likeness stayed, else from the bodies.

    `moved` are articles that came, went or changed, `days` the arrival days of articles whose links were made anew.
    """
    told: dict[str, str | None] = {}
    updates = []
    for link in made:
        before = existing.get(link.article_id)
        if before and _bare(before) == _bare(link) and moved.isdisjoint((link.article_id, link.parent_article_id)):
            told[link.article_id] = before.added_text
        elif link.relation == "update":
            updates.append((link.article_id, link.parent_article_id))
    for start in range(0, len(updates), UPDATES):
        pairs = updates[start : start + UPDATES]
        bodies = links.bodies_of(connection, {(article, days[article]) for pair in pairs for article in pair})
        told |= {child: added_text(bodies[child], bodies[parent]) for child, parent in pairs}
    return [link._replace(added_text=told.get(link.article_id)) for link in made]


def _bare(link: Link) -> Link:
    """The link without its root and what it adds."""
    return link._replace(cluster_id="", added_text=None)


class _Asking(NamedTuple):
    """Where near pairs come from: the lake, its history, and the comparisons made already, which grow."""

    connection: duckdb.DuckDBPyConnection
    history: History
    window_days: int
    known: dict[Pair, Comparison]

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
        pairs = {pair for pair in pairs if absent.isdisjoint(pair)}  # the index may know what is no more
        held = set(published["content_hash"].to_pylist())
        lost = {pair for pair in pairs if not asked.intersection(pair) <= held}
        self._compare(pairs - lost - self.known.keys())
        alike = {pair: self.known[pair] for pair in pairs - lost}
        return dict.fromkeys(lost, (0.0, 0.0)) | {pair: made[2:4] for pair, made in alike.items() if made.is_near}

    def _compare(self, pairs: set[Pair]) -> None:
        """Adds these pairs to those known, some at a time."""
        for some in gathered(pairs, COMPARED):
            wanted = self.history.sightings({content for pair in some for content in pair})
            made = compare(links.bodies(self.connection, wanted), some)
            self.known.update({comparison[:2]: comparison for comparison in made})


def _window(days: set[dt.date], width: int) -> tuple[dt.date, dt.date]:
    """From `width` days before the first of the days to as many after the last, within the calendar."""
    first, last = min(days).toordinal() - width, max(days).toordinal() + width
    return dt.date.fromordinal(max(first, 1)), dt.date.fromordinal(min(last, dt.date.max.toordinal()))
