"""Which place each place name of one article means: candidates with scores and reasons, offsets, parts, metonyms.

A pure function over the article's text and the names in it. All names are weighed together: a place gains by what it is
(`bearers.py`), by what the text says of it (`place_cues.py`), by its country being named and by the other places that
the article means, which are weighed the same way, until after a fixed number of rounds all is settled. Nothing depends
on the order of names or articles. After Leidner, Toponym Resolution in Text (2007): one sense per name and article,
minimal distance, containment, population.
"""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from pipelines.extract.bearers import Bearer, Register
from pipelines.extract.bearings import find_surroundings
from pipelines.extract.gazetteer import Gazetteer
from pipelines.extract.metonyms import SEATS, stands_for_government
from pipelines.extract.place_cues import Cues, PlaceName, find_cues, own_kind
from pipelines.extract.spelling import fold
from pipelines.extract.weighing import Candidate, Group, weigh
from pipelines.lookups.lists import Lookups
from pipelines.records import Place

_WIDEST = 8  # bearers of one name that are weighed, besides those where the article is
_MOST = 16  # and with them
_LEAST = 2  # bearers that are weighed in any case
_FAR_BELOW = 2.5  # weight that a bearer may lack where nothing of the article is; it would have to make up for it
_FEW = 3  # bearers of a name that tells where the article is before anything is weighed
_RESPELL_BELOW = 4.5  # weight of the best exact bearer below which other spellings are asked for as well
_LOOKED_THROUGH = 200_000  # characters in which demonyms are looked for, so that a book stays linear

_CAPITALISED = re.compile(r"[A-ZÅ]\w+")
_VARIANTS = {
    "water": ("River {}", "{} River", "Lake {}", "{} Sea", "{}"),
    "mountain": ("Mount {}", "{} Mountains", "{}"),
    "island": ("{} Island", "{} Islands", "{}"),
}

_folded = lru_cache(maxsize=200_000)(fold)
_Key = tuple[str, str, str]  # a folded name, its kind where the text tells it, the folded name that it lies in


class PlaceReading(NamedTuple):
    """What one name means. `place` is None where nothing is known or believed of it.

    `offset_km` and `bearing` (degrees clockwise from north) say where the text speaks of, seen from the place; a
    bearing may stand without a distance. `part` is a compass point or 'central'. A name that `is_metonym` stands for
    the government that sits there and is no place where something happens.
    """

    name: PlaceName
    place: Place | None
    candidates: tuple[Candidate, ...]
    offset_km: float | None
    bearing: float | None
    part: str | None
    is_metonym: bool


def geocode(
    text: str, names: Sequence[PlaceName], gazetteer: Gazetteer, lookups: Lookups, outlet_country: str | None = None
) -> list[PlaceReading]:
    """The reading of each name of one article, in the order given, which has to be that of position.

    `outlet_country` is ISO 3166-1 alpha-2. The cost grows with the number of names: of more than 48 different ones the
    most frequent 48 support all others.
    """
    return _geocoder(gazetteer, lookups).read(text, names, outlet_country)


@lru_cache(maxsize=2)
def _geocoder(gazetteer: Gazetteer, lookups: Lookups) -> "Geocoder":
    return Geocoder(gazetteer, lookups)


