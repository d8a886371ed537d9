"""Reads the names and dates of an article: paragraphs in, mentions, dates, entities and places out.

Names are found in `recognise.py`, settled by the article in `settle.py`, dates in `dates.py`; here that is done for the
right paragraphs of the document's text, so that every offset counts in it, and written as records.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from pipelines.extract.dates import find_dates
from pipelines.extract.gazetteer import Gazetteer
from pipelines.extract.geocode import geocode
from pipelines.extract.names import NameRules
from pipelines.extract.place_cues import PlaceName
from pipelines.extract.reading import Piece
from pipelines.extract.recognise import Recogniser
from pipelines.extract.settle import Item, Name, Settlement
from pipelines.lookups.lists import Lookups
from pipelines.records import DateRef, Entity, Mention, Paragraph, Place, content_id

DATES = ("rules", "2")
"""What reads dates, and its version."""

LANGUAGES = frozenset({"en"})
"""Languages that the rules read, ISO 639. An article surely in another one is left alone, which a notice says."""
_SURE_OF_LANGUAGE = 0.6
"""From here on a detected language is believed; short English texts full of foreign names stay below it."""

# What an article says itself; the rest is its outlet's furniture or is read when it is parsed.
READ = frozenset({"headline", "subheadline", "caption", "body", "list", "quote"})
_ASKED = frozenset({"unknown", "place", "acronym", "person"})  # the pieces whose name the gazetteer is asked for
_SURE = frozenset({"place", "nationality", "organisation"})
_HEADINGS_READ = 4  # of those in capitals, for the names that the text below has
_HEADINGS = frozenset({"headline", "subheadline"})


class Source(NamedTuple):
    """One article to read: its paragraphs, its document's text, its day of publication."""

    paragraphs: Sequence[Paragraph]
    text: str
    published_on: date


class Extraction(NamedTuple):
    """What one article names: mentions and dates by position, the entities and places they point to."""

    mentions: list[Mention]
    dates: list[DateRef]
    entities: dict[str, Entity]
    places: dict[int, Place]


def serves(lang: str | None, confidence: float | None) -> bool:
    """Whether the names of an article in this language can be read; one whose language is in doubt is tried."""
    return lang is None or lang in LANGUAGES or (confidence or 0.0) < _SURE_OF_LANGUAGE


def extract(
    paragraphs: Sequence[Paragraph], text: str, published_on: date, gazetteer: Gazetteer, recogniser: Recogniser
) -> Extraction:
    """The names and dates of one article; text[char_start:char_end] is the surface of each."""
    return extract_batch([Source(paragraphs, text, published_on)], gazetteer, recogniser)[0]


def extract_batch(sources: Iterable[Source], gazetteer: Gazetteer, recogniser: Recogniser) -> list[Extraction]:
    """`extract` for many articles, in their order, read together: one look-up in the gazetteer, no paragraph twice."""
    sources = list(sources)
    plans = [_plan(source) for source in sources]
    read = iter(
        recogniser.read(
            [source.text[slice(*span)] for source, plan in zip(sources, plans, strict=True) for span in plan.spans]
        )
    )
    surveys = [_survey(source, plan, read, recogniser.rules) for source, plan in zip(sources, plans, strict=True)]
    wanted = {item.piece.name for items in surveys for item in items if item.piece.type in _ASKED}
    found = gazetteer.lookup(wanted)
    return [
        _write(source, items, plan.loose, recogniser, gazetteer, found)
        for source, plan, items in zip(sources, plans, surveys, strict=True)
    ]


@lru_cache(maxsize=100_000)
def _entity(type_: str, name: str, country: str | None) -> Entity:
    return Entity(content_id(name.casefold(), type_), name, type_, country)


class _Plan(NamedTuple):
    """Indexes of an article's paragraphs to read, with their offsets, and of those whose case says nothing."""

    indexes: list[int]
    spans: list[tuple[int, int]]
    loose: list[int]


def _plan(source: Source) -> _Plan:
    plan = _Plan([], [], [])
    for index, paragraph in enumerate(source.paragraphs):
        if paragraph.role not in READ:
            continue
        start, end = paragraph.char_start, paragraph.char_end
        if _is_loose(source.text[start:end], paragraph.role):
            plan.loose.append(index)
        else:
            plan.indexes.append(index)
            plan.spans.append((start, end))
    return plan


def _survey(source: Source, plan: _Plan, read: Iterator[list[Piece]], rules: NameRules) -> list[Item]:
    """All pieces of an article in order; `read` has those of the planned paragraphs next."""
    items: list[Item] = []
    for index, (start, _) in zip(plan.indexes, plan.spans, strict=True):
        items += [Item(start, index, piece) for piece in next(read)]
    for index in plan.loose:
        start, end = source.paragraphs[index].char_start, source.paragraphs[index].char_end
        items += [Item(start + at, index, piece) for at, piece in _read_loose(source.text[start:end], rules)]
    return sorted(items, key=_position)


