"""Things found by rules: names of facilities and the like, sums of money, quantities; and what overlaps."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.figures import find_figures, value_of
from pipelines.extract.money import money_of
from pipelines.extract.quantities import quantity_of
from pipelines.extract.reading import Piece
from pipelines.extract.things import TYPES, Thing, ThingRules, with_things
from pipelines.lookups.lists import Lookups
from tests.growth import is_linear


@pytest.fixture(scope="module")
def rules() -> ThingRules:
    return ThingRules(Lookups.load())


def named(text: str, rules: ThingRules) -> list[tuple[str, str]]:
    found = rules.find(text, 0, len(text))
    return [(text[thing.start : thing.end], thing.type) for thing in found if thing.type not in ("money", "quantity")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met at the Harrow Vale Stadium.", [("Harrow Vale Stadium", "facility")]),
        ("Mortars fell on the Tal Amar base.", [("Tal Amar", "facility")]),
        ("The fields of Umm Rasha and Wadi Zarq burned.", [("Umm Rasha", "facility"), ("Wadi Zarq", "facility")]),
        ("A doctor at al-Noor Hospital said so.", [("al-Noor Hospital", "facility")]),
        ("He slept in St Anne’s Church.", [("St Anne’s Church", "facility")]),
        ("Fire shut the Port of Varnholm.", [("Port of Varnholm", "facility")]),
        ("A crash closed the M25 near the town.", [("M25", "facility")]),
        ("Crowds broke into the White House.", [("White House", "facility")]),
        ("The White House denied it.", []),
        ("The retiree Winston Church lives there.", []),
        ("The Catholic Church objected.", []),
        ("They flew from a US base to a Turkish base.", []),
        ("Hurricane Odile hit before Valentine's Day.", [("Hurricane Odile", "event"), ("Valentine's Day", "event")]),
        ("She won the Lowland Cities Cup.", [("Lowland Cities Cup", "event")]),
        ("The Battle of Kharan lasted a day.", [("Battle of Kharan", "event")]),
        ("The National Hurricane Center warned.", []),
        ("He broke an iPhone 12 and a PlayStation 5.", [("iPhone 12", "product"), ("PlayStation 5", "product")]),
        ("It will sell the Old Mare brand.", [("Old Mare", "product")]),
        ("Mobile phones rang.", []),
        ("It fired S-300 missiles and a Kornet missile.", [("S-300", "weapon"), ("Kornet", "weapon")]),
        ("Two AK-47s and a Galil rifle lay there.", [("AK-47s", "weapon"), ("Galil", "weapon")]),
        ("Hezbollah missiles fell.", []),
        ("A Mi-24 and two Su-25s took off.", [("Mi-24", "vehicle"), ("Su-25s", "vehicle")]),
        ("HMS Fearless passed the tanker Amal Star.", [("HMS Fearless", "vehicle"), ("Amal Star", "vehicle")]),
        ("A Toyota Hilux hit a Boeing 737-800.", [("Toyota Hilux", "vehicle"), ("Boeing 737-800", "vehicle")]),
        ("Toyota fell on Monday.", []),
        ("A Ford executive left the Ford plant in a Tesla.", [("Tesla", "vehicle")]),
        ("A tanker, the Amal Star, sank. Owners of the Amal Star wept.",
         [("Amal Star", "vehicle"), ("Amal Star", "vehicle")]),
        ("He landed at Ben Gurion; Ben Gurion was a statesman.", [("Ben Gurion", "facility")]),
        ("Men of the 7th Battalion met the 101st Airborne Division.",
         [("7th Battalion", "unit"), ("101st Airborne Division", "unit")]),
    ],
)  # fmt: skip
def test_names_of_things(text, expected, rules):
    assert named(text, rules) == expected


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("$3 billion", ("USD", 3e9, 3e9)),
        ("US$75 million", ("USD", 75e6, 75e6)),
        ("Rs 14.5 lakh", ("INR", 1_450_000, 1_450_000)),
        ("€640m", ("EUR", 640e6, 640e6)),
        ("R3.5 million", ("ZAR", 3.5e6, 3.5e6)),
        ("500 Swiss francs", ("CHF", 500, 500)),
        ("50 cents", ("USD", 0.5, 0.5)),
        ("$3-5 million", ("USD", 3e6, 5e6)),
        ("hundreds of millions of dollars", ("USD", 200e6, None)),
        ("300 pesos", (None, 300, 300)),
    ],
)
def test_sums_of_money(surface, expected, rules):
    money = money_of(surface, rules.money)
    assert money is not None
    assert money[2:] == expected
    assert surface[money.start : money.end] == surface


@pytest.mark.parametrize("surface", ["N95", "12 won", "3.99 to the dollar", "700 pounds of rice", "R50", "No. 5"])
def test_no_sums_of_money(surface, rules):
    assert money_of(surface, rules.money) is None


def test_a_quantity_alone(rules):
    assert quantity_of("33 km", rules.quantities) == (0, 5, 33, 33, "kilometre")
    assert quantity_of("between 30 and 40 wounded men", rules.quantities) == (0, 29, 30, 40, "men")
    assert quantity_of("6 February", rules.quantities) is None


@pytest.mark.parametrize(
    ("number", "value"),
    [("half a million", 500_000), ("two and a half", 2.5), ("3 lakh crore", 3e12), ("two hundred and five", 205),
     ("Twenty-three", 23), ("a couple of", 2), ("1,00,000", 100_000)],
)  # fmt: skip
def test_what_a_number_comes_to(number, value):
    assert value_of(number) == value


def test_a_thing_takes_the_place_of_what_it_covers():
    text = "At Kabul Airport fans of Racing 92 met Ann Park."
    pieces = [
        Piece(3, 8, "place", "Kabul", 0.9),
        Piece(25, 34, "organisation", "Racing 92", 0.9),
        Piece(39, 47, "person", "Ann Park", 0.9),
    ]
    things = [Thing(3, 16, "facility", 0.85), Thing(32, 34, "quantity", 0.8), Thing(39, 47, "facility", 0.85)]
    settled = with_things(text, pieces, things)
    assert [(piece.type, piece.name) for piece in settled] == [
        ("facility", "Kabul Airport"),
        ("organisation", "Racing 92"),
        ("person", "Ann Park"),
    ]


PARTS = [
    "the Port of", "Hurricane", "Kabul Airport", "$3", "billion", "two", "dozen", "12", "Su-24", "a Toyota", "-", "'s",
    "\n", "AK-47", "between", "and", "km", "7th", "Battalion", "St", "World Cup", "’", "🚀", "دمشق", "1,000,000", "%",
    ",", ". ", "iPhone", "half a", "Rs", "tanker", "of", "Church",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PARTS) | st.text(max_size=8), max_size=40).map(" ".join)


@given(text=TEXTS)
def test_things_lie_in_the_text_in_order_and_never_overlap(rules, text):
    found = rules.find(text, 0, len(text))
    assert all(0 <= thing.start < thing.end <= len(text) and thing.type in TYPES for thing in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(text[thing.start : thing.end].strip() == text[thing.start : thing.end] for thing in found)


@given(text=TEXTS, before=TEXTS)
def test_a_paragraph_is_read_by_itself(rules, text, before):
    alone = rules.find(text, 0, len(text))
    at = len(before) + 2
    within = rules.find(f"{before}\n\n{text}\n\n{before}", at, at + len(text))
    assert [thing._replace(start=thing.start - at, end=thing.end - at) for thing in within] == alone


@pytest.mark.parametrize(
    "part",
    ["A", "A ", "A\t", "1,", "1 ", "a ", "Two", "two hundred ", "$", "$1 ", "St ", "the ", "Fiat Uno ", "\n", "1-",
     "half a ", "tens of thousands of ", "x", "Kabul Airport\n", "the tanker Amal ", "‘", "A’s ", "12 men and "],
)  # fmt: skip
def test_time_is_linear_in_any_text(part, rules):
    assert is_linear(lambda count: rules.find(part * count, 0, count * len(part)), 40_000)


@given(text=TEXTS, cuts=st.lists(st.tuples(st.integers(0, 80), st.integers(1, 20)), max_size=8))
def test_pieces_and_things_never_overlap(rules, text, cuts):
    pieces, end = [], 0
    for gap, length in cuts:
        start, end = end + gap, end + gap + length
        pieces.append(Piece(start, end, "organisation", "x", 0.9))
    out = with_things(text, pieces, rules.find(text, 0, len(text)))
    assert all(before.end <= after.start for before, after in pairwise(out))


@pytest.mark.parametrize("text", ["Hundreds of – 20 were found.", "Dozens of or two left.", "Scores of to 5 came."])
def test_a_vague_number_with_an_end_behind_it_is_no_range(text):
    assert list(find_figures(text, 0, len(text)))


@pytest.mark.parametrize("name", ["Hog Harbour", "Namche Bazaar", "Ford Bridge"])
def test_what_is_called_a_town_is_no_facility(name, rules):
    text = f"Rain fell on the village of {name} all night."
    at = text.index(name)
    place = Piece(at, at + len(name), "place", name, 0.9)
    assert with_things(text, [place], rules.find(text, 0, len(text))) == [place]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("between $3 and $4 million", 3e6, 4e6),
        ("between £20 and £30", 20, 30),
        ("between €1.5 and 2 billion", 1.5e9, 2e9),
    ],
)
def test_a_range_of_sums_is_one(text, low, high, rules):
    text = f"It will cost {text} to build."
    [thing] = [thing for thing in rules.find(text, 0, len(text)) if thing.type == "money"]
    assert text[thing.start : thing.end] == text[21:-10]
    found = money_of("between " + text[thing.start : thing.end], rules.money)
    assert (found.low, found.high) == (low, high)