class Geocoder:
    """`geocode` with what can be prepared once."""

    def __init__(self, gazetteer: Gazetteer, lookups: Lookups) -> None:
        self._register = Register(gazetteer)
        peoples = {phrase: known.country for phrase, known in lookups.known.items() if known.type == "nationality"}
        self._peoples = {phrase: country for phrase, country in peoples.items() if country and " " not in phrase}
        self._words = frozenset(self._peoples)
        self._longer: dict[str, list[tuple[str, str]]] = {}
        for phrase, country in peoples.items():
            if country and " " in phrase:
                self._longer.setdefault(phrase.partition(" ")[0], []).append((phrase, country))
        self._first = frozenset(self._longer)

    def read(self, text: str, names: Sequence[PlaceName], outlet_country: str | None) -> list[PlaceReading]:
        """See `geocode`."""
        if not names:
            return []
        cues = find_cues(text, names)
        exact = self._register.bearers(name.name for name in names)
        variants = self._variants(names, cues.kinds)
        peoples = self._named_peoples(text)
        groups = self._group(names, cues, exact, variants, peoples)
        weighed = weigh(groups, peoples, outlet_country)
        readings: list[PlaceReading | None] = [None] * len(names)
        for group, (candidates, place) in zip(groups, weighed, strict=True):
            for i in group.mentions:
                start, end, _ = names[i]
                offset, part = find_surroundings(text, start, end)
                is_metonym = (
                    place is not None
                    and (place.kind == "capital" or place.place_id in SEATS)
                    and offset is None
                    and part is None
                    and stands_for_government(text, start, end)
                )
                km, bearing = offset if offset else (None, None)
                readings[i] = PlaceReading(names[i], place, candidates, km, bearing, part, is_metonym)
        return [reading for reading in readings if reading]

    def _named_peoples(self, text: str) -> frozenset[str]:
        """The countries whose people the text names: 'Syrian', 'South Koreans'."""
        text = text[:_LOOKED_THROUGH]
        words = set(_CAPITALISED.findall(text))
        countries = {self._peoples[word] for word in words & self._words}
        for word in words & self._first:
            countries |= {country for phrase, country in self._longer[word] if phrase in text}
        return frozenset(countries)

    def _variants(self, names: Sequence[PlaceName], kinds: Sequence[str | None]) -> dict[tuple[str, str], list[Bearer]]:
        """The rivers, mountains and islands that a name means by the word beside it: 'the river Tay'."""
        wanted = {(name.name, kind) for name, kind in zip(names, kinds, strict=True) if kind in _VARIANTS}
        if not wanted:
            return {}
        forms = {(name, kind): [form.format(name) for form in _VARIANTS[kind or ""]] for name, kind in wanted}
        found = self._register.bearers(form for some in forms.values() for form in some)
        return {
            (name, kind or ""): [bearer for form in forms[name, kind] for bearer in found[form] if bearer.kind == kind]
            for name, kind in forms
        }

    def _group(
        self,
        names: Sequence[PlaceName],
        cues: Cues,
        exact: Mapping[str, list[Bearer]],
        variants: Mapping[tuple[str, str], list[Bearer]],
        peoples: frozenset[str],
    ) -> list[Group]:
        """The names by what must have one reading, in order of key, each with the bearers to be weighed."""
        folded = {name.name: _folded(name.name) for name in names}
        keys = []
        for name, kind, holder in zip(names, cues.kinds, cues.within, strict=True):
            where = folded[names[holder].name] if holder is not None else ""
            keys.append((folded[name.name], kind or "", where))
        mentions: dict[_Key, list[int]] = {}
        for i, key in enumerate(keys):
            mentions.setdefault(key, []).append(i)
        found: dict[_Key, list[Bearer]] = {}
        for key, some in mentions.items():
            called = names[some[0]].name
            extra = variants.get((called, key[1]))
            found[key] = (
                [*extra, *(bearer for bearer in exact[called] if bearer not in extra)] if extra else exact[called]
            )
        areas = _areas(found.values())
        countries = {country for country, _ in areas} | peoples
        spelled = self._spelled(names, mentions, found, countries, peoples | _vouched(found))
        named = set(folded.values())
        order = {key: number for number, key in enumerate(sorted(mentions))}
        groups = []
        for key in order:
            some = mentions[key]
            holders = {order[keys[holder]] for i in some if (holder := cues.within[i]) is not None}
            others = spelled.get(key, [])
            bearers = [*_narrowed(found[key], areas, countries), *others[:_WIDEST]]
            has_the = any(cues.articles[i] for i in some)
            lists = {number for i in some if (number := cues.lists[i]) is not None}
            groups.append(
                Group(
                    key[0],
                    key[1],
                    has_the,
                    min(holders, default=None),
                    f"{key[0]} city" in named,
                    lists,
                    bearers,
                    bool(others),
                    some,
                )
            )
        return groups

    def _spelled(
        self,
        names: Sequence[PlaceName],
        mentions: Mapping[_Key, list[int]],
        found: Mapping[_Key, list[Bearer]],
        countries: Set[str],
        vouched: Set[str],
    ) -> dict[_Key, list[Bearer]]:
        """Other spellings of names with no bearer in the article's countries and no great one elsewhere.

        They are sought in the countries that are `vouched` for alone, or else two names by chance like small towns
        of one country would bear each other out; and of settlements, which most are: what is called a river ('Coruh
        River') is spelt like no town.
        """
        doubtful = {
            key: names[mentions[key][0]].name
            for key, bearers in found.items()
            if (
                not bearers or (bearers[0].weight < _RESPELL_BELOW and not any(b.area[0] in countries for b in bearers))
            )
            and (key[1] or own_kind(key[0])) not in _VARIANTS
        }
        if not doubtful:
            return {}
        spelled = self._register.spelled(doubtful.values(), vouched)
        return {
            key: [bearer for bearer in spelled.get(name, []) if bearer not in found[key]]
            for key, name in doubtful.items()
        }


def _areas(found: Iterable[list[Bearer]]) -> frozenset[tuple[str, str | None]]:
    """Where an article is, at a first look: the areas of its names that mean few places, and of the weightiest else."""
    bearers = (bearer for some in found for bearer in (some if len(some) <= _FEW else some[:1]))
    return frozenset(bearer.area for bearer in bearers if bearer.area[0])


def _vouched(found: Mapping[_Key, list[Bearer]]) -> frozenset[str]:
    """The countries that a name surely speaks of: a great place, or two names of smaller ones."""
    great: set[str] = set()
    smaller: dict[str, set[str]] = {}
    for (name, _, _), bearers in found.items():
        if not bearers:
            continue
        if bearers[0].weight >= _RESPELL_BELOW:
            great.add(bearers[0].area[0])
        for bearer in bearers if len(bearers) <= _FEW else bearers[:1]:
            smaller.setdefault(bearer.area[0], set()).add(name)
    return frozenset(great | {country for country, some in smaller.items() if len(some) > 1})


def _narrowed(bearers: list[Bearer], areas: Set[tuple[str, str | None]], countries: Set[str]) -> list[Bearer]:
    """Of many bearers those that may be meant: the weightiest, and the weightiest of those where the article is."""
    if len(bearers) <= _LEAST:
        return bearers
    least = bearers[0].weight - _FAR_BELOW
    first = [bearer for bearer in bearers[:_WIDEST] if bearer.weight >= least or bearer.area[0] in countries]
    if len(first) < _LEAST:
        first = bearers[:_LEAST]
    rest = bearers[_WIDEST:]
    if not rest:
        return first
    there = [bearer for bearer in rest if bearer.area in areas]
    there += [bearer for bearer in rest if bearer.area[0] in countries and bearer.area not in areas]
    return [*first, *there[: _MOST - _WIDEST]]
