"""Finds runs of capitalised words: the one regex that scans the text, and the words inside a run.

What a run means is decided in `reading.py`. The pattern cannot fail after its first letter and gives
nothing back, so it is linear in any text; a run is cut after 16 words.

A group that gives nothing back is written `(?>(?:…)*)` and never `(?:…)*+`: after the latter Python 3.11.2, which is
Debian 12's, finds empty runs at the same place for ever. `[…]*+` is sound there, too.
"""

import re
from collections.abc import Iterable

_CAPITALS = "A-ZÀ-ÖØ-Þ" + "".join(chr(c) for c in (*range(0x100, 0x250), *range(0x1E00, 0x1F00)) if chr(c).isupper())
_REST = r"[\w\u0300-\u036f]"  # combining accents too
_MARK = "['’‘ʼʿʾ`]"
_SPACE = r"(?:[ \xa0]|[ \t]{0,4}\r?\n[ \t]{0,4}(?![ \t\r\n]))"
_ARTICLE = r"(?:al|el|ar|as|ash|at|ad|an|az|ul|ur|ud|us|bin|ibn|abu)-"
_JOINED = "(?:al|el|ul|ur|ad|as|an|ar|at|az|e|de|du|sur|upon|on|la|le)-"

ARTICLE_BEFORE = re.compile(rf"(?<!\w){_ARTICLE}\Z")
WORD = re.compile(r"\S+")


def run_pattern(abbreviations: Iterable[str], particles: Iterable[str]) -> re.Pattern[str]:
    """The pattern of a run: capitalised words, joined by a space and at most two small words of a name.

    `abbreviations` keep their full stop ('Lt.'); `particles` are the small words beside of, for, the, and.
    A possessive 's is left out, as is all that follows a hyphen and is not capitalised ('US-led').
    """
    tail = rf"{_MARK}(?![sS]\b){_REST}++|&[{_CAPITALS}]{_REST}*+|-(?:{_JOINED})?[{_CAPITALS}]{_REST}*+"
    short = "|".join(rf"(?<=\b{word}\.)" for word in sorted(abbreviations))
    small = "|".join(sorted({"of", "for", "the", "and", *particles}, key=len, reverse=True))
    stop = rf"(?>(?:\.(?:(?<=\b[A-Z]\.)(?>(?:[A-Z]\.)*)(?>(?:[A-Z]\b)?)|{short}))?)"
    # It starts with a plain set of letters, which lets the engine skip from capital to capital.
    word = rf"[{_CAPITALS}](?<!\w[{_CAPITALS}]){_REST}*+(?>(?:{tail})*){stop}"
    link = rf"(?>(?:{_SPACE}(?:&|(?:{small})(?=\s))){{0,2}}){_SPACE}(?:{_ARTICLE})?"
    return re.compile(rf"{word}(?>(?:{link}{word}){{0,15}})")


def thing_pattern(particles: Iterable[str]) -> re.Pattern[str]:
    """The pattern of a run that may be a thing's name: numbers may open and follow, a possessive may stand inside.

    '7th Battalion', 'iPhone 12', 'Su-24', 'St James's Church', 'Farmington No. 12', 'F/A-18'. As in `run_pattern`
    nothing is given back; a run is cut after 12 words. Group 1 is the word in small letters behind it, if there is one.
    """
    tail = rf"{_MARK}(?![sS]\b){_REST}++|[-/](?:{_JOINED})?[{_CAPITALS}0-9]{_REST}*+|&[{_CAPITALS}]{_REST}*+"
    stop = r"(?>(?:\.(?:(?<=\b[A-Z]\.)(?>(?:[A-Z]\.)*)|(?<=\bSt\.)|(?<=\bMt\.)|(?<=\bNo\.)))?)"
    word = rf"{_REST}*+(?>(?:{tail})*){stop}"
    owned = rf"(?>(?:{_MARK}s?(?=[ \xa0]))?)"
    small = "|".join(sorted({"of", "the", *particles}, key=len, reverse=True))
    link = rf"{owned}(?>(?:{_SPACE}(?:{small})(?=\s)){{0,2}}){_SPACE}(?:{_ARTICLE})?"
    model = r"(?:Phone|Pad|Pod|Mac|OS)s?\b"
    opens = (
        rf"[{_CAPITALS}0-9i](?<!\w[{_CAPITALS}0-9i])"
        rf"(?:(?<=i){model}|(?<=\d)\d{{0,2}}+(?:st|nd|rd|th)?[ \xa0][{_CAPITALS}]{word}|(?<![i\d]){word})"
    )
    return re.compile(rf"{opens}(?>(?:{link}[{_CAPITALS}0-9]{word}){{0,11}})(?=(?:[ \xa0\n-]([a-z]+))?)")
