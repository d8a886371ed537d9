"""The rules that tell namesakes apart, each on short texts of many countries (geocode_cases.yaml), and their laws."""

import re
from pathlib import Path

import pytest
import yaml

from pipelines.extract.bearers import kind_of
from pipelines.extract.gazetteer import Gazetteer
from pipelines.extract.geocode import geocode
from pipelines.extract.place_cues import PlaceName
from pipelines.lookups.lists import Lookups

CASES = yaml.safe_load(Path(__file__).with_name("geocode_cases.yaml").read_text("utf-8"))
CLOSE = 0.3
"""Degrees of latitude and longitude within which a town is the one of its label."""


@pytest.fixture(scope="module")
def tools():
    return Gazetteer.load(), Lookups.load()


def read(marked, tools, outlet=None):
    """The readings of the names in braces."""
    text, names = "", []
    for i, piece in enumerate(re.split(r"[{}]", marked.replace(" | ", "\n\n"))):
        if i % 2:
            names.append(PlaceName(len(text), len(text) + len(piece), piece))
        text += piece
    return geocode(text, names, *tools, outlet)


def is_right(reading, label):
    place = reading.place
    if place is None:
        return False
    words = label.split()
    is_government = words[-1] == "gov"
    if is_government != reading.is_metonym:
        return False
    if words[0].islower():
        told = (kind_of(place), place.country, place.admin1)
        return all(word == was for word, was in zip(words, told, strict=False))
    lat, lon = map(float, words[1:3])
    is_there = abs(place.lat - lat) < CLOSE and abs(place.lon - lon) < CLOSE
    return kind_of(place) == "settlement" and place.country == words[0] and is_there


@pytest.mark.parametrize(
    ("text", "labels"), [(text, labels) for some in CASES.values() for text, *labels in some], ids=str
)
def test_the_place_meant_is_read(tools, text, labels):
    for reading, label in zip(read(text, tools), labels, strict=True):
        assert any(is_right(reading, one) for one in label.split("/")), (label, reading)


@pytest.mark.parametrize(
    ("text", "outlet", "label"),
    [
        ("The choir of {Durham} sang in the rain.", "GB", "GB 54.8 -1.6"),
        ("The choir of {Durham} sang in the rain.", "US", "US 36.0 -78.9"),
        ("A bus hit a wall in {Hamilton}.", "NZ", "NZ -37.8 175.3"),
        ("A bus hit a wall in {Hamilton}.", "CA", "CA 43.3 -79.9"),
        ("The bakers of {Cartagena} went on strike.", "ES", "ES 37.6 -1.0"),
        ("The bakers of {Cartagena} went on strike.", "CO", "CO 10.4 -75.5"),
        ("Students in {Trujillo} cheered.", "PE", "PE -8.1 -79.0"),
        ("Rain fell on {Newcastle}.", "AU", "AU -32.9 151.8"),
        ("Hail fell on {Richmond}.", "CA", "CA 49.2 -123.1"),
    ],
)
def test_the_outlets_country_decides_where_nothing_else_does(tools, text, outlet, label):
    assert is_right(read(text, tools, outlet)[0], label)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Shots were heard in {Paris}.", "FR 48.9 2.3"),  # size
        ("Shots were heard in {Durham}, {North Carolina}.", "US 36.0 -78.9"),  # a phrase
        ("A choir from {Durham} toured {Darlington} and {Sunderland}.", "GB 54.8 -1.6"),  # neighbours
        ("{Jamaica} shut its schools. {Kingston} is flooded.", "country JM"),  # a country
        ("{Hamilton} will host the games, {New Zealand} said.", "NZ -37.8 175.3"),
        ("Drones hit {Odessa}, Ukrainian officers said.", "UA 46.5 30.7"),  # a people
        ("{Georgia} and {Armenia} opened a road.", "country GE"),  # a list
        ("The {Quebec} lawmakers met.", "division CA"),  # a word beside it
    ],
)
@pytest.mark.parametrize("outlet", [None, "US", "GB", "FR", "NZ", "UA", "JM", "CA", "IN", "??"])
def test_the_outlets_country_never_decides_against_the_article(tools, text, label, outlet):
    assert is_right(read(text, tools, outlet)[0], label)


@pytest.mark.parametrize("name", ["Coruh River", "Lake Gavur", "Adaney Island"])
def test_what_is_no_town_by_its_name_is_spelt_like_none(tools, name):
    reading, turkey = read(f"Water rose at the {{{name}}} in {{Turkey}}.", tools)
    assert reading.place is None
    assert turkey.place.country == "TR"


def test_a_town_is_known_in_another_spelling(tools):
    reading, _ = read("Shells fell on {Saraqeeb} in {Syria}.", tools)
    assert reading.place.country == "SY"
    assert abs(reading.place.lat - 35.86) < CLOSE


def test_a_small_town_by_chance_bears_out_no_other_spelling(tools):
    """Or Odile would be Odolo in Italy for Malo, which is there, and Malo that one for Odolo."""
    odile, mexico, malo = read("{Odile} made landfall in {Mexico} on Sunday, and {Malo} said the port was shut.", tools)
    assert (odile.place, odile.candidates, malo.place) == (None, (), None)
    assert mexico.place.country == "MX"


def test_two_small_towns_bear_out_another_spelling(tools):
    readings = read("Shells fell on {Saraqeeb}, {Taftanaz} and {Binnish}.", tools)
    assert [reading.place.country for reading in readings] == ["SY", "SY", "SY"]


def test_a_reading_does_not_depend_on_what_was_read_before(tools):
    texts = [text for some in CASES.values() for text, *_ in some]
    forwards = [read(text, tools) for text in texts]
    fresh = Gazetteer.load(), tools[1]
    assert [read(text, fresh) for text in reversed(texts)] == forwards[::-1]
