"""What a line tells of itself by its text alone: a paragraph of the story, or a piece that an agency signs off."""

import re

from pipelines.parse.captions import tells_of_picture
from pipelines.parse.lines import Line

_LONGEST_PREFIX = 45
_BEGINNINGS = frozenset(
    begin + rest
    for word in (
        "file ",
        "photo",
        "image",
        "archi",
        "addit",
        "with ",
        "furth",
        "writi",
        "writt",
        "editi",
        "edite",
        "compi",
        "produ",
    )
    for begin, rest in ((word[0].upper(), word[1:]), (word[0].upper(), word[1:].upper()))
)
"""How captions and notes of the desk begin that end like sentences."""
_SIGN_OFF = re.compile(r"[.!?\"']\s?[(\[](?P<agency>(?:[^\W\d_]+[ /]?){1,3})[)\]]$")
_REPORTED = re.compile(r"\b(?:said|says|told|added|announced|[Aa]ccording to)\b")
_NEXT_SENTENCE = re.compile(
    r"\b(?!(?:Mr|Mrs|Ms|Dr|St|Lt|Gen|Col|Sgt|Gov|Sen|Rep|Capt|Maj|Adm|Jr|Sr)\.)\w{2,}[.!?][\"']? [^\W\d_a-zß-ÿ]"
)


def is_ordinary(line: Line) -> bool:
    """Whether the line can be nothing but a paragraph of the story: most are, and need no closer look."""
    plain = line.plain
    first = plain[0]
    return (
        line.is_sentence
        and (first.isalpha() or first == '"' or first.isdigit())
        and plain.find(":", 0, _LONGEST_PREFIX) < 0
        and plain[-2:] != ")."
        and "." not in plain[1:3]
        and ")" not in plain[1:3]
        and plain[:5] not in _BEGINNINGS
        and " report" not in plain
        and " contributed " not in plain
    )


def is_signed_piece(plain: str) -> bool:
    """Whether the line is a piece of a round-up with its agency behind it: a caption says nothing of who said so, and
    has no third sentence."""
    return has_agency(plain) and (_REPORTED.search(plain) is not None or len(_NEXT_SENTENCE.findall(plain)) > 1)


def has_agency(plain: str) -> bool:
    """Whether nothing but a name stands in brackets behind the line's last sentence, and no word for a picture there or
    at its beginning."""
    match = _SIGN_OFF.search(plain) if plain[-1] in ")]" and plain[:5] not in _BEGINNINGS else None
    return match is not None and not tells_of_picture(match["agency"])
