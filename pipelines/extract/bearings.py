"""What the words before and after a place name make of it: '15 km east of Idlib', 'southern Lebanon'.

Pure functions over a text and the span of one name. A distance and bearing say where something lies, seen from the
place; a part says which of its parts is meant. Which place it is, is decided in `geocode.py`.
"""

import re
from typing import NamedTuple

_POINTS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
BEARINGS = {point: float(45 * i) for i, point in enumerate(_POINTS)}
"""Degrees clockwise from north."""

_POINT = r"(?:north|south)[\s-]?(?:east|west)|north|south|east|west"
_KM = {"k": 1.0, "m": 1.609344, "n": 1.852, "me": 0.001}  # by the first letters of the unit
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "eighty": 80, "a hundred": 100, "a": 1, "a dozen": 12}
_AMOUNT = r"\d[\d,]*(?:\.\d+)?|" + "|".join(sorted(_NUMBERS, key=len, reverse=True))
_UNIT = r"kms?|kilomet(?:re|er)s?|miles?|mi|nautical miles?|met(?:re|er)s?"
# What may stand between 'of' and the name: 'east of the city of Homs', 'south of the Iraqi capital Baghdad'.
_CALLED = (
    r"(?:the )?(?:(?:nearby|old|port|coastal|border|southern|northern|eastern|western|[A-Z][a-z]+(?:i|n|sh|ese)) )*"
    r"(?:(?:city|town|village|capital|port|hamlet)(?: city)?(?: of|,)? )?"
)
_COMPASS = re.compile(rf"\b(?:{_POINT})|\bcentral", re.IGNORECASE)
# From a point of the compass to the name, and what may stand before the point.
_SEEN_FROM = re.compile(rf"(?P<point>{_POINT})(?:wards?)?\s(?P<from>of|from)\s{_CALLED}\Z", re.IGNORECASE)
_DISTANCE = re.compile(
    rf"(?P<article>\bthe )?(?:\b(?P<amount>{_AMOUNT})[\s-](?P<unit>{_UNIT})\b(?:\s?\([^()]{{1,24}}\))?,?\s)?"
    r"(?:away )?(?:(?:to|in) )?(?P<the>the )?(?:(?:due|just|further|far|well|some way) )?\Z",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"(?P<point>{_POINT}|central)(?:ern(?:most)?)?\s(?:(?:and|or)\s\w+\s)?"
    r"(?:(?P<piece>parts?|half|areas?|regions?|districts?|suburbs?|outskirts|neighbou?rhoods?|end|edge|corner|side"
    r"|provinces|states|counties)\s(?:of|in)\s(?:the )?(?:(?:city|town|province|state|region|district) of )?)?\Z",
    re.IGNORECASE,
)
_OWN_PART = re.compile(
    rf"['’]s?\s(?:(?:far|deep|remote|restive|mainly|war-torn|troubled)\s)?(?P<point>{_POINT}|central)"
    r"(?:ern(?:most)?\s(?:parts?|half|areas?|regions?|districts?|provinces?|states|counties|suburbs|outskirts|tip|flank)\b"
    r"|(?=[.,;:!?)]|\Z|\s(?!coast|border|[A-Z])))",
    re.IGNORECASE,
)
_TOLD_IN = 60  # characters before the point of the compass in which a distance is looked for
_REACH = 90  # characters before a name: '15 kilometers (9 miles) to the north-east of the Syrian town of'


class Bearing(NamedTuple):
    """Where something lies seen from a place: kilometres, None where none are told, and degrees from north."""

    km: float | None
    degrees: float


def find_surroundings(text: str, start: int, end: int) -> tuple[Bearing | None, str | None]:
    """The offset from the name at [start, end) that the text speaks of, and the part of it that is meant.

    The part is a compass point ('north' … 'northwest') or 'central'. At most one of the two is given: 'the north of
    Lebanon' is a part, 'north of Beirut' an offset.
    """
    before = text[max(0, start - _REACH) : start]
    lower = before.lower()
    if "east" in lower or "west" in lower or "north" in lower or "south" in lower or "central" in lower:
        points = [found.start() for found in _COMPASS.finditer(before)]
        for at in points:
            if seen := _SEEN_FROM.match(before, at):
                return _offset(seen, before[max(0, at - _TOLD_IN) : at])
        for at in points:
            if part := _PART.match(before, at):
                return None, _point(part["point"])
    after = text[end : end + 40]
    if after[:1] in "'’" and (own := _OWN_PART.match(after)):
        return None, _point(own["point"])
    return None, None


def _offset(seen: re.Match[str], before: str) -> tuple[Bearing | None, str | None]:
    """What 'east of' comes to with the words before it: an offset, or after a bare 'the' a part."""
    point = _point(seen["point"])
    told = _DISTANCE.search(before)
    if told is None:
        return Bearing(None, BEARINGS[point]), None
    if (told["the"] or told["article"]) and not told["amount"] and seen["from"].lower() == "of":
        return None, point
    return Bearing(_km(told), BEARINGS[point]), None


def _point(words: str) -> str:
    return re.sub(r"[\s-]", "", words.casefold())  # to these patterns 'ſ' is an 's', too


def _km(offset: re.Match[str]) -> float | None:
    """The distance of an offset in kilometres, rounded as its words are."""
    amount, unit = offset["amount"], offset["unit"]
    if amount is None:
        return None
    number = float(_NUMBERS[amount.casefold()] if amount[0].isalpha() else amount.replace(",", "").rstrip("."))
    unit = unit.casefold()
    km = number * _KM["me" if unit.startswith("met") else unit[0]]
    return round(km, 1) if km < 10 else float(round(km))
