"""The made-up corpora that deduplication is measured on: the same again, in proportion, and with known clusters."""

import pytest

from benchmarks.copies import components, score
from benchmarks.stories import BLOCK, generate


@pytest.mark.parametrize("other", [False, True])
def test_the_same_arguments_give_the_same_stories_whatever_their_number(other: bool) -> None:
    many = list(generate(BLOCK + 50, 3, other=other))

    assert list(generate(120, 3, other=other)) == many[:120]
    assert len({story.article_id for story in many}) == BLOCK + 50
    assert [story.body for story in generate(20, 4, other=other)] != [story.body for story in many[:20]]


def test_a_copy_comes_after_what_it_was_made_from_and_lies_in_its_cluster() -> None:
    stories = list(generate(2000, 5))
    seen = {}
    for story in stories:
        if story.relation in ("exact", "near", "excerpt", "update"):
            assert story.cluster_id == seen[story.parent].cluster_id
            assert (story.outlet == seen[story.parent].outlet) == (story.relation == "update")
        else:
            assert story.cluster_id == story.article_id
        seen[story.article_id] = story
    assert {story.relation for story in stories} == {
        "original",
        "issue",
        "related",
        "exact",
        "near",
        "excerpt",
        "update",
    }


def test_scores_count_pairs() -> None:
    assert score("aabb", "xxyy") == (1, 1, 1)
    precision, recall, f1 = score("aaab", "xxyy")
    assert (precision, recall) == (1 / 3, 1 / 2)
    assert f1 == pytest.approx(0.4)
    assert components(5, [(3, 4), (1, 3)]) == [0, 1, 2, 1, 1]
