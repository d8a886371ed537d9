"""The patterns of runs: they come to an end on every Python, and are linear in any text."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from pipelines.extract.runs import run_pattern, thing_pattern

ROOMS = [Path(__file__).parents[2] / room for room in ("pipelines", "assets", "warehouse")]


def test_no_group_is_repeated_possessively():
    """Python 3.11.2, which is Debian 12's, then finds nothing at the same place for ever."""
    possessive = re.compile(r"(?<!\\)\)(?:[*+?]|\{{1,2}\d*,?\d*\}{1,2})\+")
    assert possessive.search("(?:ab)*+")
    assert possessive.search("(?:ab){{0,2}}+")
    found = [path.name for room in ROOMS for path in room.rglob("*.py") if possessive.search(path.read_text())]
    assert [name for name in found if name != "runs.py"] == []
    code = (ROOMS[0] / "extract" / "runs.py").read_text().rpartition('"""')[2]
    assert not possessive.search(code)


@pytest.mark.parametrize("pattern", [run_pattern(["Lt"], ["de"]), thing_pattern(["de"])], ids=["names", "things"])
def test_every_run_has_letters_and_the_next_begins_behind_it(pattern):
    text = (
        "The Agia Varvara was carrying 212 passengers on its way to St. John's, Lt. Col. A.B. Smith-Jones said. X 12th"
    )
    spans = [match.span() for match in pattern.finditer(text)]
    assert spans
    assert all(first < last for first, last in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
