"""The law of links: whatever is published, again or in whatever order, the links are those of all articles at once, and
the root of each cluster is its earliest article.

The world here is articles, contents and which contents are near; how nearness is found is tested elsewhere.
"""

import datetime as dt
from collections import defaultdict
from itertools import combinations
from random import Random

from hypothesis import event, given
from hypothesis import strategies as st

from pipelines.dedup.link import Copy, Link, Pairs, link, relink, reroot, uprooted

WINDOW = 3
FIRST = dt.date(2021, 5, 1)
CONTENTS = [f"c{number}" for number in range(6)]
SHINGLES = dict(zip(CONTENTS, (40, 50, 60, 80, 100, 100), strict=True))

likeness = st.sampled_from([0.5, 0.7, 0.9, 1.0])
pair = st.sampled_from(list(combinations(CONTENTS, 2)))
worlds = st.dictionaries(pair, st.tuples(likeness, likeness), max_size=12)


@st.composite
def a_day(draw: st.DrawFn) -> tuple[dt.date, list[Copy]]:
    """One arrival day and all its articles: published then or some days before, ids unique over all days.

    An article may come again with another publication date or agency, as a better parser would have it.
    """
    arrived = draw(st.integers(0, 5))
    arrival_day = FIRST + dt.timedelta(days=arrived)
    stories = st.tuples(st.sampled_from("xyz"), st.sampled_from(CONTENTS))
    read = st.tuples(st.integers(0, 5), st.sampled_from([None, "QNA", "MNA"]))
    chosen = draw(st.dictionaries(stories, read, max_size=6))
    return arrival_day, [
        Copy(
            f"{outlet}-{arrived}-{content}",
            content,
            arrival_day - dt.timedelta(days=back),
            arrival_day,
            SHINGLES[content],
            None if outlet == "z" else outlet,
            agency,
        )
        for (outlet, content), (back, agency) in chosen.items()
    ]


class Store:
    """A lake in memory that publishes a day as the contract of `relink` asks, and no more than that."""

    def __init__(self, pairs: Pairs) -> None:
        self.pairs = pairs
        self.articles: dict[str, Copy] = {}
        self.links: dict[str, Link] = {}

    def publish(self, day: dt.date, coming: list[Copy]) -> None:
        going = {key for key, article in self.articles.items() if article.arrival_day == day}
        before = self.by_content()
        self.articles = {key: article for key, article in self.articles.items() if key not in going}
        self.articles |= {article.article_id: article for article in coming}
        after = self.by_content()

        changed = {content for content in CONTENTS if state(before[content]) != state(after[content])}
        recompute = changed | self.near(changed)
        heads = {
            content: min(after[content], key=key) for content in recompute | self.near(recompute) if after[content]
        }
        own = {content: heads[content] for content in recompute & heads.keys()}
        names = {head.article_id for head in own.values()}
        pairs = {key: value for key, value in self.pairs.items() if recompute & set(key)}
        stored = {head.article_id: self.cluster(head) for head in heads.values() if head.article_id in self.links}

        made = relink(own, heads, pairs, stored, WINDOW)
        lost = uprooted(own.values(), made, stored)
        linked = [found for found in self.links.values() if found.cluster_id in lost and found.relation != "exact"]
        beneath = [found for found in linked if found.article_id not in names]
        rest = {article: cluster for article, cluster in stored.items() if article not in names}
        for found in reroot(made, beneath, rest)[len(made) :]:
            self.links[found.article_id] = found
            self.put_exact(found.article_id, found.cluster_id, self.copies_of(found.article_id))
        for name in names | {article.article_id for content in changed for article in before[content] + after[content]}:
            self.links.pop(name, None)
        self.links |= {found.article_id: found for found in reroot(made, beneath, rest)[: len(made)]}
        for content, head in own.items():
            is_same = bool(before[content]) and min(before[content], key=key) == head
            if (
                is_same
                and stored.get(head.article_id, head.article_id) == self.cluster(head)
                and content not in changed
            ):
                continue  # what hangs under a head that stayed in its cluster stays as it is
            self.put_exact(head.article_id, self.cluster(head), {a.article_id for a in after[content]})
        event(f"recomputed {len(recompute)} of {len(CONTENTS)}")

    def copies_of(self, head: str) -> set[str]:
        """Exact copies of the article, by their links."""
        links = self.links.values()
        return {found.article_id for found in links if found.parent_article_id == head and found.relation == "exact"}

    def put_exact(self, head: str, cluster: str, members: set[str]) -> None:
        made = Link(head, cluster, "exact", head, 1.0, 1.0, "content_hash")
        self.links |= {member: made._replace(article_id=member) for member in members if member != head}

    def by_content(self) -> defaultdict[str, list[Copy]]:
        grouped = defaultdict(list)
        for article in self.articles.values():
            grouped[article.content_hash].append(article)
        return grouped

    def near(self, contents: set[str]) -> set[str]:
        return {other for key in self.pairs if contents & set(key) for other in key}

    def cluster(self, article: Copy) -> str:
        found = self.links.get(article.article_id)
        return found.cluster_id if found else article.article_id


