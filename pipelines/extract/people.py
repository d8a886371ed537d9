"""One article's people: who 'Erdogan', 'Mr Kim', 'J. R. Calloway' or 'Szabó Márta' is.

Full names are joined first, the longest before the shorter, then bare names go to one of them. Where two people
share a bare name, it goes to the one that

1. wears the title it is given here ('President Kim'), or
2. is not of the other sex, as Mr, Mrs, 'her husband' or else the first pronoun after the full name tell, or
3. is not introduced as the other's kin ('his widow, X'), or
4. has been introduced when the other has not (before both, in a headline, the one introduced first), or
5. alone was named in this sentence or the one before, or
6. alone bears a title, since agencies call the spouse or child of an office-holder by the given name.

What is then still open stays a person by itself: a wrong join costs an analyst more than a missing one.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipelines.extract.aliases import Aliases
from pipelines.extract.transliteration import GENERATIONS, ORDINALS, name_key, sound_key

_MOST = 8  # people of one bare name that are weighed; of more, the latest. It keeps 10,000 Kims linear
_LONGEST = 6  # words of a name whose every part stands for it; of a longer one its first and last words do
_PARTICLES = frozenset("de del della da do dos das di la le du des van der den ten ter von zu bin ibn bint".split())
# English short names; within one article and with one surname they are the same person.
_SHORT_FOR = {
    short: name
    for name, shorts in {
        "robert": "bob bobby rob", "william": "bill will billy", "richard": "dick rick", "james": "jim jimmy jamie",
        "john": "jack johnny", "michael": "mike mick", "thomas": "tom tommy", "edward": "ed eddie ted", "joseph": "joe",
        "elizabeth": "liz beth betty lizzie", "margaret": "maggie peggy meg", "catherine": "kate cathy katie",
        "katherine": "kate kathy", "christopher": "chris", "anthony": "tony", "alexander": "alex",
        "daniel": "dan danny", "david": "dave", "stephen": "steve", "steven": "steve", "andrew": "andy drew",
        "charles": "charlie chuck",
        "samuel": "sam", "benjamin": "ben", "patrick": "pat", "nicholas": "nick", "matthew": "matt", "gregory": "greg",
        "nikolaos": "nikos", "georgios": "giorgos george", "konstantinos": "kostas", "dimitrios": "dimitris",
        "susan": "sue", "patricia": "pat patty", "jennifer": "jen jenny", "francisco": "paco", "jose": "pepe",
    }.items()
    for short in shorts.split()
}  # fmt: skip
_MEN_IN_A = frozenset(
    "joshua luca nikita mustafa mustapha musa issa isa ilya nikola andrea sasha kenta yahya mikola".split()
)


@dataclass(eq=False)
class Person:
    """A person: the words of the fullest name without 'Jr', and what the article tells of them."""

    words: tuple[str, ...]
    generation: str | None = None
    ranks: set[str] = field(default_factory=set)
    gender: str | None = None
    is_kin: bool = False
    named_at: list[int] = field(default_factory=list)


def split_generation(words: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
    """('harold', 'pruitt', 'jr') as (('harold', 'pruitt'), 'jr')."""
    if len(words) > 1 and words[-1] in GENERATIONS:
        return words[:-1], words[-1]
    return words, None


def is_full(words: tuple[str, ...]) -> bool:
    """Whether a name has more than one part: 'J. Kim' and 'Felipe VI' have, 'Pruitt Jr.' and 'van Dijk' have not."""
    own, generation = split_generation(words)
    return generation in ORDINALS or sum(word not in _PARTICLES for word in own) > 1


@lru_cache(maxsize=100_000)
def _forms(own: tuple[str, ...], generation: str | None, full: tuple[str, ...]) -> tuple[str, ...]:
    """What stands for a person for short; with '~' before it by sound, asked for where none is found by letters."""
    forms: list[str] = []
    for alias in sorted({*_parts(own), *_parts(full)}):
        forms += [alias, f"{alias} {generation}"] if generation else [alias]
        forms.append("~" + " ".join(map(sound_key, alias.split())))
    return tuple(forms)


class People:
    """The index over one article, filled by `join` and asked by `who`."""

    def __init__(self) -> None:
        self.found: list[Person] = []
        self._by_key: dict[tuple[str, str | None], Person] = {}
        self._by_sound: dict[tuple[str, str | None], Person] = {}
        self._by_initials: dict[tuple[str, str], list[Person]] = {}
        self._parts: dict[str, list[Person]] = {}
        self._aliases: Aliases[Person] = Aliases()
        self._wearers: Aliases[Person] = Aliases()

    def join(self, names: Sequence[tuple[int, tuple[str, ...]]]) -> list[Person]:
        """The person of each full name, given as (offset, words) in order of position."""
        order = sorted(range(len(names)), key=lambda i: (_short_words(names[i][1]), -len(names[i][1]), i))
        people: dict[int, Person] = {}
        for i in order:
            people[i] = self._person(*names[i])
        for i, (at, words) in enumerate(names):
            person = people[i]
            person.named_at.append(at)
            for alias in _forms(*split_generation(words), person.words):
                self._aliases.add(alias, at, person)
        return [people[i] for i in range(len(names))]

    def _person(self, at: int, words: tuple[str, ...]) -> Person:
        own, generation = split_generation(words)
        key = (name_key(" ".join(own), "person"), generation)
        sound = (" ".join(sorted(sound_key(_SHORT_FOR.get(word, word)) for word in own)), generation)
        joined = ("".join(own), generation)  # 'Min-seo' and 'Minseo'
        person = self._by_key.get(key) or self._longer(own, generation)
        person = person or self._by_sound.get(sound) or self._by_sound.get(joined)
        if person is None:
            person = Person(own, generation)
            self.found.append(person)
            self._by_initials.setdefault((own[0][0], own[-1]), []).append(person)
            for part in _parts(own):
                if " " in part:
                    self._parts.setdefault(part, []).append(person)
        self._by_key.setdefault(key, person)
        self._by_sound.setdefault(sound, person)
        self._by_sound.setdefault(joined, person)
        person.generation = person.generation or generation
        return person

    def _longer(self, own: tuple[str, ...], generation: str | None) -> Person | None:
        """A person with a fuller name of which this is a part, or that fits its initials."""
        fuller = self._parts.get(" ".join(own), []) or self._parts.get(f"{own[0]} {own[-1]}", [])
        candidates = [person for person in fuller[:_MOST] if len(person.words) > len(own)]
        if any(len(word) == 1 for word in own):
            initialled = self._by_initials.get((own[0][0], own[-1]), [])
            candidates += [person for person in initialled[:_MOST] if _fits(own, person.words)]
        candidates = [one for one in candidates if generation is None or one.generation in (None, generation)]
        return candidates[0] if len(set(candidates)) == 1 else None

    def call(self, words: tuple[str, ...], at: int, person: Person) -> None:
        """Note that the text gives someone another name at an offset: 'X, known as Y'."""
        self._aliases.add(" ".join(words), at, person)

    def wear(self, rank: str, at: int, person: Person) -> None:
        """Note that someone is given a title at an offset."""
        person.ranks.add(rank)
        self._wearers.add(rank, at, person)

    def wearer(self, rank: str, at: int) -> Person | None:
        """Who was last given this title, or is next: whom 'the President' means."""
        found = self._wearers.nearest(rank, at)
        return found[0] if found else None

    def candidates(self, words: tuple[str, ...], at: int) -> tuple[list[Person], bool]:
        """Who bears this bare name, the latest named first, and whether they were named before this offset."""
        alias = " ".join(words)
        found, before = self._aliases.recent(alias, at, _MOST)
        if found:
            return found, before
        sound = " ".join(map(sound_key, words))
        return self._aliases.recent("~" + sound, at, _MOST) if len(sound) > 4 else ([], False)

    def who(
        self, words: tuple[str, ...], at: int, rank: str | None, gender: str | None, sentences: Sequence[int]
    ) -> Person | None:
        """The person a bare name at this offset stands for; None where nobody bears it or it is undecidable.

        `sentences` are the offsets at which sentences start, ascending.
        """
        found, is_before = self.candidates(words, at)
        if rank and (titled := [person for person in found if rank in person.ranks]):
            found = titled
        if gender:
            found = [person for person in found if person.gender in (None, gender)]
            if sure := [person for person in found if (person.gender or _likely_gender(person)) == gender]:
                found = sure
        if len(principals := [person for person in found if not person.is_kin]) == 1:
            found = principals
        if len(found) > 1 and not is_before:
            found = found[:1]
        if len(found) > 1:
            sentence = bisect_right(sentences, at) - 1
            since = sentences[max(0, sentence - 1)] if sentences else 0
            near = [person for person in found if _named_between(person, since, at)]
            found = near if len(near) == 1 else [person for person in found if person.ranks]
        return found[0] if len(found) == 1 else None


def _likely_gender(person: Person) -> str:
    """The weakest evidence, for Mr and Mrs alone: in most languages of Europe and Asia women's names end in -a."""
    given = person.words[0]
    return "f" if given.endswith("a") and given not in _MEN_IN_A else "m"


def _named_between(person: Person, start: int, end: int) -> bool:
    i = bisect_left(person.named_at, end)
    return i > 0 and person.named_at[i - 1] >= start


def _short_words(words: tuple[str, ...]) -> int:
    return sum(len(word) == 1 for word in words)


def _parts(words: tuple[str, ...]) -> Iterator[str]:
    """Every run of words by which someone of this name can be called, each word alone included."""
    count = len(words)
    if count > _LONGEST:
        yield from (words[0], words[-1], " ".join(words))
        return
    for i in range(count):
        for j in range(i + 1, count + 1):
            part = words[i:j]
            if part[-1] not in _PARTICLES and len(part[0]) > (j - i == 1):
                yield " ".join(part)
    if count > 2:
        yield f"{words[0]} {words[-1]}"


def _fits(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether 'J. Calloway' or 'J. R. Calloway' can be 'James R. Calloway': every word or its initial, in order."""
    if len(short) > len(full):
        return _fits(full, short)
    rest = iter(full)
    return all(any(_agree(word, other) for other in rest) for word in short)


def _agree(one: str, other: str) -> bool:
    return one == other or ((len(one) == 1 or len(other) == 1) and one[0] == other[0])
