"""The index of bands is derived: lost, damaged or out of date, the links are the same."""

import shutil
from dataclasses import replace

import pytest

from assets.settings import settings
from benchmarks.corpus import generate, write
from warehouse.errors import WarehouseError

pytestmark = pytest.mark.slow

DAYS = [f"2020-02-0{day}" for day in range(3, 8)]


@pytest.fixture
def house(new_house):
    house = new_house("house")
    write(house.raw, generate(60, 7, words=90, copies=0.5, days=len(DAYS), outlets=4))
    for file in house.raw.rglob("*.txt"):
        house.drop(str(file.relative_to(house.raw)), file.read_bytes())
    return house


def bands(house):
    return house.lake / "bands"


def lose(house):
    shutil.rmtree(bands(house))


def cut_short(house):
    file = max(bands(house).glob("*/values"), key=lambda path: path.stat().st_size)
    file.write_bytes(file.read_bytes()[:-8])


def forge(house):
    (bands(house) / "manifest.json").write_text('{"form": "another", "segments": [], "days": {}}')


def test_without_a_trustworthy_index_the_links_are_the_same(house, new_house):
    assert not house.publish(DAYS).problems
    expected = house.tables()
    assert expected["duplicates"]

    other = new_house("other", raw=house.raw)
    for day, harm in zip(DAYS, (None, lose, cut_short, forge, None), strict=True):
        assert not other.publish([day]).problems
        if harm:
            harm(other)
    assert other.tables() == expected


def test_an_index_of_before_takes_in_what_was_published_since(house, new_house, tmp_path):
    assert not house.publish(DAYS).problems
    expected = house.tables()

    other = new_house("other", raw=house.raw)
    assert not other.publish(DAYS[:2]).problems
    shutil.copytree(bands(other), tmp_path / "old")
    for day in (DAYS[2], DAYS[1], DAYS[3]):
        assert not other.publish([day]).problems
    lose(other)
    shutil.copytree(tmp_path / "old", bands(other))
    assert not other.publish([DAYS[4]]).problems
    assert other.tables() == expected


def test_the_index_stays_small_while_days_come_again(house):
    assert not house.publish(DAYS).problems
    for day in DAYS:
        assert not house.publish([day]).problems
    assert not house.publish([DAYS[0]]).problems
    names = [path for path in bands(house).iterdir() if path.is_dir()]
    assert 1 <= len(names) <= 4
    signatures = house.query("SELECT count(DISTINCT content_hash) AS contents FROM signatures")
    hashes = sum((path / "hashes").stat().st_size // 16 for path in names)
    assert hashes <= 2 * signatures[0]["contents"]


def test_another_window_is_for_days_to_come_and_by_a_backfill_for_all(new_house):
    house = new_house("house")
    body = "\n\n".join(
        f"Paragraph {number} tells of harvest {number * 7} on hill {number * 13}." for number in range(12)
    )
    house.drop("post/2020-02-03/a.txt", f"The harvest\n\n{body}")
    house.drop("herald/2020-02-07/b.txt", f"The harvest\n\n{body}\n\nThis line was not in the first report at all.")

    def linked():
        return len(house.query("FROM duplicates"))

    house.settings = replace(house.settings, window_days=3)
    assert not house.publish().problems
    assert linked() == 0
    house.settings = replace(house.settings, window_days=4)
    assert not house.publish(["2020-02-07"]).problems
    assert linked() == 0, "nothing of the day changed"
    assert not house.publish(["2020-02-07"], relink=True).problems
    assert linked() == 1


def test_a_window_that_is_no_number_of_days_is_refused(monkeypatch):
    monkeypatch.setenv("WIREHOUSE_WINDOW_DAYS", "-1")
    with pytest.raises(WarehouseError, match="WIREHOUSE_WINDOW_DAYS is '-1'"):
        settings()
