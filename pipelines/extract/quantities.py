"""Reads quantities: '33 km', '6 per cent', '700,000 people', 'between 30 and 40 wounded men'.

A quantity is a figure (`figures.py`) with a unit of measure or with the things that it counts. Years, dates, ages,
hours, scores and numbers that name something are none; tests/quality/quantities.yaml has the conventions in full.
"""

import re
from collections.abc import Set
from typing import NamedTuple

from pipelines.extract.figures import Figure, find_figures
from pipelines.lookups.things import Measures

# What makes a bound of a number, right before it; a blank stands around each.
_AT_LEAST = tuple(f" {words} " for words in (
    "at least|more than|over|above|exceeding|upwards of|no fewer than|not fewer than|no less than|not less than"
).split("|"))  # fmt: skip
_AT_MOST = tuple(f" {words} " for words in (
    "up to|as many as|as much as|at most|fewer than|less than|under|below|no more than|a maximum of"
).split("|"))  # fmt: skip
_LOOKED_BACK = 24  # characters: the longest of those, and 'magnitude of '
_MAGNITUDE = re.compile(r"\b[mM]agnitude(?: of |[- ])\Z")
_FIRST = re.compile(r"[ \xa0\n-]?([^\W\d_]+|[%°])")
_MINUS = re.compile(r"(?:\b[mM]inus |(?<![\w)])[-−])\Z")
_GAP = " \xa0\n,("
_BACK = frozenset("the these those both his her their its our all other".split())
_DATED_BEFORE = frozenset(
    "past last next previous first final coming in within recent every each another aged age".split()
)
_DATED_AFTER = re.compile(
    r"[ -](?:ago|later|earlier|before|after|old|from now|hence|since|older|younger)\b|[ -]olds?\b"
)
_MONTHS = frozenset(
    "January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug"
    " Sep Sept Oct Nov Dec Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sep. Sept. Oct. Nov. Dec.".split()
)
_NEXT = re.compile(r"[ \xa0\n-]([^\W\d_][\w-]*)")
_CLOCK = re.compile(r"[:.]\d\d\b|[ \xa0]?(?:[ap]\.?m\b|GMT|UTC|o'clock|o’clock)|[ \xa0]\d|-\d")
_LONG = re.compile(r"[ \xa0-](?:tall|long|high|deep|wide|away|thick|from|above|below|across)\b")
_CLOSE = frozenset(("C", "F", "g"))  # units that mean something else after a blank
_BESIDE = 3  # names and describing words between a number and what it counts


class Quantity(NamedTuple):
    """A number of something: offsets in the text, least and greatest value, unit.

    `low` or `high` is None where the text leaves that end open ('up to', 'at least'). The unit of a measure is its full
    name in the singular, that of things counted their last word.
    """

    start: int
    end: int
    low: float | None
    high: float | None
    unit: str


