"""What a site puts around its stories: which lines are furniture by the reviewed patterns of lookups/boilerplate.yaml.

A line is held against the patterns in one form: tidied and casefolded. Which lines belong to a group of furniture, and
where the furniture at the foot of a text begins, is read in lines.py.
"""

import re
from collections.abc import Iterable
from functools import cache
from re import _parser  # type: ignore[attr-defined]  # exact where a reading of our own would not be
from typing import Any, NamedTuple

LONGEST = 160
"""Longest line that the patterns are held against, in characters."""
_LONG, _SENTENCE = 50, 20
"""From these lengths on a line, and one that ends in a full stop, is held against the patterns only if it has a telling
word: most are of the story."""
_LONGEST_PITCH = 600
_REMEMBERED = 20_000
_ORNAMENT = " -*•·|<>[]()_=~#+"
SENTENCE_END = (".", "!", "?", '"', ".)", ".'", "!'", "?'", "。", "؟", "۔", "！", "？")
"""How a tidied sentence ends."""


class _Gated(NamedTuple):
    """Patterns that begin with anything, for lines that have one of the words."""

    words: re.Pattern[str]
    pattern: re.Pattern[str]
    kind: str


class Furniture:
    """The compiled patterns; `known` has what was read of lines that are furniture, by their text (see lines.py)."""

    def __init__(self, entries: Iterable[dict[str, Any]]) -> None:
        by_kind: dict[str, list[str]] = {"opens": [], "closes": [], "line": [], "story": [], "pitch": []}
        self._gated: list[_Gated] = []
        telling: list[str] = []
        pitching: list[str] = []
        for entry in entries:
            if entry["kind"] == "telling":
                telling += [word for words in entry["words"] for word in words]
                continue
            if entry["kind"] == "pitch":
                pitching += entry["words"]
            patterns = [_plain(pattern) for pattern in entry["patterns"]]
            if "needs" in entry:
                self._gated.append(_Gated(_any_of(entry["needs"]), re.compile("|".join(patterns)), entry["kind"]))
            else:
                by_kind[entry["kind"]] += patterns
        self._pitch = re.compile("|".join(by_kind.pop("pitch")))
        self._lines = _ByFirst(by_kind)
        self._telling, self._pitching = frozenset(telling), frozenset(map(_plain, pitching))
        self.known: dict[str, tuple[str, str, str, bool, str, None]] = {}

    def remember(self, text: str, read: tuple[str, str, str, bool, str, None]) -> None:
        """What was read of a line of furniture; it comes back with the outlet's next article."""
        if len(self.known) >= _REMEMBERED:
            self.known.clear()
        self.known[text] = read

    def kind_of(self, line: str) -> str | None:
        """opens, closes, line or story, as the lookup says what they mean; None for any other line.

        `line` is tidied and casefolded.
        """
        length = len(line)
        if length > LONGEST:
            return None
        is_long = length >= _LONG or (line[-1:] == "." and length >= _SENTENCE)
        if is_long and self._telling.isdisjoint(line.split()) and "@" not in line:
            return None
        line = _plain(line)
        bare = line.strip(_ORNAMENT)
        for shape in (line, bare) if bare and bare != line else (line,):
            if kind := self._lines.kind_of(shape):
                return kind
            for words, pattern, kind in self._gated:
                if words.search(shape) and pattern.fullmatch(shape):
                    return kind
        return None

    def is_pitch(self, line: str) -> bool:
        """Whether in this line, tidied and casefolded, the outlet speaks for itself: not so if it quotes somebody."""
        if '"' in line or len(line) > _LONGEST_PITCH:
            return False
        line = _plain(line)
        words = [word.strip(".,:;!?()'") for word in line.split()]
        return ("@" in line or not self._pitching.isdisjoint(words)) and self._pitch.search(line) is not None


class _ByFirst:
    """Patterns by the character a line begins with: of some hundred few are tried, and only these compiled."""

    def __init__(self, by_kind: dict[str, list[str]]) -> None:
        self._patterns = [
            (kind, pattern, _first_characters(_parser.parse(pattern)))
            for kind, patterns in by_kind.items()
            for pattern in patterns
        ]
        self._fitting: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def kind_of(self, line: str) -> str | None:
        """The kind of the first pattern that the whole line matches."""
        if not line:
            return None
        fitting = self._fitting.get(line[0])
        if fitting is None:
            fitting = self._fitting[line[0]] = [
                (kind, _compiled(pattern))
                for kind, pattern, firsts in self._patterns
                if firsts is None or line[0] in firsts
            ]
        for kind, pattern in fitting:
            if pattern.fullmatch(line):
                return kind
        return None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Each pattern is compiled once, however many characters it can begin with: re's own cache is too small for all."""
    return re.compile(pattern)


def _first_characters(parsed: Any) -> frozenset[str] | None:
    """What a match can begin with, None if it can be anything; as Python's own parser takes the pattern apart."""
    found: set[str] = set()
    for operator, argument in parsed:
        name = str(operator)
        if name in ("AT", "ASSERT", "ASSERT_NOT"):
            continue
        branches, is_optional = [], False
        if name == "LITERAL":
            found.add(chr(argument))
        elif name == "BRANCH":
            branches = argument[1]
        elif name == "SUBPATTERN":
            branches = [argument[-1]]
        elif name == "MAX_REPEAT":
            branches, is_optional = [argument[2]], argument[0] == 0
        elif name == "IN" and all(str(part[0]) == "LITERAL" for part in argument):
            found.update(chr(part[1]) for part in argument)
        else:
            return None
        for branch in branches:
            firsts = _first_characters(branch)
            if firsts is None:
                return None
            found |= firsts
            is_optional |= not firsts or _may_be_empty(branch)
        if not is_optional:
            return frozenset(found)
    return frozenset(found)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))


def _may_be_empty(parsed: Any) -> bool:
    return bool(parsed.getwidth()[0] == 0)


def _plain(line: str) -> str:
    """The casefolded line with Turkish i, dotted or not, as the Latin one."""
    return line if line.isascii() else line.replace("i̇", "i").replace("ı", "i")
