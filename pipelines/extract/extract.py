"""Reads the names and dates of an article: paragraphs in, mentions, dates, entities and places out.

Names are found in `recognise.py`, told apart by the article in `settle.py`, given their entities and places in
`identify.py`; dates are read in `dates.py`. Here that is done for the right paragraphs of the document's text, so that
every offset counts in it, and written as records.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from pipelines.extract.dates import find_dates
from pipelines.extract.decisions import Decisions
from pipelines.extract.gazetteer import Gazetteer
from pipelines.extract.geocode import PlaceReading
from pipelines.extract.identify import Identified, identify
from pipelines.extract.reading import Piece
from pipelines.extract.recognise import Part, Recogniser
from pipelines.extract.settle import Item, Name, Settlement
from pipelines.records import Alias, DateRef, Entity, Mention, Paragraph, Place, PlaceCandidate

DATES = ("rules", "2")
"""What reads dates, and its version."""

LANGUAGES = frozenset({"en"})
"""Languages that the rules read, ISO 639. An article surely in another one is left alone, which a notice says."""
_SURE_OF_LANGUAGE = 0.6
"""From here on a detected language is believed; short English texts full of foreign names stay below it."""

# What an article says itself; the rest is its outlet's furniture or is read when it is parsed.
READ = frozenset({"headline", "subheadline", "caption", "body", "list", "quote"})
_ASKED = frozenset({"unknown", "place", "acronym", "person"})  # the pieces whose name the gazetteer is asked for
_HEADINGS_READ = 4  # of those in capitals, for the names that the text below has
_HEADING_READ_TO = 2_000  # characters; a paragraph in capitals may be a book
_HEADINGS = frozenset({"headline", "subheadline"})


class Source(NamedTuple):
    """One article to read: its paragraphs, its document's text, its day of publication, its outlet's country."""

    paragraphs: Sequence[Paragraph]
    text: str
    published_on: date
    outlet_country: str | None = None


class Extraction(NamedTuple):
    """What one article names: mentions and dates by position, and what they point to.

    `places` holds those of `candidates` as well, also where no mention means them.
    """

    mentions: list[Mention]
    dates: list[DateRef]
    entities: dict[str, Entity]
    aliases: list[Alias]
    places: dict[int, Place]
    candidates: list[PlaceCandidate]


def serves(lang: str | None, confidence: float | None) -> bool:
    """Whether the names of an article in this language can be read; one whose language is in doubt is tried."""
    return lang is None or lang in LANGUAGES or (confidence or 0.0) < _SURE_OF_LANGUAGE


def extract(
    paragraphs: Sequence[Paragraph], text: str, published_on: date, gazetteer: Gazetteer, recogniser: Recogniser
) -> Extraction:
    """The names and dates of one article; text[char_start:char_end] is the surface of each."""
    return extract_batch([Source(paragraphs, text, published_on)], gazetteer, recogniser)[0]


def extract_batch(
    sources: Iterable[Source], gazetteer: Gazetteer, recogniser: Recogniser, decisions: Decisions | None = None
) -> list[Extraction]:
    """`extract` for many articles, in their order, read together: one look-up in the gazetteer, no paragraph twice.

    `decisions` are the reviewed ones about entities; none by default.
    """
    sources = list(sources)
    plans = [_plan(source) for source in sources]
    read = iter(recogniser.read([part for plan in plans for part in plan.parts]))
    surveys = [_survey(source, plan, read) for source, plan in zip(sources, plans, strict=True)]
    wanted = {item.piece.name for items in surveys for item in items if item.piece.type in _ASKED}
    found = gazetteer.lookup(wanted)
    decisions = decisions or Decisions()
    out = []
    for source, plan, items in zip(sources, plans, surveys, strict=True):
        names = Settlement(items, source.text, recogniser.rules, found).names()
        if plan.loose:
            names = _with_again(source, plan.loose, names)
        lookups = recogniser.rules.lookups
        known = identify(source.text, names, gazetteer, lookups, decisions, source.outlet_country)
        out.append(_write(source, known, recogniser))
    return out


class _Plan(NamedTuple):
    """An article's paragraphs to read, with their indexes, and the indexes of those whose capitals say nothing."""

    indexes: list[int]
    parts: list[Part]
    loose: list[int]


