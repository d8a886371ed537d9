"""Reads the names of things out of one run of capitalised words: facilities, events, weapons and the like.

The longest of what the lists, the models and the class words know at a word counts. The runs are found by `things.py`,
which remembers what was read; the lists are those of things.yaml.
"""

from typing import NamedTuple

from pipelines.extract.class_words import ROMAN, ended, headed, numbered
from pipelines.extract.models import model, road, ship
from pipelines.extract.thing_runs import MARKS, SMALL, Around, Found, Run
from pipelines.lookups.lists import Lookups
from pipelines.lookups.things import ThingNames

TELLING = {"facility": "facility", "brand": "product", "plant": "facility"}
"""The words after a name that make a thing of any name, and of which type."""


_FORMS = (Run.listed, ship, model, road, headed, numbered, ended)


class ThingName(NamedTuple):
    """A name in a run: its offsets there, its type, how sure it is."""

    start: int
    end: int
    type: str
    confidence: float


def may_tell(names: ThingNames, run: str) -> bool:
    """Whether a run has a word or number that can make it the name of a thing, whatever stands around it."""
    for word in run.translate(MARKS).split():
        word = word.removesuffix("'s")
        if word in names.longest or word in names.ends or word in names.telling or not word.isalpha():
            return True
    return False


class RunReader:
    """One pass over the words of one run, from left to right."""

    def __init__(self, lookups: Lookups, run: str, around: Around) -> None:
        self.run = Run(lookups, run, around)
        self.out: list[ThingName] = []

    def read(self) -> list[ThingName]:
        """The names in order, none overlapping another."""
        run, i, last = self.run, 0, 0
        while i < len(run.words):
            if self._opens(i):
                run.opening += i == run.opening
                i += 1
            elif (end := self._step(i)) > i:
                i = last = end
            else:
                i = self._past_known(i)
        if last < len(run.words):
            self._before_word(last)
        return self.out

    def _opens(self, i: int) -> bool:
        """Whether the word stands before a name: an article, a title, the first word of a sentence, a bare number."""
        run, word = self.run, self.run.words[i]
        if word in run.names.openers or word in SMALL or word in run.lookups.particles:
            return not (word.lower() == "al" and i + 1 < len(run.words))
        if word.isdigit():
            return numbered(run, i)[0] == i == run.listed(i)[0]
        if i == run.opening and run.around.type_before:
            return False
        known = run.lookups.known.get(word)
        if known is None or known.type != "title" or word in run.names.heads:
            return False
        return word not in run.names.longest or run.listed(i)[0] == i

    def _step(self, i: int) -> int:
        """Add what starts at word i and return where it ends; i where nothing does."""
        found = [form(self.run, i) for form in _FORMS]
        if i == self.run.opening and self.run.around.type_before:
            found.append(self._told(i))
        end, type_, confidence = max(found, key=lambda name: (name[0], name[2]))
        if end > i and type_:
            self._add(i, end, type_, confidence)
        return end

    def _add(self, i: int, end: int, type_: str, confidence: float) -> None:
        self.out.append(ThingName(self.run.starts[i], self.run.ends[end - 1], type_, confidence))

    def _past_known(self, i: int) -> int:
        """Behind the listed country, body or people at word i: no name of a thing starts inside it."""
        run = self.run
        for length in range(min(run.lookups.longest.get(run.words[i], 0), len(run.words) - i), 1, -1):
            if run.phrase(i, i + length) in run.lookups.known:
                return i + length
        return i + 1

    def _told(self, i: int) -> Found:
        """What a word before the run tells: 'the tanker Amal', 'the fields of Rumaila'."""
        run, end = self.run, self.run.past_capitals(i, 3)
        known = run.lookups.known.get(run.phrase(i, end)) or run.lookups.known.get(run.words[i])
        is_other = known and known.type not in ("person", "title")  # ships bear titles: 'the ferry Princess Nadia'
        if end == i or is_other or run.words[i] == "Captain" or run.words[end - 1] in run.lookups.organisation_ends:
            return i, "", 0.0
        return end, run.around.type_before, 0.75

    def _before_word(self, last: int) -> None:
        """What the word after the run tells of the end of it: 'Hmeimim base', 'the Simba Stout brand'."""
        run, words, type_ = self.run, self.run.words, self.run.around.type_after
        if type_ not in TELLING or run.around.word in ("a", "an") or run.is_owner[-1]:
            return
        if type_ == "plant" and words[-1].isalpha() and not ROMAN.fullmatch(words[-1]):
            return  # 'the Orosi II plant', but 'the Ford plant' is one of many
        first = len(words)
        while first > max(last, len(words) - 4):
            word = words[first - 1]
            if word in run.names.openers or word in SMALL or run.is_people(first - 1):
                break
            if first < len(words) and run.is_owner[first - 1]:
                break
            first -= 1
        while first < len(words) and words[first] in run.lookups.particles and words[first].lower() != "al":
            first += 1
        if first < len(words) and not self._is_body(first):
            self._add(first, len(words), TELLING[type_], 0.7)

    def _is_body(self, first: int) -> bool:
        """Whether these last words are a country, a body or an acronym, which a base or a brand belongs to."""
        lookups, names, words = self.run.lookups, self.run.names, self.run.words[first:]
        phrase = " ".join(words)
        if words[-1] in lookups.organisation_ends or (len(words) == 1 and phrase.replace(".", "").isupper()):
            return True
        return any(phrase in known for known in (lookups.known, names.plain, names.car_makers, names.aircraft_makers))
