"""Reads sums of money: '$3 billion', 'Rs 14.5 lakh', '80,000 euros', '500 Swiss francs'.

A figure (`figures.py`) is a sum where a currency's sign, code or word stands at it. The currency is an ISO 4217 code,
None where the words leave it open ('20 crowns', '300 pesos').
"""

import re
from typing import NamedTuple

from pipelines.extract.figures import Figure, find_figures
from pipelines.lookups.things import Currencies

_FIRST = re.compile(r"[ \xa0-]?([^\W\d_]+|[$€£])")
_OPENING = "([\"“‘'-–—/"
_LONGEST_SIGN = 9
_BLANKS = frozenset(" \xa0")
_TAIL = re.compile(r"-(million|billion|trillion)\b")
_FACTOR = {"million": 10**6, "billion": 10**9, "trillion": 10**12}
_LARGE = re.compile(r"[a-zA-Z.,]|\d{3}")
_SMALLEST = 1_000  # of a currency whose name means something else, too: '12 won'
_WEIGHED = re.compile(r" (?:of|per square|heavier|lighter|overweight)\b")


class Money(NamedTuple):
    """A sum: offsets in the text, the currency's ISO 4217 code, None where it is in doubt, least and greatest amount.

    `high` is None where the sum is open: 'millions of dollars'.
    """

    start: int
    end: int
    currency: str | None
    low: float
    high: float | None


class MoneyRules:
    """The rules over one set of currencies."""

    def __init__(self, currencies: Currencies) -> None:
        self._currencies = currencies
        words = "|".join(re.escape(form) for form in sorted(currencies.words, key=len, reverse=True))
        self._firsts = {form.split()[0] for form in currencies.words} | {"U"}
        self._word = re.compile(rf"[ \xa0-]?(?P<word>{words})(?!\w)")

    def read(self, text: str, figure: Figure, start: int, end: int) -> Money | None:
        """The sum that a figure is, None where it is no money. Looks between `start` and `end`."""
        if figure.is_share:
            return None
        if not figure.is_word and (sign := self._sign(text, figure, start)):
            last, factor = figure.end, 1
            if scale := _TAIL.match(text, last, end):
                last, factor = scale.end(), _FACTOR[scale[1]]
            return _sum(text.rindex(sign, start, figure.start), last, self._currencies.signs[sign], figure, factor)
        first = _FIRST.match(text, figure.end, end)
        if not first or first[1] not in self._firsts:
            return None
        word = self._word.match(text, figure.end, end)
        if not word or (word["word"] in self._currencies.doubtful and figure.low < _SMALLEST):
            return None
        if word["word"].startswith("pound") and _WEIGHED.match(text, word.end(), end):
            return None
        currency, part = self._currencies.words[word["word"]]
        return _sum(figure.start, word.end(), currency, figure, part)

    def _sign(self, text: str, figure: Figure, start: int) -> str:
        """The currency's sign before a figure, '' where there is none; a letter needs a number written as a sum."""
        last = figure.start - (text[figure.start - 1 : figure.start] in _BLANKS)
        first = max(start, last - _LONGEST_SIGN)
        first = max(first, text.rfind(" ", first, last) + 1, text.rfind("\n", first, last) + 1)
        sign = text[first:last].lstrip(_OPENING)
        if sign not in self._currencies.signs:
            return ""
        is_letter = len(sign) == 1 and sign.isalpha()
        return "" if is_letter and not _LARGE.search(text[figure.start : figure.end]) else sign


def _sum(start: int, end: int, currency: str | None, figure: Figure, factor: float) -> Money:
    low, high = round(figure.low * factor, 6), None if figure.high is None else round(figure.high * factor, 6)
    return Money(start, end, currency, low, high)


def money_of(surface: str, rules: MoneyRules) -> Money | None:
    """What a sum of money says, None where the words are none: 'Rs 14.5 lakh' is 1,450,000 INR."""
    return next((money for figure in find_figures(surface, 0, len(surface))
                 if (money := rules.read(surface, figure, 0, len(surface)))), None)  # fmt: skip
