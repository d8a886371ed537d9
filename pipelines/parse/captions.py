"""Photo captions: a line that ends in its credit or begins by naming its picture, with the day it gives."""

import datetime as dt
import re
from typing import NamedTuple

from pipelines.parse.tidy import tidy
from pipelines.parse.written_dates import first_date

_LONGEST, _SHORTEST = 700, 20
"""Characters of a caption; of the shortest only what stands before its credit counts."""
_LONGEST_CREDIT = 90
_PICTURE = (
    r"(?:photo(?:graph(?:y|ed)?)?|image|picture|pic|video grab|screengrab|screenshot|illustration|graphic|still|handout"
    r"|foto(?:grafía)?|imagen|bild|fotoğraf|görsel|immagine|imagem|фото(?:графия)?|изображение|снимок|الصورة|صورة|تصوير)s?"
)
_SAID = (
    rf"(?:{_PICTURE}\s?(?:credits?\s?:|source\s?:|by\b|via\b|courtesy(?:\sof)?\b:?|provided by\b|de\b"
    rf"|von\b|d['’]|[:/|©–-])\s?:?"
    r"|(?:photo )?credits?(?:\s?:|\.{3}|\sto\b)|crédits?(?: photo)?\s?:?|courtesy(?:\sof)?\s?:?"
    r"|source\s?:|quelle\s?:|fuente\s?:"
    r"|fonte\s?:|kaynak\s?:|источник\s?:|المصدر\s?:|©|\(c\)\s)"
)
_AGENCIES = (
    r"(?:AFP|AP|Reuters|REUTERS|Getty(?: Images)?|EPA(?:-EFE)?|Xinhua|TASS|SANA|IRNA|Anadolu|AA|DPA|dpa"
    r"|EFE|ANSA|Kyodo|APA|PA"
    r"|Sputnik|RIA Novosti|WAFA|Bloomberg|Shutterstock|iStock|Unsplash|Wikimedia(?: Commons)?|UNICEF|UNHCR)"
)
_CAPITAL = r"[^\W\d_a-zß-öø-ÿа-яё][\w.&'’-]*"
_NAME = rf"{_CAPITAL}(?:\s(?:{_CAPITAL}|de|del|da|di|do|du|la|le|van|von|of|and|bin|y|&)){{0,4}}"
_BETWEEN = r"(?:\s?/\s?|\svia\s|\sfor\s|,\s|\s[|–—-]\s)"
_NAMES = rf"{_NAME}(?:{_BETWEEN}{_NAME}){{0,2}}"
_IN_BRACKETS = re.compile(
    rf"(?:file\s|handout\s|archive\s|archivo\s|archiv\s)?(?:{_SAID}|by\s|via\s)\s*(?P<credit>\S.{{1,70}})",
    re.IGNORECASE,
)
_PHOTO_OF = re.compile(rf"(?i:{_PICTURE})\s(?=[^\W\d_a-zß-öø-ÿа-яё])")
_ONLY_PICTURE = re.compile(
    rf"(?:file|handout|archive|undated|illustrative|stock)?\s?{_PICTURE}|archivo|archives?|archivbild|symbolbild|arşiv|архив",
    re.IGNORECASE,
)
_AGENCY = re.compile(rf"(?:{_AGENCIES}(?:\s?(?:/|via)\s?[^()\[\]]{{2,40}})?)(?=(?:\sphotos?)?$)", re.IGNORECASE)
_AGENCY_ENDS = (
    "AFP",
    "AP",
    "Reuters",
    "REUTERS",
    "EPA",
    "Images",
    "TASS",
    "dpa",
    "DPA",
    "EFE",
    "Xinhua",
    "ANSA",
    "AA",
    "Anadolu",
)
_TWO_NAMES = re.compile(rf"{_NAME}(?:\s?/\s?|\svia\s|\sfor\s){_NAME}")
_ANY_NAMES = re.compile(_NAMES)
_TELLING = (
    *(
        "photo",
        "image",
        "pictur",
        "pic ",
        "grab",
        "video grab",
        "screens",
        "illustration",
        "graphic",
        "still",
        "handout",
        "foto",
        "bild",
    ),
    *(
        "görsel",
        "imag",
        "immagin",
        "фото",
        "изображ",
        "снимок",
        "صور",
        "تصوير",
        "credit",
        "crédit",
        "courtesy",
        "source",
    ),
    *("quelle", "fuente", "fonte", "kaynak", "источник", "المصدر", "©", "(c)"),
)
_TELLS = re.compile("|".join(map(re.escape, _TELLING)))
_SAID_AT_END = re.compile(rf"(?<=\S)\s*[|/–—-]?\s*\b(?:{_SAID})\s*(?P<credit>\S.{{1,70}}?)\.?$", re.IGNORECASE)
_SIGN_AT_END = re.compile(r"\s*©\s?(?P<credit>[^©]{2,70}?)\.?$")
_SENTENCE = re.compile(r"[.!?…”\"’)]\s+(?:[–—-]\s)?")
_MARK = re.compile(r"\s[|/–—-]\s")
_PREFIX = re.compile(
    rf"(?:(?:file|archive)\s{_PICTURE}(?:\s?[:.–—-]|\sof\b)|file\s?[:–—-]|archivbild\s?:"
    rf"|in\s(?:this|the)\s(?:[\w-]+\s){{0,3}}?{_PICTURE}\s?:|{_PICTURE}\s(?:caption|text|description)\s?[,:]|caption\s?:"
    r"|(?:above|below|left|right|top|pictured|shown)(?:,? (?:left|right|above|below))?\s?:"
    r"|(?:légende|pie de foto|bildunterschrift|didascalia|legenda|на\s(?:фото|снимке)|fotoğraf altı|في الصورة)\s?[:,]"
    rf"|{_PICTURE}\s?:(?=\s?\S+(?:\s\S+){{7}}))\s*",
    re.IGNORECASE,
)
_CREDIT_FIRST = re.compile(rf"(?P<credit>{_NAMES})(?:\.\s|\s[|–—-]\s)(?=\S+(?:\s\S+){{4}})")
_LONGEST_PREFIX = 45
_BEGINNINGS = ("File ", "FILE ", "file ", "Archive ", "Image ", "Photo ", "Picture ", "IMAGE ", "PHOTO ")
_CREDIT_LINE = re.compile(
    rf"(?:{_PICTURE}\s(?:source|credit)s?\s?[,:]|{_SAID}|(?:photograph(?:y|s)|pictures|images|photos)(?:\s?:|\sby))\s*"
    r"(?P<credit>\S.{1,70})",
    re.IGNORECASE,
)
_CREDITED_NAME = re.compile(
    rf"(?P<credit>{_NAME}\s?©\s?{_NAME}|{_AGENCIES}(?:\s?/\s?{_NAME})?|{_NAME}\s?/\s?{_AGENCIES})"
)
_LONGEST_AGENCY = 17
_FILE_PHOTO = re.compile(rf"\b(?:file|archive)\s{_PICTURE}\b|\barchiv|^file\s?[:–—-]|^\(files?\)", re.IGNORECASE)
_NO_CREDIT = (":", "?", "!", ".", '"')
_CLOSED = (".", "!", "?", "…", '"', "”", "»", ":", ";", ",")


