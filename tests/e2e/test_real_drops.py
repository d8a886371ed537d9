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


# Where the settlements lie, in degrees, by general knowledge.
SETTLEMENTS = {
    "Saraqeb": (35.86, 36.80),
    "Binnish": (35.96, 36.71),
    "Taftanaz": (36.00, 36.79),
    "Ma’aret Masrin": (36.01, 36.67),
    "Dana": (36.21, 36.77),
    "al-Kiswa": (33.36, 36.25),
    "Izraa": (32.86, 36.25),
    "Idlib": (35.93, 36.63),
    "Damascus": (33.51, 36.29),
}


def test_its_settlements_lie_where_they_are(convoy):
    for surface, (lat, lon) in SETTLEMENTS.items():
        [found] = convoy.query(
            "SELECT count(*) FILTER (distance_km <= 10) AS there, count(*) AS places"
            f" FROM near({lat}, {lon}, 400) JOIN mentions USING (place_id)"
            f" WHERE kind IN ('city', 'capital') AND surface = '{surface}'"
        )
        assert found["there"] == found["places"] > 0, surface


def test_who_is_who_in_it(convoy):
    names = convoy.query("SELECT name, surface FROM mentions JOIN entities USING (entity_id)")
    assert {row["surface"] for row in names if row["name"] == "Syrian Observatory for Human Rights"} == {
        *("Syrian Observatory for Human Rights", "SOHR", "Observatory"),
    }
    people = convoy.query("SELECT entity_id, name FROM entities WHERE type = 'person'")
    assert [row["name"] for row in people] == ["Recep Tayyip Erdogan"]
    aliases = convoy.query(f"SELECT alias, kind FROM entity_aliases WHERE entity_id = '{people[0]['entity_id']}'")
    assert {(row["alias"], row["kind"]) for row in aliases} >= {("President", "role")}
    ministry = convoy.query(
        "SELECT DISTINCT name FROM mentions JOIN entities USING (entity_id) WHERE surface = 'Foreign Ministry'"
    )
    assert ministry == [{"name": "Russian Foreign Ministry"}]


def test_governments_are_no_places(convoy):
    rows = convoy.query(
        "SELECT surface, entities.name, count(*) AS mentions FROM mentions JOIN entities USING (entity_id)"
        " WHERE is_metonym GROUP BY ALL ORDER BY surface"
    )
    assert [(row["surface"], row["name"]) for row in rows] == [("Ankara", "Turkey"), ("Damascus", "Syria")]
    [ankara] = convoy.query("SELECT mention_count FROM places WHERE name = 'Ankara' AND kind = 'capital'")
    assert ankara["mention_count"] == 0
    offset = convoy.query(
        "SELECT surface, offset_km, bearing FROM place_candidates JOIN mentions USING (mention_id)"
        " WHERE offset_km IS NOT NULL AND rank = 1"
    )
    assert offset == [{"surface": "Idlib", "offset_km": 15.0, "bearing": 90.0}]


def test_its_dates(convoy):
    def day(month, day):
        return dt.date(2020, month, day)

    rows = convoy.query("SELECT surface, start_on, end_on FROM dates")
    assert {(row["surface"], row["start_on"], row["end_on"]) for row in rows} == {
        ("February 2, 2020", day(2, 2), day(2, 2)),
        ("Thursday", day(2, 6), day(2, 6)),
        ("past four years", dt.date(2016, 2, 6), day(2, 6)),
        ("Wednesday", day(2, 5), day(2, 5)),
        ("January 12", day(1, 12), day(1, 12)),
        ("end of this month", day(2, 21), day(2, 29)),
        ("last two weeks of January", day(1, 18), day(1, 31)),
    }
    assert len(rows) == 11


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
