"""Names in single articles: roles, surnames, acronyms, homonyms; laws of offsets and ids; hostile text."""

import re
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extract.decisions import Decisions
from pipelines.extract.entities import entity_of
from pipelines.extract.extract import Extraction, Source, extract, extract_batch
from pipelines.extract.gazetteer import Gazetteer
from pipelines.extract.names import NameRules
from pipelines.extract.recognise import Recogniser
from pipelines.extract.tagger import Span
from pipelines.lookups.lists import Lookups
from pipelines.records import Paragraph
from tests.growth import is_linear

DAY = date(2020, 2, 6)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    """The rules alone."""
    return Recogniser(None, NameRules(Lookups.load()))


def paragraph(ordinal: int, role: str, start: int, end: int, repeat_of: str | None = None) -> Paragraph:
    return Paragraph(f"p{ordinal}", "art", "doc", ordinal, role, "", "", repeat_of, None, None, None, start, end)


def read(text: str, gazetteer: Gazetteer, recogniser: Recogniser, role: str = "body") -> Extraction:
    """The text as one paragraph a line."""
    paragraphs, at = [], 0
    for i, line in enumerate(text.split("\n")):
        paragraphs.append(paragraph(i, role, at, at + len(line)))
        at += len(line) + 1
    extraction = extract(paragraphs, text, DAY, gazetteer, recogniser)
    for mention in extraction.mentions:
        assert text[mention.char_start : mention.char_end] == mention.surface
        assert mention.entity_id in extraction.entities or mention.type in ("money", "quantity")
        assert mention.place_id is None or mention.place_id in extraction.places
    return extraction


class Marked:
    """A tagger that takes some words for places wherever they stand."""

    name, version = "marked", "1"

    def __init__(self, places: list[str]) -> None:
        self._places = re.compile(r"\b(?:" + "|".join(places) + r")\b")

    def tag(self, texts: Sequence[str]) -> list[list[Span]]:
        return [[Span(*match.span(), "place", 0.9) for match in self._places.finditer(text)] for text in texts]


def names(extraction: Extraction) -> list[tuple[str, str, str]]:
    return [(m.surface, m.type, extraction.entities[m.entity_id].name) for m in extraction.mentions]


def test_doubled_title_and_demonym(gazetteer: Gazetteer, recogniser: Recogniser) -> None:
    text = "On Wednesday, Turkish President President Recep Tayyip Erdogan said so. Erdogan’s guards smiled."
    extraction = read(text, gazetteer, recogniser)
    assert [(m.surface, m.type, m.role) for m in extraction.mentions] == [
        ("Turkish", "nationality", None),
        ("Recep Tayyip Erdogan", "person", "President"),
        ("Erdogan", "person", None),
    ]
    person = entity_of("Recep Tayyip Erdogan", "person", None).entity_id
    assert [m.entity_id for m in extraction.mentions[1:]] == [person, person]
    assert [alias[:3] for alias in extraction.aliases[1:]] == [
        (person, "Recep Tayyip Erdogan", "full"),
        (person, "President", "role"),
        (person, "Erdogan", "short"),
    ]
    assert extraction.entities[extraction.mentions[0].entity_id].country == "TR"


def test_acronym_is_defined_by_its_brackets(gazetteer: Gazetteer, recogniser: Recogniser) -> None:
    text = "The Lagos Harbour Workers Union (LHWU) met. LHWU leaders left, and the Union agreed."
    assert {name for _, _, name in names(read(text, gazetteer, recogniser))} == {"Lagos Harbour Workers Union"}


def test_ministry_takes_its_country(gazetteer: Gazetteer, recogniser: Recogniser) -> None:
    extraction = read("Russia's Foreign Ministry and the Russian Foreign Ministry agreed.", gazetteer, recogniser)
    found = [name for _, type_, name in names(extraction) if type_ == "organisation"]
    assert found == ["Russian Foreign Ministry"] * 2


