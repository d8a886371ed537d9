"""What a day saw of each entity and place, added up article by article: the rows behind the views that span days."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipelines.records import Entity, Mention, Place


class EntitySighting(NamedTuple):
    """A line of `entity_sightings`."""

    entity_id: str
    name: str
    type: str
    country: str | None
    aliases: list[str]
    mention_count: int
    article_count: int
    first_seen_on: dt.date
    last_seen_on: dt.date


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

    __slots__ = ("aliases", "articles", "entity", "first", "last", "mentions")

    def __init__(self, entity: Entity, published_on: dt.date) -> None:
        self.entity = entity
        self.aliases: set[str] = set()
        self.mentions = self.articles = 0
        self.first = self.last = published_on


class Sightings:
    """Adds up one day; memory grows with the day's distinct entities, not with its mentions."""

    def __init__(self) -> None:
        self._entities: dict[str, _Tally] = {}
        self._places: dict[int, Place] = {}
        self._place_mentions: dict[int, int] = {}

    def add(
        self,
        published_on: dt.date,
        mentions: Sequence[Mention],
        entities: Mapping[str, Entity],
        places: Mapping[int, Place],
    ) -> None:
        """One article: its mentions, and the entities and places they stand for."""
        for entity_id, entity in entities.items():
            tally = self._entities.get(entity_id)
            if tally is None:
                tally = self._entities[entity_id] = _Tally(entity, published_on)
            # Spellings of one name may differ between articles; the smallest stands for all, whatever their order.
            tally.entity = min(tally.entity, entity, key=lambda one: (one.name, one.country or ""))
            tally.articles += 1
            tally.first = min(tally.first, published_on)
            tally.last = max(tally.last, published_on)
        for mention in mentions:
            tally = self._entities[mention.entity_id]
            tally.mentions += 1
            tally.aliases.add(mention.surface)
            if mention.place_id is not None:
                self._place_mentions[mention.place_id] = self._place_mentions.get(mention.place_id, 0) + 1
        self._places.update(places)

    def entities(self) -> list[EntitySighting]:
        """The day's entities, by id."""
        return [
            EntitySighting(
                entity_id,
                tally.entity.name,
                tally.entity.type,
                tally.entity.country,
                sorted(tally.aliases),
                tally.mentions,
                tally.articles,
                tally.first,
                tally.last,
            )
            for entity_id, tally in sorted(self._entities.items())
        ]

    def places(self) -> list[PlaceSighting]:
        """The day's places, by id."""
        return [PlaceSighting(*self._places[key], count) for key, count in sorted(self._place_mentions.items())]
