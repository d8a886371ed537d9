"""A text's blocks with what each is by itself and in its group: a line of furniture, and why, or perhaps of the story.

Lines that stand right below each other in a text whose paragraphs stand apart are one group: a share bar, a list of
other stories. What one of them is, the others are.
"""

import datetime as dt
import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from pipelines.parse.blocks import spans
from pipelines.parse.byline import read_byline, read_desk
from pipelines.parse.captions import read_credit
from pipelines.parse.context import Context
from pipelines.parse.dateline import read_date_line
from pipelines.parse.furniture import LONGEST, SENTENCE_END, Furniture
from pipelines.parse.mending import Mended, looks_broken, mend
from pipelines.parse.tidy import tidy
from pipelines.records import text_hash

LONG = 140
"""A sentence from this length on is a paragraph of the story, unless the outlet speaks for itself in it."""
_SENTENCE = 70
_LISTED = 12
"""Other stories listed under one head, at most."""
_SHORT_WORDS, _SLOGAN_WORDS, _LONGEST_SLOGAN = 3, 9, 60
_BAR = 3
"""Links that stand below each other at the top make a bar of links."""
_HOMES = frozenset(
    "home,home page,homepage,main,front page,accueil,inicio,portada,startseite,anasayfa,ana sayfa"
    ",главная,الرئيسية,início".split(",")
)
"""How a breadcrumb begins that stands line by line."""
_BUTTON = re.compile(r"[^\W\d_][^\d.,:;!?\"()]*")
_LOOK_BACK = 8
_URL = re.compile(r"https?://\S+")


class Line(NamedTuple):
    """One block: its place in the text, its characters, mended where they were broken, and these in one form.

    `breaks` counts the line breaks before it; `hash` is paragraphs.text_hash; `is_sentence` says that it ends as
    sentences do; `kind` is that of furniture.py. `mended` is null for nearly all lines.
    """

    start: int
    end: int
    text: str
    breaks: int
    plain: str
    folded: str
    hash: str
    is_sentence: bool
    kind: str | None
    mended: Mended | None

    def place(self, at: int) -> int:
        """Where in the document's text the character at `at` of this line's stands."""
        return self.start + (self.mended.offset(at) if self.mended else at)

    @property
    def is_paragraph(self) -> bool:
        """Whether it is long, and a sentence at its end: a paragraph of some story."""
        return self.is_sentence and len(self.plain) >= LONG


def read_lines(text: str, furniture: Furniture) -> list[Line]:
    """The text's lines in order, mended where they are broken."""

    def stands_alone(piece: str) -> bool:
        return not piece[0].islower() and (
            furniture.kind_of(tidy(piece).casefold()) is not None
            or read_credit(piece) is not None
            or read_date_line(piece, dt.date.max) is not None
            or read_byline(piece, dt.date.max) is not None
            or read_desk(piece) is not None
        )

    known = furniture.known
    return list(
        map(
            _as_line,
            [
                (start, end, piece, breaks, *known[piece])
                if piece in known
                else _line(start, end, piece, breaks, furniture)
                for start, end, piece, breaks in spans(text, stands_alone)
            ],
        )
    )


_as_line = partial(tuple.__new__, Line)
"""A tuple as a Line without a step through Python: there are many lines."""


def _line(
    start: int, end: int, text: str, breaks: int, furniture: Furniture
) -> tuple[int, int, str, int, str, str, str, bool, str | None, Mended | None]:
    plain, mended = tidy(text), None
    # Tidied, most lines are plain ASCII: only others can be broken.
    if not plain.isascii() and looks_broken(text) and (mended := mend(text)):
        text, plain = mended.text, tidy(mended.text)
    folded = plain.casefold()
    own, is_sentence = text_hash(folded), plain.endswith(SENTENCE_END)
    kind = furniture.kind_of(folded) if len(folded) <= LONGEST else None
    if kind is not None and mended is None:
        furniture.remember(text, (plain, folded, own, is_sentence, kind, None))
    return start, end, text, breaks, plain, folded, own, is_sentence, kind, mended


def split_line(line: Line, at: int) -> tuple[Line, Line]:
    """The line as two, cut before the character at `at`, the white space between them left out."""
    front, rest = line.text[:at].rstrip(), line.text[at:]
    return _part(line, front, 0, line.breaks), _part(line, rest, at, 0)


def _part(line: Line, text: str, at: int, breaks: int) -> Line:
    """What of the line begins at `at`."""
    plain, end = tidy(text), at + len(text)
    folded = plain.casefold()
    mended = Mended(text, line.mended.lengths[at:end]) if line.mended else None
    is_sentence = plain.endswith(SENTENCE_END)
    return Line(
        line.place(at), line.place(end), text, breaks, plain, folded, text_hash(folded), is_sentence, None, mended
    )