def test_country_in_the_article_decides_between_homonyms(gazetteer: Gazetteer, recogniser: Recogniser) -> None:
    syria = read("Shells fell in Dana in Syria.", gazetteer, recogniser)
    assert "SY" in {place.country for place in syria.places.values() if place.kind != "country"}
    maryland = read("A fire in Damascus, Maryland, killed no one.", gazetteer, recogniser)
    assert names(maryland) == [
        ("Damascus", "place", "Damascus, Maryland, US"),
        ("Maryland", "place", "Maryland"),
    ]


def test_everyday_words_are_no_places(gazetteer: Gazetteer, recogniser: Recogniser) -> None:
    text = "Reading is fun. Nice weather came. Most said Police left. Mobile phones rang in the United States."
    assert [name for _, _, name in names(read(text, gazetteer, recogniser))] == ["United States"]


def test_a_cue_makes_an_everyday_word_a_place(gazetteer: Gazetteer, recogniser: Recogniser) -> None:
    assert ("Reading", "place", "Reading") in names(read("Fog hid the town of Reading.", gazetteer, recogniser))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rain fell on Cox's Bazar. Cox’s Bazar’s clinic in Bangladesh is full.", ["Cox's Bazar", "Cox’s Bazar"]),
        ("A fire in The Pas, Manitoba, spread. The Pas is north of Winnipeg.", ["The Pas", "The Pas", "Winnipeg"]),
        ("Judges met in The Hague. The Hague is in the Netherlands.", ["The Hague", "The Hague"]),
        ("Shells hit Syria's Idlib.", ["Syria", "Idlib"]),
        ("The Bahamas and The Gambia voted.", ["Bahamas", "Gambia"]),
        ("The Bronx voted. They live in the Bronx.", ["Bronx", "Bronx"]),
    ],
)
def test_a_possessive_or_an_article_within_a_place_s_name_stays(
    text: str, expected: list[str], gazetteer: Gazetteer
) -> None:
    lookups = Lookups.load()
    marked = ["Cox", "Bazar", "Pas", "Winnipeg", "Hague", "Idlib", "Bronx"]
    recogniser = Recogniser(Marked(marked), NameRules(lookups))
    found = [m for m in read(text, gazetteer, recogniser).mentions if m.type == "place"]
    countries = {"Bangladesh", "Manitoba", "Netherlands"}
    assert [m.surface for m in found if m.surface not in countries] == expected
    assert all(m.place_id for m in found)


@pytest.mark.parametrize(
    ("text", "facility", "town"),
    [
        ("Smoke rose near Kabul airport. Kabul is calm.", "Kabul", ("Kabul", "AF")),
        ("Lyon International Airport is shut.", "Lyon International Airport", ("Lyon", "FR")),
        ("Queues formed at Hamilton airport in New Zealand.", "Hamilton", ("Hamilton", "NZ")),
        ("Fog closed Logan Airport in Boston.", "Logan Airport", None),
        ("A tree fell on Lisbon Street in London.", "Lisbon Street", None),
    ],
)
def test_an_airport_is_where_the_town_is_whose_name_it_bears(
    text: str, facility: str, town: tuple[str, str] | None, gazetteer: Gazetteer, recogniser: Recogniser
) -> None:
    extraction = read(text, gazetteer, recogniser)
    [mention] = [m for m in extraction.mentions if m.type == "facility"]
    assert mention.surface == facility
    rows = [row for row in extraction.candidates if row.mention_id == mention.mention_id]
    if town is None:
        assert (mention.place_id, rows) == (None, [])
        return
    assert mention.place_id is not None
    place = extraction.places[mention.place_id]
    assert (place.name, place.country) == town
    assert [(row.rank, row.place_id, row.reason) for row in rows] == [(1, mention.place_id, "named_after")]
    assert extraction.entities[mention.entity_id or ""].name == facility


