"""Which article is a copy of which: the law that turns verified pairs of contents into links.

A content is a distinct content hash; its head is its earliest article by (published_on, arrival_day,
article_id). Every other article of a content is an exact copy of the head. A head is a copy of the head of that
neighbouring content that is most like it, was there earlier and within the window; relations.py names its kind.
So an article has one parent at most, always an earlier one; a cluster is a tree named by its root, which is the
earliest of all, and no two stories merge because a third resembles both.

`link` says it for all articles at once. After a change, `relink` says it for the heads of some contents and `reroot`
for what hangs below them; exact copies follow from their head alone, so that the lake can make their links without
looking at one by one, and a million of them cost little. A property test holds the two ways together.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from pipelines.dedup.relations import relation


class Copy(NamedTuple):
    """One article, as far as linking cares: who told it is null where it is not known."""

    article_id: str
    content_hash: str
    published_on: dt.date
    arrival_day: dt.date
    shingle_count: int
    outlet_id: str | None
    agency: str | None


class Link(NamedTuple):
    """One article that is a copy; `similarity` and `containment` compare it with its parent.

    `relation` is null in a link of a time when only near ones were told. `added_text` is what an update adds: linking
    leaves it null in the links it makes, for it looks at no text; added.py finds it.
    """

    article_id: str
    cluster_id: str
    relation: str | None
    parent_article_id: str
    similarity: float
    containment: float
    method: str
    added_text: str | None = None


Pairs = Mapping[tuple[str, str], tuple[float, float]]


def link(articles: Iterable[Copy], pairs: Pairs, window_days: int) -> list[Link]:
    """The links of all articles, sorted by article_id; an article that is nobody's copy has none.

    `pairs` holds (jaccard, containment) of the verified near pairs of content hashes, the lesser hash first.
    """
    articles = list(articles)
    heads: dict[str, Copy] = {}
    for article in sorted(articles, key=_key):
        heads.setdefault(article.content_hash, article)
    made = relink(heads.keys(), heads, pairs, {}, window_days)
    roots = {found.article_id: found.cluster_id for found in made}
    for article in articles:
        head = heads[article.content_hash].article_id
        if article.article_id != head:
            made.append(Link(article.article_id, roots.get(head, head), "exact", head, 1.0, 1.0, "content_hash"))
    return sorted(made)


def relink(
    recompute: Collection[str],
    heads: Mapping[str, Copy],
    pairs: Pairs,
    stored: Mapping[str, str],
    window_days: int,
) -> list[Link]:
    """The links that the heads of some contents have after a change.

    A content changed if its set of (article_id, published_on, outlet_id, agency) did. What a link says depends on
    the heads of its article's content and of that content's neighbours, so the changed contents and their
    neighbours are recomputed. Other links keep their parents, but may hang under another root: ask `uprooted`.

    Args:
        recompute: the contents whose links are made anew; one that no article has any more does no harm.
        heads: after the change, the head of each of those contents and of all their neighbours.
        pairs: all verified near pairs of those contents, as in `link`; others do no harm.
        stored: the cluster_id that articles had in their links before, at least the heads of neighbours.
            An article that is not in it was a root.
        window_days: how many days a copy may be published after its original.
    """
    own = {content: heads[content] for content in recompute if content in heads}
    made = _near(own, heads, pairs, window_days)
    kept = stored.keys() - {article.article_id for article in own.values()}
    return _rooted(made, {article: stored[article] for article in kept})


def uprooted(heads: Iterable[Copy], made: Iterable[Link], stored: Mapping[str, str]) -> set[str]:
    """Clusters that had a part whose root is another now: of the recomputed `heads`, with the links `made` of them."""
    roots = {found.article_id: found.cluster_id for found in made}
    moved = set()
    for head in heads:
        name = head.article_id
        before = stored.get(name, name)
        if before != roots.get(name, name):
            moved.add(before)
    return moved


def reroot(made: Iterable[Link], beneath: Iterable[Link], stored: Mapping[str, str]) -> list[Link]:
    """The links `made` by `relink`, and after them those of `beneath`, under their roots as they are now.

    `beneath` are all links of heads in the clusters that were `uprooted`, but for heads that were recomputed; `stored`
    is what `relink` was given, without those heads. A link of an article that has gone, or is no head any more, is a
    leaf, so that it does no harm and may be left out of the answer.
    """
    return _rooted([*made, *beneath], stored)


def _key(article: Copy) -> tuple[dt.date, dt.date, str]:
    return article.published_on, article.arrival_day, article.article_id


def _near(own: Mapping[str, Copy], heads: Mapping[str, Copy], pairs: Pairs, window_days: int) -> list[Link]:
    """The link of each head of `own` to the earlier head most like it: by Jaccard, then containment, then the earlier.

    Pairs are gone through once: in a crowd each text has hundreds.
    """
    keys = {content: _key(head) for content, head in heads.items()}
    best: dict[str, tuple[float, float, tuple[dt.date, dt.date, str], str]] = {}
    for pair, (jaccard, containment) in pairs.items():
        if pair[0] not in keys or pair[1] not in keys:
            continue
        earlier, later = pair if keys[pair[0]] < keys[pair[1]] else (pair[1], pair[0])
        if later not in own or (keys[later][0] - keys[earlier][0]).days > window_days:
            continue
        choice = (-jaccard, -containment, keys[earlier], earlier)
        if later not in best or choice < best[later]:
            best[later] = choice
    links = []
    for content, (jaccard, containment, _, parent) in best.items():
        copy, original = own[content], heads[parent]
        is_same = _is_same_source(copy, original)
        kind = relation(-containment, copy.shingle_count, original.shingle_count, same_source=is_same)
        links.append(Link(copy.article_id, "", kind, original.article_id, -jaccard, -containment, "minhash+shingles"))
    return links


def _is_same_source(one: Copy, other: Copy) -> bool:
    """Whether both are of one outlet, or name one agency as theirs."""
    return (one.outlet_id is not None and one.outlet_id == other.outlet_id) or (
        one.agency is not None and one.agency == other.agency
    )


def _rooted(made: list[Link], stored: Mapping[str, str]) -> list[Link]:
    """The links, each with the root found by following parents and, where they end, `stored`."""
    parents = {found.article_id: found.parent_article_id for found in made}
    roots: dict[str, str] = {}
    for child in parents:
        path, at = [], child
        while at in parents and at not in roots:
            path.append(at)
            at = parents[at]
        root = roots.get(at) or stored.get(at, at)
        roots.update(dict.fromkeys(path, root))
    return [found._replace(cluster_id=roots[found.article_id]) for found in made]