def _position(item: Item) -> int:
    return item.base + item.piece.start


def _is_loose(part: str, role: str) -> bool:
    """Whether a paragraph is all capitals, or a heading with nearly every word capitalised."""
    if part.isupper():
        return True
    if role not in _HEADINGS:
        return False
    words = [word for word in part.split() if len(word) > 3]
    return len(words) > 3 and sum(word[0].isupper() for word in words) > 0.8 * len(words)


def _read_loose(part: str, rules: NameRules) -> list[tuple[int, Piece]]:
    """The pieces of a line whose capitals say nothing: only what the lists know for sure."""
    plain = part.title() if part.isupper() else part
    if len(plain) != len(part):
        return []
    pieces = rules.scan(plain, 0, len(plain))
    return [(at, piece) for at, piece in pieces if piece.confidence >= 0.9 and piece.type in _SURE]


def _again(source: Source, loose: list[int], names: list[Name]) -> list[Name]:
    """The names of the article's text wherever they stand in its headings in capitals."""
    again: list[Name] = []
    for index in loose[:_HEADINGS_READ]:
        paragraph = source.paragraphs[index]
        start = paragraph.char_start
        part = source.text[start : paragraph.char_end]
        capital = part.isupper()
        taken = [(name.start, name.end) for name in names if name.paragraph == index]
        seen: set[str] = set()
        for name in sorted(names, key=lambda name: name.start - name.end):
            if name.paragraph in loose or name.type == "nationality":
                continue
            surface = source.text[name.start : name.end]
            surface = surface.upper() if capital else surface
            at = -1 if surface in seen or len(surface) < 4 else part.find(surface)
            seen.add(surface)
            first, last = start + at, start + at + len(surface)
            is_word = at >= 0 and not part[at - 1 : at].isalnum() and not part[at + len(surface) :][:1].isalnum()
            if is_word and all(last <= a or first >= b for a, b in taken):
                taken.append((first, last))
                again.append(name._replace(start=first, end=last, paragraph=index, role=None, confidence=0.7))
    return again


def _write(
    source: Source,
    items: list[Item],
    loose: list[int],
    recogniser: Recogniser,
    gazetteer: Gazetteer,
    found: dict[str, list[Place]],
) -> Extraction:
    """The records of one article."""
    text = source.text
    names = Settlement(items, text, recogniser.rules, found).names()
    if loose:
        names += _again(source, loose, names)
        names.sort(key=lambda name: name.start)
    names = _located(text, names, gazetteer, recogniser.rules.lookups)
    mentions: list[Mention] = []
    entities: dict[str, Entity] = {}
    places: dict[int, Place] = {}
    for ordinal, (start, end, index, type_, name, country, place, role, confidence) in enumerate(names):
        place_id = None
        if place:
            place_id, name = place.place_id, gazetteer.title(place)
            places[place_id] = place
        entity = _entity(type_, name, country)
        entity_id = entity.entity_id
        entities[entity_id] = entity
        paragraph_id, article_id, document_id = source.paragraphs[index][:3]
        mention = Mention(
            f"{article_id}:m{ordinal}",
            article_id,
            document_id,
            paragraph_id,
            text[start:end],
            type_,
            entity_id,
            place_id,
            role,
            start,
            end,
            confidence,
            recogniser.name,
            recogniser.version,
        )
        mentions.append(mention)
    return Extraction(mentions, _dates(source), entities, places)


def _located(text: str, names: list[Name], gazetteer: Gazetteer, lookups: Lookups) -> list[Name]:
    """The names with the place that each place name means, all names of the article weighed together."""
    at = [index for index, name in enumerate(names) if name.type == "place"]
    asked = [PlaceName(names[i].start, names[i].end, " ".join(text[names[i].start : names[i].end].split())) for i in at]
    for i, reading in zip(at, geocode(text, asked, gazetteer, lookups), strict=True):
        name, place = names[i], reading.place
        country = (place.country or None) if place else name.country
        names[i] = name._replace(place=place, name=place.name if place else name.name, country=country)
    return names


def _dates(source: Source) -> list[DateRef]:
    dates: list[DateRef] = []
    for paragraph in source.paragraphs:
        if paragraph.role in READ:
            span = (paragraph.char_start, paragraph.char_end)
            for start, end, first, last, grain, anchor, rule, confidence in find_dates(
                source.text, *span, source.published_on
            ):
                paragraph_id, article_id, document_id = paragraph[:3]
                where = (
                    f"{article_id}:d{len(dates)}",
                    article_id,
                    document_id,
                    paragraph_id,
                    source.text[start:end],
                )
                dates.append(DateRef(*where, first, last, grain, anchor, rule, start, end, confidence, *DATES))
    return dates
