"""Text that no tagger was made for, through a whole run with the shipped model: it comes in, and what is said holds."""

import pytest

from tests.conftest import House

pytestmark = pytest.mark.slow

LINE = "President Anna Bell met Omar Haddad in Harrow Vale on Monday, the Transport Department said."
PLAIN = "The water fell by a hand and rose again at night, and those who live by it slept in their boats. "
MET = 2200
PARAGRAPHS = {
    "long": " ".join([f"{LINE} {PLAIN * 4}".rstrip()] * MET),  # a million characters without a break
    "word": "Ab" * 100_000,
    "capitals": LINE.upper() + " " + "THE BRIDGE WAS SHUT BY THE MINISTRY AFTER THE STORM IN LISBON. " * 40,
    "right_to_left": "قال الرئيس أحمد العلي يوم الاثنين إن الجسر في دمشق أغلق بعد العاصفة التي ضربت المدينة. " * 20,
    "hebrew_within": f"{LINE} שר התחבורה דוד לוי אמר בירושלים כי הגשר נסגר. {LINE}",
    "emoji": f"👩‍👩‍👧‍👦🇸🇾 {LINE} 🇹🇷🔥 {LINE} " * 20,
    "french": "Le président Paul Morel a rencontré le maire de Lyon lundi, selon le ministère des Transports. " * 20,
    "marks": "“”‘’()[]—–…'\"" * 2000,
    "combining": "Z̸̢̡a̷l̴g̶o̵ " * 500 + LINE,
    "digits": "12,000 3.5 1/2 +44 20 7946 0000 " * 500,
}


@pytest.fixture(scope="module")
def house(tmp_path_factory, instance):
    """One day of them, published."""
    house = House(tmp_path_factory.mktemp("hard"), instance, ner="shipped")
    for name, text in PARAGRAPHS.items():
        house.drop(f"post/2020-02-03/{name}.txt", f"A bridge is shut\n\n{text}\n\nThe end came on Tuesday.\n")
    assert not house.publish().problems
    return house


def of(house, name, what="surface, type, confidence"):
    return house.query(
        f"SELECT {what} FROM mentions JOIN drops USING (document_id) WHERE path LIKE '%/{name}.txt' ORDER BY char_start"
    )


def test_all_of_them_come_in(house):
    [counts] = house.query("SELECT count(*) AS drops, count(*) FILTER (status = 'article') AS articles FROM drops")
    assert counts["articles"] == counts["drops"] == len(PARAGRAPHS)


def test_every_name_stands_where_it_says(house):
    texts = {row["document_id"]: row["text"] for row in house.query("SELECT document_id, text FROM drops")}
    found = house.query("SELECT document_id, char_start, char_end, surface FROM mentions")
    assert len(found) > 4 * MET
    wrong = [row for row in found if texts[row["document_id"]][row["char_start"] : row["char_end"]] != row["surface"]]
    assert wrong == []


@pytest.mark.parametrize("name", ["long", "hebrew_within", "emoji", "combining"])
def test_names_are_found_beside_what_is_strange(house, name):
    assert {"Anna Bell", "Omar Haddad"} <= {row["surface"] for row in of(house, name)}


def test_a_paragraph_of_a_million_characters_is_read_to_its_end(house):
    assert len(PARAGRAPHS["long"]) >= 1_000_000
    assert sum(row["surface"] == "Anna Bell" for row in of(house, "long")) == MET


@pytest.mark.parametrize("name", ["word", "marks", "digits"])
def test_no_names_are_made_of_what_has_none(house, name):
    assert [row for row in of(house, name) if row["type"] in ("person", "organisation", "place")] == []


@pytest.mark.parametrize("name", ["right_to_left", "french"])
def test_another_language_is_left_alone_and_a_notice_says_so(house, name):
    assert of(house, name) == []
    [notice] = house.query(
        "SELECT notices.detail FROM notices JOIN drops USING (document_id)"
        f" WHERE path LIKE '%/{name}.txt' AND code = 'language_not_served'"
    )
    assert notice["detail"].startswith({"right_to_left": "ar", "french": "fr"}[name])


def test_what_capitals_hide_is_said_with_less_confidence(house):
    assert max((row["confidence"] for row in of(house, "capitals") if row["type"] == "person"), default=0) < 0.9
    assert {"ANNA BELL", "OMAR HADDAD", "LISBON"} <= {row["surface"] for row in of(house, "capitals")}
