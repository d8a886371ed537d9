"""Links made anew after a day changed: of heads by the law, of exact copies by the lake; the difference is written.

What changed and what is near to it is found by linking.py. Only heads become objects here: the links of a content's
other articles follow from its head, so the lake makes them, all of them where the head or its cluster is another now,
else those of the day.
"""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple, TypeVar

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from assets.history import History
from pipelines.dedup.added import added_text
from pipelines.dedup.compare import Pair
from pipelines.dedup.link import Copy, Link, relink, reroot, uprooted
from warehouse import links

UPDATES = 10_000
"""How many updates' bodies are held at a time, beside those of their parents."""

Likeness = dict[Pair, tuple[float, float]]


class Change(NamedTuple):
    """What publishing a day changed.

    Attributes:
        day: the arrival day.
        moved: its articles that came, went or changed, as they were and as they are.
        contents: those of the day as it is now.
        recompute: contents whose links are made anew: those that changed, and their neighbours.
        near: all near pairs of those.
    """

    day: str
    moved: pa.Table
    contents: set[str]
    recompute: set[str]
    near: Likeness


def relink_contents(connection: duckdb.DuckDBPyConnection, history: History, change: Change, window_days: int) -> None:
    """Brings `duplicates` up to date with the change, inside the transaction that made it."""
    wanted = change.recompute | {content for pair in change.near for content in pair}
    found = links.heads_of(connection, history.sightings(wanted))
    heads = {head.content_hash: head for head in _rows(Copy, found)}
    own = {content: heads[content] for content in change.recompute if content in heads}
    names = {head.article_id for head in own.values()}
    ids = pa.array([head.article_id for head in heads.values()], pa.string())
    stored = {link.article_id: link for link in _rows(Link, links.links_of(connection, ids))}
    clusters = {article: link.cluster_id for article, link in stored.items()}

    made, beneath = relink(own, heads, change.near, clusters, window_days), list[Link]()
    if lost := uprooted(own.values(), made, clusters):
        beneath = [link for link in _rows(Link, links.head_links(connection, lost)) if link.article_id not in names]
        outside = {article: cluster for article, cluster in clusters.items() if article not in names}
        rooted = reroot(made, beneath, outside)
        made, beneath = rooted[: len(made)], rooted[len(made) :]
    moved = change.moved["article_id"]
    moved_heads = set(ids.filter(pc.is_in(ids, moved)).to_pylist())
    arrived = {head.article_id: head.arrival_day for head in heads.values()}
    made = _with_added_text(connection, made, stored, moved_heads, arrived)

    roots = {link.article_id: link.cluster_id for link in made}
    repeated = set(found["content_hash"].filter(pc.greater(found["members"], 1)).to_pylist())
    copied = {content: head for content, head in own.items() if content in repeated}
    exact = links.exact_links(connection, _members(history, change, copied, clusters, roots))
    rest = _table(beneath)
    for past in (moved, exact["article_id"]):  # the old links of articles that went, or are no heads any more
        rest = rest.filter(pc.invert(pc.is_in(rest["article_id"], past)))
    parts = [_table(made), rest, exact, links.rerooted_links(connection, rest.select(["article_id", "cluster_id"]))]
    new = pa.concat_tables([part.select(links.LINKS.names).cast(links.LINKS) for part in parts])
    touched = pa.chunked_array([*moved.chunks, *new["article_id"].chunks, pa.array(names, pa.string())])
    links.replace_links(connection, links.links_of(connection, touched.unique()), new)


def _members(
    history: History,
    change: Change,
    copied: Mapping[str, Copy],
    clusters: Mapping[str, str],
    roots: Mapping[str, str],
) -> pa.Table:
    """Where exact copies get their links anew: (content_hash, arrival_day, head, cluster_id).

    On all days where the content's head or that one's cluster is another than it was, else on the day alone. `clusters`
    and `roots` are those of linked heads, before and now.
    """
    day = dt.date.fromisoformat(change.day)
    grouped = change.moved.group_by("content_hash").aggregate([("published_on", "min")])
    earliest = dict(zip(grouped["content_hash"].to_pylist(), grouped["published_on_min"].to_pylist(), strict=True))
    everywhere, here = [], []
    for content, head in copied.items():
        name = head.article_id
        is_moved = content in earliest and (earliest[content], day) <= (head.published_on, head.arrival_day)
        if is_moved or clusters.get(name, name) != roots.get(name, name):
            everywhere.append(content)
        elif content in change.contents:
            here.append(content)
    today = {"content_hash": pa.array(here, pa.string()), "arrival_day": pa.array([day] * len(here), pa.date32())}
    members = pa.concat_tables([history.sightings(everywhere), pa.table(today)])
    heads = [copied[content].article_id for content in members["content_hash"].to_pylist()]
    members = members.append_column("head", pa.array(heads, pa.string()))
    return members.append_column("cluster_id", pa.array([roots.get(head, head) for head in heads], pa.string()))


def _with_added_text(
    connection: duckdb.DuckDBPyConnection,
    made: list[Link],
    stored: Mapping[str, Link],
    moved: set[str],
    days: Mapping[str, dt.date],
) -> list[Link]:
    """The links with what each update adds: as stored where article, parent and likeness stayed, else from the bodies.

    `moved` are articles that came, went or changed, `days` the arrival days of articles whose links were made anew.
    """
    told: dict[str, str | None] = {}
    updates = []
    for link in made:
        before = stored.get(link.article_id)
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


Row = TypeVar("Row", Copy, Link)


def _rows(kind: type[Row], table: pa.Table) -> list[Row]:
    """The table's rows, of the columns that the kind has."""
    columns = [table[name].to_pylist() for name in kind._fields]
    return [kind(*values) for values in zip(*columns, strict=True)]


def _table(made: list[Link]) -> pa.Table:
    columns = zip(*made, strict=True) if made else [()] * len(Link._fields)
    named = dict(zip(Link._fields, columns, strict=True))
    return pa.table([named[name] for name in links.LINKS.names], schema=links.LINKS)
