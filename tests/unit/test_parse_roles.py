"""Blocks, lists, heads and feet: what the golden cases do not show one by one."""

import datetime as dt
import textwrap

import pytest

from pipelines.parse.article import parse
from pipelines.parse.blocks import blocks
from pipelines.parse.profile import load_profile
from pipelines.records import Document

PROFILE = load_profile()
STORY = (
    "Beekeepers on the island of Gozo have moved 340 hives to the sea cliffs, where wild thyme flowers a month before it does"
    " inland. The hives travelled by night on three flat boats."
)


def read(text, name="a.txt", hint="post"):
    document = Document("d", f"{hint}/2020-02-06/{name}", None, hint, 0, "", "text", "1", "utf-8", text, None)
    return parse(document, dt.date(2020, 2, 6), PROFILE)


def roles(text, **more):
    return [(paragraph.role, paragraph.text) for paragraph in read(text, **more).paragraphs]


def test_a_line_goes_on_below_where_the_next_word_had_no_room():
    paragraphs = [f"{STORY} {STORY}", "Nobody was stung.", f"The priest went last. {STORY}"]
    text = "\n".join(textwrap.fill(paragraph, 66, break_on_hyphens=False) for paragraph in paragraphs)
    assert [block.text.replace("\n", " ") for block in blocks(text)] == paragraphs


def test_headlines_below_each_other_are_no_paragraph():
    text = "Thyme harvest fails on the island of Comino\nFerry to Mgarr is out of service until Easter\nBees found asleep on a bus in Xlendi\n"
    assert len(blocks(text)) == 3


@pytest.mark.parametrize(
    ("line", "role"),
    [("By Carmel Zerafa", "byline"), ("5 February 2020", "dateline"), ("Photo: Carmel Zerafa", "credit")],
)
def test_what_stands_right_below_the_headline_does_not_go_on_it(line, role):
    headline = "Bees of Gozo go to sea for an early spring again"
    assert roles(f"{headline}\n{line}\n\n{STORY}")[:2] == [("headline", headline), (role, line)]


def test_a_copyright_above_the_story_does_not_close_it():
    found = roles(f"Bees of Gozo go to sea again\n\n© 2020 Island Gazette\n\n{STORY}")
    assert found[1:] == [("boilerplate", "© 2020 Island Gazette"), ("body", STORY)]


@pytest.mark.parametrize(
    ("above", "role"),
    [("Islands", "breadcrumb"), ("OPINION", "breadcrumb"), ("5 February 2020", "dateline"), ("Sign in", "boilerplate")],
)
def test_a_line_above_does_not_take_the_headlines_place(above, role):
    found = roles(f"{above}\n\nBees of Gozo go to sea again\n\n{STORY}")
    assert found[:2] == [(role, above), ("headline", "Bees of Gozo go to sea again")]


def test_a_cookie_notice_above_does_not_hide_the_head():
    notice = (
        "We and our partners keep small files on your machine to measure how our pages are read, and to show what you see here"
        " in the order that we think you like. Tell us if you mind, and we will stop."
    )
    found = roles(f"{notice}\n\nBees of Gozo go to sea again\n\nBy Carmel Zerafa\n\n5 February 2020\n\n{STORY}")
    assert [role for role, _ in found] == ["boilerplate", "headline", "byline", "dateline", "body"]


def test_the_files_name_tells_the_headline_from_the_standfirst_above_it():
    lines = "Keepers ship their hives to the western coast\n\nBees of Gozo go to sea again"
    by_name = dict(roles(f"{lines}\n\nBy Carmel Zerafa\n\n{STORY}", name="bees-of-gozo-go-to-sea.txt"))
    assert by_name["headline"] == "Bees of Gozo go to sea again"


def test_a_short_unknown_line_does_not_end_the_head():
    found = roles(f"Bees of Gozo go to sea again\n\nFor the keepers\n\nBy Carmel Zerafa\n\n5 February 2020\n\n{STORY}")
    assert [role for role, _ in found] == ["headline", "boilerplate", "byline", "dateline", "body"]


def test_a_list_of_other_stories_ends_with_the_next_paragraph():
    text = f"Bees of Gozo go to sea again\n\n{STORY}\nAlso read\nThyme harvest fails on Comino\nFerry to Mgarr out of service\n{STORY} Twice."
    assert [role for role, _ in roles(text)] == [
        "headline",
        "body",
        "boilerplate",
        "boilerplate",
        "boilerplate",
        "body",
    ]


