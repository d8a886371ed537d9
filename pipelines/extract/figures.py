"""Finds the numbers of a text and what they come to: '1.2 million', 'twenty-three', '20-30', 'tens of thousands of'.

What a number counts is read by `money.py` and `quantities.py`; where both leave it alone it is none of ours. Dates read
their numbers themselves (`numerals.py`).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_SMALL = {word: number for number, word in enumerate(f"{_ONES} eighteen nineteen".split(), 1)}
_TENS = {
    word: 10 * number for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_WORDS = _SMALL | _TENS | {"a": 1, "an": 1}
_SCALES = {
    "dozen": 12, "score": 20, "hundred": 100, "thousand": 1_000, "k": 1_000, "lakh": 100_000, "lakhs": 100_000,
    "million": 10**6, "m": 10**6, "mn": 10**6, "mln": 10**6, "crore": 10**7, "crores": 10**7, "billion": 10**9,
    "bn": 10**9, "trillion": 10**12, "tn": 10**12, "trn": 10**12,
}  # fmt: skip
_VAGUE = {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1_000, "millions": 10**6}
_VAGUE |= {"billions": 10**9, "trillions": 10**12}
_SHARES = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "sixth": 1 / 6, "eighth": 1 / 8}
_SHARES |= {"tenth": 1 / 10}


def _either_case(words: str) -> str:
    """An alternation of words that may open a sentence."""
    return "|".join(f"[{word[0]}{word[0].upper()}]{word[1:]}" for word in words.split())


_BIG = r"(?:million|billion|trillion|thousand|hundred|lakhs?|crores?|dozen)\b"
_SHORT = r"(?:bn|mn|mln|trn|tn|m|k|M|B|K)\b"
_DIGITS = r"\d{1,3}(?:,\d{2,3}){1,5}(?:\.\d{1,9})?(?!\d)|\d{1,15}(?:\.\d{1,9})?(?!\d)"
_FIGURES = rf"(?:{_DIGITS})(?:[ \xa0-]{_BIG}(?: crore\b)?|[ \xa0]?{_SHORT}(?![/²³]))?"
_ONE = _either_case(" ".join(_SMALL))
_TEN = _either_case(" ".join(_TENS))
_CARDINAL = rf"(?:(?:{_TEN})(?:[- ](?:{'|'.join(_SMALL)})\b)?|(?:{_ONE}))(?![\w])(?: and a half)?"
_SPELT = (
    rf"(?:[hH]alf an? {_BIG}|[aA] {_BIG}|[aA] couple of\b"
    rf"|{_CARDINAL}(?: {_BIG}(?: and {_CARDINAL}| {_BIG})?)?)"
)
_OF_MANY = (
    rf"(?:{_either_case('tens dozens scores hundreds thousands millions billions trillions')})"
    r"(?: of (?:hundreds|thousands|millions|billions))?(?: of (?:thousands|millions|billions))? of\b"
)
_SHARE = (
    r"(?:[aA]|[oO]ne|[tT]wo|[tT]hree|[fF]our)[- ](?:half|third|quarter|fifth|sixth|eighth|tenth)s?(?= of\b)"
    r"|[hH]alf(?= of\b)"
)
_NUMBER = rf"(?:{_FIGURES}|{_SPELT})"
_TO = r"(?:%[-–](?=[\d.]{1,9}%)|[ \xa0]?[-–][ \xa0]?(?:[$€£](?=\d))?| to | or )"
FIGURE = re.compile(
    rf"(?:(?<![\d.,])(?<!\d[:/])(?P<digits>{_FIGURES})|(?:(?P<share>{_SHARE})|(?P<many>{_OF_MANY})|(?P<spelt>{_SPELT})))"
    rf"(?:{_TO}(?P<second>{_NUMBER}))?"
)
_SIGNS = frozenset("$€£")
_AND = re.compile(rf" and (?:[$€£](?=\d))?(?P<second>{_NUMBER})")
_PARTS = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+")

# What a figure begins with: digits, or such letters behind a blank or what opens a phrase. It changes nothing but the
# time. The blank stands by itself since the engine finds a literal fastest.
_WORDS_BEGIN = (
    r"(?:o(?:ne)|t(?:w[eo]|hr|hi|ho|en|ri)|f(?:our|ive|ift|ort)|s(?:ix|ev|co)|e(?:igh|lev)|n(?:ine)|d(?:oz)"
    r"|h(?:undreds|alf )|m(?:illions)|b(?:illions)|a (?:[dhtmbcqfse])|O(?:ne)|T(?:w[eo]|hr|hi|ho|en|ri)"
    r"|F(?:our|ive|ift|ort)|S(?:ix|ev|co)|E(?:igh|lev)|N(?:ine)|D(?:oz)|H(?:undreds|alf )|M(?:illions)|B(?:illions)"
    r"|A (?:[dhtmbcqfse]))"
)
_BEGINNINGS = (
    re.compile(r"([0-9])[0-9]*"),
    re.compile(rf" (){_WORDS_BEGIN}"),
    re.compile(rf"[\xa0\n\t\"'“‘(\[—–-](){_WORDS_BEGIN}"),
)


class Figure(NamedTuple):
    """A number in the text: its offsets and its least and greatest value, `high` None where it is open.

    `is_word` where it is spelt, `is_bare` for plain digits, which could be a year or name something, `is_share` for
    a fraction.
    """

    start: int
    end: int
    low: float
    high: float | None
    is_word: bool = False
    is_bare: bool = False
    is_share: bool = False


def find_figures(text: str, start: int, end: int) -> Iterator[Figure]:
    """The numbers between two offsets, in order; a range ('20-30', 'between 20 and 30') is one."""
    at = start
    begins = [match.start(1) for beginning in _BEGINNINGS for match in beginning.finditer(text, start, end)]
    for first in sorted([start, *begins]):
        if first >= at and (match := FIGURE.match(text, first, end)):
            figure = _figure(text, match, start, end)
            at = figure.end
            yield figure


def _figure(text: str, match: re.Match[str], start: int, end: int) -> Figure:
    first, kind = match.start(), match.lastgroup or ""
    if kind == "share":
        share = share_of(match["share"])
        return Figure(first, match.end(), share, share, True, False, True)
    if match["many"]:  # with 'or two' behind it, it is no range
        return Figure(first, match.end("many"), 2 * _many(match["many"]), None, True)
    if kind == "second":
        kind = "digits" if match["digits"] else "spelt"
        if both := _range(match[kind], match["second"]):
            return Figure(first, match.end(), *both, kind == "spelt")
    own, last, is_word = match[kind], match.end(kind), kind == "spelt"
    sign = text[max(start, first - 1) : first] in _SIGNS
    if (
        text[last : last + 5] == " and "
        and text[max(start, first - sign - 8) : first - sign].lower() == "between "
        and (other := _AND.match(text, last, end))
        and (both := _range(own, other["second"]))
    ):
        # Behind a sign it starts with the number, as others do: money.py looks for the sign before it.
        return Figure(first if sign else first - 8, other.end(), *both, is_word)
    is_bare = own.isdigit()
    value = float(own) if is_bare else value_of(own)
    return Figure(first, last, value, value, is_word, is_bare)


def _range(first: str, second: str) -> tuple[float, float] | None:
    """Both ends: of '3 to 5 million' the first is in millions, too. None where they do not rise: '3-1'."""
    low, high = value_of(first), value_of(second)
    scale = _scale(second)
    if scale > 1 and _scale(first) == 1 and low * scale < high:
        low *= scale
    return (low, high) if low < high else None


def _scale(number: str) -> int:
    return _SCALES.get(re.split(r"[ \xa0\d-]", number.lower())[-1], 1)


def value_of(number: str) -> float:
    """What a number comes to: '14.5 lakh' is 1,450,000, 'half a million' 500,000, 'two and a half' 2.5."""
    total = current = 0.0
    plain = number.lower().replace(" and a half", " half").replace("half a ", "half ").replace("a couple", "two")
    for word in _PARTS.findall(plain):
        if word[0].isdigit():
            current += float(word.replace(",", ""))
        elif word == "half":
            current += 0.5
        elif word == "hundred":
            current = 100 * (current or 1)
        elif scale := _SCALES.get(word):
            # 'lakh crore' multiplies, 'two million five hundred thousand' adds.
            total, current = (total + current * scale) if current else (total or 1) * scale, 0.0
        else:
            current += _WORDS.get(word, 0)
    return round(total + current, 6)  # without the dust of binary fractions


def _many(number: str) -> int:
    """'tens of thousands of' is 10,000."""
    value = 1
    for word in number.lower().split():
        value *= _VAGUE.get(word, 1)
    return value


def share_of(number: str) -> float:
    """'two-thirds' is 0.667, to three places."""
    words = re.split(r"[- ]", number.lower())
    return round(_WORDS.get(words[0], 1) * _SHARES[words[-1].removesuffix("s")], 3)
