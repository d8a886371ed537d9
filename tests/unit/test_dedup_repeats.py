"""Repeats point at the first of their kind."""

import pytest

from pipelines.dedup.repeats import repeats


@pytest.mark.parametrize(
    ("hashes", "expected"),
    [
        ([], []),
        (["a"], [None]),
        (["a", "b", "c"], [None, None, None]),
        (["a", "b", "a", "b", "a"], [None, None, 0, 1, 0]),
        (["", ""], [None, 0]),
    ],
)
def test_each_repeat_points_at_the_first(hashes: list[str], expected: list[int | None]) -> None:
    assert repeats(hashes) == expected
