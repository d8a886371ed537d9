"""Verification: likeness is exact, and copies are told from texts that only look alike."""

import random

import numpy as np
import pyarrow as pa
import pytest

from pipelines.dedup.candidates import candidate_pairs
from pipelines.dedup.signature import sign
from pipelines.dedup.verify import CONTAINED_SHINGLES, NEAR_CONTAINMENT, NEAR_JACCARD, is_near, verify

RNG = random.Random(5)
WORDS = ["".join(RNG.choices("abcdefghijklmnop", k=RNG.randint(2, 8))) for _ in range(3000)]


def article(length: int) -> list[str]:
    return RNG.choices(WORDS, k=length)


def shingles(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + 3]) for at in range(len(words) - 2)}


def judge(one: str, other: str) -> bool:
    """Whether the whole path from text to judgement calls two texts near-duplicates."""
    signed = sign(pa.array([one, other]))
    pairs = candidate_pairs(signed.bands)
    likeness = verify(pairs, signed.shingles, signed.offsets, signed.shingles, signed.offsets)
    return bool(is_near(*likeness, *signed.shingle_count[pairs].T).any())


def test_likeness_is_that_of_the_sets_of_shingles() -> None:
    ones = [RNG.choices("abcd", k=RNG.randint(3, 80)) for _ in range(50)]
    others = [RNG.choices("abcd", k=RNG.randint(3, 80)) for _ in range(40)]
    a, b = (sign(pa.array([" ".join(words) for words in texts])) for texts in (ones, others))
    pairs = np.argwhere(np.ones((50, 40), dtype=bool))

    jaccard, containment = verify(pairs, a.shingles, a.offsets, b.shingles, b.offsets)

    for (row, column), found_jaccard, found_containment in zip(pairs, jaccard, containment, strict=True):
        one, other = shingles(ones[row]), shingles(others[column])
        assert found_jaccard == len(one & other) / len(one | other)
        assert found_containment == len(one & other) / min(len(one), len(other))


def test_no_pairs_and_no_words() -> None:
    signed = sign(pa.array(["", "three words here"]))
    arrays = (signed.shingles, signed.offsets, signed.shingles, signed.offsets)

    assert [len(part) for part in verify(np.empty((0, 2), dtype=np.int64), *arrays)] == [0, 0]
    jaccard, containment = verify(np.array([[0, 1], [0, 0], [1, 1]]), *arrays)
    assert jaccard.tolist() == containment.tolist() == [0, 0, 1]


@pytest.mark.parametrize(
    ("jaccard", "containment", "smaller", "near"),
    [
        (NEAR_JACCARD, NEAR_JACCARD, 1, True),
        (NEAR_JACCARD - 0.01, NEAR_CONTAINMENT, CONTAINED_SHINGLES, True),
        (NEAR_JACCARD - 0.01, NEAR_CONTAINMENT - 0.01, 500, False),
        (0.01, 1.0, CONTAINED_SHINGLES - 1, False),
    ],
)
def test_near_is_alike_or_contained_unless_short(jaccard: float, containment: float, smaller: int, near: bool) -> None:
    values = np.array([jaccard]), np.array([containment])

    for counts in ((smaller, 500), (500, smaller)):
        assert is_near(*values, *(np.array([count]) for count in counts)).tolist() == [near]


@pytest.mark.parametrize("share", [0.5, 0.6, 0.7])
def test_a_truncated_copy_is_found(share: float) -> None:
    story = article(400)

    assert judge(" ".join(story), " ".join(story[: int(400 * share)]) + " ...")


def test_a_copy_with_a_new_lead_a_credit_and_moved_paragraphs_is_found() -> None:
    paragraphs = [" ".join(article(50)) for _ in range(8)]
    copy = [" ".join(article(40)), *paragraphs[4:], *paragraphs[1:4], "Reporting by an agency"]

    assert judge("\n\n".join(paragraphs), "\n\n".join(copy))


def test_an_update_with_a_new_toll_is_found() -> None:
    story = article(300)
    update = [*story[:30], "the", "toll", "rose", "to", "61", *story[32:150], *article(40), *story[150:]]

    assert judge(" ".join(story), " ".join(update))


def test_a_story_that_quotes_another_is_not_a_copy() -> None:
    story = article(400)

    assert not judge(" ".join(story), " ".join([*article(140), *story[100:220], *article(140)]))


def test_reports_from_one_template_are_not_copies() -> None:
    def report() -> str:
        numbers = (str(RNG.randint(1000, 9999)) for _ in range(60))
        frame = random.Random(1)
        return " ".join(" ".join([*frame.choices(WORDS, k=5), number]) for number in numbers)

    assert not judge(report(), report())
