"""Which role each line of a text plays: breadcrumb, headline, byline, caption, body, boilerplate and so on.

The head of a text is read in order, each line for what it can still be (head.py finds the headline first); what
follows is story unless it is a caption or furniture; lines.py says where the furniture at the foot begins. A paragraph
that opens with a dateline is two blocks: the dateline, and the story behind it.
"""

import re
from typing import NamedTuple

from pipelines.parse.byline import read_byline, read_desk
from pipelines.parse.captions import Caption, caption_of, read_caption, read_credit, tells_of_picture
from pipelines.parse.context import Context
from pipelines.parse.dateline import DateLine, Dateline, read_date_line, read_dateline, read_loose_date_line
from pipelines.parse.head import TWO_SENTENCES, find_headline, head_goes_on, is_section, is_subheadline, read_breadcrumb
from pipelines.parse.lines import LONG, Line, find_furniture, read_lines, split_line, tail_start
from pipelines.parse.mending import is_damaged
from pipelines.parse.written_dates import WrittenDate

CONTENT = frozenset({"body", "list", "quote"})
"""Roles of what the article itself says."""
_BULLET = re.compile(r"(?:[•·▪◦‣●■□➢►✓✔*]|[-–.](?=\s)|—(?=\s.*[^.!?…\"”»]$))\s*\S")
_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s\S")
_SURE_BULLETS = frozenset("•▪◦‣●■□➢►✓✔")
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
_SHORT_WORDS = 5
_DEEPEST = 5
_NO_SECTION = frozenset({"live", "breaking", "updated", "exclusive"})
"""Labels that no site has for a section: 'LIVE UPDATES | GOZO'. 'Opinion' may be one."""
_SIGN_OFF = re.compile(r"[.!?\"']\s?[(\[](?P<agency>(?:[^\W\d_]+[ /]?){1,3})[)\]]$")
_REPORTED = re.compile(r"\b(?:said|says|told|added|announced|[Aa]ccording to)\b")
_NEXT_SENTENCE = re.compile(
    r"\b(?!(?:Mr|Mrs|Ms|Dr|St|Lt|Gen|Col|Sgt|Gov|Sen|Rep|Capt|Maj|Adm|Jr|Sr)\.)\w{2,}[.!?][\"']? [^\W\d_a-zß-ÿ]"
)
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
    odd = [line for line in reader.lines if not line.plain.isascii() or line.mended]
    mended = next((line.plain for line in odd if line.mended), None)
    damaged = next((line.plain for line in odd if not line.mended and is_damaged(line.text)), None)
    return Structure(
        reader.found,
        reader.roles,
        reader.captions,
        reader.url,
        reader.section,
        None if reader.headline_at is None else reader.lines[reader.headline_at].plain,
        reader.label,
        reader.authors,
        reader.dateline,
        reader.published,
        reader.updated,
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
        self.captions: dict[int, Caption] = {}
        self.url: str | None = None
        self.section: list[str] = []
        self.label: str | None = None
        self.authors: list[str] = []
        self.dateline: Dateline | None = None
        self.published: WrittenDate | None = None
        self.updated: WrittenDate | None = None

    def read(self) -> None:
        """The whole text."""
        found, roles, kinds, tail = self.found, self.roles, self.kinds, self.tail
        is_head = True
        for index, line in enumerate(self.lines):
            kind = kinds[index]
            if index >= tail:
                role = self.in_foot(line, kind)
            elif is_head and kind == "name" and index == self.headline_at:
                role = "headline"
            elif kind is not None and not (kind == "story" and is_head and index <= (self.headline_at or 0)):
                role = "credit" if self.is_uncredited_above() and self.take_credit(line.plain) else "boilerplate"
                if kind == "url" and self.url is None and is_head:
                    self.url = line.text
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

    def take_caption(self, caption: Caption | None) -> bool:
        """Whether the line is a caption; it is noted."""
        if caption is None:
            return False
        self.captions[len(self.found)] = caption
        return True

    def take_credit(self, plain: str) -> bool:
        """Whether the line credits a picture; a caption right above that credits nobody has its credit from it."""
        credit = read_credit(plain)
        if credit is None:
            return False
        if self.is_uncredited_above():
            at = len(self.found) - 1
            self.captions[at] = self.captions[at]._replace(credit=credit)
        return True

    def is_uncredited_above(self) -> bool:
        """Whether the line before is a caption that credits nobody."""
        above = self.captions.get(len(self.found) - 1)
        return above is not None and above.credit is None

    def in_head(self, index: int, line: Line) -> str:
        """The role of a line above the story; body where the story begins."""
        if index == self.headline_at:
            return "headline"
        is_above = self.headline_at is None or index < self.headline_at
        if not is_above and _is_signed_piece(line.plain):
            return "body"
        if self.take_caption(
            read_caption(line.plain, self.context.latest, is_head=not is_above and line.plain[-1] in ")]")
        ):
            return "caption"
        is_above = is_above and self.headline_at is not None
        role = self.around_headline(index, line, is_above=is_above)
        return role or ("boilerplate" if is_above else self.below_headline(index, line))

    def around_headline(self, index: int, line: Line, *, is_above: bool) -> str | None:
        """The role of a line that can stand on either side of the headline."""
        text, context = line.text, self.context
        if self.take_dates(read_date_line(text, context.latest, context.day_first), line):
            return "dateline"
        if (label := context.profile.labels.of_line(line.plain)) is not None:
            self.label = self.label or label
            return "breadcrumb"
        if not self.section and not line.is_sentence:
            path = read_breadcrumb(text, self.headline_below(index), context)
            if path is not None:
                told = context.profile.labels.of_line(path[0]) if len(path) > 1 else None
                if told in _NO_SECTION:
                    self.label, path = self.label or told, path[1:]
                self.section = path
                return "breadcrumb"
        if is_above and self.is_path_below(index):
            self.section = [*self.section, line.plain]
            return "breadcrumb"
        if self.take_byline(line):
            return "byline"
        if self.take_dates(read_loose_date_line(text, context.latest, context.day_first), line):
            return "dateline"
        return None

    def below_headline(self, index: int, line: Line) -> str:
        """The role of a line between headline and story that is neither date, section nor signed byline."""
        plain, latest = line.plain, self.context.latest
        if self.take_credit(plain) or self.take_desk(plain):
            return "credit"
        if role := self.list_or_quote(index, line):
            return role
        if line.is_sentence:
            is_standfirst = self.headline_at is not None and self.is_subheadline(index)
            return "subheadline" if is_standfirst else "body"
        if self.is_bare_caption(index, line):
            credit = None if self.is_above_credit(index) or not self.found else read_credit(self.found[-1].plain)
            self.take_caption(caption_of(plain, 0, len(plain), credit, latest))
            return "caption"
        if self.roles and self.roles[-1] not in CONTENT and self.take_byline(line, is_bare=True):
            return "byline"
        if self.take_caption(read_caption(plain, latest, is_head=True)):
            return "caption"
        if plain.count(" ") < _SHORT_WORDS and head_goes_on(self.lines, self.kinds, index, self.tail, self.context):
            return "boilerplate"
        if self.headline_at is not None and self.is_subheadline(index):
            return "subheadline"
        found = read_dateline(line.text, latest)
        if found is not None and found.length >= len(line.text):
            self.take_dateline(found, line)
            return "dateline"
        return "body"

    def cut_dateline(self, line: Line) -> Line:
        """The story's first paragraph without the dateline before it, which becomes a block of its own."""
        found = read_dateline(line.text, self.context.latest)
        if found is None or found.length >= len(line.text):
            return line
        self.take_dateline(found, line)
        front, rest = split_line(line, found.length)
        self.found.append(front)
        self.roles.append("dateline")
        return rest

    def in_story(self, index: int, line: Line) -> str:
        """The role of a line from the story's first paragraph on."""
        plain = line.plain
        is_signed_off = self.is_signed_off(index, line)
        if not is_signed_off and self.take_caption(read_caption(plain, self.context.latest)):
            return "caption"
        if self.take_credit(plain) or self.take_desk(plain):
            return "credit"
        if role := self.list_or_quote(index, line):
            return role
        if line.is_sentence or is_signed_off or len(plain) > _CAPTION_LENGTH:
            return "body"
        if self.is_end(index) and (role := self.signed(line)):
            return role
        if self.is_caption_within(index, line):
            # Only guessed: it may as well be a crosshead, so its day says nothing.
            self.take_caption(caption_of(plain, 0, len(plain), None, self.context.latest)._replace(on=None))
            return "caption"
        return "body"

    def is_signed_off(self, index: int, line: Line) -> bool:
        """Whether the agency in brackets behind the line signs it off, and credits no picture."""
        if not _has_agency(line.plain):
            return False
        is_last = not any(after.is_sentence for after in self.lines[index + 1 : self.tail])
        return is_last or _is_signed_piece(line.plain)

    def signed(self, line: Line) -> str | None:
        """The role of a line below the story that signs or dates it."""
        text, context = line.text, self.context
        if self.take_dates(read_date_line(text, context.latest, context.day_first), line):
            return "dateline"
        if self.take_byline(line) or (not self.authors and self.take_byline(line, is_bare=True)):
            return "byline"
        if self.take_dates(read_loose_date_line(text, context.latest, context.day_first), line):
            return "dateline"
        return None

    def in_foot(self, line: Line, kind: str | None) -> str:
        """The role of a line of the foot: furniture, but for what it says of the article."""
        plain, context = line.plain, self.context
        if kind not in (None, "group") or len(plain) > _LONGEST_IN_FOOT:
            return "boilerplate"
        dates = read_date_line(line.text, context.latest, context.day_first)
        if dates is not None and (dates.first or dates.later) and (dates.is_told or kind is None):
            self.take_dates(dates, line)
            return "dateline"
        if kind is not None:
            return "boilerplate"
        if self.take_desk(plain):
            return "credit"
        if self.take_caption(read_caption(plain, context.latest)):
            return "caption"
        if self.take_credit(plain):
            return "credit"
        return "byline" if self.take_byline(line) else "boilerplate"

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

    def take_dates(self, found: DateLine | None, line: Line, at: int = 0) -> bool:
        """Whether the line has dates of publication; they are noted. Their offsets count from `at` in the line."""
        if found is None:
            return False
        if found.first and self.published is None:
            self.published = _placed(found.first, line, at)
        if found.later and self.updated is None:
            self.updated = _placed(found.later, line, at)
        return True

    def take_byline(self, line: Line, *, is_bare: bool = False) -> bool:
        """Whether the line is a byline; its authors and date are noted."""
        context = self.context
        found = read_byline(line.text, context.latest, context.day_first, context.is_outlet, is_bare=is_bare)
        if found is None:
            return False
        self.authors = self.authors or found.authors
        self.take_dates(found.dates, line, found.dates_at)
        return True

    def take_desk(self, plain: str) -> bool:
        """Whether the line is a desk's note; its reporters are noted."""
        found = read_desk(plain)
        if found:
            self.authors = self.authors or found
        return found is not None

    def take_dateline(self, found: Dateline, line: Line) -> None:
        """Notes the dateline, its date placed in the document's text."""
        self.dateline = found._replace(date=_placed(found.date, line, 0)) if found.date else found

    def list_or_quote(self, index: int, line: Line) -> str | None:
        """list for an item, quote for a quoted block, None for another line."""
        text = line.text
        mark = text[0]
        if mark.isalpha() and text[1:2] not in (".", ")") and text[2:3] not in (".", ")"):
            return None
        if mark == ">" and len(text) > 1:
            return "quote"
        if _BULLET.match(text):
            return "list" if mark in _SURE_BULLETS or self.has_neighbour(index, _BULLET, mark) else None
        if _NUMBER.match(text):
            return "list" if self.has_neighbour(index, _NUMBER, "") else None
        return None

    def has_neighbour(self, index: int, mark: re.Pattern[str], same: str) -> bool:
        """Whether the line before or behind is an item too, or the line before announces a list."""
        if index and self.lines[index - 1].plain.endswith(":"):
            return True
        around = [*self.lines[max(0, index - 1) : index], *self.lines[index + 1 : index + 2]]
        return any(line.text.startswith(same) and mark.match(line.text) for line in around)

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
        if not self.authors:
            return
        at = next((at for at in range(len(self.roles) - 1, 0, -1) if self.roles[at] in CONTENT), 0)
        plain = self.found[at].plain
        is_short = self.roles[at] == "body" and len(plain) <= _LONGEST_BIOGRAPHY
        told = (plain.startswith(name) and _BIOGRAPHY.match(plain, len(name)) for name in self.authors)
        if at and is_short and any(told):
            self.roles[at] = "boilerplate"


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


def _is_signed_piece(plain: str) -> bool:
    """Whether the line is a piece of a round-up with its agency behind it: a caption says nothing of who said so, and
    has no third sentence."""
    return _has_agency(plain) and (_REPORTED.search(plain) is not None or len(_NEXT_SENTENCE.findall(plain)) > 1)


def _has_agency(plain: str) -> bool:
    """Whether nothing but a name stands in brackets behind the line's last sentence, and no word for a picture there or
    at its beginning."""
    match = _SIGN_OFF.search(plain) if plain[-1] in ")]" and plain[:5] not in _BEGINNINGS else None
    return match is not None and not tells_of_picture(match["agency"])


def _placed(written: WrittenDate, line: Line, at: int) -> WrittenDate:
    return written._replace(start=line.place(at + written.start), end=line.place(at + written.end))
