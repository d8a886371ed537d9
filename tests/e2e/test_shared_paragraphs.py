"""Background: the same paragraph in several stories, counted by article, story and outlet, and where it stood first."""

import pytest

pytestmark = pytest.mark.slow

BRIDGE = "The bridge was opened in 1962 and carries the only paved road between the harbour and the towns inland."
CENSUS = "Some 40,000 people live on the island according to the census of 2011, most of them in the northern towns."
SHORT = "Read more in our evening edition of Monday."
ONE = "Workers began to take the old lamps off the bridge on Monday, before the first of the autumn storms is due."
ONIONS = [
    "A lorry with a load of onions turned over at the harbour on Tuesday, and nobody could leave the town for hours.",
    "The driver, who had come over with the morning ferry, climbed out of a window and helped to sweep the road.",
    "Children filled their caps before the police came, and by noon soup was cooking in most kitchens along the front.",
    "Nobody was hurt, but the ferry sailed half empty, and the market in town had to open without bread or newspapers.",
]
COST = [
    "Engineers told the council on Wednesday that a new crossing would cost more than the island earns a year.",
    "Their report lists nine ways to mend what there is, of which the cheapest would still close it for two summers.",
    "Fishermen want a tunnel, shopkeepers want a boat that sails every hour, and the council wants to wait for spring.",
    "A vote is planned for the end of the month, when the two members who are away will be back from the capital.",
]
REST = "The mayor thanked everybody who had come, and asked for patience with those who work at night there."
DAYS = ["2020-02-04", "2020-02-05", "2020-02-06"]


def text(headline, *paragraphs):
    return "\n\n".join([headline, *paragraphs]) + "\n"


DROPS = {
    "post/2020-02-04/lamps.txt": text("Lamps come down", "Feb 4, 2020", ONE, BRIDGE, REST, SHORT),
    "mail/2020-02-05/lamps.txt": text("Bridge loses its lamps", "Feb 5, 2020", ONE, BRIDGE, REST, SHORT),
    "mail/2020-02-05/onions.txt": text("Onions on the road", "Feb 5, 2020", *ONIONS, BRIDGE, SHORT, CENSUS, BRIDGE),
    "post/2020-02-06/cost.txt": text("A costly crossing", "Feb 3, 2020", *COST, BRIDGE.upper(), CENSUS),
}
EXPECTED = [
    # text, articles, stories, outlets, first in, first on
    (CENSUS, 2, 2, 2, "A costly crossing", "2020-02-03"),
    (BRIDGE.upper(), 4, 3, 2, "A costly crossing", "2020-02-03"),
]


@pytest.fixture(params=[DAYS, DAYS[::-1], [DAYS[1], DAYS[2], DAYS[0], DAYS[1]]], ids=["forwards", "backwards", "again"])
def published(request, house):
    for path, said in DROPS.items():
        house.drop(path, said)
    for day in request.param:
        assert not house.publish([day]).problems
    return house


def shared(house):
    rows = house.query(
        "SELECT text, article_count, story_count, outlet_count, headline, first_seen_on::VARCHAR AS first_seen_on"
        " FROM shared_paragraphs JOIN articles ON article_id = first_article_id ORDER BY article_count, text"
    )
    return [tuple(row.values()) for row in rows]


def test_background_is_counted_alike_in_any_order_of_days(published):
    assert shared(published) == EXPECTED, "not what reprints of one story share, nor short lines; repeats count once"


def test_an_article_tells_which_of_its_paragraphs_are_background(published):
    one = "(SELECT list(article_id) FROM articles WHERE headline = 'Onions on the road')"
    rows = published.query(f"SELECT ordinal, text, article_count, story_count, outlet_count FROM background({one})")
    assert [(row["text"], *list(row.values())[2:]) for row in rows] == [(BRIDGE, 4, 3, 2), (CENSUS, 2, 2, 2)]
    assert [row["ordinal"] for row in rows] == sorted(row["ordinal"] for row in rows)


def test_many_articles_are_asked_at_once_and_agree_with_the_view(published):
    rows = published.query(  # four with the bridge, two with the census
        "SELECT found.* EXCLUDE (article_id, ordinal, text), text_hash"
        " FROM background((SELECT list(article_id) FROM articles)) AS found JOIN paragraphs USING (article_id, ordinal)"
        " ORDER BY article_id, ordinal"
    )
    view = {row["text_hash"]: row for row in published.query("SELECT * EXCLUDE (text) FROM shared_paragraphs")}
    assert all(view[row["text_hash"]] == row for row in rows)
    assert len(rows) == 6
    assert published.query("FROM background([])") == []


def test_a_day_that_changes_takes_its_background_with_it(house):
    for path, said in DROPS.items():
        house.drop(path, said)
    assert not house.publish(DAYS).problems
    house.drop("post/2020-02-06/cost.txt", text("Another story", "Feb 6, 2020", *COST, REST.upper()), 1800)
    assert not house.publish(allow_fewer=True).problems
    assert shared(house) == [
        (BRIDGE, 3, 2, 2, "Lamps come down", "2020-02-04"),
        (REST, 3, 2, 2, "Lamps come down", "2020-02-04"),
    ]
