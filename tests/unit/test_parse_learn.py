"""Learning an outlet's furniture by counting: what is proposed, what never is, and that it does not unlearn itself."""

import datetime as dt

import pytest

from pipelines.parse.article import parse
from pipelines.parse.learn import LineCount, count_lines, propose, version_of
from pipelines.parse.profile import NOTHING_LEARNT, load_profile
from pipelines.records import Document, text_hash

PROFILE = load_profile()
DAY = dt.date(2020, 2, 6)
WORDS = "bees boats cliffs thyme smokers wardens ferries queens lanterns priests nets wells barley gulls ropes sails".split()


def story(number):
    """Two long paragraphs that no other story has, and a headline of its own."""
    one, two = WORDS[number % 16], WORDS[(number * 7 + 3) % 16]
    lead = f"Keepers of the {number + 20} {one} on the island of Gozo have moved to the sea cliffs, where the {two} stand a month before"
    return [
        f"{number + 20} {one} of Gozo go to sea",
        f"{lead} they do inland, the guild said in a letter that was read on the quay of Mgarr.",
        f"The {two} travelled by night on {number + 2} flat boats, their entrances stuffed with wet sacking, said Karmena Vassallo,"
        f" who keeps {number + 40} of them and sings.",
    ]


def parsed(texts, profile=PROFILE, hint="post"):
    for number, text in enumerate(texts):
        path = f"{hint}/2020-02-06/{number}.txt"
        yield parse(Document(str(number), path, None, hint, 0, "", "text", "1", "utf-8", text, None), DAY, profile)


def learnt(texts, **more):
    return {line.line for line in propose(count_lines(parsed(texts, **more)))}


def pages(count, above=(), below=(), within=()):
    found = []
    for number in range(count):
        headline, *body = story(number)
        found.append("\n\n".join([*above, headline, body[0], *within, *body[1:], *below]))
    return found


def test_lines_around_the_stories_are_learnt():
    texts = pages(
        8, above=["Gazette of the Two Islands"], below=["Made on solar power in Xlendi", "The tides are on page two."]
    )
    assert learnt(texts) == {
        "Gazette of the Two Islands",
        "Made on solar power in Xlendi",
        "The tides are on page two.",
    }


def test_fewer_than_five_stories_teach_nothing():
    assert learnt(pages(4, below=["Made on solar power in Xlendi"])) == set()


def test_copies_of_one_story_count_once():
    texts = pages(3, below=["Made on solar power in Xlendi"])
    assert learnt(texts * 4) == set()


def test_background_that_is_pasted_into_stories_is_not_learnt():
    background = "Gozo has had bees since the Phoenicians."
    mixed = pages(6, below=[background]) + pages(14)[6:]
    assert learnt(mixed) == set()
    assert learnt(pages(12, within=[background])) == set()


@pytest.mark.parametrize(
    "line",
    [
        "QUESTION: Yes.",
        "MR KIRBY: Thanks.",
        "By Carmel Zerafa",
        "5 February 2020",
        "MGARR, Malta (QNA)",
        "Carmel Zerafa",
    ],
)
def test_speakers_dates_places_and_names_are_not_learnt(line):
    some = pages(5, below=[line]) + pages(14)[5:]
    assert line not in learnt(some)


def test_headings_within_the_stories_are_not_learnt():
    assert learnt(pages(6, within=["Syria"]) + pages(20)[6:]) == set()


def test_the_headline_of_a_story_is_not_learnt_from_lists_of_others():
    other = story(0)[0]
    texts = [pages(8)[0], *[page + f"\n\nIn the next room\n{other}" for page in pages(8)[1:]]]
    assert other not in learnt(texts)
    assert "In the next room" in learnt(texts)


def test_what_was_learnt_is_learnt_again_from_articles_read_with_it():
    texts = pages(8, above=["Gazette of the Two Islands"], below=["Made on solar power in Xlendi"])
    first = propose(count_lines(parsed(texts)))
    profile = PROFILE.with_learnt(version_of(first), {"post": frozenset(line.line_hash for line in first)})
    again = list(parsed(texts, profile))
    assert [(line.outlet_id, line.line_hash) for line in propose(count_lines(again))] == [
        (line.outlet_id, line.line_hash) for line in first
    ]
    for number, found in enumerate(again):
        assert found.article.headline == story(number)[0]
        assert found.article.body == "\n\n".join(story(number)[1:])
        assert found.article.profile_version == version_of(first)


def test_a_learnt_headline_of_every_report_is_still_its_headline():
    """A desk may give each report the same one; learning it takes no headline away."""
    texts = ["Weather outlook for the northern coast\n\n" + "\n\n".join(story(number)[1:]) for number in range(8)]
    lines = propose(count_lines(parsed(texts)))
    profile = PROFILE.with_learnt("x", {"post": frozenset(line.line_hash for line in lines)})
    assert {found.article.headline for found in parsed(texts, profile)} == {"Weather outlook for the northern coast"}


def test_the_outlet_that_the_furniture_names_gives_the_learnt_lines():
    """The folder says one outlet, the address at the foot another: then the text is read again by what that one taught."""
    line = "Made on solar power in Xlendi"
    profile = PROFILE.with_learnt("x", {"press-tv": frozenset({text_hash(line.casefold())})})
    (found,) = parsed([pages(1, below=[line])[0] + "\n\nwww.presstv.ir"], profile, hint="incoming-feed")
    assert found.outlet.outlet_id == "press-tv"
    assert line not in found.article.body


def test_the_version_names_the_lines_whatever_their_counts():
    count = LineCount("post", "h1", "A line", 6, 6, 0, 8, DAY, DAY)
    lines, more = propose([count]), propose([count._replace(document_count=8)])
    assert version_of(lines) == version_of(more) != NOTHING_LEARNT
    assert version_of(lines) != version_of(propose([count._replace(line_hash="h2")]))
    assert version_of([]) == NOTHING_LEARNT