class Caption(NamedTuple):
    """What a caption says of its picture, whom it credits, the day it gives, and whether the picture is from a file.

    The day of a picture from a file says nothing of the story's.
    """

    text: str
    credit: str | None
    on: dt.date | None
    is_file_photo: bool


def read_caption(line: str, latest: dt.date, is_head: bool = False) -> Caption | None:
    """The caption in the line, None if it is none. A date without its year is the last such day up to `latest`.

    Above the story (`is_head`) any name in brackets or behind a mark is a credit; in it 'the Observatory (SOHR)' is
    none.
    """
    if len(line) > _LONGEST:
        return None
    # Looked for before the pattern is tried: nearly every line is none.
    may_have_prefix = line.find(":", 0, _LONGEST_PREFIX) > 0 or line.startswith(_BEGINNINGS)
    prefix = _PREFIX.match(line) if may_have_prefix else None
    if line[-1] in ")]" or line.endswith((").", "].")):
        found = _credit_in_brackets(line, is_head)
    else:
        found = None if line.endswith(_CLOSED) else _credit_at_end(line, is_head)
    if prefix is None and found is None:
        return None
    start, (end, credit) = prefix.end() if prefix else 0, found or (len(line), None)
    if prefix and credit is None and (first := _CREDIT_FIRST.match(line, start)):
        start, credit = first.end(), tidy(first["credit"])
    return caption_of(line, start, end, credit, latest) if start < end else None


