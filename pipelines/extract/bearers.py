"""Who bears a name: the places of the gazetteer that a name can mean, with what speaks for each beforehand.

Made once per name and kept, so that an article costs what its context costs. `geocode.py` weighs them against it.
"""

from collections.abc import Iterable
from math import cos, dist, log10, radians, sin
from typing import NamedTuple

from pipelines.extract.gazetteer import Gazetteer
from pipelines.extract.spelling import fold, is_own, is_short_for, likeness
from pipelines.records import Place

SETTLED = ("city", "capital")
DIVIDED = ("admin1", "admin2")
# What a place weighs by its kind, on the scale of a town: the decimal logarithm of its people. Chosen so that a country
# goes before its capital, a listed region before all but a metropolis, and a division before any but a large town.
_WEIGHTS = {"country": 8.3, "continent": 8.3, "admin1": 6.0, "admin2": 4.5}
_LISTED = 6.3
_SEATED = 2.5  # what a division loses to its chief town where that bears its name: 'Idlib' is the town
_CHIEF = 0.5  # of the people of the division's largest town, which a town has to have: 'Quebec' is the province
_GREAT = 1_000_000  # people with which a town goes before its division in any case
_CLOSE = 100.0  # km from a division's centre where its town may stand under another code
_ALTERNATE = 1.0  # what a name costs that is not the place's own
_SHORTENED = 0.35  # and one that is a part of it: 'Santiago' for 'Santiago de Compostela'
_CAPITAL = 0.5
_LEAST = 2.5  # of a town whose people are not known
_EARTH = 6371.0  # km
_TOWN = 75.0  # km, the sum of two being the distance within which places support each other
_REGION = 200.0  # km of a region or division, whose centre stands for all of it
ALIKE = 0.6
"""Likeness that a spelling must have to the name of a place with the same consonants."""
_UNLIKE = 1.0  # what a spelling of likeness 0 would cost; it costs its share


class Bearer(NamedTuple):
    """One place that a name can mean: its weight, its country and division, its direction from the centre of the
    earth, the km that it is wide, 0 where it is no place to be near to, and what it lost to the town of its name."""

    place: Place
    weight: float
    kind: str
    area: tuple[str, str | None]
    where: tuple[float, float, float]
    width: float
    seat: float


def kind_of(place: Place) -> str:
    """The kind of a place as the words of a text tell it: 'settlement', 'division', 'country', 'water' …"""
    if place.kind in SETTLED:
        return "settlement"
    return "division" if place.kind in DIVIDED else place.kind


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
                self._known[name] = _weigh(name, found.get(name, []), self._gazetteer)
        return {name: self._known[name] for name in wanted}

    def spelled(self, names: Iterable[str], countries: Iterable[str]) -> dict[str, list[Bearer]]:
        """The bearers of names that are spelt otherwise in the gazetteer, within some countries alone."""
        found = self._gazetteer.lookup_spelled(names, countries)
        return {name: alike for name, places in found.items() if (alike := _alike(name, places))}


def _weigh(name: str, places: list[Place], gazetteer: Gazetteer) -> list[Bearer]:
    key = fold(name)
    countries = {place.country for place in places if place.kind == "country"}
    pairs = _seats(name, places, gazetteer)
    # That its division has the name says that it is a town's own, in another spelling.
    own, seated = {key, *(fold(town.name) for town, _ in pairs)}, {division.place_id for _, division in pairs}
    bearers = []
    for place in places:
        weight = _WEIGHTS.get(place.kind, _LISTED)
        if place.kind in SETTLED:
            weight = max(log10(place.population + 1), _LEAST) + (_CAPITAL if place.kind == "capital" else 0)
            if fold(place.name) not in own:
                weight -= _SHORTENED if is_short_for(name, place.name) else _ALTERNATE
        # What else in a country bears its name is told by words alone: 'the city of Luxembourg'.
        is_apart = place.kind != "country" and place.country in countries
        bearers.append(_bearer(place, weight, place.place_id in seated, is_apart))
    return sorted(bearers, key=lambda bearer: (-bearer.weight, bearer.place.place_id))


def _seats(name: str, places: list[Place], gazetteer: Gazetteer) -> list[tuple[Place, Place]]:
    """The towns that a name means before it means their division, with that."""
    divisions = [place for place in places if place.kind in DIVIDED]
    if not divisions:
        return []
    towns = [place for place in places if place.kind in SETTLED and is_own(name, place.name)]
    chief = {town.place_id for town in towns if _is_chief(town, gazetteer)}
    return [
        (town, division)
        for town in towns
        for division in divisions
        # A county is not compared with all of its province: 'Sligo' is the town.
        if (division.kind == "admin2" or town.place_id in chief) and _lies_in(town, division)
    ]


def _is_chief(town: Place, gazetteer: Gazetteer) -> bool:
    """Whether a division that bears a town's name means the town first: not where it has a far larger one."""
    if town.kind == "capital" or town.population >= _GREAT:
        return True
    return town.population >= _CHIEF * gazetteer.most_people(town.country, town.admin1)


def _lies_in(town: Place, division: Place) -> bool:
    if town.country != division.country:
        return False
    return town.admin1 == division.admin1 or _EARTH * dist(_direction(town), _direction(division)) < _CLOSE


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


def _bearer(place: Place, weight: float, is_seated: bool = False, is_apart: bool = False) -> Bearer:
    kind = kind_of(place)
    width = _TOWN if kind == "settlement" else 0.0 if kind in ("country", "continent") else _REGION
    seat = _SEATED if is_seated else 0.0
    return Bearer(
        place, weight - seat, kind, (place.country, place.admin1), _direction(place), 0.0 if is_apart else width, seat
    )


def _direction(place: Place) -> tuple[float, float, float]:
    lat, lon = radians(place.lat), radians(place.lon)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)