def test_a_group_of_lines_is_furniture_if_one_of_them_is():
    group = "The Gozo Letter\nOne island, every morning.\nSign up"
    text = f"Bees of Gozo go to sea again\n\n{STORY}\n\n{group}\n\n{STORY} Twice."
    assert [role for role, _ in roles(text)] == [
        "headline",
        "body",
        "boilerplate",
        "boilerplate",
        "boilerplate",
        "body",
    ]


def test_lists_and_quotes_belong_to_the_body():
    article = read(f"Bees of Gozo go to sea\n\n{STORY}\n\n• three smokers\n\n> A bee is a bee.\n\n{STORY}").article
    assert article.body == f"{STORY}\n\n• three smokers\n\n> A bee is a bee."
    assert (article.paragraph_count, article.repeated_paragraphs) == (4, 1)


def test_an_outlets_name_alone_is_furniture_wherever_it_stands():
    found = roles(f"HARROW VALE\n\nBees of Gozo go to sea\n\n{STORY}\n\nHarrow Vale", hint="harrow-vale")
    assert [role for role, _ in found] == ["boilerplate", "headline", "body", "boilerplate"]


@pytest.mark.parametrize(
    ("headline", "text", "source"),
    [
        ("Bees go to sea again | Harrow & Vale Journal", "Bees go to sea again", "Harrow & Vale Journal"),
        ("Harrow Vale: Bees go to sea again", "Bees go to sea again", None),
        ("UPDATE 1-Bees go to sea again -keepers", "Bees go to sea again", "keepers"),
        ("Les abeilles prennent la mer à Gozo (syndicats)", "Les abeilles prennent la mer à Gozo", "syndicats"),
        ("Bees go to sea again, keepers say", "Bees go to sea again, keepers say", None),
        ("Three bees dead after sit-in", "Three bees dead after sit-in", None),
        ("Bees of Gozo at sea: what we know", "Bees of Gozo at sea: what we know", None),
        ("Gozo bees beat Malta in final, 3: 2", "Gozo bees beat Malta in final, 3: 2", None),
    ],
)
def test_what_hangs_on_a_headline_is_taken_off(headline, text, source):
    article = read(f"{headline}\n\n{STORY}", hint="harrow-vale").article
    assert (article.headline, article.headline_source) == (text, source)


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("Home > World > Malta", ["Home", "World", "Malta"]),
        ("World » Malta", ["World", "Malta"]),
        ("Main : World : Malta", ["Main", "World", "Malta"]),
        ("World | Malta", ["World", "Malta"]),
        ("You are here: World / Malta", ["World", "Malta"]),
        ("World — Europe — Malta", ["World", "Europe", "Malta"]),
        ("Home » World » Bees of Gozo go to sea again", ["Home", "World"]),
        ("Gozo : bees at sea", []),
    ],
)
def test_a_breadcrumb_gives_the_sections(line, path):
    article = read(f"{line}\n\nBees of Gozo go to sea again\n\n{STORY}").article
    assert article.section_path == path


@pytest.mark.parametrize(
    "line", ["Gozo bees fly to the U.S.", "Gozo keepers sell their honey to Apple Inc.", "Bees 'fly to the U.S.'"]
)
def test_a_headline_may_end_in_a_short_form(line):
    assert roles(f"{line}\n\n{STORY}")[0] == ("headline", line)


def test_a_headline_that_begins_with_the_folders_name_is_one():
    assert roles(f"Syria: three die\n\n{STORY}", hint="syria")[0] == ("headline", "Syria: three die")


def test_an_address_of_nobodys_own_is_no_outlets_domain():
    assert read(f"https://twitter.com/post/status/1\n\nBees of Gozo go to sea\n\n{STORY}").outlet.domain is None


def test_a_label_in_front_of_the_section_is_none():
    found = read(f"LIVE UPDATES | GOZO\n\nBees of Gozo go to sea again\n\n{STORY}").article
    assert (found.headline_labels, found.section_path) == (["live"], ["GOZO"])


@pytest.mark.parametrize(
    ("line", "headline"),
    [
        ("Ferry to Mgarr out of service - again", "Ferry to Mgarr out of service - again"),
        ("Bees, boats and thyme - an island spring", "Bees, boats and thyme - an island spring"),
        ("Bees of Gozo go to sea: exclusive report", "Bees of Gozo go to sea: exclusive report"),
    ],
)
def test_what_credits_nobody_is_no_source(line, headline):
    found = read(f"{line}\n\n{STORY}", hint="island-post").article
    assert (found.headline, found.headline_source) == (headline, None)
