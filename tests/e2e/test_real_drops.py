"""The article this project started from, as its publisher served it. It is not ours to ship: the folder that holds the
real drops is named by WIREHOUSE_SHARED, or lies beside the checkout; elsewhere these tests are skipped."""

import datetime as dt
import os
import shutil
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("WIREHOUSE_SHARED") or Path(__file__).parents[3] / "shared")
DROPS = SHARED / "drops"

pytestmark = pytest.mark.skipif(not (DROPS / "presstv").is_dir(), reason="the real drops are not on this machine")


@pytest.fixture(scope="module", params=["2020-02-06", "2020-02-11"])
def convoy(request, tmp_path_factory, instance):
    """A house with that one drop, arrived on the day itself or days later."""
    from tests.conftest import House

    house = House(tmp_path_factory.mktemp("real"), instance, ner="shipped")
    drop = next((DROPS / "presstv").rglob("*.txt"))
    place = house.raw / "presstv" / request.param / drop.name
    place.parent.mkdir(parents=True)
    shutil.copyfile(drop, place)
    os.utime(place, (1_600_000_000, 1_600_000_000))
    assert not house.publish().problems
    return house


def test_the_article(convoy):
    [article] = convoy.query("FROM articles JOIN outlets USING (outlet_id)")
    assert article["name"] == "Press TV"
    assert article["section_path"] == ["News", "Syria", "Turkey"]
    assert article["headline"].startswith("Turkey military convoy enters Idlib")
    assert article["headline"].endswith("Syrian forces advance")
    assert article["headline_source"] == "Army"
    assert article["published_on"] == dt.date(2020, 2, 6)
    assert article["published_basis"] == "inferred"


def test_its_paragraphs(convoy):
    rows = convoy.query("FROM paragraphs ORDER BY ordinal")
    [caption] = [row for row in rows if row["role"] == "caption"]
    assert (caption["caption_credit"], caption["caption_on"]) == ("AFP", dt.date(2020, 2, 2))
    by_id = {row["paragraph_id"]: row for row in rows}
    repeats = [row for row in rows if row["repeat_of"]]
    assert len(repeats) == 3
    for row in repeats:
        first = by_id[row["repeat_of"]]
        assert first["ordinal"] < row["ordinal"]
        assert first["text"] == row["text"]
    furniture = [row["text"] for row in rows if row["role"] == "boilerplate"]
    assert [line.split()[0] for line in furniture] == ["Press", "www.presstv.ir", "SHARE", "Press"]
    [article] = convoy.query("SELECT body FROM articles")
    assert not any(line in article["body"] for line in furniture)


def test_its_names(convoy):
    found = {(row["surface"], row["type"]) for row in convoy.query("FROM mentions")}
    assert found >= {
        ("Syria", "place"),
        ("Turkey", "place"),
        ("Idlib", "place"),
        ("Saraqeb", "place"),
        ("SANA", "organisation"),
        ("Recep Tayyip Erdogan", "person"),
    }
    assert convoy.query("SELECT DISTINCT role FROM mentions WHERE type = 'person'") == [{"role": "President"}]
    wrong = convoy.query(
        "SELECT surface FROM mentions JOIN drops USING (document_id)"
        " WHERE substr(text, char_start + 1, char_end - char_start) IS DISTINCT FROM surface"
    )
    assert wrong == []


def test_all_real_drops_come_in(new_house):
    house = new_house("all")
    shutil.copytree(DROPS, house.raw, dirs_exist_ok=True)
    for file in house.raw.rglob("*"):
        os.utime(file, (1_600_000_000, 1_600_000_000))
    for day in house.due():
        assert not house.publish([day]).problems
    [counts] = house.query("SELECT count(*) AS drops, count(*) FILTER (status = 'article') AS articles FROM drops")
    files = len(list(house.raw.rglob("*.txt")))
    assert counts["drops"] == files
    assert counts["articles"] == files
