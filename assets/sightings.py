"""What a day saw of each entity and place, added up article by article: the rows behind the views that span days."""

import datetime as dt
from typing import NamedTuple

from pipelines.extract.extract import Extraction
from pipelines.records import Entity, Place


class EntitySighting(NamedTuple):
    """A line of `entity_sightings`."""

    entity_id: str
    name: str
    type: str
    country: str | None
    mention_count: int
    article_count: int
    first_seen_on: dt.date
    last_seen_on: dt.date


class AliasSighting(NamedTuple):
    """A line of `alias_sightings`."""

    entity_id: str
    alias: str
    alias_kind: str
    mention_count: int
    evidence_mention_id: str


class PlaceSighting(NamedTuple):
    """A line of `place_sightings`."""

    place_id: int
    name: str
    kind: str
    country: str
    admin1: str | None
    lat: float
    lon: float
    population: int
    mention_count: int


class _Tally:
    """Running counts of one entity."""

    __slots__ = ("articles", "entity", "first", "last", "mentions")

    def __init__(self, entity: Entity, published_on: dt.date) -> None:
        self.entity = entity
        self.mentions = self.articles = 0
        self.first = self.last = published_on


class Sightings:
    """Adds up one day; memory grows with the day's distinct entities, not with its mentions."""

    def __init__(self) -> None:
        self._entities: dict[str, _Tally] = {}
        self._aliases: dict[tuple[str, str, str], tuple[int, str]] = {}
        self._places: dict[int, Place] = {}
        self._place_mentions: dict[int, int] = {}

    def add(self, published_on: dt.date, found: Extraction) -> None:
        """What was found in one article."""
        for entity_id, entity in found.entities.items():
            tally = self._entities.get(entity_id)
            if tally is None:
                tally = self._entities[entity_id] = _Tally(entity, published_on)
            # Spellings of one name may differ between articles; the smallest that is not in capitals
            # stands for all, whatever their order.
            tally.entity = min(tally.entity, entity, key=lambda one: (one.name.isupper(), one.name, one.country or ""))
            tally.articles += 1
            tally.first = min(tally.first, published_on)
            tally.last = max(tally.last, published_on)
        for mention in found.mentions:
            if mention.entity_id is not None:
                self._entities[mention.entity_id].mentions += 1
            if mention.place_id is not None and mention.type == "place" and not mention.is_metonym:
                self._place_mentions[mention.place_id] = self._place_mentions.get(mention.place_id, 0) + 1
        for *alias, mention_id in found.aliases:
            key = (alias[0], alias[1], alias[2])
            count, evidence = self._aliases.get(key, (0, mention_id))
            self._aliases[key] = (count + 1, min(evidence, mention_id))
        self._places.update(found.places)

    def entities(self) -> list[EntitySighting]:
        """The day's entities, by id."""
        return [
            EntitySighting(
                entity_id,
                tally.entity.name,
                tally.entity.type,
                tally.entity.country,
                tally.mentions,
                tally.articles,
                tally.first,
                tally.last,
            )
            for entity_id, tally in sorted(self._entities.items())
        ]

    def aliases(self) -> list[AliasSighting]:
        """What the day's entities are called, by entity and alias; the smallest mention is the evidence."""
        return [AliasSighting(*key, *counted) for key, counted in sorted(self._aliases.items())]

    def places(self) -> list[PlaceSighting]:
        """The day's places, by id; those that a name could have meant as well are mentioned 0 times."""
        return [PlaceSighting(*place, self._place_mentions.get(key, 0)) for key, place in sorted(self._places.items())]
