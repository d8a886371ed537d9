"""One run of capitalised words as the rules for names of things see it: its words, its surroundings, what is listed.

`models.py` and `class_words.py` read names out of it, `thing_names.py` puts them together.
"""

import re
from typing import NamedTuple

from pipelines.lookups.lists import Lookups

_TOKEN = re.compile(r"\S+")
MARKS = str.maketrans("’‘ʼ", "'''")
_MODEL = re.compile(
    r"(?:[A-Za-z]{0,3}-?\d{1,3}(?:[A-Z]{0,3}[a-z]?|neo)(?:-\d{1,4}\w{0,3})?|Pro|Max|MAX|Plus|Ultra|X|SE|II|III|IV|VI|VII)"
)
SMALL = frozenset("of the".split())
_MADE = {"product": "brand"}

Found = tuple[int, str, float]
"""What starts at a word: where it ends, its type, '' where it is no thing after all, and how sure that is."""


class Around(NamedTuple):
    """What stands at a run.

    `word` is the article before it, 'at' or 'in' for words before places, 'owned' for those before cars, else nothing;
    `type_before` and `type_after` are the types that the words there tell, `type_after` 'end' where a name can end.
    """

    word: str = ""
    type_before: str = ""
    type_after: str = ""


class Run:
    """The words of a run, without their possessive 's, with their offsets."""

    def __init__(self, lookups: Lookups, run: str, around: Around) -> None:
        self.lookups, self.names, self.around = lookups, lookups.of_things.names, around
        spans = [match.span() for match in _TOKEN.finditer(run)]
        self.starts = [start for start, _ in spans]
        tokens = [run[start:end].translate(MARKS) for start, end in spans]
        self.words = [token.removesuffix("'s") for token in tokens]
        self.ends = [start + len(word) for start, word in zip(self.starts, self.words, strict=True)]
        self.is_owner = [token != word for token, word in zip(tokens, self.words, strict=True)]
        self.opening = 0  # the first word that is no article or the like

    def phrase(self, i: int, end: int) -> str:
        """The words from i to end; nothing where there are fewer."""
        return " ".join(self.words[i:end]) if end <= len(self.words) else ""

    def past_capitals(self, i: int, most: int) -> int:
        """Where at most so many capitalised words or numbers end that nothing else claims."""
        words, end = self.words, i
        while end < len(words) and end < i + most:
            word = words[end]
            if end > i and (self.is_owner[end - 1] or word in self.names.openers or self.is_people(end)):
                break
            is_small = word in self.lookups.particles or word in SMALL
            if is_small and (end == i or end + 1 >= len(words) or word == "of"):
                break
            end += 1
        return end

    def is_people(self, i: int) -> bool:
        known = self.lookups.known.get(self.words[i])
        return bool(known and known.type in ("nationality", "title"))

    def goes_on(self, end: int) -> bool:
        """Whether a word there makes a body's name of what stands before it: 'Airport Authority'."""
        if end >= len(self.words):
            return False
        word = self.words[end]
        return not self.is_owner[end - 1] and word in self.lookups.organisation_ends and word not in self.names.ends

    def listed(self, i: int) -> Found:
        """A name that is listed whole, with the number of a model behind it; '' as type for what is no thing."""
        names, words = self.names, self.words
        for length in range(min(names.longest.get(words[i], 0), len(words) - i), 0, -1):
            if any(self.is_owner[i : i + length - 1]):
                continue
            phrase, end = self.phrase(i, i + length), i + length
            if phrase in names.never:
                return end, "", 1.0
            if type_ := names.designated.get(phrase):
                return self.past_nicknames(end), type_, 0.9
            if type_ := names.names.get(phrase):
                is_model = type_ in ("product", "weapon", "vehicle")
                further = self.past_model(end) if is_model else end
                if phrase in names.needs_word and further == end and not self.is_told(type_, end):
                    continue
                if further == end and self.goes_on(end):
                    continue
                return further, type_, 0.9
        return i, "", 0.0

    def is_told(self, type_: str, end: int) -> bool:
        around = self.around
        if type_ == "event" and around.word == "the" and len(self.words) == 1:
            return True  # 'the Ashes', 'the Masters'
        if type_ == "facility" and around.word == "at" and len(self.words) == end:
            return True  # 'at Ben Gurion'
        after = around.type_after if end == len(self.words) else ""
        return after in (type_, _MADE.get(type_)) or (around.type_before == type_ and end == len(self.words))

    def past_model(self, end: int) -> int:
        words = self.words
        while end < len(words) and _MODEL.fullmatch(words[end]) and not self.is_owner[end - 1]:
            end += 1
        return end

    def past_nicknames(self, end: int) -> int:
        last = min(end + 2, len(self.words))
        while end < last and self.words[end] in self.names.nicknames:
            end += 1
        return end
