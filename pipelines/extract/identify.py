"""Which entity and which place each settled name of one article means.

Names that the article joins are one entity (`entities.py`), place names mean the place that fits the article best
(`geocode.py`), reviewed decisions have the last word (`decisions.py`). A capital that speaks for its government is a
mention of its country: 'Ankara would drive them back' says nothing of the town.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pipelines.extract.decisions import Decisions
from pipelines.extract.entities import ResolvedName, entity_of, resolve_entities
from pipelines.extract.facility_towns import at_town, town_of
from pipelines.extract.gazetteer import Gazetteer
from pipelines.extract.geocode import PlaceReading, geocode
from pipelines.extract.lands import country_names
from pipelines.extract.place_cues import PlaceName
from pipelines.extract.settle import Name
from pipelines.extract.spans import NameSpan
from pipelines.extract.spelling import is_own
from pipelines.extract.transliteration import name_key
from pipelines.lookups.lists import Lookups
from pipelines.records import Entity, Place

_NAMELESS = frozenset({"money", "quantity"})


class Identified(NamedTuple):
    """A name with what it means. `reading` is what the gazetteer made of it, for place names and facilities alone.

    `entity` is None for what has no name: sums of money and quantities.
    """

    start: int
    end: int
    paragraph: int
    type: str
    entity: Entity | None
    alias_kind: str
    role: str | None
    place: Place | None
    reading: PlaceReading | None
    confidence: float


def identify(
    text: str,
    names: Sequence[Name],
    gazetteer: Gazetteer,
    lookups: Lookups,
    decisions: Decisions,
    outlet_country: str | None,
) -> list[Identified]:
    """The names of one article, in order of position; those that a decision rejects are left out.

    `outlet_country` (ISO 3166-1 alpha-2) is the weakest evidence of where places lie.
    """
    resolved = resolve_entities(text, [NameSpan(name.start, name.end, name.type) for name in names], lookups)
    readings = _readings(text, resolved, gazetteer, lookups, outlet_country)
    decided = decisions.apply(_located(resolved, readings, gazetteer, lookups))
    out = []
    for name, one, reading in zip(names, decided, readings, strict=True):
        if one is None:
            continue
        entity = entity_of(one.name, one.entity_type, one.country) if one.type not in _NAMELESS else None
        place = reading.place if reading else None
        if place and one.country and place.country and place.country != one.country:
            place = None  # a decision has moved the name to another country
        out.append(
            Identified(
                *(one.start, one.end, name.paragraph, one.type, entity, one.alias_kind, one.role),
                *(place, reading, name.confidence),
            )
        )
    return out


def _readings(
    text: str, names: list[ResolvedName], gazetteer: Gazetteer, lookups: Lookups, outlet_country: str | None
) -> list[PlaceReading | None]:
    """What each place name means, all of the article weighed together, and where facilities are that bear a town's
    name; None for other names."""
    asked: dict[int, PlaceName] = {}
    for i, (start, end, type_) in enumerate((name.start, name.end, name.type) for name in names):
        if type_ == "facility":
            end = town_of(text, start, end)
        if type_ == "place" or (type_ == "facility" and end > start):
            asked[i] = PlaceName(start, end, " ".join(text[start:end].split()))
    readings: list[PlaceReading | None] = [None] * len(names)
    for i, reading in zip(asked, geocode(text, list(asked.values()), gazetteer, lookups, outlet_country), strict=True):
        readings[i] = reading
    named = {reading.place for reading, name in zip(readings, names, strict=True) if reading and name.type == "place"}
    for i in asked:
        if names[i].type == "facility" and (found := readings[i]):
            readings[i] = at_town(found, named)
    return readings


def _located(
    names: list[ResolvedName], readings: list[PlaceReading | None], gazetteer: Gazetteer, lookups: Lookups
) -> list[ResolvedName]:
    """The names with their places' own names and countries; groups are again the names of one entity."""
    groups: dict[str, int] = {}
    out = []
    for name, reading in zip(names, readings, strict=True):
        place = reading.place if reading and name.type == "place" else None
        if place and reading and reading.is_metonym and place.kind == "capital":
            country = place.country
            name = name._replace(name=country_names(lookups)[country], country=country, alias_kind="metonym")
        elif place:
            kind = name.alias_kind
            if kind == "full" and name_key(place.name, "place") != name_key(name.surface, "place"):
                kind = "transliteration" if is_own(name.surface, place.name) else "other"
            name = name._replace(name=gazetteer.title(place), country=place.country or None, alias_kind=kind)
        entity = entity_of(name.name, name.entity_type, name.country)
        out.append(name._replace(group=groups.setdefault(entity.entity_id, len(groups))))
    return out
