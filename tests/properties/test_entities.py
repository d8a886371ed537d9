"""Laws of the resolution of names: whatever the text, every span gets an entity, and articles do not see each other."""

import random

import pytest

from pipelines.extract.decisions import Decisions
from pipelines.extract.entities import NameSpan, entity_of, resolve_entities
from pipelines.lookups.lists import Lookups
from tests.growth import is_linear

LOOKUPS = Lookups.load()
DECISIONS = Decisions.load()
TYPES = ("person", "organisation", "place", "nationality", "facility")
KINDS = {"full", "short", "acronym", "transliteration", "role", "demonym"}
WORDS = (
    "Kim Erdogan Recep Tayyip al-Assad Bashar Turkey Turkish President Mrs Mr Dr SOHR Observatory Ministry of Health "
    "the The Kestrel Bank Inc. Jr. Sr. J. R. O'Brien Saraqeb Saraqib said and , . ( ) 's ’ & II Ümit Łódź 金正恩 محمد "
    "علي שלום 🚀 👩‍👩‍👧 İzmir ß \u200f \n\n St. York Kenya's U.S. US EU — - 34 minister leader her husband"
).split(" ")


def invented(random_):
    """A text of words that mean something to the rules, and spans over any of them, in order of position."""
    words = random_.choices(WORDS, k=random_.randrange(60))
    text = " ".join(words)
    cuts = sorted(random_.randrange(len(text) + 1) for _ in range(random_.randrange(20) * 2))
    pairs = zip(cuts[::2], cuts[1::2], strict=True)
    return text, [NameSpan(a, b, random_.choice(TYPES)) for a, b in pairs if a < b]


@pytest.fixture(scope="module")
def articles():
    random_ = random.Random(20260206)
    return [invented(random_) for _ in range(1500)]


def rows(articles):
    return {article: resolve_entities(*articles[article], LOOKUPS) for article in articles}


def test_every_span_gets_a_group_a_name_and_true_offsets(articles):
    for text, spans in articles:
        names = resolve_entities(text, spans, LOOKUPS)
        assert len(names) == len(spans)
        for span, name in zip(spans, names, strict=True):
            assert span.start <= name.start < name.end <= span.end
            assert name.name or not text[name.start : name.end].strip()
            assert name.alias_kind in KINDS
        assert {name.group for name in names} == set(range(len({name.group for name in names})))


def test_a_group_is_one_entity(articles):
    for text, spans in articles:
        groups = {}
        for name in resolve_entities(text, spans, LOOKUPS):
            entity = (name.name, name.entity_type, name.country)
            assert groups.setdefault(name.group, entity) == entity


def test_articles_may_come_in_any_order_and_again(articles):
    some = dict(enumerate(articles[:300]))
    there = rows(some)
    backwards = rows({key: some[key] for key in reversed(some)})
    assert {key: backwards[key] for key in some} == there


def test_ids_depend_on_name_type_and_country_alone(articles):
    seen = {}
    for text, spans in articles[:300]:
        for name in filter(None, DECISIONS.apply(resolve_entities(text, spans, LOOKUPS))):
            key = (name.name, name.entity_type, name.country)
            assert seen.setdefault(key, entity_of(*key).entity_id) == entity_of.__wrapped__(*key).entity_id


@pytest.mark.parametrize(
    ("one", "other", "type_"),
    [
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan", "person"),
        ("Bashar al-Assad", "Bashar Assad", "person"),
        ("Ilona Barta", "Barta Ilona", "person"),
        ("Kim Jong-su", "Kim Jong Su", "person"),
        ("Mohammed Zaki", "Muhammad Zaki", "person"),
        ("Sean O’Brien", "Sean O'Brien", "person"),
        ("Tarrant Robotics Inc.", "The Tarrant Robotics", "organisation"),
        ("Ministry of Defence", "Defense Ministry", "organisation"),
        ("C.R.S.", "CRS", "organisation"),
        ("Ma'aret Masrin", "Maaret Masrin", "place"),
        ("The Hague", "Hague", "place"),
    ],
)
def test_spellings_of_one_name_have_one_id(one, other, type_):
    assert entity_of(one, type_, None).entity_id == entity_of(other, type_, None).entity_id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Tripoli", "place", "LY"), ("Tripoli", "place", "LB")),
        (("Kenyan Ministry of Health", "organisation", "KE"), ("Peruvian Ministry of Health", "organisation", "PE")),
        (("Harold Pruitt Jr.", "person", None), ("Harold Pruitt Sr.", "person", None)),
        (("Jordan", "place", None), ("Jordan", "person", None)),
        (("Hassan Zaki", "person", None), ("Hussein Zaki", "person", None)),
        (("Bank of Marl", "organisation", None), ("Marl Bank", "organisation", None)),
    ],
)
def test_two_things_have_two_ids(one, other):
    assert entity_of(*one).entity_id != entity_of(*other).entity_id


def test_an_organisation_is_the_same_whether_its_country_is_told():
    assert (
        entity_of("Kestrel Bank", "organisation", "KE").entity_id == entity_of("Kestrel Bank", "organisation", None)[0]
    )


@pytest.mark.parametrize("text", ["", " ", "🚀", "שלום עולם", "مرحبا بالعالم", "\u200f\u200e", "'s", "the", "(", "Mr."])
def test_odd_texts_pass(text):
    spans = [NameSpan(0, len(text), type_) for type_ in TYPES if text]
    assert len(resolve_entities(text, spans, LOOKUPS)) == len(spans)
    assert resolve_entities(text, [], LOOKUPS) == []


def resolve_alike(kind, count):
    """Resolves an article of that many sentences on names that have much in common."""
    random_ = random.Random(7)
    text, spans = "", []
    for _ in range(count):
        made = "".join(random_.choices(["ka", "lo", "mi", "ne", "ru"], k=5)).capitalize()
        name, type_ = {
            "full": (f"Kim {made}", "person"),
            "bare": (random_.choice(["Kim", f"Kim {made}"]), "person"),
            "bank": (random_.choice(["Bank", f"{made} Bank"]), "organisation"),
        }[kind]
        text += "The "
        spans.append(NameSpan(len(text), len(text) + len(name), type_))
        text += f"{name} said so. "
    assert len(resolve_entities(text, spans, LOOKUPS)) == count


@pytest.mark.parametrize("kind", ["full", "bare", "bank"])
def test_ten_thousand_names_take_time_in_proportion(kind):
    assert is_linear(lambda count: resolve_alike(kind, count), 10_000)
