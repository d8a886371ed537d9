"""Resolves the names of one article to entities: recognised spans in, each with its group, name and role out.

Nothing here knows another article. `entity_of` makes of a group the entity that all articles share, by a key of its
name, type and country and nothing else, so that the order in which days come cannot matter. What needs other
articles, such as a surname alone that only one person bears in all others, is left to views over the lake.
People are joined in `people.py`, organisations in `organisations.py`; reviewed exceptions are in `decisions.py`.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipelines.extract.acronyms import definitions, is_also_called, letters
from pipelines.extract.kinds import agreed_types
from pipelines.extract.lands import country_beside, lands, people
from pipelines.extract.organisations import Organisation, Organisations, is_firm_of
from pipelines.extract.people import People, Person, is_full
from pipelines.extract.spans import Item, NameSpan, fullest, items_of
from pipelines.extract.titles import titles
from pipelines.extract.transliteration import name_key, place_sound, words
from pipelines.lookups.lists import Known, Lookups
from pipelines.records import Entity, content_id

_MARKS = str.maketrans("’‘ʼʿʾ`", "''''''")
_SENTENCE = re.compile(r"[.!?:]['\"”’]? +(?=[\"“‘']?[A-Z])|\n+")
_WHERE = re.compile(r"\b(?:in|at|to|from|near|outside|around|across|towards?|into|through|via|of|left|reached|for) $")
_ADJECTIVES = {"US": "US", "AE": "UAE"}  # by which bodies are called: no 'American Department of Energy'
# What a firm has or does and its founder does not; asked where a bare name could be either.
_BUSINESS = re.compile(
    "(?:['’]s?)? (?:shares?|stock|profits?|sales|revenues?|turnover|workers|staff|plants?|factory|factories|customers|"
    "employs|makes|sells|produces|builds|operates|board|branches|products|stores|ships|fell|rose)\\b"
)


class ResolvedName(NamedTuple):
    """A name of the article. Names of one `group` are one entity; `name`, `entity_type` and `country` are its.

    Offsets count code points of the text; titles, articles and possessives that the span had are off them. `type`
    is the mention's own (a nationality stays one), `entity_type` that of the entity (its country is a place).
    `country` is ISO 3166-1 alpha-2. `role` is worn here; `alias_kind` is full, short, acronym, transliteration,
    demonym or role ('the Pope'); others give metonym (a capital for its country) and other (by a decision).
    """

    start: int
    end: int
    surface: str
    type: str
    group: int
    name: str
    entity_type: str
    country: str | None
    role: str | None
    alias_kind: str


def resolve_entities(text: str, names: Sequence[NameSpan], lookups: Lookups) -> list[ResolvedName]:
    """Every span of one article, in the same order, with what it stands for.

    `names` are in order of position. A name that nothing joins is a group of its own. Time is in proportion to the
    text and the spans.
    """
    return _Article(text, names, lookups).resolved()


@lru_cache(maxsize=200_000)
def entity_of(name: str, type_: str, country: str | None) -> Entity:
    """The entity that every article with this name, type and country shares.

    Places are told apart by country, others are not: 'Tripoli' of Libya and of Lebanon are two; a person or a
    company is the same whether an article tells the country or not.
    """
    where = country if type_ == "place" else None
    return Entity(content_id(name_key(name, type_), type_, where), name, type_, country)


_Group = Person | Organisation | tuple[str, str, str | None]  # the last: type, key, country


class _Article:
    """The working state of one article, filled step by step by `resolved`."""

    def __init__(self, text: str, names: Sequence[NameSpan], lookups: Lookups) -> None:
        self.text, self.lookups, self.titles = text, lookups, titles(lookups)
        self.items = items_of(text, names, self.titles)
        self.sentences = [0, *(match.end() for match in _SENTENCE.finditer(text))]
        self.headline_end = max(0, text.find("\n"))
        self.known = [self._look_up(item) for item in self.items]
        self.types = agreed_types(text, self.items, self.known, self.titles, frozenset(self.sentences))
        self.people, self.organisations = People(), Organisations(lookups)
        self.groups: list[_Group | None] = [None] * len(self.items)
        self.roles: list[str | None] = [None] * len(self.items)
        self.countries = {one.country for one in self.known if one and one.country}
        self.countries_named = {one.country for one in self.known if one and one.kind == "country"}
        self.peoples = {one.country for one in self.known if one and one.type == "nationality"}
        self._places: dict[str, str] = {}

    def resolved(self) -> list[ResolvedName]:
        self._enter_people()
        self._enter_organisations()
        self._settle()
        return self._write()

    def _look_up(self, item: Item) -> Known | None:
        surface = item.surface.translate(_MARKS)
        known = self.lookups.known.get(surface)
        if known is None and surface.isupper() and len(surface) > 3:  # a headline in capitals
            known = self.lookups.known.get(surface.title())
        return known if known and known.type != "title" else None

    def _enter_people(self) -> None:
        full = [i for i, item in enumerate(self.items) if self.types[i] == "person" and is_full(item.words)]
        found = self.people.join([(self.items[i].start, self.items[i].words) for i in full])
        for i, person in zip(full, found, strict=True):
            item = self.items[i]
            self.groups[i] = person
            titles, text = self.titles, self.text
            self.roles[i] = titles.before(text, item.start) or titles.after(text, item.end)
            if role := self.roles[i]:
                self.people.wear(titles.rank(role), item.start, person)
            if gender := titles.gender_before(text, item.start):
                person.gender = gender
            person.is_kin = person.is_kin or titles.is_kin(text, item.start, item.end)
        for i, person in zip(full, found, strict=True):
            if person.gender is None:
                person.gender = self.titles.gender_after(self.text, self.items[i].end)
            if i + 1 < len(self.items) and is_also_called(self.text, self.items[i], other := self.items[i + 1]):
                self.people.call(other.words, other.start, person)

    def _enter_organisations(self) -> None:
        several = [
            i
            for i, one in enumerate(self.items)
            if self.types[i] == "organisation" and len(one.words) > 1 and not one.is_acronym
        ]
        listed = [i for i, known in enumerate(self.known) if known and self.types[i] == "organisation"]
        wanted = sorted({*several, *listed})
        short = set()
        # Which of them are short for another ('Central Bank' of 'Central Bank of Marovia') shows once all are in.
        for i in wanted:
            self._full(i)
        for i in wanted:
            item = self.items[i]
            if self.known[i] or not (found := self.organisations.by_short(item.surface, item.start)):
                continue
            whole, is_before = found
            if (is_before or item.start < self.headline_end) and whole is not self._full(i):
                short.add(i)
                self.groups[i] = whole
                self._full(i).whole = whole
        for i in wanted:
            if i not in short:
                self.groups[i] = self._full(i)
        for i, acronym in definitions(self.text, self.items):
            item, group = self.items[i], self.groups[i]
            if group is None and self.types[i] in ("organisation", "place", "unknown") and len(item.words) > 1:
                group = self.groups[i] = self._full(i)
                self.types[i] = "organisation"
            if isinstance(group, Organisation):
                self.organisations.define(acronym, item.start, group)
        for item, other, group in zip(self.items, self.items[1:], self.groups, strict=False):
            if isinstance(group, Organisation) and is_also_called(self.text, item, other):
                self.organisations.define(" ".join(other.words), item.start, group)

    def _full(self, i: int) -> Organisation:
        item, known = self.items[i], self.known[i]
        return self.organisations.full(
            item.surface,
            item.start,
            known.name if known and known.type == "organisation" else None,
            country_beside(self.text, self.items, self.known, i),
        )

    def _settle(self) -> None:
        """What is left: bare names, acronyms, places and nationalities, in order of position."""
        self._placed = {
            item.words
            for i, item in enumerate(self.items)
            if self.types[i] == "place" and _WHERE.search(self.text, max(0, item.start - 10), item.start)
        }
        self._titled = {
            item.words
            for i, item in enumerate(self.items)
            if self.types[i] == "person" and self.titles.before(self.text, item.start)
        }
        for i in range(len(self.items)):
            if self.groups[i] is None:
                self.groups[i] = self._group(i)

    def _group(self, i: int) -> _Group:
        item, type_, known = self.items[i], self.types[i], self.known[i]
        if type_ == "nationality":
            return self._country(known) if known else (type_, name_key(item.surface, type_), None)
        is_acronym = item.is_acronym and not (known and known.type == "place")
        if is_acronym and (found := self.organisations.by_acronym(letters(item.surface), item.start)):
            self.types[i] = "organisation"
            return found
        short = self.organisations.by_short(item.surface, item.start) if not known else None
        bearers, is_before = self.people.candidates(item.words, item.start)
        if bearers and not is_full(item.words) and self._is_person(i, short, is_before):
            return self._bare_person(i)
        if (
            short
            and (type_ != "place" or (item.words not in self._placed and is_firm_of(item.words, *short)))
            and not (type_ == "person" and is_full(item.words))
        ):
            self.types[i] = "organisation"
            return short[0]
        if type_ == "place" and not known and item.words in self._titled and item.words not in self._placed:
            return self._bare_person(i)
        if type_ == "place":
            return self._place(i)
        if type_ == "person":
            return self._bare_person(i)
        if type_ == "organisation":
            return self._full(i)
        return type_, name_key(item.surface, type_), None

    def _is_person(self, i: int, short: tuple[Organisation, bool] | None, is_before: bool) -> bool:
        """Whether a bare name that is a part of someone's is that person, and no town, firm or country."""
        type_, known = self.types[i], self.known[i]
        if type_ == "place":
            is_named_so = known and known.country in self.peoples
            return not is_named_so and self.items[i].words not in self._placed and (is_before or not known)
        if not short:
            return not known or is_before
        if type_ == "organisation":
            return False
        if is_before and short[1]:
            return not _BUSINESS.match(self.text, self.items[i].end)
        return is_before or not short[1]

    def _bare_person(self, i: int) -> _Group:
        item = self.items[i]
        self.types[i] = "person"
        if item.surface.casefold() in self.titles.listed and (
            wearer := self.people.wearer(self.titles.rank(item.surface), item.start)
        ):
            return wearer
        role = self.roles[i] = self.titles.before(self.text, item.start) or self.titles.after(self.text, item.end)
        gender = self.titles.gender_before(self.text, item.start)
        rank = self.titles.rank(role) if role else None
        person = self.people.who(item.words, item.start, rank, gender, self.sentences)
        if person is None and not self.people.candidates(item.words, item.start)[0]:
            person = self.people.join([(item.start, item.words)])[0]
            person.gender = gender
        if person is None:
            return "person", name_key(item.surface, "person"), None
        person.named_at.insert(bisect_left(person.named_at, item.start), item.start)
        if rank:
            self.people.wear(rank, item.start, person)
        return person

    def _country(self, known: Known) -> _Group:
        """A nationality's country or land; a people without one of its own stands for itself."""
        land = lands(self.lookups).get(known.name)
        if not land:
            return "nationality", people(known), known.country
        # 'Congolese' are of two countries: of the one that the article names.
        name, country = next((one for one in land if one[1] in self.countries_named), land[0])
        return "place", name_key(name, "place"), country

    def _place(self, i: int) -> _Group:
        item, known = self.items[i], self.known[i]
        if known:
            return "place", name_key(known.name, "place"), known.country
        key = name_key(item.surface, "place")
        return "place", self._places.setdefault(place_sound(item.words), key), None

    def _write(self) -> list[ResolvedName]:
        numbers: dict[_Group, int] = {}
        members: list[list[int]] = []
        for i, group in enumerate(self.groups):
            assert group is not None
            number = numbers.setdefault(group, len(members))
            if number == len(members):
                members.append([])
            members[number].append(i)
        out: list[ResolvedName | None] = [None] * len(self.items)
        for number, (group, own) in enumerate(zip(numbers, members, strict=True)):
            name, type_, country = self._canonical(group, own)
            key = words(name)
            for i in own:
                item = self.items[i]
                kind = self._kind(item, group, key)
                out[i] = ResolvedName(
                    *item[:2], item.surface, self.types[i], number, name, type_, country, self.roles[i], kind
                )
        return [one for one in out if one]

    def _canonical(self, group: _Group, own: list[int]) -> tuple[str, str, str | None]:
        """The name, type and country of a group: the listed name, else the fullest that the article gives."""
        surfaces = Counter(self.items[i].surface for i in own)
        listed = next((known for i in own if (known := self.known[i]) and known.type == self.types[i]), None)
        if isinstance(group, tuple):
            type_, _, country = group
            if type_ == "place" and listed and listed.type == "nationality":
                land = lands(self.lookups)[listed.name]
                return next(name for name, code in land if code == country), type_, country
            if type_ == "nationality" and listed:
                return people(listed), type_, country
            return (listed.name if listed and type_ != "person" else fullest(surfaces)), type_, country
        if isinstance(group, Person):
            return fullest(surfaces), "person", None
        if group.known:
            return group.known, "organisation", self.organisations.opening(group.known)[0]
        return self._qualified(group, fullest(surfaces))

    def _qualified(self, group: Organisation, name: str) -> tuple[str, str, str | None]:
        """An organisation with its country; one that many countries have is called by it.

        The country is the one beside the name or in it, else the only one that the article names.
        """
        country, rest = self.organisations.opening(name)
        if not self.organisations.is_generic(rest if country else name):
            return name, "organisation", country
        country = country or group.country or (next(iter(self.countries)) if len(self.countries) == 1 else None)
        if country in self.lookups.adjectives:
            rest = self.organisations.without_country(rest if rest != name else name)
            name = f"{_ADJECTIVES.get(country) or self.lookups.adjectives[country]} {rest}"
        return name, "organisation", country

    def _kind(self, item: Item, group: _Group, key: tuple[str, ...]) -> str:
        if item.words == key:
            return "full"
        if item.type == "nationality":
            return "demonym"
        if isinstance(group, Person) and item.surface.casefold() in self.titles.listed:
            return "role"
        if item.is_acronym and item.words[0] not in key:  # no 'ERDOGAN' of a headline
            return "acronym"
        sounds_alike = not isinstance(group, Organisation) and len(item.words) == len(key)
        return "transliteration" if sounds_alike else "short"
