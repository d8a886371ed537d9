"""Photo captions: a paragraph that ends in its credit, with the day it gives for the picture."""

import datetime as dt
import re
from typing import NamedTuple

from pipelines.parse.tidy import tidy
from pipelines.parse.written_dates import first_date

_LONGEST = 700
_WORD = r"(?:file\s+|handout\s+)?(?:photo(?:graph)?|image|picture|video grab|screengrab|illustration)"
_CREDIT = re.compile(
    rf"\((?:{_WORD}\s*(?:by|via|credit|courtesy(?:\sof)?|:|/|-)+\s*:?|by|via|credit:?|source:|{_WORD})\s*"
    r"(?P<credit>[^()]{2,60}?)?\)\s*\.?$"
    r"|\((?P<agency>(?:AFP|AP|Reuters|Getty(?: Images)?|EPA|Xinhua|TASS|SANA|IRNA|Anadolu|DPA|EFE|ANSA|Kyodo)"
    r"(?:/[^()]{2,40})?)\s*(?:photo)?\)\s*\.?$",
    re.IGNORECASE,
)
_CREDIT_LINE = re.compile(r"^(?:photo|image|picture|credit)s?(?:\s(?:by|credit))?\s?[:/]\s?(?P<credit>.{2,60})$", re.I)
_FILE_PHOTO = re.compile(r"\bfile\s(?:photo|image|picture|photograph)\b", re.IGNORECASE)


class Caption(NamedTuple):
    """Whom a caption credits, the day it gives and whether the picture is from a file, so that its day says nothing."""

    credit: str | None
    on: dt.date | None
    is_file_photo: bool


def read_caption(line: str, latest: dt.date) -> Caption | None:
    """The caption in the line, None if it is none. A date without its year is the last such day up to `latest`."""
    if len(line) > _LONGEST or not line.endswith((")", ").")):
        if not (len(line) <= _LONGEST and line[:12].lower().startswith(("file photo", "file picture"))):
            return None
        credit = None
    else:
        match = _CREDIT.search(line)
        if match is None:
            return None
        found = match["credit"] or match["agency"]
        credit = tidy(found) if found else None
    written = first_date(line, latest)
    return Caption(credit, written.on if written else None, bool(_FILE_PHOTO.search(line)))


def read_credit(line: str) -> str | None:
    """Whom a line of its own credits ('Photo: AFP'), None if it is no such line."""
    match = _CREDIT_LINE.match(line) if len(line) <= 80 else None
    return tidy(match["credit"]) if match else None
