"""Spellings of one name: the key that two articles share, and the looser one that holds within an article.

`name_key` removes what writers add or leave out at will (accents, apostrophes, hyphens, the Arabic article, 'Inc.').
`sound_key` goes on to what transliteration leaves open, and is only compared between names of one article, where
both spellings speak of the same events. Which names are compared is told by `people.py` and `entities.py`.
"""

import re
import unicodedata
from functools import lru_cache

# Letters that NFKD does not take apart, with the spelling that agencies use for them.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "ə": "a"}
    | dict.fromkeys("'`’‘ʿʾʼʻ′´\"“”«»", None)
    | dict.fromkeys("-‐‑–—\xa0\n\t\r,;:()[]/&", " ")
)
# Written with a hyphen it is always the article, in any of its assimilated forms ('as-Suwayda', 'ed-Din').
_ARABIC_ARTICLE = re.compile(r"\b(?:a[lnrtdsz]|ash|adh|ath|e[lszdr]|ul)[-‐‑](?=\w)", re.IGNORECASE)
# 'Abdel Rahman', 'Abd al-Rahman', 'Abdurrahman': one given name of two words, 'servant of …'.
_SERVANT = re.compile(r"\babd(?:[aeu](?:l|r(?=r)|s(?=s)))? *(?=\w{3})")
_DOTTED = re.compile(r"\b(?:\w\.){2,}")
_UMLAUT = re.compile("([aou])e|a(?=a)")
_SKY = re.compile("sk(?:yy|iy|ii|ij|yi|i)$")
_LAST = {"junior", "senior"}
_SHORTENED = {"junior": "jr", "senior": "sr", "st": "saint", "mt": "mount", "ft": "fort"}
ORDINALS = frozenset("ii iii iv vi vii viii ix xi xii xiii xiv xv xvi".split())
"""Of kings and popes; 'V' and 'X' are initials more often."""
GENERATIONS = ORDINALS | {"jr", "sr"}
"""What tells a son from a father of the same name, as `words` gives it."""

# What a company may add to its name. Whole words, at the end only.
CORPORATE = frozenset(
    "inc incorporated ltd limited corp corporation co company plc llc llp lp ag sa se nv bv gmbh spa srl ab as asa oyj "
    "kk pty sarl saoc jsc pjsc ojsc oao pao ooo".split()
)
_SMALL = frozenset({"of", "for", "the", "and"})
# British for American and the like, so that one ministry has one key. Stems of organisations' names, no persons'.
_BRITISH = {
    "defense": "defence", "labor": "labour", "organization": "organisation", "organizations": "organisations",
    "center": "centre", "program": "programme", "theater": "theatre", "harbor": "harbour",
}  # fmt: skip
_MINISTRIES = frozenset({"ministry", "department", "directorate", "secretariat"})

# Names, mostly given ones of Arabic origin, whose Latin spellings are many, each under its commonest one.
# Source: written for this project from the spellings that news agencies use, 2026-11-25; licence Apache-2.0. It
# enters ids: a spelling added here moves those of the persons who bear it.
_GIVEN = {
    spelling: name
    for name, spellings in {
        "mohammed": "muhammad mohammad mohamed muhammed mohamad muhamed mohamud mohamoud muhammadu",
        "ahmed": "ahmad achmed achmad ahmet",
        "hussein": "hussain husain husayn husein hossein hosein hussien huseyn",
        "hassan": "hasan hassen",
        "youssef": "yousef yusuf yousuf yusef youssouf yussuf yusif",
        "mahmoud": "mahmud mahmood mehmood",
        "mustafa": "mostafa moustafa mustapha moustapha",
        "khaled": "khalid",
        "omar": "umar omer",
        "osman": "othman uthman usman ousmane",
        "abdlah": "abdla abdulla abdalla abdella",
        "ibrahim": "ebrahim ibraheem",
        "ismail": "ismael esmail ismaeel",
        "saeed": "said saeid saed",
        "suleiman": "sulaiman suleyman soleiman sulayman",
        "nasser": "nasir naser nassir",
        "alexander": "aleksandr aleksander alexandr oleksandr oleksander olexander olexandr aliaksandr",
        "fyodor": "fedor fiodor feodor",
        "sergei": "sergey serguei siergiej",
        "alexei": "alexey aleksei aleksey",
        "andrei": "andrey",
        "nikolai": "nikolay",
        "dmitry": "dmitri dimitri dmitriy dmitrii",
        "yuri": "yury yuriy yurii",
        "yevgeny": "evgeny yevgeni evgeni yevgeniy evgeniy",
        "vasily": "vasili vassily vasiliy",
        "gaddafi": "qaddafi kadhafi qadhafi gadhafi kadafi gadafi",
    }.items()
    for spelling in spellings.split()
}


