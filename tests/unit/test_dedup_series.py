"""Issues of a series are told from copies and updates; figures and names are found in a text."""

import random

import numpy as np
import pyarrow as pa
import pytest

from pipelines.dedup.near import near_pairs
from pipelines.dedup.series import blanks, frames

RNG = random.Random(9)
WORDS = ["".join(RNG.choices("abcdefghijklmnop", k=RNG.randint(3, 8))) for _ in range(3000)]


def report(*values: str, closing: int = 40) -> str:
    """A report whose frame is always the same: six words to a value, then a closing paragraph."""
    frame = random.Random(4)
    lines = [" ".join([*frame.choices(WORDS, k=6), value]) + "." for value in values]
    return "\n".join([*lines, " ".join(frame.choices(WORDS, k=closing)) + "."])


def found(one: str, other: str) -> bool:
    return len(near_pairs(pa.array([one, other])).pairs) > 0


def counted(text: str, *, names: bool) -> int:
    return len(blanks(pa.array([text]), names=names).values)


@pytest.mark.parametrize(
    ("text", "figures", "values"),
    [
        ("Cocoa closed at 13,420 cedis, up 1.2 percent", 2, 2),
        ("on 5 February 2020 in the port of Gao", 2, 4),
        ("We met Sidi Ould Baba Kounta. He left for New York, Paris and Gao", 0, 4),
        ("NO NAME IS KNOWN IN CAPITALS BUT 12", 1, 1),
        ("в городе Киев и в Афинах, στην Αθήνα, à Évry", 0, 4),
        ("one word", 0, 0),
        ("", 0, 0),
    ],
)
def test_figures_and_names(text: str, figures: int, values: int) -> None:
    assert counted(text, names=False) == figures
    assert counted(text, names=True) == values


def test_a_frame_is_the_same_whatever_figures_and_names_stand_in_it() -> None:
    texts = ["the index of Accra rose by 1.25 points on Monday", "the index of Tema rose by 30 points on Friday"]

    named = frames(pa.array(texts), names=True)
    figures = frames(pa.array(texts), names=False)

    assert np.array_equal(*np.split(named.values, 2))
    assert not np.array_equal(*np.split(figures.values, 2))


def test_issues_with_other_figures_are_no_copies() -> None:
    assert not found(report(*"12 15 9.1 88 1,204 77 31 6.4".split()), report(*"13 14 8.7 91 1,377 70 35 2.9".split()))


def test_issues_with_other_names_are_no_copies() -> None:
    assert not found(
        report(*"Odan Piro Kesh Ulm Vardo Tamra Essen Lund".split()),
        report(*"Bari Sava Nome Riga Pula Zadar Split Hvar".split()),
    )


def test_issues_whose_small_figures_recur_in_other_places_are_no_copies() -> None:
    one, other = report(*"6 7 2 4 6 8 1 3".split(), closing=80), report(*"7 6 4 2 8 5 9 6".split(), closing=80)

    assert (
        counted(one, names=False) == counted(f"{one} 5 and 9", names=False) - 2
    )  # two figures are new, the others moved
    assert not found(one, other)


def test_the_same_issue_at_another_outlet_is_a_copy() -> None:
    one = report(*"12 15 9.1 88 1,204 77 31 6.4".split())

    assert found(one, one + " Source: an agency")
    assert found(one, one.replace(" 12.", " 13."))  # a figure corrected


def test_an_update_with_three_new_figures_is_no_issue() -> None:
    words = RNG.choices(WORDS, k=90)
    story, update = ([*words] for _ in range(2))
    for at, (old, new) in zip((8, 40, 70), (("12", "19"), ("30", "41"), ("9", "11")), strict=True):
        story[at], update[at] = old, new

    assert found(" ".join(story), " ".join([*update, *RNG.choices(WORDS, k=20)]))
