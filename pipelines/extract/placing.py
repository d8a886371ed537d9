"""What tells a place from any other name, and one place from another: cues around it, its size, its country.

Pure functions over the text and candidates of the gazetteer; `settle.py` weighs them for one article.
"""

import re
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache

from pipelines.extract.spelling import fold
from pipelines.lookups.lists import Known
from pipelines.records import Place

# From LARGE on a town counts without its country in the article, from MIDDLING on with it or after a mere
# 'in'. Halving or doubling either moves the F1 of places on Voice of America news by less than .002.
LARGE = 100_000
MIDDLING = 15_000

_NEAR = re.compile(
    r"\b(?:in|near|from|outside|off|around|to|toward|towards|into|across|through|between|reach|reached|left"
    r"|entered|leave|visit|visited|over|inside|at|via)"
    r"\s(?:the |northern |southern |eastern |western |central |nearby )?\Z"
)
_DATELINE = re.compile(r"(?:, [A-Z][\w. ]{1,30})?\s?(?:\([\w., ]{1,20}\)\s?)?[-–—]")
_folded = lru_cache(maxsize=200_000)(fold)


def follows_near(before: str) -> bool:
    """Whether the text before a name ends with a word of place: 'in', 'near the', 'from northern'."""
    return bool(_NEAR.search(before))


def country_follows(text: str, end: int, known: Mapping[str, Known]) -> bool:
    """Whether a listed place stands after a comma: 'Houston, Texas'."""
    if text[end : end + 2] != ", ":
        return False
    words = text[end + 2 : end + 32].replace(",", " ,").split()
    entries = (known.get(" ".join(words[:n]).rstrip(".")) for n in (1, 2))
    return any(entry is not None and entry.type == "place" for entry in entries)


def is_own_name(place: Place, name: str) -> bool:
    """Whether a place is called so itself, not by some alternate name."""
    return place.name == name or _folded(place.name) == _folded(name)


def best_place(places: Sequence[Place], name: str, countries: Set[str | None]) -> Place:
    """The likeliest of some places: in a country that the article names, of just this name, the largest."""
    if len(places) == 1:
        return places[0]
    near = [place for place in places if place.country in countries] or places
    own = (place for place in near if place.population >= MIDDLING and is_own_name(place, name))
    return next(own, near[0])


def opens_dateline(text: str, end: int, places: Sequence[Place]) -> bool:
    """Whether a name in capitals that ends there is the city of a dateline: 'LAGOS (Reuters) -'."""
    return any(place.population >= MIDDLING for place in places) and _DATELINE.match(text, end) is not None
