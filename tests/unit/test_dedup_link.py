"""Links, by example; that they hold in any order of publication is a law in tests/properties/test_links.py."""

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest

from pipelines.dedup.link import Copy, Link, link, relink, reroot, uprooted


def copy(article_id: str, content: str, published: int, arrived: int | None = None) -> Copy:
    """An article of an outlet of its own, by the days of May 2021 on which it was published and arrived."""
    days = (dt.date(2021, 5, published), dt.date(2021, 5, published if arrived is None else arrived))
    return Copy(article_id, content, *days, 100, f"outlet of {article_id}", None)


def heads(articles: list[Copy]) -> dict[str, Copy]:
    """The articles by their contents, each of its own."""
    return {article.content_hash: article for article in articles}


def near(child: str, cluster: str, parent: str, jaccard: float, containment: float) -> Link:
    return Link(child, cluster, "near", parent, jaccard, containment, "minhash+shingles")


def exact(child: str, cluster: str, parent: str) -> Link:
    return Link(child, cluster, "exact", parent, 1.0, 1.0, "content_hash")


def test_equal_contents_hang_under_the_earliest() -> None:
    articles = [copy("late", "A", 3), copy("first", "A", 1), copy("alone", "B", 1)]

    assert link(articles, {}, 30) == [exact("late", "first", "first")]


def test_publication_comes_before_arrival_and_arrival_before_the_id() -> None:
    articles = [copy("a", "A", 2, 2), copy("b", "A", 1, 9), copy("c", "A", 1, 8), copy("d", "A", 1, 8)]

    assert {found.parent_article_id for found in link(articles, {}, 30)} == {"c"}


@pytest.mark.parametrize(
    ("original", "later", "relation"),
    [
        ({"outlet_id": "post"}, {"outlet_id": "post"}, "update"),
        ({"outlet_id": "post"}, {"outlet_id": "mail"}, "near"),
        ({"outlet_id": "post", "agency": "QNA"}, {"outlet_id": "mail", "agency": "QNA"}, "update"),
        ({"outlet_id": "post", "agency": "QNA"}, {"outlet_id": "mail", "agency": "MNA"}, "near"),
        ({"outlet_id": None}, {"outlet_id": None}, "near"),
        ({"outlet_id": "post", "shingle_count": 200}, {"outlet_id": "post"}, "excerpt"),
        ({"shingle_count": 200}, {}, "excerpt"),
        ({}, {"shingle_count": 200}, "near"),
    ],
)
def test_a_copy_with_other_words_is_named_by_source_and_length(
    original: dict[str, Any], later: dict[str, Any], relation: str
) -> None:
    articles = [copy("1", "A", 1)._replace(**original), copy("2", "B", 2)._replace(**later)]

    assert link(articles, {("A", "B"): (0.6, 0.95)}, 30) == [near("2", "1", "1", 0.6, 0.95)._replace(relation=relation)]


def test_an_earlier_original_that_comes_late_makes_an_update_of_what_was_near() -> None:
    """2 was near to 1 of another outlet; its own outlet's first version arrives, and it is an update of that."""
    articles = [copy("0", "C", 1), copy("1", "A", 1), copy("2", "B", 2)]
    articles = [article._replace(outlet_id="mail" if article.article_id == "1" else "post") for article in articles]
    pairs = {("A", "B"): (0.6, 0.7), ("B", "C"): (0.8, 0.9)}

    links = relink({"B", "C"}, heads(articles), pairs, {"2": "1"}, 30)

    assert links == [near("2", "0", "0", 0.8, 0.9)._replace(relation="update")]


def test_links_that_are_not_recomputed_keep_what_they_add() -> None:
    kept = near("3", "2", "2", 0.9, 0.9)._replace(relation="update", added_text="A new toll.")

    assert reroot([near("2", "", "1", 0.7, 0.8)], [kept], {})[1] == kept._replace(cluster_id="1")


