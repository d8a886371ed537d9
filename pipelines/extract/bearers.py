"""Who bears a name: the places of the gazetteer that a name can mean, with what speaks for each beforehand.

Made once per name and kept, so that an article costs what its context costs. `geocode.py` weighs them against it.
"""

from collections.abc import Iterable
from math import cos, log10, radians, sin
from typing import NamedTuple

from pipelines.extract.gazetteer import Gazetteer
from pipelines.extract.spelling import fold, likeness
from pipelines.records import Place

SETTLED = ("city", "capital")
# What a place weighs by its kind, on the scale of a town: the decimal logarithm of its people. Chosen so that a country
# goes before its capital, a listed region before all but a metropolis, and a division before any but a large town.
_WEIGHTS = {"country": 8.3, "continent": 8.3, "admin1": 6.0, "admin2": 4.5}
_LISTED = 6.3
_SEATED = 2.0  # what a division loses to the town in it that bears its name: 'Idlib' is the town
_ALTERNATE = 0.7  # what a name costs that is not the place's own
_CAPITAL = 0.5
_LEAST = 2.5  # of a town whose people are not known
_TOWN = 75.0  # km, the sum of two being the distance within which places support each other
_REGION = 200.0  # km of a region or division, whose centre stands for all of it
ALIKE = 0.6
"""Likeness that a spelling must have to the name of a place with the same consonants."""
_UNLIKE = 1.0  # what a spelling of likeness 0 would cost; it costs its share


class Bearer(NamedTuple):
    """One place that a name can mean: its weight, its country and division, its direction from the centre of the
    earth, and the km that it is wide, 0 where it is no place to be near to."""

    place: Place
    weight: float
    kind: str
    area: tuple[str, str | None]
    where: tuple[float, float, float]
    width: float


def kind_of(place: Place) -> str:
    """The kind of a place as the words of a text tell it: 'settlement', 'division', 'country', 'water' …"""
    if place.kind in SETTLED:
        return "settlement"
    return "division" if place.kind in ("admin1", "admin2") else place.kind


class Register:
    """The bearers of names, kept by name."""

    def __init__(self, gazetteer: Gazetteer, most: int = 300_000) -> None:
        self._gazetteer = gazetteer
        self._most = most
        self._known: dict[str, list[Bearer]] = {}

    def bearers(self, names: Iterable[str]) -> dict[str, list[Bearer]]:
        """The bearers of each name, the weightiest first; the list of a name unknown is empty."""
        wanted = set(names)
        if len(self._known) > self._most:
            self._known.clear()
        fresh = [name for name in wanted if name not in self._known]
        if fresh:
            found = self._gazetteer.lookup(fresh)
            for name in fresh:
                self._known[name] = _weigh(name, found.get(name, []))
        return {name: self._known[name] for name in wanted}

    def spelled(self, names: Iterable[str], countries: Iterable[str]) -> dict[str, list[Bearer]]:
        """The bearers of names that are spelt otherwise in the gazetteer, within some countries alone."""
        found = self._gazetteer.lookup_spelled(names, countries)
        return {name: alike for name, places in found.items() if (alike := _alike(name, places))}


def _weigh(name: str, places: Iterable[Place]) -> list[Bearer]:
    key = fold(name)
    places = list(places)
    seats = {(place.country, place.admin1) for place in places if place.kind in SETTLED and fold(place.name) == key}
    bearers = []
    for place in places:
        weight = _WEIGHTS.get(place.kind, _LISTED)
        if place.kind in SETTLED:
            weight = max(log10(place.population + 1), _LEAST) + (_CAPITAL if place.kind == "capital" else 0)
        elif place.kind in ("admin1", "admin2") and (place.country, place.admin1) in seats:
            weight -= _SEATED
        if place.kind in SETTLED and fold(place.name) != key:
            weight -= _ALTERNATE
        bearers.append(_bearer(place, weight))
    return sorted(bearers, key=lambda bearer: (-bearer.weight, bearer.place.place_id))


def _alike(name: str, places: Iterable[Place]) -> list[Bearer]:
    bearers = []
    for place in places:
        degree = likeness(name, place.name)
        if degree >= ALIKE:
            weight = (
                max(log10(place.population + 1), _LEAST) if place.kind in SETTLED else _WEIGHTS.get(place.kind, 5.0)
            )
            bearers.append(_bearer(place, weight - _UNLIKE * 10 * (1 - degree) / 2))
    return sorted(bearers, key=lambda bearer: (-bearer.weight, bearer.place.place_id))


def _bearer(place: Place, weight: float) -> Bearer:
    lat, lon = radians(place.lat), radians(place.lon)
    where = (cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat))
    kind = kind_of(place)
    width = _TOWN if kind == "settlement" else 0.0 if kind in ("country", "continent") else _REGION
    return Bearer(place, weight, kind, (place.country, place.admin1), where, width)
