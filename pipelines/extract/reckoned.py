"""What is reckoned from the day of publication: 'yesterday', 'last week', 'the past three years', 'two weeks ago'."""

from datetime import date, timedelta

from pipelines.extract import periods
from pipelines.extract.periods import Period
from pipelines.extract.told import MONTHS, SEASONS, STEPS, WEEKDAYS, Result, monday, weekday


def near(words: list[str], published: date, ahead: bool) -> Result:
    days = {"yesterday": -1, "tomorrow": 1, "last": -1}.get(words[0], 0)
    if "before" in words:
        days = -2
    elif "after" in words:
        days = 2
    return periods.day(published + timedelta(days)), "near_day", 0.95


def relative(words: list[str], published: date, ahead: bool) -> Result:
    """'last week', 'next Tuesday', 'this month', 'last January', 'this past Friday', 'next summer'."""
    if words[0] == "this" and words[1] in STEPS:
        words = words[1:]
    if words[-2] in ("before", "after"):
        step, unit = -2 if words[-1] == "last" else 2, words[0]
    else:
        step, unit = STEPS[words[0]], words[1]
    if unit == "weekend":
        return _weekend_near(step, published, ahead), "weekend", 0.8
    if unit.endswith("day"):
        number = WEEKDAYS[unit[:3]]
        if step > 0 or (words[0] == "this" and ahead):
            return weekday([unit], published, True)
        back = (published.weekday() - number - 1) % 7 + 1 if step < 0 else published.weekday() - number
        return periods.day(published - timedelta(back)), "weekday", 0.9
    if unit in MONTHS:
        year = published.year
        if step < 0 and MONTHS[unit] >= published.month:
            year -= 1
        elif step > 0 and MONTHS[unit] <= published.month:
            year += 1
        return periods.month(year, MONTHS[unit]), "month_near", 0.85
    if unit in SEASONS:
        return _season_near(step, unit, published, ahead)
    if words[0] == "past" or unit == "fortnight":
        return window(words, published, ahead)
    return periods.around(periods.shifted(published, step, unit), unit), f"relative_{unit}", 0.95


def _season_near(step: int, name: str, published: date, ahead: bool) -> Result:
    seasons = [periods.season(published.year + y, name) for y in (-2, -1, 0, 1)]
    if step < 0:
        found = next(season for season in reversed(seasons) if season.last < published)
    elif step > 0:
        found = next(season for season in seasons if season.first > published)
    else:
        running = [season for season in seasons if season.first <= published <= season.last]
        coming = [season for season in seasons if season.first > published]
        same_year = [season for season in seasons if season.first.year == published.year]
        found = (running or (coming if ahead else same_year))[0]
    return found, "season", 0.85


def _weekend_near(step: int, published: date, ahead: bool) -> Period:
    """Last weekend is over; next weekend is the first to begin; this weekend is the one that is nearer."""
    saturday = monday(published, 0) + timedelta(5)
    if step < 0 or (step == 0 and not ahead and published.weekday() < 2):
        saturday -= timedelta(7)
    elif step > 0 and published >= saturday:
        saturday += timedelta(7)
    if abs(step) > 1:
        saturday += timedelta(7 if step > 0 else -7)
    return Period(saturday, saturday + timedelta(1), "day")


def _counted(words: list[str]) -> tuple[int, str]:
    """How many of which unit; a fortnight is two weeks, hours are rounded up to days."""
    count, unit = int(words[0]), words[1].removesuffix("s")
    if unit == "fortnight":
        return 2 * count, "week"
    return (-(-count // 24), "day") if unit == "hour" else (count, unit)


def window(words: list[str], published: date, ahead: bool) -> Result:
    """'the past four years' ends, 'the next three days' begins at publication."""
    if words[0] == "this" and words[1] in STEPS:
        words = words[1:]
    count, unit = _counted(words[1:] if words[1].isdigit() else ["1", words[1]])
    if STEPS[words[0]] > 0:
        last = periods.shifted(published, count, unit)
        return Period(published + timedelta(1), last, unit), "window_ahead", 0.85
    return Period(periods.shifted(published, -count, unit), published, unit), "window", 0.85


def ago(words: list[str], published: date, ahead: bool) -> Result:
    """'two weeks ago', 'a month from now'."""
    if words[-1] != "ago":
        return within(words, published, ahead)
    if words[1].startswith("hour"):
        return periods.day(published - timedelta(hours=int(words[0]))), "ago", 0.7
    count, unit = _counted(words)
    return periods.around(periods.shifted(published, -count, unit), unit), "ago", 0.85


def within(words: list[str], published: date, ahead: bool) -> Result:
    """'two weeks' after 'in', where that is a time to come."""
    count, unit = _counted(words)
    return periods.around(periods.shifted(published, count, unit), unit), "from_now", 0.8


def weekend(words: list[str], published: date, ahead: bool) -> Result:
    if ahead:
        return _weekend_near(1, published, ahead), "weekend", 0.8
    return periods.weekend(published), "weekend", 0.8