def test_a_copy_of_a_copy_belongs_to_the_first_story() -> None:
    articles = [copy("1", "A", 1), copy("2", "B", 2), copy("3", "C", 3), copy("4", "C", 4)]
    pairs = {("A", "B"): (0.6, 0.7), ("B", "C"): (0.8, 0.9)}

    assert link(articles, pairs, 30) == [
        near("2", "1", "1", 0.6, 0.7),
        near("3", "1", "2", 0.8, 0.9),
        exact("4", "1", "3"),
    ]


def test_the_parent_is_the_most_alike_not_the_earliest() -> None:
    articles = [copy("1", "A", 1), copy("2", "B", 2), copy("3", "C", 3), copy("4", "D", 4)]
    pairs = {("A", "D"): (0.6, 0.9), ("B", "D"): (0.7, 0.8), ("C", "D"): (0.7, 0.8)}

    assert link(articles, pairs, 30) == [near("4", "2", "2", 0.7, 0.8)]


def test_two_stories_stay_apart_though_a_third_resembles_both() -> None:
    articles = [copy("1", "A", 1), copy("2", "B", 2), copy("3", "C", 3)]
    pairs = {("A", "C"): (0.6, 0.6), ("B", "C"): (0.8, 0.8)}

    assert link(articles, pairs, 30) == [near("3", "2", "2", 0.8, 0.8)]


def test_beyond_the_window_only_equal_contents_are_linked() -> None:
    articles = [copy("1", "A", 1), copy("2", "B", 8), copy("3", "C", 9), copy("4", "A", 30)]
    pairs = {("A", "B"): (0.9, 0.9), ("A", "C"): (0.9, 0.9)}

    assert link(articles, pairs, 7) == [near("2", "1", "1", 0.9, 0.9), exact("4", "1", "1")]


def test_a_long_chain_needs_no_recursion() -> None:
    names = [f"{number:05}" for number in range(5000)]
    pairs = dict.fromkeys(pairwise(names), (0.9, 0.9))

    links = link([copy(name, name, 1) for name in names], pairs, 30)

    assert {found.cluster_id for found in links} == {"00000"}
    assert len(links) == 4999


def test_a_story_that_lost_its_original_joins_a_cluster_that_nothing_else_touched() -> None:
    """1 <- 2 is one cluster, 8 <- 9 another; 8 goes, and 9 turns to its second best neighbour, 2."""
    articles = [copy("2", "B", 2), copy("9", "D", 9)]
    pairs = {("B", "D"): (0.6, 0.6), ("C", "D"): (0.9, 0.9)}
    clusters = {"2": "1", "9": "8"}

    links = relink({"C", "D"}, heads(articles), pairs, clusters, 30)

    assert links == [near("9", "1", "2", 0.6, 0.6)]
    assert uprooted(articles[1:], links, clusters) == {"8"}


def test_links_that_are_not_recomputed_follow_their_parent_to_another_root() -> None:
    """2 <- 3 was a cluster; an earlier 1 arrives that 2 is a copy of."""
    articles = [copy("1", "A", 1), copy("2", "B", 2)]

    links = relink({"A", "B"}, heads(articles), {("A", "B"): (0.7, 0.8)}, {}, 30)

    assert links == [near("2", "1", "1", 0.7, 0.8)]
    assert uprooted(articles, links, {}) == {"2"}
    assert reroot(links, [near("3", "2", "2", 0.9, 0.9)], {}) == [*links, near("3", "1", "2", 0.9, 0.9)]


def test_where_every_root_stayed_nothing_below_is_asked_for() -> None:
    """3 was the second copy of 1; 2 comes, of which it is more of a copy, in the same cluster."""
    articles = [copy("1", "A", 1), copy("2", "B", 2), copy("3", "C", 3)]
    pairs = {("A", "B"): (0.7, 0.8), ("A", "C"): (0.6, 0.6), ("B", "C"): (0.9, 0.9)}

    links = relink({"A", "B", "C"}, heads(articles), pairs, {"3": "1"}, 30)

    assert [found.parent_article_id for found in links if found.article_id == "3"] == ["2"]
    assert uprooted([articles[0], articles[2]], links, {"3": "1"}) == set()
