"""The laws of date expressions: what is found lies in the text, runs forward, and depends on the sentence alone."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.dates import Found, find_dates
from pipelines.extract.ranges import resolve_range
from pipelines.extract.resolve import resolve
from tests.growth import is_linear

WORDS = (
    "last next this past coming previous first second third early late mid end of in on the a an two twenty-five 3 31"
    " 12th 1999 2016-17 2020 1990s days weeks month year decade century 19th January Feb. May 29 February Monday Friday"
    " weekend morning night yesterday today tomorrow ago from now to and between until - – , . every each will said"
    " summer winter quarter half Q3 5/1/2020 2020-02-29 31.12.2019 day before after year’s time"
).split()
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
# One of each kind, all of which come to something wherever they stand.
EXPRESSIONS = (
    "12 March 1958", "March 5, 2019", "2019-03-05", "last week", "three days ago", "the past two years", "early 2018",
    "first week of January 2019", "28 December 2019 to 4 January 2020", "summer of 2018", "18th century", "yesterday",
    "day before yesterday", "second half of 2018", "Q3 2019", "last Friday of March 2019", "mid-January 2017",
)  # fmt: skip


def found(text: str, on: date) -> list[Found]:
    return find_dates(text, 0, len(text), on)


@given(texts, days)
def test_what_is_found_lies_in_the_text_in_order_and_runs_forward(text: str, on: date) -> None:
    dates = found(text, on)
    for each in dates:
        assert 0 <= each.start < each.end <= len(text)
        surface = text[each.start : each.end]
        assert surface == surface.strip()
        assert each.first <= each.last
        assert 0 < each.confidence < 1
        assert each.anchor in (None, on)
    assert all(one.end <= other.start for one, other in pairwise(dates))


@given(texts, days, st.text(max_size=20))
def test_nothing_outside_the_paragraph_is_taken(text: str, on: date, more: str) -> None:
    before, after = more + "\n\n", "\n\n" + more
    moved = find_dates(before + text + after, len(before), len(before) + len(text), on)
    assert [each[2:] for each in moved] == [each[2:] for each in found(text, on)]
    assert [(e.start - len(before), e.end - len(before)) for e in moved] == [each[:2] for each in found(text, on)]


@pytest.mark.parametrize("expression", EXPRESSIONS)
@given(on=days, before=st.sampled_from(["", "Rain fell, they said: ", "It rained (", "“Rain fell ", "Rain.\n"]))
def test_the_same_expression_comes_to_the_same_anywhere(expression: str, on: date, before: str) -> None:
    text = before + expression
    alone, (there,) = found(expression, on)[0], found(text, on)
    assert there[2:] == alone[2:]
    assert text[there.start : there.end] == expression[alone.start : alone.end]


@given(texts, st.sampled_from([date.min, date.min + timedelta(8), date.max - timedelta(8), date.max]))
def test_the_ends_of_the_calendar_are_no_trouble(text: str, on: date) -> None:
    assert all(each.first <= each.last for each in found(text, on))


@given(texts, days)
def test_what_was_read_before_changes_nothing(text: str, on: date) -> None:
    before = found(text, on)
    resolve.cache_clear()
    resolve_range.cache_clear()
    assert found(text, on) == before


@pytest.mark.parametrize(
    "unit", ["7", "May ", "between May and ", "a two-", "last Friday to ", "in two weeks ", "the 1 "]
)
def test_time_grows_with_the_text_alone(unit: str) -> None:
    assert is_linear(lambda size: found(unit * (size // len(unit)), date(2020, 2, 6)), 1_000_000)