class QuantityRules:
    """The rules over one set of measures; `peoples` are the names by which members of a people are counted."""

    def __init__(self, measures: Measures, peoples: Set[str]) -> None:
        self._measures, self._peoples = measures, peoples
        forms = "|".join(re.escape(form) for form in sorted(measures.units, key=len, reverse=True))
        self._firsts = {match[1] for form in measures.units if (match := _FIRST.match(form))}
        rates = "|".join(sorted(measures.rates))
        self._unit = re.compile(
            rf"([ \xa0\n-]?)({forms})(?:(?<=\w)(?!\w)|(?<!\w))(?:(?: an? | per |/)({rates})\b)?(?! of age\b)"
        )

    def read(self, text: str, figure: Figure, start: int, end: int) -> Quantity | None:
        """The quantity of a figure, None where it is none. Looks between `start` and `end`."""
        before = text[max(start, figure.start - _LOOKED_BACK) : figure.start]
        if not figure.is_word and before and (before[-1].isalnum() or before[-1] in "#/$€£"):
            return None
        if figure.is_share:
            return Quantity(figure.start, figure.end, figure.low, figure.high, "share")
        if "agnitude" in before and (magnitude := _MAGNITUDE.search(before)):
            first = figure.start - len(magnitude[0])
            return Quantity(first, figure.end, figure.low, figure.high, "magnitude")
        if before[-1:] == "-" and before[-2:-1].isalnum():
            return None
        word = _FIRST.match(text, figure.end, end)
        measured = self._unit.match(text, figure.end, end) if word and word[1] in self._firsts else None
        if measured and not (measured[1] and measured[2] in _CLOSE):
            found = self._measure(text, figure, measured, before, end)
        else:
            found = self._length(text, figure, end) or self._count(text, figure, before, end)
        return self._bounded(found, before) if found else None

    def _measure(self, text: str, figure: Figure, match: re.Match[str], before: str, end: int) -> Quantity | None:
        """A measure, or None for a duration that is a date, recurs or is an age, and for 'one day'."""
        unit, low, high, first = self._measures.units[match[2]], figure.low, figure.high, figure.start
        if unit in self._measures.durations:
            is_dated = _word_before(before)[0].lower() in _DATED_BEFORE or _DATED_AFTER.match(text, match.end(), end)
            if is_dated or (figure.low == 1 and figure.is_word):
                return None
        if match[3]:
            unit = f"{unit} per {match[3]}"
        if unit.startswith("degree") and (minus := _MINUS.search(before)):
            first -= len(minus[0])
            low, high = -(low if high is None else high), -low
        return Quantity(first, match.end(), low, high, unit)

    def _length(self, text: str, figure: Figure, end: int) -> Quantity | None:
        """'5m long', where the figure took the m for a million."""
        if figure.is_word or text[figure.end - 1] != "m" or not _LONG.match(text, figure.end, end):
            return None
        value = figure.low / 10**6
        return Quantity(figure.start, figure.end, value, value, "metre")

    def _count(self, text: str, figure: Figure, before: str, end: int) -> Quantity | None:
        if figure.low == figure.high == 1 or figure.low != int(figure.low) or _CLOCK.match(text, figure.end, end):
            return None
        word, gap = _word_before(before)
        is_year = figure.is_bare and 1500 <= figure.low < 2100
        if word and not self._may_precede(word, gap, figure, is_year, before):
            return None
        noun, last, is_named = self._noun(text, figure.end, end)
        if not noun or (is_year and noun not in self._measures.counted):
            return None
        return Quantity(figure.start, figure.end if is_named else last, figure.low, figure.high, noun.lower())

    def _noun(self, text: str, at: int, end: int) -> tuple[str, int, bool]:
        """What is counted behind a number, '' where nothing is, where it ends, and whether a name stands before it."""
        noun, last, is_named = "", at, False
        for _ in range(_BESIDE + 1):
            match = _NEXT.match(text, last if noun else at, end)
            if not match:
                break
            word, at = match[1], match.end()
            if word[0].isupper():
                if word in _MONTHS or (noun and not is_named):
                    break
                is_named = True
                if word[-1] == "s" and word in self._peoples:
                    noun, last = word, at
            elif word in self._measures.not_counted or word.endswith("ly"):
                break
            elif self._is_counted(word):
                noun, last = word, at
                if word not in self._measures.states:
                    break
            elif noun:
                break
        return noun, last, is_named

    def _may_precede(self, word: str, gap: str, figure: Figure, is_year: bool, before: str) -> bool:
        """Whether a figure after this word can count: not in 'page 7', 'May 12', 'Boeing 737' or 'the two'."""
        if "," in gap or "\n" in gap or (word[-1] == "." and word.lower() not in self._measures.designators):
            return True
        plain = word.lower()
        if plain in self._measures.designators or word in _MONTHS:
            return False
        if figure.is_word:
            return not (plain in _BACK and figure.low <= 12)
        if is_year and plain in ("the", "in", "of", "since", "by", "from", "until", "during", "for"):
            return False
        opens = before[: -len(word + gap)].rstrip()[-1:]
        return word[0].islower() or word[0].isdigit() or opens in ("", ".", "!", "?", "“", '"', ":", "\n")

    def _is_counted(self, word: str) -> bool:
        if word in self._measures.counted or word in self._measures.states:
            return True
        return word[-1] == "s" and word[-2:] not in ("ss", "us", "is") and len(word) > 3 and not word.endswith("'s")

    def _bounded(self, quantity: Quantity, before: str) -> Quantity:
        """With the end left open that 'at least' or 'up to' before it leaves open."""
        padded = f" {before.lower()}"
        if padded.endswith(_AT_LEAST) or before[-1:] == ">":
            return quantity._replace(high=None)
        if padded.endswith(_AT_MOST):
            return quantity._replace(low=None)
        return quantity


def _word_before(before: str) -> tuple[str, str]:
    """The last word of the text before a figure, without marks that open or close, and what stands after it."""
    rest = before.rstrip(_GAP)
    words = rest.rsplit(None, 1)
    word = words[-1].strip('“”"‘’():;') if words else ""
    return word, before[len(rest) :]


def quantity_of(surface: str, rules: QuantityRules) -> Quantity | None:
    """What a quantity says when it stands alone, None where the words are none: '33 km' is 33 to 33 kilometre."""
    figures = find_figures(surface, 0, len(surface))
    return next((found for figure in figures if (found := rules.read(surface, figure, 0, len(surface)))), None)
