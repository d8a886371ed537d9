"""The reviewed lists of this folder as sets and dictionaries: `Lookups.load()` reads them.

Every phrase with a meaning of its own (a country, an organisation, a title) stands in one dictionary,
`known`, so that the rules need one longest match. The rules are in `pipelines/extract/`, the places in its
gazetteer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from pipelines.lookups.things import ThingLists

FOLDER = Path(__file__).parent
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Known(NamedTuple):
    """What a listed phrase means: a title, place, organisation or nationality; `kind` is a place's."""

    type: str
    name: str
    country: str | None = None
    kind: str | None = None


@dataclass(frozen=True, eq=False)
class Lookups:
    """The lists, read-only.

    `known` is keyed by phrase, with straight apostrophes; `longest` counts the words of the longest phrase by
    its first word.
    """

    of_things: ThingLists
    known: dict[str, Known]
    longest: dict[str, int]
    adjectives: dict[str, str]
    callings: frozenset[str]
    person_verbs: frozenset[str]
    organisation_ends: frozenset[str]
    organisation_heads: frozenset[str]
    topics: frozenset[str]
    things: frozenset[str]
    divisions: frozenset[str]
    settlements: frozenset[str]
    given: frozenset[str]
    never: frozenset[str]
    modifiers: frozenset[str]
    not_organisations: frozenset[str]
    ambiguous_places: frozenset[str]
    particles: frozenset[str]
    abbreviations: frozenset[str]

    @classmethod
    def load(cls, folder: Path | None = None) -> "Lookups":
        """Read countries.yaml, regions.yaml, names.yaml and things.yaml from `folder` (this one by default)."""
        folder = folder or FOLDER
        countries, regions, names = (
            yaml.load((folder / f"{name}.yaml").read_text("utf-8"), _Loader)
            for name in ("countries", "regions", "names")
        )
        known: dict[str, Known] = {}
        for phrase, meaning in _phrases(countries, regions, names):
            known.setdefault(phrase.replace("’", "'"), meaning)
        longest: dict[str, int] = {}
        for phrase in known:
            words = phrase.split()
            longest[words[0]] = max(longest.get(words[0], 0), len(words))
        lists = {key: frozenset(_split(value)) for key, value in names.items() if isinstance(value, str)}
        calendar = lists.pop("months") | lists.pop("weekdays")
        lists.pop("not_regions")
        lists["never"] |= {word.rstrip(".") for word in calendar}
        adjectives = {code: entry["demonyms"][0] for code, entry in countries.items() if entry.get("demonyms")}
        return cls(ThingLists.load(folder), known, longest, adjectives, **lists)


def _split(text: str | None) -> list[str]:
    return [entry.strip() for entry in (text or "").split("|") if entry.strip()]


def _phrases(countries: dict[str, Any], regions: list[Any], names: dict[str, Any]) -> Iterator[tuple[str, Known]]:
    """Every phrase with its meaning; where two share one, the first counts."""
    for role, forms in names["titles"].items():
        for form in _split(forms):
            yield form, Known("title", role)
    for code, entry in countries.items():
        for name in entry["names"]:
            yield name, Known("place", entry["names"][0], code, "country")
        for demonym in entry.get("demonyms", []):
            yield demonym, Known("nationality", entry["demonyms"][0], code)
    for people_of, forms in names["peoples"].items():
        for form in _split(forms):
            yield form, Known("nationality", _singular(form), people_of)
    for name, forms in names["organisations"].items():
        for form in [name, *_split(forms)]:
            yield form, Known("organisation", name)
    elsewhere = set(_split(names["not_regions"]))
    for name, kind, country, _lat, _lon, others, *_ids in regions:
        for form in [name, *others]:
            if form not in elsewhere:
                yield form, Known("place", name, country, kind)


def _singular(people: str) -> str:
    return people[:-1] if people.endswith("s") and people not in ("Scots",) else people
