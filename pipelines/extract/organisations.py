"""One article's organisations: which full name 'the Observatory', 'Kestrel', 'Labour' or 'SOHR' stands for.

A full name is entered with every short form it may be called by; a short form is looked up among the names that were
introduced before it, the latest first. Headlines name before the text introduces, so the first after it comes next.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipelines.extract.acronyms import initials
from pipelines.extract.aliases import Aliases
from pipelines.extract.transliteration import name_key, words
from pipelines.lookups.lists import Lookups

_POSSESSIVE = re.compile("['’]s?$")
_LONGEST = 8  # words; a longer name is called by its first or last ones all the same
_PLURAL_OF_ADHERENTS = "ic"  # 'Democratic Party': 'Democrats'

# What towns have; a firm by these words would be called by all of its name.
_OF_TOWNS = frozenset(
    "university college hospital police council club united city fc rovers athletic times post herald gazette "
    "cathedral church museum court school academy airport assembly parliament government authority "
    "administration".split()
)

# Of these every state has its own, and they are called so without its name.
_ONE_EACH = frozenset("parliament senate congress cabinet government army navy police treasury".split())
_OF_STATES = _ONE_EACH | frozenset("ministry department court".split())


@dataclass(eq=False)
class Organisation:
    """A full name of the article; `known` is its canonical name in the lists."""

    key: str
    words: tuple[str, ...]
    known: str | None = None
    country: str | None = None
    whole: "Organisation | None" = None  # the one this was but a short name of

    @property
    def final(self) -> "Organisation":
        """The one that it is in the end; a short name's whole has none itself or is a longer name."""
        return self.whole.final if self.whole and len(self.whole.words) > len(self.words) else self


@lru_cache(maxsize=2)
def _general_words(lookups: Lookups) -> tuple[frozenset[str], frozenset[str]]:
    """Words that end an organisation's name, and with them all of which a name that many have is made."""
    ends = frozenset(word.casefold().rstrip(".") for word in lookups.organisation_ends)
    generic = lookups.modifiers | lookups.topics | lookups.organisation_heads
    words_of = ends | {word.casefold() for phrase in generic for word in phrase.split()}
    return ends, words_of | {"of", "for", "and", "the", "green", "justice", "freedom", "radical"}


