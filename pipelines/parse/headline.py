"""Headlines: what looks like one, and what hangs on it: labels ('LIVE:', '| Opinion'), the source (': Army')."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from pipelines.parse.calendar import plain_word

_LONGEST, _LAST_WORD = 220, 12
_SOURCE_WORDS, _LEAST_WORDS = 4, 3
_NO_END = (".", ":", ";", ",", "。", "۔")
_ABBREVIATED = re.compile(r"(?:\b(?:[^\W\d_]\.){2,}|\b(?:Inc|Corp|Ltd|Co|Bros|Jr|Sr)\.)[\"'”’]*$")
"""An end whose full stop is not the sentence's: 'to the U.S.'."""
_DIGIT = re.compile(r"\d")
_HANGS = re.compile(r"[-:|/•·»!+([–—]|\.\s")
"""Without any of these nothing hangs on a headline."""
_DASH = re.compile(r"\s[-–—]\s")
_COLON = re.compile(r"\s?:\s")
_MARKS = (re.compile(r"\s[|/•·]\s"), _DASH, _COLON)
_NO_SPEAKER = frozenset(
    "a an what how why who where when which part here it is are this that we i you"
    " again at in on for with after amid but and or so not now still finally already maybe exclusive".split()
)
_BRACKETED = re.compile(r"\s[(\[](?P<source>[^()\[\]]{2,40})[)\]]$")
_CLOSED_UP = re.compile(r"(?<=\w)\s?-(?P<source>[^\W\d_][\w ]{1,30})$")
_FIRST_MARK = re.compile(r"\s?[:|]\s")
_SHORTEST = 8
"""What is left of a headline without its labels has at least so many characters."""
_AROUND_LABEL = " :|!•·»«-–—[]()/*#.+★▶►●▪■◆🔴⚡<>\"'“”"
_NUMBERED = re.compile(r"\s\d{1,2}$|^\d{1,2}(?:st|nd|rd|th)\s", re.IGNORECASE)
_BETWEEN = re.compile(r"[\])]\s?[:|–—-]?\s?|\s?(?:[:|!•·»▪■◆●★]|\+{2,})+\s+|\s[-–—/]\s|-(?=[^\W\d_])|\.\s")
_BEHIND = re.compile(r"(?:\s[-–—|/]|:)\s(?P<word>[^-–—|/:]{2,30})$|[\[(](?P<bracketed>[^()\[\]]{2,30})[\])]$")


class Headline(NamedTuple):
    """A headline taken apart: the words that tell the news, whom they credit, and what the piece is."""

    text: str
    source: str | None
    labels: list[str]


class Labels:
    """The labels of lookups/labels.yaml, by the words for them in lower case."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        self._label = {plain_word(word): label for label, found in words.items() for word in found}
        self._longest = max(map(len, self._label), default=0) + len(" 12 |")

    def of_line(self, line: str) -> str | None:
        """The label that is all the line says ('ANALYSIS', 'Opinion |', 'Update 2'); None for any other line."""
        if len(line) > self._longest:
            return None
        word = plain_word(line.strip(_AROUND_LABEL))
        return self._label.get(word) or (self._label.get(_NUMBERED.sub("", word)) if _DIGIT.search(word) else None)

    def cut(self, headline: str) -> tuple[str, list[str]]:
        """The headline without the labels at its ends, and the labels."""
        labels: list[str] = []
        while (found := self._before(headline)) is not None:
            labels.append(found[0])
            headline = found[1]
        match = _BEHIND.search(headline, max(0, len(headline) - self._longest))
        if match and match.start() >= _SHORTEST and (label := self.of_line(match["word"] or match["bracketed"])):
            labels.append(label)
            headline = headline[: match.start()].rstrip()
        return headline, labels

    def _before(self, headline: str) -> tuple[str, str] | None:
        for mark in _BETWEEN.finditer(headline, 1, self._longest):
            word = headline[: mark.start()]
            label = self.of_line(word) if mark[0] != ". " or not headline[mark.end() :][:1].islower() else None
            if label and len(headline) - mark.end() >= _SHORTEST:
                return label, headline[mark.end() :].lstrip()
        return None


@lru_cache(maxsize=4096)
def squeezed(name: str) -> str:
    """A name's letters, lower-cased, without 'the' before and '&' or 'and' between: what two ways to write it share."""
    return "".join(word for word in re.findall(r"[^\W_]+", name.lower()) if word not in ("the", "and"))


