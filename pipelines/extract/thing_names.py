"""Reads the names of things out of one run of capitalised words: facilities, events, weapons and the like.

The longest of what the lists and the forms of names know at a word counts. The runs are found by `things.py`, which
remembers what it read; the lists are those of things.yaml.
"""

import re
from typing import NamedTuple

from pipelines.lookups.lists import Lookups
from pipelines.lookups.things import ThingNames

_TOKEN = re.compile(r"\S+")
_MARKS = str.maketrans("’‘ʼ", "'''")
_DESIGNATION = re.compile(r"([A-Za-z']+)(-?)(\d{1,4})([A-Za-z]{0,3}\d{0,2}[A-Za-z]?)(?:-\w{1,4})?")
_ROAD = re.compile(r"[AM]\d{1,3}")
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)?")
_ROMAN = re.compile(r"[IVX]{1,5}")
_MODEL = re.compile(
    r"(?:[A-Za-z]{0,3}-?\d{1,3}(?:[A-Z]{0,3}[a-z]?|neo)(?:-\d{1,4}\w{0,3})?|Pro|Max|MAX|Plus|Ultra|X|SE|II|III|IV|VI|VII)"
)
_ORDINAL_WORDS = frozenset("First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth".split())
_BY_WORD = frozenset("Army Fleet Corps Battalion Brigade Regiment Squadron".split())
_OWNING = frozenset(("a", "an", "owned"))
_BY_NUMBER = frozenset("Battalion Brigade Commando Division Para Regiment Squadron Wing".split())
_OF_SAINT = frozenset(
    "St St. Saint Ste Queen King People Children Women Men Lord Bishop Workers Ladies Earl Kings Queens".split()
)
_SURNAMES = frozenset("Church Hall Park Castle Fort Temple Bridge Lane Mill Camp Gate Tower Abbey Chapel Lodge".split())
_OWNED = frozenset("Day Eve Cup Night Trophy".split())
_EVENT_WORDS = frozenset("The Next Same Final Post Film Opening Open First Last Annual Other".split())
_SMALL = frozenset("of the".split())
_MADE = {"product": "brand"}
_LONGEST = 8  # words of a name with a class word

TELLING = {"facility": "facility", "brand": "product", "plant": "facility"}
"""The words after a name that make a thing of any name, and of which type."""


class ThingName(NamedTuple):
    """A name in a run: its offsets there, its type, how sure it is."""

    start: int
    end: int
    type: str
    confidence: float


class Around(NamedTuple):
    """What stands at a run.

    `word` is the article before it, 'at' or 'in' for words before places, 'owned' for those before cars, else nothing;
    `type_before` and `type_after` are the types that the words there tell, `type_after` 'end' where a name can end.
    """

    word: str = ""
    type_before: str = ""
    type_after: str = ""


def may_tell(names: ThingNames, run: str) -> bool:
    """Whether a run has a word or number that can make it the name of a thing, whatever stands around it."""
    for word in run.translate(_MARKS).split():
        word = word.removesuffix("'s")
        if word in names.longest or word in names.ends or word in names.telling or not word.isalpha():
            return True
    return False


