"""What each copy is to its parent, from drops to rows: exact, near, excerpt, update, and what an update adds."""

import pytest

from assets import linking
from warehouse.lake import Lake

pytestmark = pytest.mark.slow

LEAD = "Forty hives were carried to the sea cliffs of the island on Monday, said the keepers who own them."
THYME = "Wild thyme flowers there a month before it does inland, and the bees follow it down to the water each year."
BOATS = "The hives travelled by night on three flat boats, their entrances stuffed with wet sacking against the wind."
PRICE = "Their guild expects a price of nine euros for a jar of honey, two more than was paid last spring in town."
SCHOOL = "Children of the village school painted the lids blue and yellow, so that every bee would know its own door."
OTHER = "A shopkeeper near the harbour said that nobody had asked her, and that she would rather have had the ferry."
STORM = "A storm took eleven hives on the second night, and a boat went out at dawn to look for what was left of them."
PRAYER = "The parish priest will bless the bees on Sunday at noon, and the whole village is asked to come in white."
STORY = [LEAD, THYME, BOATS, PRICE, SCHOOL]
DAYS = ["2020-02-04", "2020-02-05", "2020-02-06"]


def text(headline, *paragraphs):
    return "\n\n".join([headline, *paragraphs]) + "\n"


DROPS = {
    "post/2020-02-04/first.txt": text("Hives go to sea", *STORY),
    "mail/2020-02-05/same.txt": text("Bees on the cliffs", *STORY),
    "gazette/2020-02-05/edited.txt": text("Bees take the boat", LEAD, OTHER, BOATS, PRICE, SCHOOL),
    "courier/2020-02-06/cut.txt": text("Hives on the cliffs", LEAD, THYME, BOATS),
    "post/2020-02-06/later.txt": text("Storm takes hives", LEAD, STORM, THYME, BOATS, PRICE, SCHOOL, PRAYER),
    "post/2020-02-06/touched.txt": text("Hives are at sea", *[part.replace("Forty", "Fifty") for part in STORY]),
}
EXPECTED = [
    ("courier", "excerpt", "post", None),
    ("gazette", "near", "post", None),
    ("mail", "exact", "post", None),
    ("post", "update", "post", STORM + "\n\n" + PRAYER),
    ("post", "update", "post", None),
]


def fill(house):
    for path, said in DROPS.items():
        house.drop(path, said)


def told(house):
    """(outlet, relation, outlet of the parent, what it adds) of each link."""
    rows = house.query(
        "SELECT copy.outlet_id AS copy, relation, parent.outlet_id AS parent, added_text FROM duplicates"
        " JOIN articles AS copy USING (article_id) JOIN articles AS parent ON parent.article_id = parent_article_id"
        " ORDER BY ALL"
    )
    return [tuple(row.values()) for row in rows]


def root(house):
    """Outlet and arrival day of the articles that are nobody's copy."""
    rows = house.query("SELECT outlet_id, arrival_day FROM canonical_articles ORDER BY ALL")
    return [(row["outlet_id"], str(row["arrival_day"])) for row in rows]


@pytest.mark.parametrize("order", [DAYS, DAYS[::-1]], ids=["forwards", "backwards"])
def test_copies_are_named_alike_in_any_order_of_days(new_house, order):
    house = new_house("house")
    fill(house)
    for day in order:
        assert not house.publish([day]).problems
    assert told(house) == EXPECTED
    assert root(house) == [("post", "2020-02-04")]


def test_agencies_are_sources_too(house):
    house.drop("post/2020-02-04/a.txt", text("Hives go to sea", "MGARR, Feb 4 (QNA) -- " + LEAD, *STORY[1:]))
    house.drop("mail/2020-02-05/b.txt", text("Storm on the cliffs", "MGARR, Feb 5 (QNA) -- " + LEAD, *STORY[1:], STORM))
    house.drop("herald/2020-02-05/c.txt", text("Bees at sea", "MGARR, Feb 5 (MNA) -- " + LEAD, *STORY[1:4], OTHER))
    assert not house.publish().problems
    assert told(house) == [("herald", "near", "post", None), ("mail", "update", "post", STORM)]


def test_an_original_that_comes_late_has_its_copies_told_anew(house):
    fill(house)
    assert not house.publish(DAYS).problems
    before = house.tables()
    late = "herald/2020-02-07/late.txt"
    house.drop(late, text("Bees leave for the cliffs", "Feb 3, 2020", *STORY))

    assert not house.publish(["2020-02-07"]).problems
    assert root(house) == [("herald", "2020-02-07")], "the earliest published, though it arrived last"
    assert told(house) == [
        ("courier", "excerpt", "herald", None),
        ("gazette", "near", "herald", None),
        ("mail", "exact", "herald", None),
        ("post", "exact", "herald", None),
        ("post", "near", "herald", None),
        ("post", "near", "herald", None),
    ]

    house.drop(late, text("Nothing of the kind", "Another story altogether was told on the island that morning."), 1800)
    assert not house.publish(["2020-02-07"]).problems
    assert house.tables()["duplicates"] == before["duplicates"]


def test_only_bodies_of_new_updates_are_read(house, monkeypatch):
    asked = []
    true_bodies = linking.links.bodies_of

    def bodies_of(connection, articles):
        asked.append({day.isoformat() for _, day in articles})
        return true_bodies(connection, articles)

    monkeypatch.setattr(linking.links, "bodies_of", bodies_of)
    fill(house)
    for day in DAYS:
        assert not house.publish([day]).problems
    assert asked == [{DAYS[0], DAYS[2]}]

    house.drop("post/2020-02-07/last.txt", text("Hives come home", *STORY, PRAYER, OTHER))
    for day in ["2020-02-07", *DAYS]:
        assert not house.publish([day]).problems
    assert len(asked) == 2, "days that came again with the same articles have no new link"


def test_links_of_an_older_lake_are_told_by_a_backfill(house):
    fill(house)
    assert not house.publish(DAYS).problems
    expected = house.tables()
    with Lake.open(house.lake) as lake, lake.transaction("as migrated") as connection:
        connection.execute("UPDATE duplicates SET relation = NULL, added_text = NULL WHERE relation <> 'exact'")
    assert house.tables() != expected

    assert not house.publish(DAYS).problems
    assert house.tables() == expected
