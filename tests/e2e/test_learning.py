"""What is learnt about outlets: by the first run from the drops at hand, later from the lake, and by a person."""

import pytest

from assets.learning import learn_from_lake
from warehouse import profiles
from warehouse.lake import Lake

pytestmark = pytest.mark.slow

PLACES = (
    "Izmir",
    "Samos",
    "Chios",
    "Volos",
    "Kavala",
    "Patras",
    "Corfu",
    "Rhodes",
    "Naxos",
    "Paros",
    "Syros",
    "Lemnos",
)
FURNITURE = "The Post is printed on recycled paper since 1998"
STORY = (
    "The harbour of {place} opened again on {day}, the port authority said, after a storm had kept its ferries at the"
    " quay for {number} days and its fishermen in the taverns behind the fish market."
)


def story(number):
    place, day = PLACES[number], ("Monday", "Tuesday", "Wednesday")[number % 3]
    body = STORY.format(place=place, day=day, number=number + 2)
    closing = f"Ferries to {place} sail from noon, and the queue is long."
    return f"Harbour of {place} reopens\n\n{body}\n\n{closing}\n\n{FURNITURE}\n"


@pytest.fixture
def post(house):
    """A house with twelve stories of one outlet on two days, none published yet."""
    for number in range(12):
        house.drop(f"post/2020-02-0{3 + number % 2}/{number}.txt", story(number))
    return house


def roles(house):
    return {row["role"] for row in house.query(f"SELECT role FROM paragraphs WHERE text = '{FURNITURE}'")}


def test_a_first_run_learns_from_the_drops_at_hand_before_it_parses(post):
    assert not post.publish(["2020-02-03"]).problems
    assert roles(post) == {"boilerplate"}
    (line,) = post.query("SELECT * FROM boilerplate_lines")
    assert (line["outlet_id"], line["line"], line["document_count"], line["share"]) == ("post", FURNITURE, 12, 1.0)
    assert not line["is_overruled"]
    (profile,) = post.query("SELECT profile_version, learnt_from, document_count, line_count FROM profiles")
    assert (profile["learnt_from"], profile["document_count"], profile["line_count"]) == ("drops", 12, 1)
    versions = post.query("SELECT DISTINCT profile_version FROM articles")
    assert versions == [{"profile_version": profile["profile_version"]}]
    assert post.query("SELECT DISTINCT profile_version FROM runs") == versions


def test_whatever_day_comes_first_the_same_is_learnt(post, new_house):
    other = new_house("other", raw=post.raw)
    for day in ("2020-02-03", "2020-02-04"):
        assert not post.publish([day]).problems
    for day in ("2020-02-04", "2020-02-03"):
        assert not other.publish([day]).problems
    assert post.tables() == other.tables()
    assert post.query("SELECT count(*) AS n FROM profiles") == [{"n": 1}]


def test_the_lake_is_counted_as_the_drops_were(post):
    """SQL over what is published and the count in memory give one version."""
    assert not post.publish().problems
    with Lake.open(post.lake) as lake:
        learnt = learn_from_lake(lake, set(), set(), dry_run=True)
    assert not learnt.is_new
    assert [(row["line"], row["document_count"]) for row in learnt.rows] == [(FURNITURE, 12)]


def test_a_person_overrules_a_line_and_takes_it_back(post):
    assert not post.publish().problems
    with Lake.open(post.lake) as lake:
        (line,) = profiles.lines(lake, profiles.current(lake).version)
        overruled = learn_from_lake(lake, {line["line_hash"]}, set(), dry_run=False)
        assert overruled.is_new
        assert profiles.current(lake).lines == {}
        again = learn_from_lake(lake, set(), set(), dry_run=False)
        assert not again.is_new, "a nightly run does not undo what a person decided"
    assert not post.publish(["2020-02-03", "2020-02-04"]).problems
    assert roles(post) == {"body"}
    with Lake.open(post.lake) as lake:
        learn_from_lake(lake, set(), {line["line_hash"]}, dry_run=False)
    assert not post.publish(["2020-02-03", "2020-02-04"]).problems
    assert roles(post) == {"boilerplate"}


def test_a_dry_run_keeps_nothing(post):
    assert not post.publish().problems
    before = post.query("SELECT * FROM profiles")
    with Lake.open(post.lake) as lake:
        (line,) = profiles.lines(lake, profiles.current(lake).version)
        assert learn_from_lake(lake, {line["line_hash"]}, set(), dry_run=True).is_new
    assert post.query("SELECT * FROM profiles") == before


def test_a_lake_that_learns_nothing_says_so(house):
    house.drop("post/2020-02-03/a.txt", story(0))
    assert not house.publish().problems
    (profile,) = house.query("SELECT profile_version, line_count FROM profiles")
    assert profile == {"profile_version": "none", "line_count": 0}