def state(articles: list[Copy]) -> set[tuple[str, dt.date, str | None]]:
    return {(article.article_id, article.published_on, article.agency) for article in articles}


def key(article: Copy) -> tuple[dt.date, dt.date, str]:
    return article.published_on, article.arrival_day, article.article_id


def spelt_relation(article: Copy, parent: Copy, containment: float) -> str:
    shared = containment * min(article.shingle_count, parent.shingle_count)
    if article.shingle_count <= 0.8 * parent.shingle_count and shared >= 0.9 * article.shingle_count:
        return "excerpt"
    same_outlet = article.outlet_id is not None and article.outlet_id == parent.outlet_id
    return "update" if same_outlet or (article.agency or "a") == (parent.agency or "b") else "near"


def spelt_out(articles: list[Copy], pairs: Pairs) -> list[Link]:
    """The law once more, the slow way: every article looks at every other."""

    def is_head(article: Copy) -> bool:
        return not any(a.content_hash == article.content_hash and key(a) < key(article) for a in articles)

    heads = [article for article in articles if is_head(article)]
    parents: dict[str, tuple[str, str, float, float, str]] = {}
    for article in articles:
        if not is_head(article):
            (head,) = (head for head in heads if head.content_hash == article.content_hash)
            parents[article.article_id] = ("exact", head.article_id, 1.0, 1.0, "content_hash")
            continue
        best = None
        for head in sorted(heads, key=key):
            two = sorted((article.content_hash, head.content_hash))
            jaccard, containment = pairs.get((two[0], two[1]), (0.0, 0.0))
            if not jaccard or key(head) >= key(article) or (article.published_on - head.published_on).days > WINDOW:
                continue
            if best is None or (jaccard, containment) > best[2:4]:
                kind = spelt_relation(article, head, containment)
                best = (kind, head.article_id, jaccard, containment, "minhash+shingles")
        if best:
            parents[article.article_id] = best

    def root(article_id: str) -> str:
        return root(parents[article_id][1]) if article_id in parents else article_id

    return [Link(child, root(child), *found) for child, found in sorted(parents.items())]


@given(worlds, st.lists(a_day(), max_size=6))
def test_link_is_the_law_spelt_out(pairs: Pairs, days: list[tuple[dt.date, list[Copy]]]) -> None:
    articles = [article for _, coming in dict(days).items() for article in coming]

    made = link(articles, pairs, WINDOW)
    assert made == spelt_out(articles, pairs)
    for found in made:
        event(str(found.relation))


@given(worlds, st.lists(a_day(), max_size=6))
def test_a_cluster_is_named_by_its_earliest_article(pairs: Pairs, days: list[tuple[dt.date, list[Copy]]]) -> None:
    """Earliest published, then earliest arrived, then of the smallest id."""
    articles = {article.article_id: article for _, coming in dict(days).items() for article in coming}
    clusters = defaultdict(list)
    for found in link(articles.values(), pairs, WINDOW):
        clusters[found.cluster_id].append(articles[found.article_id])

    for root, copies in clusters.items():
        assert key(articles[root]) < min(map(key, copies))


@given(worlds, st.lists(a_day(), max_size=8))
def test_publishing_day_by_day_gives_the_links_of_all_articles_at_once(
    pairs: Pairs, days: list[tuple[dt.date, list[Copy]]]
) -> None:
    store = Store(pairs)
    for day, coming in days:  # a day may come more than once, with other articles
        store.publish(day, coming)

        assert sorted(store.links.values()) == link(store.articles.values(), pairs, WINDOW)


@given(worlds, st.lists(a_day(), max_size=6, unique_by=lambda day: day[0]), st.randoms(use_true_random=False))
def test_the_order_of_days_makes_no_difference(
    pairs: Pairs, days: list[tuple[dt.date, list[Copy]]], random: Random
) -> None:
    forwards, shuffled = Store(pairs), Store(pairs)
    for day, coming in days:
        forwards.publish(day, coming)
    random.shuffle(days)
    for day, coming in days:
        shuffled.publish(day, coming)

    assert forwards.links == shuffled.links
