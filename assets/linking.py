"""Links across days, made while a day is published: the lake asked, the law applied, the difference written.

A content (a distinct body) changed if its articles, their days of publication or their sources did. Links are made
anew for the contents that changed and for those that are near to one; docs/decisions/0002 says why that is enough.
Bodies are read of the pairs to verify, and of updates whose link is new.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from pipelines.dedup.added import added_text
from pipelines.dedup.candidates import CAP
from pipelines.dedup.compare import Comparison, compare
from pipelines.dedup.link import Copy, Link, relink
from warehouse import links

WINDOW_DAYS = 90
"""How many days after its original a near copy is still taken for one. Exact copies are found in all history."""

UPDATES = 10_000
"""How many updates' bodies are held at a time, beside those of their parents."""

Pair = tuple[str, str]
Likeness = dict[Pair, tuple[float, float]]


def link_day(
    connection: duckdb.DuckDBPyConnection, day: str, before: list[dict[str, Any]], staged_pairs: pa.Table
) -> None:
    """Brings `duplicates` up to date, inside the transaction that has just replaced the day.

    `before` is links.day_signatures of the day before it was replaced; `staged_pairs` the day's own near pairs.
    """
    after = links.day_signatures(connection, day)
    old, new = _identities(before), _identities(after)
    moved = old ^ new
    changed = {row.content_hash for row in moved} | links.untold_contents(connection, day)
    if not changed:
        return
    known: dict[Pair, Comparison] = _staged(staged_pairs)
    probing = {row["content_hash"]: row["bands"] for row in [*before, *after] if row["content_hash"] in changed}
    # Where every changed content is in the day as it is now, the stage has compared it with all others of the day.
    compared_day = day if changed <= {row.content_hash for row in new} else None
    days = {row.published_on for row in moved}
    del after  # a large day's rows are not held while it is linked
    near = _near(connection, probing, known, days, compared_day)
    neighbours = {content for pair in near for content in pair}
    recompute = changed | neighbours
    beyond = neighbours - changed
    if beyond:
        table = links.bands_of(connection, beyond)
        bands = dict(zip(*(column.to_pylist() for column in table.columns), strict=True))
        near |= _near(connection, bands, known, set(), None)
    wanted = recompute | {content for pair in near for content in pair}
    copies = [Copy(**row) for row in links.articles_of(connection, wanted)]

    gone = {row.article_id for row in old} - {row.article_id for row in new}
    affected = gone | {copy.article_id for copy in copies if copy.content_hash in recompute}
    existing = {row["article_id"]: Link(**row) for row in links.touched_links(connection, affected)}
    roots = links.clusters_of(connection, {copy.article_id for copy in copies} - existing.keys())
    made = relink(
        recompute, copies, near, [link for link in existing.values() if link.article_id not in gone], roots, WINDOW_DAYS
    )
    arrived = {copy.article_id: copy.arrival_day for copy in copies}
    made = _with_added_text(connection, made, existing, {row.article_id for row in moved}, arrived)
    fresh = [link for link in made if existing.get(link.article_id) != link]
    kept = {link.article_id for link in made}
    leaving = (existing.keys() - kept) | {link.article_id for link in fresh} | gone
    links.replace_links(connection, leaving, [link._asdict() for link in fresh])


def _staged(pairs: pa.Table) -> dict[Pair, Comparison]:
    columns = (pairs[name].to_pylist() for name in ("content_a", "content_b", "similarity", "containment"))
    return {(a, b): Comparison(a, b, alike, within, True) for a, b, alike, within in zip(*columns, strict=True)}


class _Identity(NamedTuple):
    """What its link, and those of its copies, depend on in an article of the day."""

    content_hash: str
    article_id: str
    published_on: dt.date
    outlet_id: str | None
    agency: str | None


def _identities(signatures: Iterable[dict[str, Any]]) -> set[_Identity]:
    return {_Identity(*(row[name] for name in _Identity._fields)) for row in signatures}


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


def _near(
    connection: duckdb.DuckDBPyConnection,
    probing: dict[str, list[int]],
    known: dict[Pair, Comparison],
    days: set[dt.date],
    compared_day: str | None,
) -> Likeness:
    """Verified near pairs of the contents in `probing` (with their bands) with any content within the window.

    `days` are days on which they were published before. `known` holds comparisons made already, and takes those made
    here; it has all near pairs of `compared_day`, so that day is not asked for candidates again. A content that is in
    no article any more counts as near to all its candidates: its text is gone, and making a link anew without need does
    no harm.
    """
    published = links.days_of(connection, probing)
    held = {row["content_hash"] for row in published}
    table = pa.table({"content_hash": list(probing), "bands": pa.array(probing.values(), pa.list_(pa.uint64()))})
    days = days | {row["published_on"] for row in published}
    found = links.candidates(connection, table, *_window(days), CAP, compared_day)
    pairs = {(min(pair), max(pair)) for pair in found}
    if compared_day:
        pairs |= {pair for pair in known if not probing.keys().isdisjoint(pair)}
    lost = {pair for pair in pairs if not {*pair} & probing.keys() <= held}
    unknown = pairs - lost - known.keys()
    if unknown:
        wanted = links.bodies(connection, {content for pair in unknown for content in pair})
        known |= {made[:2]: made for made in compare(wanted, unknown)}
    alike = {pair: known[pair] for pair in pairs - lost}
    return dict.fromkeys(lost, (0.0, 0.0)) | {pair: made[2:4] for pair, made in alike.items() if made.is_near}


def _window(days: set[dt.date]) -> tuple[dt.date, dt.date]:
    """From WINDOW_DAYS before the first of the days to as many after the last, within the calendar."""
    first, last = min(days).toordinal() - WINDOW_DAYS, max(days).toordinal() + WINDOW_DAYS
    return dt.date.fromordinal(max(first, 1)), dt.date.fromordinal(min(last, dt.date.max.toordinal()))