def _plan(source: Source) -> _Plan:
    plan = _Plan([], [], [])
    for index, paragraph in enumerate(source.paragraphs):
        if paragraph.role in READ:
            text = source.text[paragraph.char_start : paragraph.char_end]
            part = Part(text, _is_loose(text, paragraph.role))
            plan.indexes.append(index)
            plan.parts.append(part)
            if part.is_loose:
                plan.loose.append(index)
    return plan


def _survey(source: Source, plan: _Plan, read: Iterator[list[Piece]]) -> list[Item]:
    """All pieces of an article in order; `read` has those of its paragraphs next."""
    starts = [source.paragraphs[index].char_start for index in plan.indexes]
    items = [
        Item(start, index, piece)
        for index, start, pieces in zip(plan.indexes, starts, read, strict=False)
        for piece in pieces
    ]
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


def _with_again(source: Source, loose: list[int], names: list[Name]) -> list[Name]:
    """The names, and those of the article's text wherever they stand again in its headings in capitals.

    What was read in such a heading gives way to a name of the text that holds it.
    """
    again: list[Name] = []
    outdone: set[Name] = set()
    for index in loose[:_HEADINGS_READ]:
        paragraph = source.paragraphs[index]
        start = paragraph.char_start
        part = source.text[start : min(paragraph.char_end, start + _HEADING_READ_TO)]
        capital = part.isupper()
        there = [name for name in names if name.paragraph == index]
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
            if not is_word:
                continue
            touched = [other for other in there if other.start < last and first < other.end]
            if all(first <= other.start and other.end <= last and other not in again for other in touched):
                outdone.update(touched)
                found = name._replace(start=first, end=last, paragraph=index, confidence=0.7)
                there.append(found)
                again.append(found)
    return sorted([*(name for name in names if name not in outdone), *again])


def _write(source: Source, names: list[Identified], recogniser: Recogniser) -> Extraction:
    """The records of one article."""
    found = Extraction([], _dates(source), {}, [], {}, [])
    for ordinal, (start, end, index, type_, entity, kind, role, place, reading, confidence) in enumerate(names):
        paragraph_id, article_id, document_id = source.paragraphs[index][:3]
        mention_id, surface = f"{article_id}:m{ordinal}", source.text[start:end]
        entity_id = entity.entity_id if entity else None
        if entity:
            found.entities[entity.entity_id] = entity
            found.aliases.append(Alias(entity.entity_id, " ".join(surface.split()), kind, mention_id))
            if role:
                found.aliases.append(Alias(entity.entity_id, role, "role", mention_id))
        if reading:
            found.candidates.extend(_candidates(mention_id, place, reading))
            found.places.update((one.place.place_id, one.place) for one in reading.candidates)
        if place:
            found.places[place.place_id] = place
        where = (mention_id, article_id, document_id, paragraph_id, surface, type_, entity_id)
        is_metonym = reading.is_metonym if reading and place else False
        what = (place.place_id if place else None, is_metonym, role)
        found.mentions.append(Mention(*where, *what, start, end, confidence, *recogniser.extractor(type_)))
    return found


def _candidates(mention_id: str, place: Place | None, reading: PlaceReading) -> list[PlaceCandidate]:
    """The readings of one place name, the believed one first; a single one without a place if none is believed."""
    around = (reading.offset_km, reading.bearing, reading.part)
    if place is None:
        reason = "decided" if reading.place else "unlikely" if reading.candidates else "unknown"
        return [PlaceCandidate(mention_id, 0, None, 0.0, reason, *around)]
    return [
        PlaceCandidate(mention_id, one.rank, one.place.place_id, one.score, one.reason, *around)
        for one in reading.candidates
    ]


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