def test_a_role_is_an_alias_in_one_case(gazetteer: Gazetteer, recogniser: Recogniser) -> None:
    text = "Prime Minister Imran Khan left. The prime minister, Imran Khan, said so.\nPRIME MINISTER IMRAN KHAN RETURNS"
    extraction = read(text, gazetteer, recogniser)
    assert {m.role for m in extraction.mentions if m.role} >= {"Prime Minister", "prime minister"}
    assert {alias for _, alias, kind, _ in extraction.aliases if kind == "role"} == {"Prime Minister"}


@pytest.mark.parametrize("role", ["Mayor", "Governor", "mayor", "Judge"])
def test_who_has_a_role_is_no_place(role: str, gazetteer: Gazetteer, recogniser: Recogniser) -> None:
    extraction = read(f"{role} Paris Hilton spoke in Ohio. Hilton left.", gazetteer, recogniser)
    assert names(extraction) == [
        ("Paris Hilton", "person", "Paris Hilton"),
        ("Ohio", "place", "Ohio"),
        ("Hilton", "person", "Paris Hilton"),
    ]


def test_lines_in_capitals_give_no_organisations(gazetteer: Gazetteer, recogniser: Recogniser) -> None:
    text = "TURKEY SAYS WHO IS TO PAY FOR IT IN IDLIB\nTroops entered Idlib in Syria, the UN said."
    found = names(read(text, gazetteer, recogniser))
    assert ("TURKEY", "place", "Turkey") in found
    assert ("IDLIB", "place", "Idlib") in found
    assert [surface for surface, type_, _ in found if type_ == "organisation"] == ["UN"]


def test_only_what_the_article_says_is_read(gazetteer: Gazetteer, recogniser: Recogniser) -> None:
    for role in ("breadcrumb", "byline", "dateline", "credit", "boilerplate"):
        assert read("Syria said on Thursday", gazetteer, recogniser, role) == Extraction([], [], {}, [], {}, [])
    for role in ("headline", "subheadline", "caption", "body"):
        extraction = read("Syria said on Thursday", gazetteer, recogniser, role)
        assert [m.surface for m in extraction.mentions] == ["Syria"]
        assert [d.surface for d in extraction.dates] == ["Thursday"]


def test_repeated_paragraphs_have_their_own_mentions(gazetteer: Gazetteer, recogniser: Recogniser) -> None:
    line = "The Syrian army shelled Idlib on Thursday."
    text = f"{line}\n\n{line}"
    second = len(line) + 2
    paragraphs = [paragraph(0, "body", 0, len(line)), paragraph(1, "body", second, len(text), "p0")]
    extraction = extract(paragraphs, text, DAY, gazetteer, recogniser)
    assert [m.surface for m in extraction.mentions] == ["Syrian", "Idlib"] * 2
    assert [m.mention_id for m in extraction.mentions] == [f"art:m{i}" for i in range(4)]
    assert [d.date_id for d in extraction.dates] == ["art:d0", "art:d1"]
    assert all(text[m.char_start : m.char_end] == m.surface for m in extraction.mentions)


def test_a_batch_is_its_articles(gazetteer: Gazetteer, recogniser: Recogniser) -> None:
    texts = [
        "Kofi Mensah met envoys in Accra.",
        "Mensah is a surname.",
        "Ghana thanked the Bank of Ghana (BoG).",
    ]
    sources = [Source([paragraph(0, "body", 0, len(text))], text, DAY) for text in texts]
    singly = [extract(*source[:3], gazetteer, recogniser) for source in sources]
    assert extract_batch(sources, gazetteer, recogniser) == singly
    assert extract_batch(sources[::-1], gazetteer, recogniser) == singly[::-1]