class RunReader:
    """One pass over the words of one run, from left to right."""

    def __init__(self, lookups: Lookups, run: str, around: Around) -> None:
        self.lookups, self.names, self.around = lookups, lookups.of_things.names, around
        spans = [match.span() for match in _TOKEN.finditer(run)]
        self.starts = [start for start, _ in spans]
        tokens = [run[start:end].translate(_MARKS) for start, end in spans]
        self.words = [token.removesuffix("'s") for token in tokens]
        self.ends = [start + len(word) for start, word in zip(self.starts, self.words, strict=True)]
        self.is_owner = [token != word for token, word in zip(tokens, self.words, strict=True)]
        self.opening = 0  # the first word that is no article or the like
        self.out: list[ThingName] = []

    def read(self) -> list[ThingName]:
        i, count, last = 0, len(self.words), 0
        while i < count:
            if self._opens(i):
                self.opening += i == self.opening
                i += 1
                continue
            end = self._step(i)
            if end == i:
                end = self._past_known(i)
            else:
                last = end
            i = end
        if self.around.type_after and last < count:
            self._before_word(max(last, 0))
        return self.out

    def _opens(self, i: int) -> bool:
        word = self.words[i]
        if word in self.names.openers or word in _SMALL or word in self.lookups.particles:
            return not (word.lower() == "al" and i + 1 < len(self.words))
        if word.isdigit():
            return self._numbered(i)[0] == i == self._listed(i)[0]
        if i == self.opening and self.around.type_before:
            return False
        known = self.lookups.known.get(word)
        if known is None or known.type != "title" or word in self.names.heads:
            return False
        return word not in self.names.longest or self._listed(i)[0] == i

    def _step(self, i: int) -> int:
        """Add what starts at word i and return where it ends; i where nothing does."""
        found = [self._listed(i), self._ship(i), self._model(i), self._headed(i), self._numbered(i), self._ended(i)]
        if i == self.opening and self.around.type_before:
            found.append(self._told(i))
        end, type_, confidence = max(found, key=lambda name: (name[0], name[2]))
        if end == i:
            return i
        if type_:
            self._add(i, end, type_, confidence)
        return end

    def _add(self, i: int, end: int, type_: str, confidence: float) -> None:
        self.out.append(ThingName(self.starts[i], self.ends[end - 1], type_, confidence))

    def _phrase(self, i: int, end: int) -> str:
        """The words from i to end; nothing where there are fewer."""
        return " ".join(self.words[i:end]) if end <= len(self.words) else ""

    def _past_known(self, i: int) -> int:
        """Behind the listed country, body or people at word i: no name of a thing starts inside it."""
        for length in range(min(self.lookups.longest.get(self.words[i], 0), len(self.words) - i), 1, -1):
            if self._phrase(i, i + length) in self.lookups.known:
                return i + length
        return i + 1

    def _listed(self, i: int) -> tuple[int, str, float]:
        """A name that is listed whole, with the number of a model behind it; '' as type for what is no thing."""
        names, words = self.names, self.words
        for length in range(min(names.longest.get(words[i], 0), len(words) - i), 0, -1):
            if any(self.is_owner[i : i + length - 1]):
                continue
            phrase, end = self._phrase(i, i + length), i + length
            if phrase in names.never:
                return end, "", 1.0
            if type_ := names.designated.get(phrase):
                return self._past_nicknames(end), type_, 0.9
            if type_ := names.names.get(phrase):
                is_model = type_ in ("product", "weapon", "vehicle")
                further = self._past_model(end) if is_model else end
                if phrase in names.needs_word and further == end and not self._is_told(type_, end):
                    continue
                if further == end and end < len(words) and self._goes_on(end):
                    continue
                return further, type_, 0.9
        return i, "", 0.0

    def _is_told(self, type_: str, end: int) -> bool:
        around = self.around
        if type_ == "event" and around.word == "the" and len(self.words) == 1:
            return True  # 'the Ashes', 'the Masters'
        if type_ == "facility" and around.word == "at" and len(self.words) == end:
            return True  # 'at Ben Gurion'
        after = around.type_after if end == len(self.words) else ""
        return after in (type_, _MADE.get(type_)) or (around.type_before == type_ and end == len(self.words))

    def _past_model(self, end: int) -> int:
        words = self.words
        while end < len(words) and _MODEL.fullmatch(words[end]) and not self.is_owner[end - 1]:
            end += 1
        return end

    def _past_nicknames(self, end: int) -> int:
        last = min(end + 2, len(self.words))
        while end < last and self.words[end] in self.names.nicknames:
            end += 1
        return end

    def _goes_on(self, end: int) -> bool:
        """Whether the word there makes a body's name of what stands before it: 'Airport Authority'."""
        word = self.words[end]
        return not self.is_owner[end - 1] and word in self.lookups.organisation_ends and word not in self.names.ends

    def _ship(self, i: int) -> tuple[int, str, float]:
        if self.words[i] not in self.names.ships:
            return i, "", 0.0
        end = self._past_capitals(i + 1, 3)
        return (end, "vehicle", 0.9) if end > i + 1 else (i, "", 0.0)

    def _past_capitals(self, i: int, most: int) -> int:
        """Where at most so many capitalised words or numbers end that nothing else claims."""
        words, end = self.words, i
        while end < len(words) and end < i + most:
            word = words[end]
            if end > i and (self.is_owner[end - 1] or word in self.names.openers or self._is_people(end)):
                break
            is_small = word in self.lookups.particles or word in _SMALL
            if is_small and (end == i or end + 1 >= len(words) or word == "of"):
                break
            end += 1
        return end

    def _is_people(self, i: int) -> bool:
        known = self.lookups.known.get(self.words[i])
        return bool(known and known.type in ("nationality", "title"))

    def _model(self, i: int) -> tuple[int, str, float]:
        """A maker with its model, or a designation by itself: 'Toyota Hilux', 'Boeing 737-800', 'Su-24'."""
        names, words, word = self.names, self.words, self.words[i]
        after = words[i + 1] if i + 1 < len(words) and not self.is_owner[i] else ""
        if type_ := self._designated(word):
            return self._past_nicknames(i + 1), type_, 0.9
        if word in names.aircraft_makers or word in names.car_makers or self._phrase(i, i + 2) in names.car_makers:
            at = i + 1 if word in names.aircraft_makers or word in names.car_makers else i + 2
            end = self._listed(at)[0] if at < len(words) and self._listed(at)[1] == "vehicle" else at
            end = max(end, self._past_model(at))
            if end == at and at < len(words):
                model = next((n for n in (2, 1) if self._phrase(at, at + n) in names.car_models), 0)
                end = at + model if word in names.car_makers or at == i + 2 else at
                if end == at and self._designated(words[at]) == "vehicle":
                    end = at + 1
            if end > at and not self.is_owner[i]:
                return self._past_nicknames(end), "vehicle", 0.9
            if after and self._is_model_name(i, word):
                return i + 2, "vehicle", 0.7
            if i == self.opening == len(words) - 1:
                follows, is_car = self.around.type_after, word in names.car_makers
                if (follows == "vehicle" and is_car) or (follows == "end" and self.around.word in _OWNING):
                    return i + 1, "vehicle", 0.8
        return self._road(i)

    def _is_model_name(self, i: int, maker: str) -> bool:
        """Whether 'a Fiat Strada' is one: a maker and one more word that no list knows."""
        if i != 0 or len(self.words) != 2 or maker not in self.names.car_makers or self.around.word not in ("a", "an"):
            return False
        word = self.words[1]
        return word not in self.lookups.organisation_ends and word not in self.lookups.known and word[0].isupper()

    def _designated(self, word: str) -> str:
        match = _DESIGNATION.fullmatch(word)
        if not match:
            return ""
        names = self.names
        if match[2] and (match[1] in names.aircraft_makers or match[1] in names.car_makers):
            return "vehicle"  # 'Antonov-32', 'Dornier-228'
        type_ = names.designations.get(match[1], "")
        is_sure = match[2] or (len(match[1]) > 1 and match[1].isupper())
        return type_ if is_sure else ""

    def _road(self, i: int) -> tuple[int, str, float]:
        around = self.around
        if not (_ROAD.fullmatch(self.words[i]) and len(self.words) == 1):
            return i, "", 0.0
        if around.type_after == "weapon":
            return i + 1, "weapon", 0.85
        is_road = around.word == "the" and around.type_after in ("", "end", "facility")
        return (i + 1, "facility", 0.75) if is_road else (i, "", 0.0)

    def _headed(self, i: int) -> tuple[int, str, float]:
        """'Hurricane Mitch', 'Operation Spring Shield', 'Interstate 10', 'Battle of Mosul', 'Port of Beirut'."""
        names, words = self.names, self.words
        head, _, rest = words[i].partition("-e-")
        if rest and head in names.heads:
            return i + 1, names.heads[head], 0.85  # 'Masjid-e-Jahan Numa' is cut short, 'Masjid-e-Tooba' is whole
        for length in (2, 1):
            phrase, at = self._phrase(i, i + length), i + length
            if at >= len(words) or any(self.is_owner[i:at]):
                continue
            if phrase in names.heads_of and words[at] == "of":
                first = at + 2 if at + 1 < len(words) and words[at + 1] in ("the", "la", "l'") else at + 1
                end = self._past_capitals(first, 4)
                if end > first and not self._goes_on_after(end):
                    return end, names.heads_of[phrase], 0.85
            if type_ := names.heads.get(phrase):
                first = at + 1 if words[at] in self.lookups.particles else at
                end = self._past_capitals(first, 3 if type_ == "facility" or phrase == "Operation" else 1)
                if words[first : first + 1] == [] or words[first] in self.lookups.organisation_ends:
                    continue
                if end > first and words[first] not in names.openers and not self._goes_on_after(end):
                    return end, type_, 0.85
        return i, "", 0.0

    def _goes_on_after(self, end: int) -> bool:
        return end < len(self.words) and self._goes_on(end)

    def _numbered(self, i: int) -> tuple[int, str, float]:
        """'7th Battalion', '101st Airborne Division', 'III Corps', 'Third Army', '5th Military Region'."""
        names, words, word = self.names, self.words, self.words[i]
        is_word = word in _ORDINAL_WORDS
        if not (is_word or _ORDINAL.fullmatch(word) or (_ROMAN.fullmatch(word) and len(words) > i + 1)):
            return i, "", 0.0
        end, at = i, i + 1
        while at < len(words) and (words[at] in names.arms or words[at] in names.numbered_units):
            if words[at] in names.numbered_units or self._phrase(at, at + 2) in names.numbered_units:
                end = at + 1 if words[at] in names.numbered_units else at + 2
            at += 1
        armed = any(word in names.arms for word in words[i + 1 : end - 1])
        if end == i or (not _ORDINAL.fullmatch(word) and words[end - 1] not in _BY_WORD and not armed):
            return i, "", 0.0
        if word.isdigit() and words[end - 1] not in _BY_NUMBER:
            return i, "", 0.0  # '300 Army', '12 Marines'
        return end, "unit", 0.9

    def _ended(self, i: int) -> tuple[int, str, float]:
        """A name that ends in a class word: 'Baba Yara Stadium', 'Fajr Film Festival', 'Golani Infantry Brigade'."""
        names, words, best = self.names, self.words, (i, "", 0.0)
        at = i
        while at < min(len(words), i + _LONGEST):
            word = words[at]
            if word in _SMALL or (word in names.openers and at > i):
                break
            if at > i:
                for phrase, type_ in names.ends.get(word, ()):
                    first = at - len(phrase) + 1
                    if first > i and tuple(words[first : at + 1]) == phrase and self._is_name(i, first, type_):
                        best = (at + 1, type_, 0.85)
                        break
            if self.is_owner[at] and not self._is_inside(i, at):
                break
            at += 1
        end = best[0]
        if end == i:
            return best
        if end < len(words) and self._goes_on(end):
            return end + 1, "", 0.8
        if (
            best[1] == "unit"
            and words[end : end + 1] == ["of"]
            and (further := self._past_capitals(end + 1, 3)) > end + 1
        ):
            return further, "unit", 0.85  # 'Royal Regiment of Scotland'
        return best

    def _is_inside(self, i: int, at: int) -> bool:
        """Whether a possessive is part of a name: 'St James's Church', but not 'Syria's Hmeimim Base'."""
        words, word = self.words, self.words[at]
        if word in _OF_SAINT or word.endswith("s'") or (at > i and words[at - 1] in _OF_SAINT):
            return True
        return at + 1 < len(words) and words[at + 1] in _OWNED and word not in self.lookups.known

    def _is_name(self, i: int, first: int, type_: str) -> bool:
        """Whether the words before the class word name one: not 'International Airport' or 'Femi Church'."""
        own, end = self.words[i:first], self.words[first]
        if type_ == "event":
            return self._is_event(own, end)
        if all(word in self.names.plain for word in own) or (end == "Brigade" and own[-1] in ("Fire", "Martyrs")):
            return False
        if end == "Park" and own[-1] in ("National", "Provincial", "Theme"):
            return False
        if len(own) == 1 and end in _SURNAMES:
            # People bear these names, too: a place word or an article must stand before it.
            is_person = own[0] in self.lookups.given or own[0].lower() in self.lookups.callings
            return not is_person and (i > 0 or bool(self.around.word))
        return True

    def _is_event(self, own: list[str], end: str) -> bool:
        if own[-1] in _EVENT_WORDS:
            return False
        if end == "Open":
            known = self.lookups.known.get(" ".join(own))
            return bool(known and known.type in ("nationality", "place"))
        return not (len(own) == 1 and end == "Day" and own[0] in self.lookups.given)

    def _told(self, i: int) -> tuple[int, str, float]:
        """What a word before the run tells: 'the tanker Amal', 'the fields of Rumaila'."""
        end = self._past_capitals(i, 3)
        known = self.lookups.known.get(self._phrase(i, end)) or self.lookups.known.get(self.words[i])
        is_other = known and known.type not in ("person", "title")  # ships bear titles: 'the ferry Princess Nadia'
        if end == i or is_other or self.words[i] == "Captain" or self.words[end - 1] in self.lookups.organisation_ends:
            return i, "", 0.0
        return end, self.around.type_before, 0.75

    def _before_word(self, last: int) -> None:
        """What the word after the run tells of the end of it: 'Hmeimim base', 'the Simba Stout brand'."""
        type_, words = self.around.type_after, self.words
        if type_ not in TELLING or self.around.word in ("a", "an"):
            return
        if type_ == "plant" and words[-1].isalpha() and not _ROMAN.fullmatch(words[-1]):
            return  # 'the Orosi II plant', but 'the Ford plant' is one of many
        first = len(words)
        while first > last and len(words) - first < 4:
            word = words[first - 1]
            if word in self.names.openers or word in _SMALL or self._is_people(first - 1):
                break
            if first < len(words) and self.is_owner[first - 1]:
                break
            first -= 1
        while first < len(words) and words[first] in self.lookups.particles and words[first].lower() != "al":
            first += 1
        if first >= len(words) or self.is_owner[-1] or self._is_body(first):
            return
        self._add(first, len(words), TELLING[type_], 0.7)

    def _is_body(self, first: int) -> bool:
        """Whether these last words are a country, a body or an acronym, which a base or a brand belongs to."""
        words = self.words[first:]
        phrase = " ".join(words)
        lookups, names = self.lookups, self.names
        if phrase in lookups.known or words[-1] in lookups.organisation_ends or phrase in names.plain:
            return True
        if phrase in names.car_makers or phrase in names.aircraft_makers:
            return True
        return phrase.replace(".", "").isupper() and len(words) == 1
