"""The laws of reading on every seed, and on every input that once broke one. `make fuzz` looks for more of those."""

from pathlib import Path

import pytest

from tests.fuzz.laws import hold_the_laws
from tests.fuzz.make_seeds import SEEDS, seeds
from tests.fuzz.mutate import WORDS, Mutator

FILES = sorted(file for name in ("seeds", "regressions") for file in (Path(__file__).parent / name).glob("*/*"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: "/".join(file.parts[-3:]))
def test_seeds_and_what_once_failed_keep_the_laws(file):
    hold_the_laws(file.read_bytes())


def test_seeds_are_small_and_are_those_that_the_script_makes():
    """By name: what packings look like depends on the version of zlib and the like."""
    assert {str(file.relative_to(SEEDS)) for file in SEEDS.glob("*/*")} == set(seeds())
    assert max(file.stat().st_size for file in FILES) < 4096


def test_a_seed_and_a_number_give_the_same_inputs():
    data = (SEEDS / "zip/nested.zip").read_bytes()
    one, other = ([mutator.mutate(data, [data]) for _ in range(40)] for mutator in (Mutator(3), Mutator(3)))
    assert one == other
    assert len(set(one)) > 30


@pytest.mark.parametrize("reader", sorted(folder.name for folder in SEEDS.iterdir()))
def test_each_reader_has_words_of_its_format(reader):
    assert Mutator(1, reader).words != []
    assert len(Mutator(1, reader).words) < sum(map(len, WORDS.values()))