class Organisations:
    """The index over one article."""

    def __init__(self, lookups: Lookups) -> None:
        self.ends, self.generic = _general_words(lookups)
        self.lookups = lookups
        self._by_key: dict[str, Organisation] = {}
        self._aliases: Aliases[Organisation] = Aliases()
        self._generic: Aliases[Organisation] = Aliases()
        self._acronyms: Aliases[Organisation] = Aliases()
        self._initials: Aliases[Organisation] = Aliases()

    def full(self, surface: str, at: int, known: str | None = None, country: str | None = None) -> Organisation:
        """The organisation of this full name at this offset; `country` is the one that stands beside it.

        What many countries have is one for each: 'Kenya's Ministry of Health' and 'Uganda's Ministry of Health'.
        One without a country is the last one before it, or the first after it, of that name.
        """
        opening, rest = self.opening(surface)
        if known or not self.is_generic(rest):
            key, country = name_key(known or surface, "organisation"), opening
        else:
            country = opening or self._country_behind(surface) or country
            key = name_key(self.without_country(rest), "organisation")
            if country is None and (found := self._generic.nearest(key, at)):
                return found[0]
            bare, key = key, f"{key} {country or ''}"
        found_already = self._by_key.get(key)
        own = words(surface)
        one = found_already or Organisation(key, own, known, country)
        self._by_key[key] = one
        if not known and self.is_generic(rest):
            self._generic.add(bare, at, one)
        if not found_already:
            for letters in sorted(initials(own)):
                self._initials.add(letters, at, one)
        for alias in sorted({*self._short_forms(surface), *self._short_forms(known or surface)}):
            self._aliases.add(alias, at, one)
        return one

    def opening(self, name: str) -> tuple[str | None, str]:
        """The country whose name or adjective opens a name, and the rest: ('RU', 'Foreign Ministry')."""
        parts = name.split()
        for count in (2, 1):
            known = self.lookups.known.get(_POSSESSIVE.sub("", " ".join(parts[:count])))
            if known and known.type in ("nationality", "place") and known.country and len(parts) > count:
                return known.country, " ".join(parts[count:])
        return None, name

    def _country_behind(self, name: str) -> str | None:
        """'KE' of 'Ministry of Health of Kenya'; 'Bank of Ghana' and 'University of Chile' are names as they stand."""
        body, land = _behind(name)
        known = self.lookups.known.get(land)
        is_of_state = (
            known and known.kind == "country" and len(words(body)) > 1 and _OF_STATES.intersection(words(body))
        )
        return known.country if known and is_of_state else None

    def without_country(self, name: str) -> str:
        """'Ministry of Health' of 'Ministry of Health of Kenya'."""
        return _behind(name)[0] if self._country_behind(name) else name

    def define(self, acronym: str, at: int, whose: Organisation) -> None:
        """An acronym or other short name, in the letters of `words`, that the text gives for it."""
        self._acronyms.add(acronym, at, whose)
        self._aliases.add(acronym, at, whose)  # it may be written as a word: 'Hamas'

    def by_acronym(self, letters: str, at: int) -> Organisation | None:
        """The one defined so; else the only one so far whose words begin with these letters."""
        if found := self._acronyms.nearest(letters, at):
            return found[0].final
        candidates, _ = self._initials.recent(letters, at, 2)
        return candidates[0].final if len(candidates) == 1 and len(letters) > 1 else None

    def by_short(self, surface: str, at: int) -> tuple[Organisation, bool] | None:
        """The one a short form stands for here, and whether it was introduced before."""
        alias = " ".join(words(surface))
        # The possessive of 'St Mary's Hospital' was taken for one of 'St Mary's'.
        found = self._aliases.nearest(alias, at) or self._aliases.nearest(alias + "s", at)
        return (found[0].final, found[1]) if found else None

    def is_generic(self, surface: str) -> bool:
        """Whether many countries have one of this name: 'Ministry of Health', 'Supreme Court'."""
        own = words(self.without_country(surface))
        return self.generic.issuperset(own) and (len(own) > 1 or _ONE_EACH.issuperset(own))

    def _short_forms(self, surface: str) -> Iterator[str]:
        own = words(surface)[: _LONGEST * 2]
        count = len(own)
        joint = next((i for i, word in enumerate(own) if i and word in ("of", "for", "in", "at")), count)
        head = own[:joint]
        # 'Observatory', 'Central Bank': the head and what stands before it, as long as something is left out.
        for i in range(max(0, joint - 3), joint):
            if i or joint < count:
                yield " ".join(head[i:])
        first = self.lookups.known.get(surface.split()[0]) if surface.split() else None
        if first and first.type in ("nationality", "place") and count > 2:
            yield " ".join(own[1:])
        if joint < count:
            if own[-1] in self.ends:  # 'the Assembly' of a House of Assembly
                yield own[-1]
            return
        # 'Kestrel' of 'Kestrel Bank'; 'Defence Ministry' of 'Defence Ministry Press Office' is another body.
        for i in range(1, min(count, _LONGEST)):
            if own[i - 1] in self.ends or (i == 1 and first and first.type in ("nationality", "place")):
                continue
            short = " ".join(own[:i])
            yield short
            if own[-1] in ("party", "movement", "front", "alliance", "union", "league"):
                yield short + "s"
                if short.endswith(_PLURAL_OF_ADHERENTS):
                    yield short[:-2] + "s"


def is_firm_of(short: tuple[str, ...], whole: Organisation, is_before: bool) -> bool:
    """Whether what looks like a place is rather the firm that was named before it by the same first words.

    'Kestrel' after 'Kestrel Bank' is; 'Oslo' after 'University of Oslo' or 'Oslo University' is the town.
    """
    return is_before and whole.words[: len(short)] == short and whole.words[-1] not in _OF_TOWNS


def _behind(name: str) -> tuple[str, str]:
    head, _, tail = name.rpartition(" of ")
    return head, tail.removeprefix("the ")
