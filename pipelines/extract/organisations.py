"""One article's organisations: which full name 'the Observatory', 'Kestrel', 'Labour' or 'SOHR' stands for.

A full name is entered with every short form it may be called by; a short form is looked up among the names that were
introduced before it, the latest first. Headlines name before the text introduces, so the first after it comes next.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipelines.extract.acronyms import initials
from pipelines.extract.aliases import Aliases
from pipelines.extract.transliteration import name_key, words
from pipelines.lookups.lists import Lookups

_LONGEST = 8  # words; a longer name is called by its first or last ones all the same
_PLURAL_OF_ADHERENTS = "ic"  # 'Democratic Party': 'Democrats'


@dataclass(eq=False)
class Organisation:
    """A full name of the article; `known` is its canonical name in the lists."""

    key: str
    words: tuple[str, ...]
    known: str | None = None
    country: str | None = None
    acronyms: set[str] = field(default_factory=set)


class Organisations:
    """The index over one article."""

    def __init__(self, lookups: Lookups) -> None:
        self.ends = frozenset(word.casefold().rstrip(".") for word in lookups.organisation_ends)
        generic = lookups.modifiers | lookups.topics | lookups.organisation_heads
        self.generic = self.ends | {word.casefold() for phrase in generic for word in phrase.split()}
        self.lookups = lookups
        self._by_key: dict[str, Organisation] = {}
        self._aliases: Aliases[Organisation] = Aliases()
        self._acronyms: Aliases[Organisation] = Aliases()
        self._initials: Aliases[Organisation] = Aliases()

    def full(self, surface: str, at: int, known: str | None = None, country: str | None = None) -> Organisation:
        """The organisation of this full name, entered at this offset."""
        key = name_key(known or surface, "organisation")
        own = words(surface)
        found = self._by_key.get(key)
        if found is None:
            found = self._by_key[key] = Organisation(key, own, known, country)
            for letters in sorted(initials(own)):
                self._initials.add(letters, at, found)
        for alias in sorted({*self._short_forms(surface), *self._short_forms(known or surface)}):
            self._aliases.add(alias, at, found)
        return found

    def define(self, acronym: str, at: int, whose: Organisation) -> None:
        """An acronym that the text gives for it."""
        self._acronyms.add(acronym, at, whose)
        whose.acronyms.add(acronym)

    def exact(self, surface: str) -> Organisation | None:
        """The one with this very name."""
        return self._by_key.get(name_key(surface, "organisation"))

    def by_acronym(self, letters: str, at: int) -> Organisation | None:
        """The one defined so; else the only one so far whose words begin with these letters."""
        if found := self._acronyms.nearest(letters, at):
            return found[0]
        candidates, _ = self._initials.recent(letters, at, 2)
        return candidates[0] if len(candidates) == 1 and len(letters) > 1 else None

    def by_short(self, surface: str, at: int) -> tuple[Organisation, bool] | None:
        """The one a short form stands for here, and whether it was introduced before."""
        alias = " ".join(words(surface))
        # The possessive of 'St Mary's Hospital' was taken for one of 'St Mary's'.
        return self._aliases.nearest(alias, at) or self._aliases.nearest(alias + "s", at)

    def is_generic(self, surface: str) -> bool:
        """Whether many countries have one of this name: 'Ministry of Health', 'Supreme Court'."""
        return self.generic.union(("of", "for", "and", "the")).issuperset(words(surface))

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
            return
        # 'Kestrel' of 'Kestrel Bank'; 'Defence Ministry' of 'Defence Ministry Press Office' is another body.
        for i in range(1, min(count, _LONGEST)):
            if own[i - 1] in self.ends or (i == 1 and first and first.type in ("nationality", "place")):
                continue
            short = " ".join(own[:i])
            yield short
            if own[-1] in ("party", "movement", "front", "alliance"):
                yield short + "s"
                if short.endswith(_PLURAL_OF_ADHERENTS):
                    yield short[:-2] + "s"
