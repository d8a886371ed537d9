"""The arithmetic of periods, and what the date rules do at the calendar's edges and on hostile text."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extract import periods
from pipelines.extract.dates import find_dates
from pipelines.extract.periods import Period
from tests.growth import is_linear

DAY = date(2020, 2, 6)
_WORDS = "last next 2 two weeks of January 31 , 2020 Monday this month ago may on - the"


def found(text: str, on: date = DAY) -> list[tuple[str, date, date]]:
    return [(text[f.start : f.end], f.first, f.last) for f in find_dates(text, 0, len(text), on)]


def test_periods() -> None:
    assert periods.month(2020, 0) == Period(date(2019, 12, 1), date(2019, 12, 31), "month")
    assert periods.shifted(date(2020, 3, 31), -1, "month") == date(2020, 2, 29)
    assert periods.week(DAY) == Period(date(2020, 2, 3), date(2020, 2, 9), "week")
    assert periods.around(DAY, "decade").last == date(2029, 12, 31)
    assert periods.third(periods.month(2020, 2), 2).first == date(2020, 2, 21)
    assert periods.edge(periods.month(2020, 1), 2, "week", True).first == date(2020, 1, 18)
    assert periods.nearest([date(2020, 12, 20), date(2019, 12, 20)], DAY) == date(2019, 12, 20)


@given(st.dates(), st.integers(0, 2), st.sampled_from(["month", "quarter", "year"]))
def test_thirds_lie_within_and_follow_each_other(at: date, part: int, unit: str) -> None:
    whole = periods.around(at, unit)
    third = periods.third(whole, part)
    assert whole.first <= third.first <= third.last <= whole.last
    if part:
        assert (third.first - periods.third(whole, part - 1).last).days == 1


def test_impossible_dates_are_not_found() -> None:
    assert not found("It ended on 31 February 2020 and on 45/13/2020.")
    assert not found("It ended January 39 or in the year 0 or 9999 years ago.")


def test_a_date_keeps_its_own_day_of_the_week() -> None:
    assert found("They met on Monday, February 3.") == [("Monday, February 3", date(2020, 2, 3), date(2020, 2, 3))]


def test_rules_and_anchors() -> None:
    text = "On Thursday he recalled 12 March 1958."
    weekday, absolute = find_dates(text, 0, len(text), DAY)
    assert (weekday.rule, weekday.anchor) == ("weekday", DAY)
    assert (absolute.rule, absolute.anchor) == ("absolute_day", None)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(_WORDS.split())))
def test_any_words_give_ordered_spans_inside_the_text(words: list[str]) -> None:
    text = " ".join(words)
    end = 0
    for f in find_dates(text, 0, len(text), DAY):
        assert end <= f.start < f.end <= len(text)
        assert f.first <= f.last
        end = f.end


@pytest.mark.parametrize(
    "unit", ["2", "1 ", "last ", "January ", "a week ", "2020-", "Monday, ", "12/", "‮Mondayי", " 1st"]
)
def test_a_million_characters_take_linear_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    assert is_linear(lambda size: find_dates(text, 0, size, DAY), len(text))
