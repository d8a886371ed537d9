"""Reads one run of capitalised words into pieces: persons, organisations, nationalities, places, unknowns.

It sees the run alone, from left to right, and takes the longest match at each word. The runs are found by
`runs.py`, remembered by `names.py`, and settled by the article in `settle.py`.
"""

import re
from typing import NamedTuple

from pipelines.extract.runs import WORD
from pipelines.lookups.lists import Known, Lookups

SMALL = frozenset({"of", "for", "the", "and", "&"})
_MARKS = str.maketrans("’‘ʼʿʾ`", "''''''")
_ACRONYM = re.compile(r"[A-Z][A-Z&]{1,5}s?|(?:[A-Z]\.){2,5}")
_GENERAL = "General"  # a title, but also 'General Command', 'General Assembly'


class Piece(NamedTuple):
    """A part of a run. Offsets count from where the run starts, after `recognise.py` from the paragraph's start.

    `type` is person, organisation, place, nationality, a type of `things.py`, or what the article must decide:
    acronym, unknown and head ('Observatory'). `name` is canonical where the run alone tells it.
    """

    start: int
    end: int
    type: str
    name: str
    confidence: float
    role: str | None = None
    country: str | None = None
    kind: str | None = None
    is_initial: bool = False


class Reading:
    """One pass over the words of one run, from left to right."""

    def __init__(self, lookups: Lookups, run: str, is_initial: bool) -> None:
        self.lists = lookups
        self.is_initial = is_initial
        spans = [match.span() for match in WORD.finditer(run)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.words = [run[start:end].translate(_MARKS) for start, end in spans]
        self.out: list[Piece] = []

    def pieces(self) -> list[Piece]:
        i, count = 0, len(self.words)
        while i < count:
            i = self._step(i)
        return self.out

    def _step(self, i: int) -> int:
        """Read what starts at word i and return where to go on."""
        lists, word = self.lists, self.words[i]
        if word in SMALL or word in lists.particles or word in lists.never:
            return i + 1
        organisation = self._organisation(i)
        end, known = self._known(i)
        if organisation > end and not (known and known.type == "title" and organisation == i + 1):
            return self._add_organisation(i, organisation)
        if known is None:
            if "-" in word and (parts := self._hyphenated(i)):
                self.out.extend(parts)
                return i + 1
            return self._person(i) or self._unknown(i)
        if known.type == "title":
            return self._titled(i)
        if known.type == "place" and end < len(self.words) and self.words[end] in lists.things:
            return self._past_capitals(end)
        if known.kind == "region" and word in lists.given and self._person(i):
            return self._person_end
        sure = 0.95 if known.type != "organisation" else 0.9
        self._add(i, end, known.type, known.name, sure, country=known.country, kind=known.kind)
        return end + 1 if end < len(self.words) and self.words[end] in lists.divisions else end

    def _add(
        self,
        i: int,
        end: int,
        type_: str,
        name: str,
        confidence: float,
        role: str | None = None,
        country: str | None = None,
        kind: str | None = None,
    ) -> None:
        span = (self.starts[i], self.ends[end - 1])
        self.out.append(Piece(*span, type_, name, confidence, role, country, kind, self.is_initial and i == 0))

    def _name(self, i: int, end: int) -> str:
        return " ".join(self.words[i:end])

    def _known(self, i: int) -> tuple[int, Known | None]:
        """The longest listed phrase at word i and where it ends; (i, None) where there is none."""
        for length in range(min(self.lists.longest.get(self.words[i], 0), len(self.words) - i), 0, -1):
            known = self.lists.known.get(self._name(i, i + length) if length > 1 else self.words[i])
            if known:
                return i + length, known
        return i, None

    def _hyphenated(self, i: int) -> list[Piece]:
        """'Turkish-Syrian' as two pieces; nothing unless both parts are listed."""
        pieces, at = [], self.starts[i]
        for part in self.words[i].split("-"):
            known = self.lists.known.get(part)
            if not known or known.type == "title":
                return []
            span = (at, at + len(part))
            pieces.append(Piece(*span, known.type, known.name, 0.9, None, known.country, known.kind))
            at += len(part) + 1
        return pieces

    def _titled(self, i: int) -> int:
        """A title, or several: 'President President' is one, and the first of different ones is the role."""
        end, known = self._known(i)
        role, words = (known.name if known else ""), self.words
        while end < len(words):
            if words[end] in ("and", "&") or words[end] in SMALL:
                return end
            further, known = self._known(end)
            if not known or known.type != "title":
                break
            end = further
        if end >= len(words) or words[end] in self.lists.never:
            return end
        _, known = self._known(end)
        if known and known.type != "title" and words[end] not in self.lists.given:
            return end
        last = self._past_name(end)
        if last > end:
            self._add(end, last, "person", self._name(end, last), 0.95, role)
        return max(last, end)

    def _person(self, i: int) -> int:
        """A given name and what follows it, or 0; the end is kept for the caller."""
        word, words = self.words[i], self.words
        self._person_end = 0
        if word in self.lists.given or word.split("-")[0] in self.lists.given:
            last = self._past_name(i)
            if last > i + 1 and words[last - 1] not in self.lists.things:
                self._add(i, last, "person", self._name(i, last), 0.85)
                self._person_end = last
        return self._person_end

    def _past_name(self, i: int) -> int:
        """Where a person's name that starts at word i ends: five words at most, particles inside."""
        words, lists, end = self.words, self.lists, i
        while end < len(words) and end < i + 5:
            word = words[end]
            if word in lists.particles and end + 1 < len(words) and end > i:
                if words[end + 1] in SMALL:
                    break
                end += 2 if words[end + 1] not in lists.particles else 3
                continue
            if word in SMALL or word in lists.never or word in lists.organisation_ends:
                break
            if len(word) > 2 and word.isupper() and word[1].isalpha() and not words[i].isupper():
                break
            if end > i and self._is_listed(end):
                break
            end += 1
        return min(end, len(words))

    def _is_listed(self, i: int) -> bool:
        """Whether a title, an organisation or a nationality starts here, which no name runs into."""
        end, known = self._known(i)
        if not known or (known.type == "place" and known.kind == "country" and end == i + 1):
            return False
        return not (known.type in ("title", "nationality") and end == len(self.words))

    def _organisation(self, i: int) -> int:
        """Where an organisation's name that starts at word i ends, or 0."""
        words, lists, end, j = self.words, self.lists, 0, i
        while j < min(len(words), i + 9):
            word = words[j]
            if word in ("of", "for"):
                if words[j - 1] not in lists.organisation_heads:
                    break
                return self._past_object(j)
            if word in ("and", "&"):
                if not (self._is_topic(j - 1) and self._is_topic(j + 1)):
                    break
            elif word in SMALL or word in lists.never or (word in lists.particles and j == i):
                break
            elif word in lists.organisation_ends:
                end = j + 1
            elif j > i or word not in lists.modifiers:
                _, known = self._known(j)
                if known and known.type == "title" and word != _GENERAL:
                    break
            j += 1
        return end

    def _is_topic(self, i: int) -> bool:
        return i < len(self.words) and self.words[i] in self.lists.topics

    def _past_object(self, j: int) -> int:
        """Where 'of the Army and Armed Forces' ends, which starts at word j."""
        words, lists = self.words, self.lists
        k = j + 2 if j + 1 < len(words) and words[j + 1] == "the" else j + 1
        first = k
        while k < min(len(words), first + 6):
            word = words[k]
            if word in ("and", "&", "of"):
                joins = self._is_topic(k - 1) and self._is_topic(k + 1)
                if not joins and not (word == "of" and words[k - 1] in lists.organisation_heads):
                    break
            elif word in lists.never or (word in lists.given and k > first and word not in lists.topics):
                break
            elif word not in lists.particles and word != "the":
                end, known = self._known(k)
                if known and known.type == "title":
                    break
                if known and known.type == "place":
                    return end
            k += 1
        while k > first and (words[k - 1] in SMALL or words[k - 1] in lists.particles):
            k -= 1
        return k if k > first else j

    def _add_organisation(self, i: int, end: int) -> int:
        """An organisation; a lone 'Observatory' is for the article to decide, a lone 'Police' is nothing."""
        name = self._name(i, end)
        if end == i + 1:
            if name in self.lists.known:
                self._add(i, end, "organisation", self.lists.known[name].name, 0.7)
            else:
                self._add(i, end, "head", name, 0.6)
            return end
        known = self.lists.known.get(name)
        _, opening = self._known(i)
        country = opening.country if opening and opening.type in ("nationality", "place") else None
        self._add(i, end, "organisation", known.name if known else name, 0.85, country=country)
        return end

    def _past_capitals(self, i: int) -> int:
        while i < len(self.words) and self.words[i] not in SMALL:
            i += 1
        return i

    def _unknown(self, i: int) -> int:
        """Capitalised words that no list explains, up to the next that one does."""
        words, lists = self.words, self.lists
        if self._is_acronym(words[i]):
            self._add(i, i + 1, "acronym", words[i], 0.6)
            return i + 1
        end = i + 1
        while end < len(words):
            word = words[end]
            if word in lists.particles and end + 1 < len(words) and words[end + 1][:1].isupper():
                end += 2
                continue
            if word in SMALL or word in lists.particles or word in lists.never or self._is_acronym(word):
                break
            if word in lists.things:
                return self._past_capitals(end)
            _, known = self._known(end)
            if known or (word in lists.given and self._past_name(end) > end + 1):
                break
            if self._organisation(end) > end + 1 and word not in lists.modifiers:
                break
            end += 1
        if words[i] in lists.things and end == i + 1:
            return end
        stop = end
        kind = None
        if words[stop - 1] in lists.divisions and stop > i + 1:
            stop, kind = stop - 1, "division"
        if stop == i + 1 and words[i] in lists.modifiers:
            return end
        self._add(i, stop, "unknown", self._name(i, stop), 0.6, kind=kind)
        return end

    def _is_acronym(self, word: str) -> bool:
        return bool(_ACRONYM.fullmatch(word)) and word not in self.lists.not_organisations
