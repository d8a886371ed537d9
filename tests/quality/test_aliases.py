"""Names of one or two articles against aliases.yaml: which mean one entity, which two, and which role is kept.

The set gives spans and no types, so the types are guessed here from each surface alone, never from its group or the
text around it: a listed phrase is what the lists say; with an organisation's word in it or all in capitals it is an
organisation; what the gazetteer has as a town of 15,000 or more is a place; all else a person. That is less than any
recogniser tells, so the floors do not lean on one, and the resolution has to put wrong types right.
Countries and nationalities that the text names beside the labelled mentions are given too, as a recogniser would.
Places go through the gazetteer as they do in the pipeline, since 'Kiev' is 'Kyiv' there and nowhere in the text.
"""

import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from pipelines.extract.decisions import Decisions
from pipelines.extract.entities import NameSpan, entity_of, resolve_entities
from pipelines.extract.gazetteer import Gazetteer
from pipelines.extract.placing import best_place
from pipelines.lookups.lists import Lookups

CASES = yaml.safe_load(Path(__file__).with_name("aliases.yaml").read_text("utf-8"))
FLOORS = {"dev": 0.96, "held_out": 0.92}
_CAPITALISED = re.compile(r"[A-Z][\w'’-]*(?:\.[A-Z]\b)*\.?")

LOOKUPS = Lookups.load()
DECISIONS = Decisions.load()
ORGANISATION_WORDS = {w.casefold().rstrip(".") for w in LOOKUPS.organisation_ends | LOOKUPS.organisation_heads}


@cache
def gazetteer():
    return Gazetteer.load()


def guessed_type(surface):
    """What a surface alone makes likely."""
    plain = surface.replace("’", "'")
    known = LOOKUPS.known.get(plain)
    if known and known.type != "title":
        return known.type
    words = [word.casefold().strip(".") for word in plain.split()]
    if ORGANISATION_WORDS.intersection(words) or {"'s", "of", "for", "and"}.intersection(words):
        return "organisation"
    if len(words) == 1 and plain.replace(".", "").isupper():
        return "organisation"
    places = gazetteer().lookup([plain]).get(plain, [])
    return "place" if any(place.population >= 15_000 for place in places) else "person"


def span_of(text, surface, occurrence):
    at = -1
    for _ in range(occurrence):
        at = text.index(surface, at + 1)
    return at, at + len(surface)


def listed_spans(text):
    """The countries and nationalities the lists find in a text."""
    for match in _CAPITALISED.finditer(text):
        for end in sorted(
            {match.end(), *(m.end() for m in re.finditer(r"\b", text[: match.end() + 40]))}, reverse=True
        ):
            known = LOOKUPS.known.get(text[match.start() : end].replace("’", "'"))
            if end > match.start() and known and known.type in ("place", "nationality") and known.kind != "region":
                yield match.start(), end, known.type
                break


def spans_of(text, labelled):
    """The labelled spans with guessed types, and what the lists find beside them, by position."""
    spans = [NameSpan(start, end, guessed_type(text[start:end])) for start, end in sorted(labelled)]
    beside = [
        NameSpan(start, end, type_)
        for start, end, type_ in listed_spans(text)
        if not any(start < other.end and other.start < end for other in spans)
    ]
    return sorted(spans + beside)


def resolved(text, labelled):
    """Entity id and roles of each labelled span of an article."""
    names = [name for name in DECISIONS.apply(resolve_entities(text, spans_of(text, labelled), LOOKUPS)) if name]
    countries = {name.country for name in names if name.country}
    found = gazetteer().lookup({name.name for name in names if name.entity_type == "place" and not name.country})
    entities, roles = {}, {}
    for name in names:
        title, country = name.name, name.country
        if name.entity_type == "place" and (places := found.get(title)):
            place = best_place(places, title, countries)
            title, country = gazetteer().title(place), place.country
        entity = entity_of(title, name.entity_type, country).entity_id
        roles.setdefault(entity, set()).add((name.role or "").casefold())
        # Offsets may have moved inwards, and one labelled span may lie in another: the longest within it is meant.
        for span in labelled:
            if span[0] <= name.start and name.end <= span[1]:
                entities[span] = max(entities.get(span, (0, "")), (name.end - name.start, entity))
    return {span: entity for span, (_, entity) in entities.items()}, roles


def failures(case):
    """What a case asks for and does not get."""
    asked = [m for group in case.get("same", []) + case.get("apart", []) for m in group]
    asked += [mention for mention, _ in case.get("role", [])]
    labelled = [set() for _ in case["articles"]]
    for article, surface, occurrence in asked:
        labelled[article].add(span_of(case["articles"][article], surface, occurrence))
    results = [resolved(text, spans) for text, spans in zip(case["articles"], labelled, strict=True)]

    def entity(mention):
        article, surface, occurrence = mention
        return results[article][0].get(span_of(case["articles"][article], surface, occurrence))

    wrong = [("same", group) for group in case.get("same", []) if len({entity(m) for m in group}) > 1]
    wrong += [("apart", pair) for pair in case.get("apart", []) if entity(pair[0]) == entity(pair[1])]
    for mention, role in case.get("role", []):
        if role.casefold() not in set().union(*(roles.get(entity(mention), set()) for _, roles in results)):
            wrong.append(("role", mention, role))
    return wrong


@pytest.mark.parametrize("split", FLOORS)
def test_aliases_are_resolved(split):
    cases = CASES[split].values()
    right = sum(not failures(case) for case in cases) / len(cases)
    assert right >= FLOORS[split], f"{split}: {right:.3f}"
