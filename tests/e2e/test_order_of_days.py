"""The law of order: days in any order, in one range, or again, give the same rows."""

import random

import pytest

from benchmarks.corpus import generate, write

DAYS = [f"2020-02-0{day}" for day in range(3, 8)]


def _corpus(house, seed):
    write(house.raw, generate(60, seed, words=90, copies=0.5, days=len(DAYS), outlets=4))
    for file in house.raw.rglob("*.txt"):
        house.drop(str(file.relative_to(house.raw)), file.read_bytes())


@pytest.mark.parametrize("seed", [1, 2])
def test_any_order_gives_the_rows_of_one_range(new_house, seed):
    together = new_house("together")
    _corpus(together, seed)
    assert not together.publish(DAYS).problems
    expected = together.tables()
    assert len(expected["articles"]) > 40
    links = together.query("SELECT l.arrival_day AS day, e.arrival_day AS parent_day FROM duplicates d"
                           " JOIN articles l ON l.article_id = d.article_id"
                           " JOIN articles e ON e.article_id = d.parent_article_id")  # fmt: skip
    assert any(link["day"] != link["parent_day"] for link in links), "no copy across days: the test would prove nothing"

    apart = new_house("apart", raw=together.raw)
    order = random.Random(seed).sample(DAYS, len(DAYS))
    for day in order:
        assert not apart.publish([day]).problems
    assert apart.tables() == expected, f"published in the order {order}"

    again = order[1]
    assert not apart.publish([again]).problems
    assert apart.tables() == expected, f"published {again} again"


def test_a_day_that_changes_and_changes_back_leaves_no_trace(new_house):
    house = new_house("house")
    _corpus(house, 3)
    assert not house.publish(DAYS).problems
    expected = house.tables()
    moved = sorted(house.raw.glob(f"*/{DAYS[1]}/*.txt"))
    texts = {file: file.read_bytes() for file in moved}
    for file in moved:
        house.drop(
            str(file.relative_to(house.raw)), b"Another story altogether\n\nNothing of it was told before.", 1800
        )
    assert house.due() == [DAYS[1]]
    assert not house.publish(allow_fewer=True).problems
    assert house.tables() != expected
    for file, text in texts.items():
        house.drop(str(file.relative_to(house.raw)), text, 900)
    assert not house.publish().problems
    assert house.tables() == expected


def test_running_twice_changes_no_row(house):
    _corpus(house, 4)
    assert not house.publish().problems
    rows, snapshots = house.tables(), house.query("SELECT count(*) AS n FROM lake.snapshots()")
    assert house.due() == []
    assert (house.tables(), house.query("SELECT count(*) AS n FROM lake.snapshots()")) == (rows, snapshots)