_TEXT = (
    "President Syria Syrian al- Kofi Annan of the and Ministry ( ) , . ’s ' - \n"
    " U.N. US F. SANA Lt. Gen. de İstanbul é"
    " ́ 🙂 דמשק Damascus city of Reading said ‘ “ University St. O’Neil Jean-Pierre AT&T 12 \x00 \ufeff ß"
)
_PIECES = st.sampled_from(_TEXT.split(" "))


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=40), st.sampled_from([" ", "", "  "]), st.sampled_from(["body", "headline"]))
def test_offsets_cut_out_the_surface(
    gazetteer: Gazetteer, recogniser: Recogniser, words: list[str], gap: str, role: str
) -> None:
    text = gap.join(words)
    end = -1
    for mention in read(text, gazetteer, recogniser, role).mentions:
        assert mention.char_start >= end
        assert mention.surface.strip() == mention.surface != ""
        end = mention.char_end


_HOSTILE = (
    "A",
    "Ab ",
    "AB ",
    "Paris. ",
    "O'",
    "U.",
    "Al-",
    "A-",
    "President ",
    "Bank of the ",
    "Ahmed al ",
    "Ministry of and ",
    "דמשק ",
    "🙂",
    "Дамаск ",
    "Ab (AB) ",
    "É́",
    "X&",
    "Ab\n",
)


@pytest.mark.parametrize("unit", _HOSTILE)
def test_a_million_characters_take_linear_time(unit: str, gazetteer: Gazetteer, recogniser: Recogniser) -> None:
    def extract_so_much(role: str, size: int) -> None:
        text = unit * (size // len(unit))
        extraction = extract([paragraph(0, role, 0, len(text))], text, DAY, gazetteer, recogniser)
        assert all(text[m.char_start : m.char_end] == m.surface for m in extraction.mentions)

    for role in ("body", "headline"):
        assert is_linear(partial(extract_so_much, role), 1_000_000)


def test_of_a_book_in_capitals_only_the_beginning_is_searched_for_the_names_of_the_text(
    gazetteer: Gazetteer, recogniser: Recogniser
) -> None:
    """Or else the work would grow with the names and the length of the capitals, each by the other."""
    surnames = [f"Bo{a}{b}d" for a in "bcdfghklmn" for b in "aeiouyrstvw"]
    text = "\n".join(f"President Anna {surname} came." for surname in surnames)
    capitals = " ".join(f"ANNA {surname.upper()} CAME AGAIN IN THE RAIN." for surname in surnames)
    found = {mention.surface for mention in read(f"{text}\n{capitals}", gazetteer, recogniser).mentions}
    assert {f"ANNA {surname.upper()}" in found for surname in surnames[:50]} == {True}
    assert f"ANNA {surnames[-1].upper()}" not in found


def test_sums_and_quantities_are_mentions_of_no_entity(gazetteer: Gazetteer, recogniser: Recogniser) -> None:
    extraction = read("The bank paid a million dollars for 300 tonnes of rice in Kenya.", gazetteer, recogniser)
    assert [(m.surface, m.type, m.entity_id is None) for m in extraction.mentions] == [
        ("a million dollars", "money", True),
        ("300 tonnes", "quantity", True),
        ("Kenya", "place", False),
    ]
    assert [entity.name for entity in extraction.entities.values()] == ["Kenya"]


def test_a_place_that_a_decision_moves_has_no_place_and_says_why(
    gazetteer: Gazetteer, recogniser: Recogniser, tmp_path: Path
) -> None:
    file = tmp_path / "entities.yaml"
    file.write_text(
        "- {action: rename, type: place, names: [Damascus], country: SY, into: {name: Damascus, country: US},"
        " date: 2026-11-26, note: moved}",
        "utf-8",
    )
    text = "Shells fell in Syria near Damascus."
    source = Source([paragraph(0, "body", 0, len(text))], text, DAY)
    [found] = extract_batch([source], gazetteer, recogniser, Decisions.load(file))
    damascus = found.mentions[-1]
    assert found.entities[damascus.entity_id or ""].country == "US"
    assert (damascus.place_id, damascus.is_metonym) == (None, False)
    assert [one.reason for one in found.candidates if one.mention_id == damascus.mention_id] == ["decided"]
