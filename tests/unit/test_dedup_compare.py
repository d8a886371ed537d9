"""Pairs to compare come in portions that hold few texts twice."""

from itertools import combinations

import pyarrow as pa
import pytest

from pipelines.dedup.compare import gathered

SERIES = [sorted(f"{number * 20 + member:02x}" for member in range(20)) for number in range(6)]
PAIRS = {pair for members in SERIES for pair in combinations(members, 2)}


@pytest.mark.parametrize("most", [2, 3, 40, 1000])
def test_each_pair_comes_once_among_no_more_texts_than_asked(most: int) -> None:
    portions = list(gathered(PAIRS, most))

    named = [tuple(contents.take(pa.array(pair)).to_pylist()) for contents, pairs in portions for pair in pairs]
    assert sorted(named) == sorted(PAIRS)
    assert all(sorted(set(pairs.ravel())) == list(range(len(contents))) for contents, pairs in portions)
    assert all(len(contents) <= most for contents, _ in portions)


def test_texts_of_one_series_stand_together() -> None:
    portions = list(gathered(PAIRS, 40))

    assert [len(contents) for contents, _ in portions] == [40, 40, 40]


def test_no_pairs_no_portions() -> None:
    assert not list(gathered(set(), 100))