@lru_cache(maxsize=200_000)
def words(name: str) -> tuple[str, ...]:
    """The words of a name in plain lower-case letters: ('bashar', 'assad') of 'Bashar al-Assad'.

    Initials stand alone ('J.R. Calloway' has three words); scripts without cases stay as they are.
    """
    plain = _ARABIC_ARTICLE.sub(" ", name)
    plain = _DOTTED.sub(lambda match: match[0].replace(".", " "), plain)
    plain = plain.casefold().translate(_LETTERS).replace(".", " ")
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    found = _SERVANT.sub("abd", plain).split()
    # 'Bashar al Assad'; but 'Al Gore' and 'El Salvador', where it stands first, are no Arabic.
    found = [word for i, word in enumerate(found) if i == 0 or word not in ("al", "el")] or found
    last = len(found) - 1
    return tuple(_SHORTENED.get(word, word) if (i == last) == (word in _LAST) else word for i, word in enumerate(found))


@lru_cache(maxsize=200_000)
def name_key(name: str, type_: str) -> str:
    """The key under which articles agree on a name of this type; never empty for a name that has a letter or digit.

    Persons: the words in alphabetical order, since Hungarian, Chinese, Korean and Japanese names are written in
    both; of given names with many Latin spellings one. Organisations: without corporate endings and 'the', in
    British spelling, acronyms without dots; 'Ministry of Defence' is 'Defence Ministry'. Others: without 'the'.
    """
    found = list(words(name))
    if len(found) > 1 and found[0] == "the":
        del found[0]
    if type_ == "person":
        return " ".join(sorted(map(_spelling, found))) or name.casefold()
    if type_ == "organisation":
        while len(found) > 1 and found[-1] in CORPORATE:
            found.pop()
        found = [_BRITISH.get(word, word) for word in found]
        if all(len(word) == 1 for word in found):
            found = ["".join(found)]
        elif len(found) > 1:
            found = [word for word in found if word not in _SMALL or word == "of"]
            if _MINISTRIES.intersection(found):
                found = sorted(word for word in found if word != "of")
    return " ".join(found) or name.casefold()


def _spelling(word: str) -> str:
    """One spelling of a word of a person's name that is written in several: 'Müller', 'Mueller'; '-skyy', '-skiy'."""
    word = _GIVEN.get(word, word)
    if len(word) > 4:
        word = _UMLAUT.sub(r"\1", word)
        word = _SKY.sub("sky", word)
    return word


# What transliterations from Arabic, Cyrillic, Persian and Hindi leave open, in order: consonants, then vowels. The
# classes follow Holmes, Kashfi and Aqeel, 'Transliterated Arabic Name Search' (2004), widened for -iy, -yy and -ij.
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("q|ck|c(?![hei])", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("dj|zh", "j"), ("tch", "ch"),
        ("ou|oo|o|w(?=[^aeiouy]|$)", "u"), ("ee|ea|ei|ey|ie|iy|ij$|e|y", "i"), (r"(.)\1+", r"\1"), ("(?<=[aiu])h$", ""),
    )
]  # fmt: skip
_VOWELS = re.compile(r"[aiu]+")
_SHORT = 5  # letters of a place
_ENOUGH = 4  # consonants that make a place known; on three, towns of one country collide
_LONG = 7  # letters; a shorter word has too few consonants to be known by them ('Hassan' is not 'Hussein')


@lru_cache(maxsize=200_000)
def sound_key(word: str) -> str:
    """What is left of one of `words` when spellings of one sound are one: 'saraqeb' and 'saraqib' are 'sarakib'.

    Of seven letters and more only the consonants and an ending in a vowel count: 'sulaymani', 'soleimani'.
    """
    sound = word = _spelling(word)
    for pattern, letter in _SOUNDS:
        sound = pattern.sub(letter, sound)
    return sound if len(word) < _LONG else _consonants(sound)


@lru_cache(maxsize=200_000)
def place_sound(name: tuple[str, ...]) -> str:
    """The same for the words of a place: by consonants where there are four or more ('maarat misrin'), else as above.

    A name of fewer than five letters sounds like itself alone: 'Homs' is not 'Hims', but 'Dana' is not 'Dena' either.
    """
    if sum(map(len, name)) < _SHORT:
        return " ".join(name)
    sounds = [sound_key(word) for word in name]
    bare = [_consonants(sound) for sound in sounds]
    return " ".join(bare if sum(c.isalpha() for word in bare for c in word) >= _ENOUGH else sounds)


def _consonants(sound: str) -> str:
    """The vowels within a word as dots; one that ends it tells 'Christina' from 'Christine'."""
    head, last = (sound[:-1], sound[-1]) if sound[-1:] in ("a", "i", "u") else (sound, "")
    return _VOWELS.sub(".", head) + last
