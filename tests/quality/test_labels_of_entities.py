"""The labels of places.yaml, time_expressions.yaml and aliases.yaml are sound: they speak of what their texts say.

What the pipelines make of these sets is measured elsewhere; nothing here depends on them.
"""

import datetime as dt
import re
from collections import Counter
from itertools import combinations, pairwise
from pathlib import Path

import pycountry
import pytest
import yaml

SPLITS = ["dev", "held_out"]
KINDS = {"settlement", "country", "division", "region", "water", "mountain", "island"}
PARTS = {"north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest", "central"}
GRAINS = {"day", "week", "month", "quarter", "season", "year", "decade", "century"}
COUNTRIES = {country.alpha_2 for country in pycountry.countries} | {"XK"}
_BRACED = re.compile(r"\{([^{}]*)\}")


class OnceOnly(yaml.SafeLoader):
    """A key that stands twice in a mapping would silently lose its first half of the labels."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        assert len(keys) == len(set(keys)), [key for key, count in Counter(keys).items() if count > 1]
        return super().construct_mapping(node, deep)


def read(name):
    return yaml.load(Path(__file__).with_name(name).read_text("utf-8"), OnceOnly)


PLACES, TIMES, ALIASES = read("places.yaml"), read("time_expressions.yaml"), read("aliases.yaml")


def more(label):
    """What a place's label says beyond its five columns."""
    return label[5] if len(label) > 5 else {}


def articles_with_places():
    return {name: article for split in PLACES.values() for name, article in split.items()}


def labelled_places():
    return [label for article in articles_with_places().values() for label in article["places"]]


def sentences(split):
    return [(day, *sentence) for day, some in TIMES[split].items() for sentence in some]


def all_sentences():
    return [sentence for split in SPLITS for sentence in sentences(split)]


def cases():
    return {name: case for split in ALIASES.values() for name, case in split.items()}


def mentions(case):
    """Every mention that a case speaks of."""
    groups = [*case.get("same", []), *case.get("apart", []), *([mention] for mention, _ in case.get("role", []))]
    return [tuple(mention) for group in groups for mention in group]


def span(case, mention):
    """Where a mention stands in its article; None if it does not."""
    article, surface, occurrence = mention
    starts = [found.start() for found in re.finditer(f"(?={re.escape(surface)})", case["articles"][article])]
    if not 0 < occurrence <= len(starts):
        return None
    return article, starts[occurrence - 1], starts[occurrence - 1] + len(surface)


@pytest.mark.parametrize(
    ("counts", "least"),
    [
        ([sum(len(article["places"]) for article in PLACES[split].values()) for split in SPLITS], 170),
        ([sum(sentence[1].count("{") for sentence in sentences(split)) for split in SPLITS], 220),
        ([sum("{" not in sentence[1] for sentence in sentences(split)) for split in SPLITS], 40),
        ([len(ALIASES[split]) for split in SPLITS], 110),
    ],
    ids=["places", "times", "traps", "aliases"],
)
def test_each_set_is_as_large_as_it_says_and_a_third_of_it_is_for_development(counts, least):
    assert sum(counts) >= least
    assert 0.28 <= counts[0] / sum(counts) <= 0.42, counts


@pytest.mark.parametrize("labels", [PLACES, ALIASES], ids=["places", "aliases"])
def test_what_is_held_out_shares_no_article_with_what_is_developed_on(labels):
    assert list(labels) == SPLITS
    assert not set(labels["dev"]) & set(labels["held_out"])

    def texts(split):
        return {text for entry in labels[split].values() for text in entry.get("articles", [entry.get("text")])}

    assert not texts("dev") & texts("held_out")


def test_every_place_stands_in_its_text_in_order():
    for name, article in articles_with_places().items():
        assert set(article) <= {"text", "places", "not_places", "outlet"}, name
        assert _BRACED.findall(article["text"]) == [label[0] for label in article["places"]], name
        assert not set("{}") & set(_BRACED.sub("", article["text"])), name


def test_what_only_carries_the_name_of_a_place_stands_outside_the_places():
    for name, article in articles_with_places().items():
        for surface in article.get("not_places", []):
            assert surface in _BRACED.sub("|", article["text"]), (name, surface)


def test_countries_are_known():
    for label in labelled_places():
        assert label[1] is None or set(label[1].split("/")) <= COUNTRIES, label
    for name, article in articles_with_places().items():
        assert article.get("outlet", "GB") in COUNTRIES, name


def test_kinds_and_coordinates_of_places_are_sound():
    for label in labelled_places():
        _, country, lat, lon, kind = label[:5]
        assert set(kind.split("/")) <= KINDS, label
        if kind != "settlement" or more(label).get("unresolved"):
            assert lat is lon is None, label
        else:
            assert -90 <= lat <= 90, label
            assert -180 <= lon <= 180, label
        if more(label).get("unresolved"):
            assert country is None, label
        elif kind in ("settlement", "country", "division"):
            assert country, label


