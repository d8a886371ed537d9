"""Names that only other articles explain: a surname or an acronym alone is taken for its one bearer, in any order."""

import pytest

from tests.conftest import House

pytestmark = pytest.mark.slow

FULL = "Premier Anna Bellweather spoke in Lagos. Bellweather left, Bellweather sang, and Bellweather said no more.\n"
ALONE = "Bellweather will visit Abuja on Tuesday, said President Bellweather's office, and a bridge will be opened.\n"
DEFINED = "The Lagos Harbour Workers Union (LHWU) met on Monday. LHWU leaders left, and LHWU members sang for hours.\n"
ACRONYM = "Ports stood still on Tuesday as LHWU members met in Lagos, and LHWU leaders said nothing at all of it.\n"
FIRST_SMITH = "Minister Carol Smith spoke in Lagos. Smith left early, and Smith came back at noon to sing for them.\n"
SECOND_SMITH = "President Peter Smith spoke in Abuja. Smith left late, and Smith never came back to the town hall.\n"
SMITH_ALONE = "President Smith opened a bridge on Friday, and a great many people came to see it done in the rain.\n"


def day(number: int, text: str) -> tuple[str, str]:
    return f"post/2020-02-0{number}/story.txt", f"A day in the news\n\n{text}"


def same(house: House) -> list[tuple[str, str]]:
    rows = house.query(
        "SELECT short.name AS short, whole.name AS whole FROM entity_same_as JOIN entities AS short USING (entity_id)"
        " JOIN entities AS whole ON whole.entity_id = same_as ORDER BY short.name"
    )
    return [(row["short"], row["whole"]) for row in rows]


def test_a_surname_and_an_acronym_alone_are_their_one_bearer_s_in_any_order(new_house):
    stories = [FULL, ALONE, DEFINED, ACRONYM]
    for name, order in (("on", stories), ("back", stories[::-1])):
        house = new_house(name)
        for number, text in enumerate(order, 1):
            house.drop(*day(number, text))
        for due in house.due():
            assert not house.publish([due]).problems
        assert same(house) == [("Bellweather", "Anna Bellweather"), ("LHWU", "Lagos Harbour Workers Union")]
        [counts] = house.query(
            "SELECT sum(articles) AS articles FROM entity_days JOIN entities USING (entity_id)"
            " WHERE name = 'Anna Bellweather'"
        )
        assert counts["articles"] == 2


def test_a_surname_of_two_stays_open(new_house):
    house = new_house("smiths")
    for number, text in enumerate([FIRST_SMITH, SECOND_SMITH, SMITH_ALONE], 1):
        house.drop(*day(number, text))
    assert not house.publish().problems
    assert same(house) == []