def is_headline(line: str) -> bool:
    """Whether the line could be a headline: short, words rather than numbers, and no sentence with its full stop."""
    if len(line) > _LONGEST or (
        line.rstrip("\"'”’").endswith(_NO_END) and not _ABBREVIATED.search(line, max(0, len(line) - _LAST_WORD))
    ):
        return False
    return not _DIGIT.search(line) or len(line) <= 2 * sum(map(str.isalpha, line))


def take_apart(headline: str, labels: Labels, speakers: frozenset[str], is_outlet: Callable[[str], bool]) -> Headline:
    """The tidied headline in its parts. `is_outlet` tells names that stand before or behind it on any page."""
    if _HANGS.search(headline) is None:
        return Headline(headline, None, [])
    first = _FIRST_MARK.search(headline)
    if first and is_outlet(headline[: first.start()]):
        headline = headline[first.end() :]
    text, found = labels.cut(headline)
    is_wire = bool(found) and headline[: -len(text)].endswith("-")
    text, source = split_source(text, speakers, is_outlet, is_wire=is_wire)
    if not found:
        text, found = labels.cut(text)
    return Headline(text, source, list(dict.fromkeys(found)))


def split_source(
    headline: str,
    speakers: frozenset[str],
    is_outlet: Callable[[str], bool] | None = None,
    *,
    is_wire: bool = False,
) -> tuple[str, str | None]:
    """The headline without its source, and the source.

    A source is at most four words at the very end, behind at least three others; a longer end belongs to the headline
    ('Analysis: Can the Arctic's only deepwater port …'). Behind a dash it is in lower case, or has a word of
    `speakers` in it; so it is in brackets, and closed up to the last word as wires have it ('… ferry-police', where
    `is_wire` says that a label is closed up too: 'UPDATE 1-…').
    """
    for mark in _MARKS:
        matches = list(mark.finditer(headline))
        if not matches:
            continue
        last = matches[-1]
        before, source = headline[: last.start()].rstrip(), headline[last.end() :].strip()
        if before and is_outlet is not None and is_outlet(source):
            # Whoever is credited before it outweighs a name that stands behind every headline of the outlet.
            # Behind a bar that is rather a section: 'Storm floods coast | World | Harbour Post'.
            text, credited = split_source(before, speakers, is_outlet)
            is_sure = credited and (before[len(text) :].strip()[0] not in "|/•·" or _is_speaker(credited, speakers))
            return (text, credited) if is_sure else (before, source)
        if mark is _DASH and source[:1].isupper() and not _is_speaker(source, speakers):
            continue
        if mark in (_COLON, _DASH) and not _may_speak(source):
            continue
        if _is_short(before, source) and not set(source) & set("?!,;"):
            return before, source
    for pattern in (_BRACKETED, _CLOSED_UP):
        match = pattern.search(headline)
        if match is None or not _is_short(headline[: match.start()], match["source"]):
            continue
        is_lower, is_speaker = match["source"][0].islower(), _is_speaker(match["source"], speakers)
        if pattern is _BRACKETED:
            is_source = is_lower or is_speaker
        else:
            is_source = is_lower and (is_speaker or is_wire or match[0][0] == " ")
        if is_source:
            return headline[: match.start()], match["source"]
    return headline, None


def _is_short(before: str, source: str) -> bool:
    return 0 < len(source.split()) <= _SOURCE_WORDS and len(before.split()) >= _LEAST_WORDS


def _may_speak(source: str) -> bool:
    """Whether somebody can stand behind the colon: not 'what we know', a part's number, or what was said."""
    first = source.split()[0].lower() if source.split() else ""
    return first not in _NO_SPEAKER and first[:1].isalpha()


def _is_speaker(source: str, speakers: frozenset[str]) -> bool:
    return not speakers.isdisjoint(source.lower().split())