def find_furniture(lines: list[Line], context: Context) -> list[str | None]:
    """Why each line is furniture: learnt, name, url, blank, group or a kind of the lookup; None where it is not."""
    outlet, learnt = context.outlet, context.learnt
    kinds: list[str | None] = []
    # The story begins with a long sentence, or the second of the shorter ones: the first may be a standfirst.
    story, sentences, has_groups = len(lines), 0, False
    for index, line in enumerate(lines):
        folded, kind = line.folded, line.kind
        if folded[:4] == "http" and _URL.fullmatch(folded):
            kind = "url"
        elif kind is None:
            if line.hash in learnt:
                kind = "learnt"
            elif len(folded) <= LONGEST and folded.startswith(outlet):
                kind = "name" if folded == outlet or _is_slogan(folded, outlet) else None
            elif not (folded[:1].isalnum() or folded[1:2].isalnum() or any(map(str.isalnum, folded))):
                kind = "blank"
        if index < story and line.is_sentence and kind is None and len(folded) >= _SENTENCE:
            sentences += 1
            if sentences > 1 or len(folded) >= LONG:
                story = index
        if line.breaks == 1:
            has_groups = True
        kinds.append(kind)
    if has_groups:
        _mark_groups(lines, kinds, story)
    if "opens" in kinds or "learnt" in kinds:
        _mark_listed(lines, kinds, story)
    return kinds


def _is_slogan(folded: str, outlet: str) -> bool:
    """Whether behind the outlet's name stands a mark and a few words ('… : news without a fence')."""
    rest = folded[len(outlet) :].lstrip()
    return rest[:1] in (":", "|", "-", "•", "·") and len(rest) < _LONGEST_SLOGAN


def _groups(lines: list[Line]) -> Iterator[tuple[int, int]]:
    """First and behind-last index of each group; none where the paragraphs themselves stand right below each other."""
    if not any(line.breaks > 1 and len(line.plain) >= LONG for line in lines):
        return
    first = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or lines[index].breaks > 1:
            if index - first > 1:
                yield first, index
            first = index


def _mark_groups(lines: list[Line], kinds: list[str | None], story: int) -> None:
    """Marks the other lines of a group that has furniture in it; above the story only those of a few words."""
    for first, end in _groups(lines):
        if any(len(line.plain) > LONGEST for line in lines[first:end]):
            continue
        known = [index for index in range(first, end) if kinds[index] not in (None, "story", "url", "blank")]
        if not known and end <= story and end - first >= _BAR and all(map(_is_button, lines[first:end])):
            if lines[first].folded in _HOMES:
                continue  # a breadcrumb line by line
            known = [first]
            kinds[first] = "group"
        for index in range(first, end) if known else ():
            words = lines[index].plain.count(" ") + 1
            if kinds[index] is not None or (index < story and words > _SHORT_WORDS):
                continue
            if index > known[0] or words <= _SLOGAN_WORDS or not lines[index].is_sentence:
                kinds[index] = "group"


def _is_button(line: Line) -> bool:
    """Whether the line could stand in a bar of links: a few words, no digit, no mark but a hyphen or ampersand."""
    return line.plain.count(" ") < _SHORT_WORDS and _BUTTON.fullmatch(line.plain) is not None


def _mark_listed(lines: list[Line], kinds: list[str | None], story: int) -> None:
    """Marks the headlines of other stories below the head of their list, up to the next paragraph.

    A line that was learnt may be such a head; at the top of the text it is not, for there the headline comes.
    """
    for index, kind in enumerate(kinds):
        if kind != "opens" and (kind != "learnt" or lines[index].is_sentence or index < story):
            continue
        for at in range(index + 1, min(index + 1 + _LISTED, len(lines))):
            line = lines[at]
            if len(line.plain) > LONGEST or line.plain.endswith((".", '."', ":")):
                break
            if kind == "learnt" and line.plain.count(" ") < _SHORT_WORDS:
                break  # more likely a crosshead of the story
            if at > index + 1 and line.breaks > 1 and lines[at - 1].breaks == 1:
                break  # a group of headlines ends where its text stands apart again
            kinds[at] = kinds[at] or "group"


def tail_start(lines: list[Line], kinds: list[str | None], furniture: Furniture) -> int:
    """Index of the first line of the furniture at the end; the number of lines if there is none."""
    first = index = len(lines)
    while index > 1:
        index -= 1
        line = lines[index]
        if kinds[index] is not None:
            first = index
        elif line.is_sentence or len(line.plain) > LONG:
            if not furniture.is_pitch(line.folded) and not _is_closed(lines, kinds, index):
                break
            kinds[index] = "group"
            first = index
    return first


def _is_closed(lines: list[Line], kinds: list[str | None], index: int) -> bool:
    """Whether the sentence stands behind a line behind which no story goes on."""
    if len(lines[index].plain) > 2 * LONG or "closes" not in kinds:
        return False
    for at in range(index - 1, max(0, index - _LOOK_BACK), -1):
        if kinds[at] == "closes":
            return any(line.is_sentence for line in lines[:at])  # above the story it closes nothing: a credit, '© AFP'
        if kinds[at] is None and len(lines[at].plain) >= LONG:
            return False
    return False