def caption_of(line: str, start: int, end: int, credit: str | None, latest: dt.date) -> Caption:
    """The caption that says what stands from start to end of the line."""
    written = first_date(line[:end], latest)
    return Caption(
        tidy(line[start:end]).rstrip(" |/-"), credit, written.on if written else None, bool(_FILE_PHOTO.search(line))
    )


def _credit_in_brackets(line: str, is_head: bool) -> tuple[int, str | None] | None:
    """Where the credit in brackets at the end begins, and whom it names, if the brackets hold one."""
    start = max(line.rfind("("), line.rfind("["))
    inner = line[start + 1 :].rstrip(").] ")
    if start <= 0 or not 2 <= len(inner) <= _LONGEST_CREDIT:
        return None
    if _ONLY_PICTURE.fullmatch(inner):
        return start, None
    if match := _IN_BRACKETS.fullmatch(inner):
        return start, tidy(match["credit"])
    inner = _PHOTO_OF.sub("", inner, count=1) if _PHOTO_OF.match(inner) else inner
    if agency := _AGENCY.match(inner):
        return start, tidy(agency[0])
    is_names = _TWO_NAMES.fullmatch(inner) or (is_head and start > _SHORTEST and _ANY_NAMES.fullmatch(inner))
    return (start, tidy(inner)) if is_names else None


def _credit_at_end(line: str, is_head: bool) -> tuple[int, str] | None:
    """Where a credit without brackets at the end begins, and whom it names."""
    low = max(_SHORTEST, len(line) - _LONGEST_CREDIT)
    tail = line[low:]
    if tells_of_picture(tail):  # looked for before the patterns are tried
        for pattern in (_SAID_AT_END, _SIGN_AT_END):
            if match := pattern.search(tail):
                return low + match.start(), tidy(match["credit"])
    if (
        not is_head
        and "/" not in tail
        and " via " not in tail
        and " for " not in tail
        and not tail.endswith(_AGENCY_ENDS)
    ):
        return None
    for pattern in (_SENTENCE, _MARK):
        for match in pattern.finditer(tail):
            behind = _PHOTO_OF.sub("", tail[match.end() :], count=1)
            known = _AGENCY.match(behind) or _TWO_NAMES.fullmatch(behind)
            if known or (is_head and _ANY_NAMES.fullmatch(behind)):
                end = match.start() + (1 if pattern is _SENTENCE else 0)
                return low + end, tidy(behind)
    at = max(tail.rfind(" REUTERS/"), tail.rfind(" AFP/"), tail.rfind(" AP/"), tail.rfind(" EPA/"))
    return (low + at, tidy(tail[at:])) if at >= 0 else None


def tells_of_picture(text: str) -> bool:
    """Whether a word of the text tells of a picture or of whom it is credited to."""
    return _TELLS.search(text.lower()) is not None


def read_credit(line: str) -> str | None:
    """Whom a line of its own credits ('Photo: AFP'), None if it is no such line."""
    if len(line) > _LONGEST_CREDIT or line.endswith(_NO_CREDIT):
        return None
    inner = line.strip("()[] ")
    match = _CREDIT_LINE.fullmatch(inner) if inner.lower().startswith(_TELLING) else None
    if match is None and ("/" in inner or "©" in inner or len(inner) <= _LONGEST_AGENCY):
        match = _CREDITED_NAME.fullmatch(inner)
    return tidy(match["credit"]) if match and len(match["credit"].split()) <= 9 else None
