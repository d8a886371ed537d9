"""Which role each line of a text plays: breadcrumb, headline, byline, caption, body, boilerplate and so on.

The head of a text is read in order, each line for what it can still be (head.py finds the headline first); what
follows is story unless it is a caption or furniture; lines.py says where the furniture at the foot begins. A paragraph
that opens with a dateline is two blocks: the dateline, and the story behind it.
"""

import re
from typing import NamedTuple

from pipelines.parse.captions import Caption, caption_of, read_caption, read_credit
from pipelines.parse.context import Context
from pipelines.parse.dateline import Dateline, read_date_line, read_dateline, read_loose_date_line
from pipelines.parse.head import TWO_SENTENCES, find_headline, head_goes_on, is_section, is_subheadline, read_breadcrumb
from pipelines.parse.lines import LONG, Line, find_furniture, read_lines, split_line, tail_start
from pipelines.parse.lists import list_or_quote
from pipelines.parse.mending import is_damaged
from pipelines.parse.story import has_agency, is_ordinary, is_signed_piece
from pipelines.parse.told import Told
from pipelines.parse.written_dates import WrittenDate

CONTENT = frozenset({"body", "list", "quote"})
"""Roles of what the article itself says."""
_SHORT_WORDS = 5
_DEEPEST = 5
_NO_SECTION = frozenset({"live", "breaking", "updated", "exclusive"})
"""Labels that no site has for a section: 'LIVE UPDATES | GOZO'. 'Opinion' may be one."""
_SIGNED = 4
"""Lines below the story that say who wrote it, when and where, at most."""
_CAPTION_WORDS, _CAPTION_LENGTH = 8, 250
_SHORT_CAPTION = 3
_LONGEST_IN_FOOT, _LONGEST_BIOGRAPHY = 400, 300
_BIOGRAPHY = re.compile(
    r"\s(?:is|was|are|has|covers?|writes?|reports?|works?|lives?|joined|est|couvre|es|cubre|ist|berichtet|пишет)\s"
)


class Structure(NamedTuple):
    """A text's lines in order, the role of each, captions by index, and what its head and foot said.

    `headline` is the line tidied, `label` that of a line above it. Offsets of dates count in the document's text.
    `mended` and `damaged` are examples of lines that were mended, and that were left broken.
    """

    lines: list[Line]
    roles: list[str]
    captions: dict[int, Caption]
    url: str | None
    section_path: list[str]
    headline: str | None
    label: str | None
    authors: list[str]
    dateline: Dateline | None
    published: WrittenDate | None
    updated: WrittenDate | None
    mended: str | None
    damaged: str | None


def find_structure(text: str, context: Context) -> Structure:
    """Gives every line of the text its role."""
    reader = _Reader(read_lines(text, context.profile.furniture), context)
    reader.read()
    told = reader.told
    odd = [line for line in reader.lines if not line.plain.isascii() or line.mended]
    mended = next((line.plain for line in odd if line.mended), None)
    damaged = next((line.plain for line in odd if not line.mended and is_damaged(line.text)), None)
    return Structure(
        reader.found,
        reader.roles,
        told.captions,
        told.url,
        told.section,
        None if reader.headline_at is None else reader.lines[reader.headline_at].plain,
        told.label,
        told.authors,
        told.dateline,
        told.published,
        told.updated,
        mended,
        damaged,
    )