def test_what_is_said_more_of_a_place_is_sound():
    for label in labelled_places():
        assert set(more(label)) <= {"offset", "part", "government", "unresolved"}, label
        assert more(label).get("part", "north") in PARTS, label
        offset = more(label).get("offset", {"km": None, "bearing": 0})
        assert set(offset) == {"km", "bearing"}, label
        assert offset["km"] is None or 0 < offset["km"] < 500, label
        assert offset["bearing"] in range(0, 360, 45), label
        assert more(label).get("government", True) is more(label).get("unresolved", True) is True, label


def test_one_surface_has_one_place_within_an_article():
    """Otherwise a slip of the pen in one of its labels would go unseen."""
    for name, article in articles_with_places().items():
        for one, other in combinations(article["places"], 2):
            if one[0] == other[0] and one[4] == other[4]:
                assert one[1:4] == other[1:4], name


def test_the_hard_cases_of_places_are_there():
    keys = Counter(key for label in labelled_places() for key in more(label))
    assert min(keys[key] for key in ("offset", "part", "government")) >= 12
    assert keys["unresolved"] >= 4
    assert sum("not_places" in article for article in articles_with_places().values()) >= 12
    assert len({label[1] for label in labelled_places()}) >= 60
    countries = {}
    for label in labelled_places():
        countries.setdefault(label[0], set()).add(label[1])
    assert sum(len(several) > 1 for several in countries.values()) >= 15


def test_a_sentence_has_one_expression_or_none():
    for day, marked, first, last, grain in all_sentences():
        assert isinstance(day, dt.date), marked
        if "{" in marked:
            assert len(_BRACED.findall(marked)) == marked.count("{") == marked.count("}") == 1, marked
            assert grain in GRAINS, marked
            assert first <= last, marked
        else:
            assert first is last is grain is None, marked


def test_no_sentence_stands_twice():
    assert not [key for key, count in Counter(each[:2] for each in all_sentences()).items() if count > 1]


def test_calendar_units_begin_and_end_where_they_should():
    for _, marked, first, last, grain in all_sentences():
        after = last + dt.timedelta(1) if last else None
        whole = {
            "quarter": lambda a, b: a.day == b.day == 1 and a.month % 3 == b.month % 3 == 1,
            "season": lambda a, b: a.day == b.day == 1 and a.month % 3 == b.month % 3 == 0,
            "century": lambda a, b: a.timetuple().tm_yday == b.timetuple().tm_yday == 1 and b.year - a.year == 100,
        }
        assert grain not in whole or whole[grain](first, after), marked


def test_weekdays_and_numbers_of_an_expression_agree_with_its_days():
    names = [dt.date(2024, 1, day).strftime("%A") for day in range(1, 8)]
    for day, marked, first, last, grain in all_sentences():
        surface = "".join(_BRACED.findall(marked))
        told = [names.index(word) for word in re.findall("[A-Z][a-z]+day", surface)]
        if told:
            assert grain == "day", marked
            assert (told[0], told[-1]) == (first.weekday(), last.weekday()), marked
            assert re.search(r"\d", surface) or abs((first - day).days) <= 7, marked
        years = [int(year) for year in re.findall(r"(?<!\d)\d{4}(?!\d)", surface)]
        assert all(first.year <= year <= last.year for year in years), marked


def test_every_mention_of_a_case_stands_in_its_article():
    for name, case in cases().items():
        assert set(case) <= {"articles", "same", "apart", "role"}, name
        assert case.get("same") or case.get("apart"), name
        for mention in mentions(case):
            at = span(case, mention)
            assert at, (name, mention)
            around = case["articles"][at[0]]
            assert not (at[1] and around[at[1] - 1].isalnum()), (name, mention)
            assert not around[at[2] : at[2] + 1].isalnum(), (name, mention)


def test_mentions_of_a_case_neither_overlap_nor_contradict():
    for name, case in cases().items():
        spans = sorted({span(case, mention) for mention in mentions(case)})
        for (article, _, end), (next_article, start, _) in pairwise(spans):
            assert article != next_article or end <= start, (name, spans)
        group_of = {tuple(mention): i for i, group in enumerate(case.get("same", [])) for mention in group}
        assert len(group_of) == sum(map(len, case.get("same", []))), name
        assert all(len(group) > 1 for group in case.get("same", [])), name
        for one, other in case.get("apart", []):
            assert span(case, one) != span(case, other), name
            assert group_of.get(tuple(one), -1) != group_of.get(tuple(other), -2), name


def test_a_role_stands_in_the_text_beside_its_name():
    for name, case in cases().items():
        for (article, _, _), role in case.get("role", []):
            assert role.casefold() in case["articles"][article].casefold(), name


def test_the_hard_cases_of_aliases_are_there():
    some = cases().values()
    assert sum(len(case["articles"]) > 1 for case in some) >= 15
    assert sum("apart" in case for case in some) >= 50
    assert sum("role" in case for case in some) >= 15
