"""Pairs to compare come in portions that hold few texts twice."""

from itertools import combinations

import pytest

from pipelines.dedup.compare import gathered

SERIES = [sorted(f"{number * 20 + member:02x}" for member in range(20)) for number in range(6)]
PAIRS = {pair for members in SERIES for pair in combinations(members, 2)}


@pytest.mark.parametrize("most", [2, 3, 40, 1000])
def test_each_pair_comes_once_among_no_more_texts_than_asked(most: int) -> None:
    portions = list(gathered(PAIRS, most))

    assert sorted(pair for some in portions for pair in some) == sorted(PAIRS)
    assert all(len({content for pair in some for content in pair}) <= most for some in portions)


def test_texts_of_one_series_stand_together() -> None:
    portions = list(gathered(PAIRS, 40))

    assert [len({content for pair in some for content in pair}) for some in portions] == [40, 40, 40]


def test_no_pairs_no_portions() -> None:
    assert not list(gathered(set(), 100))