class _Reader:
    """Reads one text line by line; what it has learnt so far decides what a line can still be."""

    def __init__(self, lines: list[Line], context: Context) -> None:
        self.lines, self.context = lines, context
        self.kinds = find_furniture(lines, context)
        self.tail = tail_start(lines, self.kinds, context.profile.furniture)
        self.headline_at = find_headline(lines, self.kinds, self.tail, context)
        self.found: list[Line] = []
        self.roles: list[str] = []
        self.told = Told(context)

    def read(self) -> None:
        """The whole text."""
        found, roles, kinds, tail, told = self.found, self.roles, self.kinds, self.tail, self.told
        is_head = True
        for index, line in enumerate(self.lines):
            kind = kinds[index]
            if index >= tail:
                role = self.in_foot(line, kind)
            elif is_head and kind == "name" and index == self.headline_at:
                role = "headline"
            elif kind is not None and not (kind == "story" and is_head and index <= (self.headline_at or 0)):
                is_credit = told.is_uncredited(len(found) - 1) and told.take_credit(line.plain, len(found))
                role = "credit" if is_credit else "boilerplate"
                if kind == "url" and told.url is None and is_head:
                    told.url = line.text
            elif not is_head:
                role = "body" if is_ordinary(line) else self.in_story(index, line)
            else:
                role = self.in_head(index, line)
                if role == "body":
                    # A short line that nothing is known of does not end the head: dates and names may come below.
                    is_head = not (line.is_sentence or len(line.plain) >= LONG)
                    line = self.cut_dateline(line)
            found.append(line)
            roles.append(role)
        self.cut_biography()

    def in_head(self, index: int, line: Line) -> str:
        """The role of a line above the story; body where the story begins."""
        if index == self.headline_at:
            return "headline"
        is_above = self.headline_at is None or index < self.headline_at
        if not is_above and is_signed_piece(line.plain):
            return "body"
        found = read_caption(line.plain, self.context.latest, is_head=not is_above and line.plain[-1] in ")]")
        if self.told.take_caption(found, len(self.found)):
            return "caption"
        is_above = is_above and self.headline_at is not None
        role = self.around_headline(index, line, is_above=is_above)
        return role or ("boilerplate" if is_above else self.below_headline(index, line))

    def around_headline(self, index: int, line: Line, *, is_above: bool) -> str | None:
        """The role of a line that can stand on either side of the headline."""
        text, context = line.text, self.context
        if self.told.take_dates(read_date_line(text, context.latest, context.day_first), line):
            return "dateline"
        if (label := context.profile.labels.of_line(line.plain)) is not None:
            self.told.label = self.told.label or label
            return "breadcrumb"
        if not self.told.section and not line.is_sentence:
            path = read_breadcrumb(text, self.headline_below(index), context)
            if path is not None:
                first = context.profile.labels.of_line(path[0]) if len(path) > 1 else None
                if first in _NO_SECTION:
                    self.told.label, path = self.told.label or first, path[1:]
                self.told.section = path
                return "breadcrumb"
        if is_above and self.is_path_below(index):
            self.told.section = [*self.told.section, line.plain]
            return "breadcrumb"
        if self.told.take_byline(line):
            return "byline"
        if self.told.take_dates(read_loose_date_line(text, context.latest, context.day_first), line):
            return "dateline"
        return None

    def below_headline(self, index: int, line: Line) -> str:
        """The role of a line between headline and story that is neither date, section nor signed byline."""
        plain, latest = line.plain, self.context.latest
        if self.told.take_credit(plain, len(self.found)) or self.told.take_desk(plain):
            return "credit"
        if role := list_or_quote(self.lines, index):
            return role
        if line.is_sentence:
            is_standfirst = self.headline_at is not None and self.is_subheadline(index)
            return "subheadline" if is_standfirst else "body"
        if self.is_bare_caption(index, line):
            credit = None if self.is_above_credit(index) or not self.found else read_credit(self.found[-1].plain)
            self.told.take_caption(caption_of(plain, 0, len(plain), credit, latest), len(self.found))
            return "caption"
        if self.roles and self.roles[-1] not in CONTENT and self.told.take_byline(line, is_bare=True):
            return "byline"
        if self.told.take_caption(read_caption(plain, latest, is_head=True), len(self.found)):
            return "caption"
        if plain.count(" ") < _SHORT_WORDS and head_goes_on(self.lines, self.kinds, index, self.tail, self.context):
            return "boilerplate"
        if self.headline_at is not None and self.is_subheadline(index):
            return "subheadline"
        found = read_dateline(line.text, latest)
        if found is not None and found.length >= len(line.text):
            self.told.take_dateline(found, line)
            return "dateline"
        return "body"

    def cut_dateline(self, line: Line) -> Line:
        """The story's first paragraph without the dateline before it, which becomes a block of its own."""
        found = read_dateline(line.text, self.context.latest)
        if found is None or found.length >= len(line.text):
            return line
        self.told.take_dateline(found, line)
        front, rest = split_line(line, found.length)
        self.found.append(front)
        self.roles.append("dateline")
        return rest

    def in_story(self, index: int, line: Line) -> str:
        """The role of a line from the story's first paragraph on."""
        plain = line.plain
        is_signed_off = self.is_signed_off(index, line)
        if not is_signed_off and self.told.take_caption(read_caption(plain, self.context.latest), len(self.found)):
            return "caption"
        if self.told.take_credit(plain, len(self.found)) or self.told.take_desk(plain):
            return "credit"
        if role := list_or_quote(self.lines, index):
            return role
        if line.is_sentence or is_signed_off or len(plain) > _CAPTION_LENGTH:
            return "body"
        if self.is_end(index) and (role := self.signed(line)):
            return role
        if self.is_caption_within(index, line):
            # Only guessed: it may as well be a crosshead, so its day says nothing.
            guessed = caption_of(plain, 0, len(plain), None, self.context.latest)._replace(on=None)
            self.told.take_caption(guessed, len(self.found))
            return "caption"
        return "body"

    def is_signed_off(self, index: int, line: Line) -> bool:
        """Whether the agency in brackets behind the line signs it off, and credits no picture."""
        if not has_agency(line.plain):
            return False
        is_last = not any(after.is_sentence for after in self.lines[index + 1 : self.tail])
        return is_last or is_signed_piece(line.plain)

    def signed(self, line: Line) -> str | None:
        """The role of a line below the story that signs or dates it."""
        text, context = line.text, self.context
        if self.told.take_dates(read_date_line(text, context.latest, context.day_first), line):
            return "dateline"
        if self.told.take_byline(line) or (not self.told.authors and self.told.take_byline(line, is_bare=True)):
            return "byline"
        if self.told.take_dates(read_loose_date_line(text, context.latest, context.day_first), line):
            return "dateline"
        return None

    def in_foot(self, line: Line, kind: str | None) -> str:
        """The role of a line of the foot: furniture, but for what it says of the article."""
        plain, context = line.plain, self.context
        if kind not in (None, "group") or len(plain) > _LONGEST_IN_FOOT:
            return "boilerplate"
        dates = read_date_line(line.text, context.latest, context.day_first)
        if dates is not None and (dates.first or dates.later) and (dates.is_told or kind is None):
            self.told.take_dates(dates, line)
            return "dateline"
        if kind is not None:
            return "boilerplate"
        if self.told.take_desk(plain):
            return "credit"
        if self.told.take_caption(read_caption(plain, context.latest), len(self.found)):
            return "caption"
        if self.told.take_credit(plain, len(self.found)):
            return "credit"
        return "byline" if self.told.take_byline(line) else "boilerplate"

    def is_path_below(self, index: int) -> bool:
        """Whether from this line on to the headline each line can name a section: a breadcrumb line by line."""
        rest = range(index, self.headline_at or index)
        return len(rest) <= _DEEPEST and all(self.kinds[at] is None and is_section(self.lines[at].plain) for at in rest)

    def headline_below(self, index: int) -> list[str]:
        """The headline as it stands, labels and all; while there is none, the next lines."""
        at = self.headline_at
        return [self.lines[at].text] if at is not None else [line.text for line in self.lines[index + 1 : index + 6]]

    def is_subheadline(self, index: int) -> bool:
        return is_subheadline(self.lines, self.kinds, index, self.tail, self.context)

    def is_end(self, index: int) -> bool:
        """Whether from this line on to the foot no paragraph comes, and not much else."""
        return self.tail - index <= _SIGNED and not any(line.is_sentence for line in self.lines[index : self.tail])

    def is_bare_caption(self, index: int, line: Line) -> bool:
        """Whether a line of the head without a full stop stands next to a credit on a line of its own."""
        if len(line.plain) > _CAPTION_LENGTH or self.headline_at is None:
            return False
        if self.is_above_credit(index):
            return True
        before = self.roles[-2:]
        return before[-1:] == ["credit"] and before != ["caption", "credit"] and line.plain.count(" ") >= _SHORT_CAPTION

    def is_above_credit(self, index: int) -> bool:
        """Whether the next line is nothing but a credit."""
        behind = self.lines[index + 1].plain if index + 1 < len(self.lines) else ""
        return bool(behind) and read_credit(behind) is not None and read_caption(behind, self.context.latest) is None

    def is_caption_within(self, index: int, line: Line) -> bool:
        """Whether a longer line without a full stop stands alone between paragraphs: a picture's, not a crosshead."""
        plain = line.plain
        if plain.count(" ") + 1 < _CAPTION_WORDS or plain.endswith((":", ";", ",", "-", "\ufffd")) or ":" in plain[:40]:
            return False
        if index + 1 >= self.tail or self.roles[-1] not in ("body", "quote", "boilerplate"):
            return False
        around = (self.lines[index - 1], self.lines[index + 1])
        return all(near.is_sentence for near in around) and not TWO_SENTENCES.search(plain)

    def cut_biography(self) -> None:
        """The last sentence before the foot that says who the author is becomes furniture."""
        authors = self.told.authors
        if not authors:
            return
        at = next((at for at in range(len(self.roles) - 1, 0, -1) if self.roles[at] in CONTENT), 0)
        plain = self.found[at].plain
        is_short = self.roles[at] == "body" and len(plain) <= _LONGEST_BIOGRAPHY
        if at and is_short and any(plain.startswith(name) and _BIOGRAPHY.match(plain, len(name)) for name in authors):
            self.roles[at] = "boilerplate"
