"""Spellings of one name: folded, without its article, and a skeleton under which 'Saraqeb' and 'Sarāqib' meet.

Names from scripts without a settled Latin spelling differ in vowels, articles and the letters for one sound. The
skeleton is coarse on purpose: it is only ever asked within a country that the article names, and `likeness` judges
what it brings up. What places a spelling has is told by `gazetteer.py`.
"""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

# Letters that have no accent to strip, and marks that mean nothing in a name.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ı": "i",
        "ə": "a",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ħ": "h",
        "ŧ": "t",
    }
    | dict.fromkeys("'`’‘ʿʾʼʻ′´.", None)
    | dict.fromkeys("-‐‑–\xa0\n\t\r,", " ")
)
_ARTICLE = re.compile(r"(?:al|el|ar|as|ash|at|ad|an|az|ed|es|er) (?=\w{3})")

# Sounds that are spelt in several ways, longest first; what stands for a sound that comes and goes is dropped.
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"\b(?:al|el|ar|as|ash|at|ath|ad|an|az|ez|ed|er|es|et|en|ul|il|the|l) (?=\w)", ""),
        (r"sch|tsch|sh|ch|tj", "s"),
        (r"kh|gh|ck|q|c|x", "k"),
        (r"dzh|dj|zh|j", "z"),
        (r"ts|tz", "z"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"ph", "f"),
        (r"g", "k"),
    )
]
_INITIAL = re.compile(r"\A[aeiou]")
_SILENT = re.compile(r"(?<!\A)[aeiouyhw]|[^a-z]")
_DOUBLE = re.compile(r"([a-z])\1+")

# What joins the rest of a full name to the name in use: 'Rostov-on-Don', 'Santiago de Compostela'.
_PARTICLES = frozenset("de del da do dos di on upon am an der sur".split())
_SPELLED = 0.7  # likeness of two spellings of one name: 'Duhok' and 'Dihok'

SHORTEST = 3
"""Letters that a skeleton has to have: two would let half a country through."""


def fold(name: str) -> str:
    """The spelling under which a name is found: lower case, no accents or apostrophes, hyphens as spaces."""
    name = name.casefold().translate(_LETTERS)
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(name.split())


def without_article(folded: str) -> str:
    """A folded name less its leading Arabic article: 'al kiswa' gives 'kiswa'."""
    article = _ARTICLE.match(folded)
    return folded[article.end() :] if article else folded


@lru_cache(maxsize=50_000)
def skeleton(name: str) -> str:
    """The consonants of a name, one letter a sound: 'Ma’aret Masrin' and 'Ma‘arrat Miṣrīn' give 'mrtmsrn'.

    Empty where too little is left to tell names apart (`SHORTEST`).
    """
    key = _consonants(fold(name))
    return key if len(key) >= SHORTEST else ""


def _consonants(folded: str) -> str:
    for pattern, sound in _SOUNDS:
        folded = pattern.sub(sound, folded)
    return _DOUBLE.sub(r"\1", _SILENT.sub("", _INITIAL.sub("a", folded)))


@lru_cache(maxsize=50_000)
def likeness(one: str, other: str) -> float:
    """How alike two names are spelt, from 0 to 1 (Ratcliff and Obershelp, 1988), articles and accents aside."""
    first, second = (_SOUNDS[0][0].sub("", fold(name)).replace(" ", "") for name in (one, other))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def is_short_for(name: str, own: str) -> bool:
    """Whether a name is the beginning or the end of a longer one, in whole words: 'Santiago' of 'Santiago de Cuba'."""
    words, full = without_article(fold(name)).split(), without_article(fold(own)).split()
    return len(words) < len(full) and words in (full[: len(words)], full[-len(words) :])


def is_own(name: str, own: str) -> bool:
    """Whether a name is a place's own name: in another spelling ('Odessa' for 'Odesa'), or short for its full form.

    A full form adds a particle: 'Rostov-on-Don' is Rostov, but 'Johor Bahru' and 'Oklahoma City' are not called by
    their first word. A name in another language ('Bombay' for 'Mumbai') is no spelling.
    """
    key, own_key = without_article(fold(name)), without_article(fold(own))
    if key == own_key:
        return True
    words, own_words = set(key.split()), set(own_key.split())
    if words < own_words or own_words < words:
        return is_short_for(name, own) and not _PARTICLES.isdisjoint(own_words)
    bones = _consonants(key)
    return (len(bones) > 1 and bones == _consonants(own_key)) or likeness(name, own) >= _SPELLED
