"""Which article is a copy of which: the law that turns verified pairs of contents into links.

A content is a distinct content hash; its head is its earliest article by (published_on, arrival_day,
article_id). Every other article of a content is an exact copy of the head. A head is a copy of the head of that
neighbouring content that is most like it, was there earlier and within the window; relations.py names its kind.
So an article has one parent at most, always an earlier one; a cluster is a tree named by its root, which is the
earliest of all, and no two stories merge because a third resembles both.

`link` says it for all articles at once, `relink` after some of them changed; a property test holds the two
together.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
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
    return relink({article.content_hash for article in articles}, articles, pairs, (), {}, window_days)


def relink(
    recompute: set[str],
    articles: Iterable[Copy],
    pairs: Pairs,
    existing: Iterable[Link],
    roots: Mapping[str, str],
    window_days: int,
) -> list[Link]:
    """All links of the clusters that a change touched, sorted by article_id: they replace `existing`.

    A content changed if its set of (article_id, published_on, outlet_id, agency) did. What a link says depends on
    the heads of its article's content and of that content's neighbours, so the changed contents and their
    neighbours are recomputed. Other links keep their parents, but may hang under another root: whole clusters are
    written anew.

    Args:
        recompute: the contents whose links are made anew.
        articles: after the change, all articles of those contents and of all their neighbours.
        pairs: all verified near pairs of those contents, as in `link`; others do no harm.
        existing: every stored link whose cluster_id is the cluster of an article that a recomputed content
            had before the change (its link's cluster_id, or itself where it had no link), less the links of
            deleted articles.
        roots: the stored cluster_id of articles whose links are not in `existing`, at least of the heads of
            neighbours. An article in neither is a root.
        window_days: how many days a copy may be published after its original.
    """
    heads: dict[str, Copy] = {}
    members = []
    for article in sorted(articles, key=_key):
        heads.setdefault(article.content_hash, article)
        if article.content_hash in recompute:
            members.append(article)
    neighbours = _neighbours(recompute, pairs)

    links = {}
    for article in members:
        content = article.content_hash
        found = _exact(article, heads[content]) or _near(article, neighbours[content], heads, window_days)
        if found:
            links[article.article_id] = found
    recomputed = {article.article_id for article in members}
    links |= {kept.article_id: kept for kept in existing if kept.article_id not in recomputed}

    clusters = _clusters({child: found.parent_article_id for child, found in links.items()}, roots)
    return [links[child]._replace(cluster_id=clusters[child]) for child in sorted(links)]


def _key(article: Copy) -> tuple[dt.date, dt.date, str]:
    return article.published_on, article.arrival_day, article.article_id


def _neighbours(contents: set[str], pairs: Pairs) -> dict[str, list[tuple[str, float, float]]]:
    """For each content its verified pairs: the other content, Jaccard, containment."""
    neighbours = defaultdict(list)
    for (one, other), likeness in pairs.items():
        if one in contents:
            neighbours[one].append((other, *likeness))
        if other in contents:
            neighbours[other].append((one, *likeness))
    return neighbours


def _exact(article: Copy, head: Copy) -> Link | None:
    """The link of an article to its content's head, unless it is the head."""
    if article == head:
        return None
    return Link(article.article_id, "", "exact", head.article_id, 1.0, 1.0, "content_hash")


def _near(
    article: Copy, neighbours: Iterable[tuple[str, float, float]], heads: Mapping[str, Copy], window_days: int
) -> Link | None:
    """The link of a head to the earlier head most like it: by Jaccard, then containment, then the earlier."""
    earliest = dt.date.fromordinal(max(article.published_on.toordinal() - window_days, 1))
    choices = []
    for content, jaccard, containment in neighbours:
        head = heads.get(content)
        if head and _key(head) < _key(article) and head.published_on >= earliest:
            choices.append((-jaccard, -containment, _key(head), head))
    if not choices:
        return None
    jaccard, containment, _, parent = min(choices)
    kind = relation(
        -containment, article.shingle_count, parent.shingle_count, same_source=_is_same_source(article, parent)
    )
    return Link(article.article_id, "", kind, parent.article_id, -jaccard, -containment, "minhash+shingles")


def _is_same_source(one: Copy, other: Copy) -> bool:
    """Whether both are of one outlet, or name one agency as theirs."""
    return (one.outlet_id is not None and one.outlet_id == other.outlet_id) or (
        one.agency is not None and one.agency == other.agency
    )


def _clusters(parents: Mapping[str, str], roots: Mapping[str, str]) -> dict[str, str]:
    """The root of each child, found by following parents and, where they end, `roots`."""
    clusters: dict[str, str] = {}
    for child in parents:
        path, at = [], child
        while at in parents and at not in clusters:
            path.append(at)
            at = parents[at]
        root = clusters.get(at) or roots.get(at, at)
        clusters.update(dict.fromkeys(path, root))
    return clusters
