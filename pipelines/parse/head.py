"""The head of a text: which line is the headline, and what the lines around it can be."""

import re

from pipelines.parse.byline import read_byline
from pipelines.parse.calendar import plain_word
from pipelines.parse.captions import read_caption, read_credit
from pipelines.parse.context import Context
from pipelines.parse.dateline import read_date_line, read_loose_date_line
from pipelines.parse.headline import is_headline
from pipelines.parse.lines import LONG, Line
from pipelines.parse.tidy import tidy

TWO_SENTENCES = re.compile(r"[^\W\d_]{3}[.!?] [^\W\d_a-zß-ÿ]")
_MARK = re.compile(r"\s*(?:[-=]?>|[/»›→▸⟩❯➤⟶∕⁄\\]|::|[•·●◆])\s*")
_SPACED = re.compile(r"\s(?:[-=]?>|[/»›→▸⟩❯➤⟶∕⁄\\•·●◆]|::)\s")
_ANY_MARK = re.compile(r"[/>»›→▸⟩❯➤⟶∕⁄\\•·●◆|~–—\t]|\s[-:\s]|::|,.*,")
_LOOSE_MARK = re.compile(r"\s*\|\s*|\s[:~–—-]\s|\s{2,}|\t|,\s")
_HERE = re.compile(
    r"(?:you are here|section|filed in|vous êtes ici|rubrique|estás en|sección|sie sind hier|rubrik|buradasınız"
    r"|вы здесь|раздел|рубрика|أنت هنا|القسم)\s?[:>»]\s*",
    re.IGNORECASE,
)
_FIRST_SECTIONS = frozenset(
    map(
        plain_word,
        "home,home page,main,news,index,start,homepage,front"
        " page,accueil,actualités,monde,inicio,portada,noticias,mundo"
        ",startseite,nachrichten,welt,anasayfa,ana sayfa,haberler,haber,dünya,главная,новости,мир,الرئيسية,أخبار,العالم"
        ",início".split(","),
    )
)
_LONGEST_PATH, _LONGEST_CRUMB, _CRUMB_WORDS = 260, 40, 4
_SHORTEST_HEADLINE = 12
_NAMED = re.compile(r"[^\W\d_a-zß-öø-ÿа-яё][^\d.,:;!?\"()|/]*")
_SECTION_WORDS, _SHORT_WORDS, _HEADLINE_WORDS = 2, 3, 4
_MORE_OF_SLUG = 2
_CANDIDATES = 14
_LONGEST_SUBHEADLINE = 300
_LOOK_AHEAD, _LONGEST_ANCHOR = 6, 160


def find_headline(lines: list[Line], kinds: list[str | None], tail: int, context: Context) -> int | None:
    """Index of the headline: the title where the drop names it, else the first line that reads like one."""
    first: int | None = None
    last_resort: int | None = None
    for index, line in enumerate(lines[:tail]):
        if line.plain == context.title:
            return index
        if kinds[index] is not None and kinds[index] != "story":
            if (
                last_resort is None
                and kinds[index] in ("learnt", "name")
                and _words(line) >= (_HEADLINE_WORDS if kinds[index] == "learnt" else _SHORT_WORDS)
                and is_headline(line.plain)
            ):
                last_resort = index  # a desk gives every report the same headline, a page title begins with the outlet
            if first is not None and _words(lines[first]) <= _SHORT_WORDS:
                first = None
        elif first is not None and not _is_better(lines, index, first, context):
            if line.is_sentence or _words(lines[first]) > _SECTION_WORDS:
                break
        elif (line.is_paragraph and line.plain[-1] != "?") or not _can_be_headline(line, index, lines, context):
            if line.is_sentence and (first is not None or not head_goes_on(lines, kinds, index, tail, context)):
                break
        elif first is not None:
            return index
        elif index + 1 < len(lines) or context.title is not None:
            first = index
    return last_resort if first is None else first


def _is_better(lines: list[Line], index: int, first: int, context: Context) -> bool:
    """Whether this line, if it can be a headline, is rather it than the first that could be.

    A longer line below a section's name is the headline; so is one right below that has more words of the slug, or, if
    the first is short, of the lead. Two sentences are a standfirst's.
    """
    line, other = lines[index], lines[first]
    words = _words(other)
    if (line.is_sentence and line.plain[-1] == ".") or _words(line) < _HEADLINE_WORDS:
        return False
    if words <= _SECTION_WORDS:
        return index - first < _CANDIDATES
    if index != first + 1 or TWO_SENTENCES.search(line.plain):
        return False
    if TWO_SENTENCES.search(other.plain) or _more_told(line, other, _long_words(context.slug)) >= _MORE_OF_SLUG:
        return True
    if words > _SHORT_WORDS:
        return False
    lead = next((after.folded for after in lines[index + 1 :] if after.is_paragraph), "")
    return _more_told(line, other, _long_words(lead)) > 0


def _can_be_headline(line: Line, index: int, lines: list[Line], context: Context) -> bool:
    plain, latest = line.plain, context.latest
    return (
        is_headline(plain)
        and context.profile.labels.of_line(plain) is None
        and read_date_line(plain, latest) is None
        and read_byline(plain, latest, None, context.is_outlet) is None
        and read_credit(plain) is None
        and read_caption(plain, latest) is None
        and not (len(plain) <= _LONGEST_CRUMB and context.is_outlet(plain))
        and read_breadcrumb(line.text, [after.text for after in lines[index + 1 : index + 6]], context) is None
    )


def _more_told(one: Line, other: Line, told: set[str]) -> int:
    """How many more of the longer words in `told` one line has than the other."""
    return len(_long_words(one.folded) & told) - len(_long_words(other.folded) & told)


def _long_words(folded: str) -> set[str]:
    """The beginnings of its longer words: what a slug and a headline share."""
    return {word[:5] for word in re.findall(r"[^\W_]{4,}", folded)}


def _words(line: Line) -> int:
    """Words, or what takes their room where words are not spaced."""
    return max(line.plain.count(" ") + 1, 0 if line.plain.isascii() or " " in line.plain else len(line.plain) // 4)


def read_breadcrumb(line: str, below: list[str], context: Context) -> list[str] | None:
    """The sections of a breadcrumb line, outermost first; None if the line is none.

    The page's own headline may end it: `below` are the lines that follow.
    """
    if len(line) > _LONGEST_PATH or line.endswith((".", "?", "!")) or "://" in line:
        return None
    told = _HERE.match(line) if ":" in line[:_LONGEST_CRUMB] else None
    if not told and not _ANY_MARK.search(line):
        return None
    line = line.replace("\u00a0", " ").strip(" /|>»›")
    if told:
        line = line[told.end() :]
    mark = _MARK if _MARK.search(line) else _LOOSE_MARK
    cuts = [match.span() for match in mark.finditer(line)]
    if not cuts and not told:
        return None
    end, is_named = len(line), bool(told)
    for start, behind in cuts:
        # Behind a loose mark, as ', ', the first piece is more likely the headline's own.
        if mark is _MARK or (start, behind) != cuts[0]:
            rest = line[behind:].casefold()[:_LONGEST_CRUMB]
            if len(rest) > _SHORTEST_HEADLINE and any(
                rest in text[:90].replace("\u00a0", " ").casefold() for text in below
            ):
                end, is_named = start, True
                break
    parts = [part for found in mark.split(line[:end]) if (part := tidy(found))]
    if not parts or not all(map(_is_crumb, parts)) or context.is_outlet(parts[-1]):
        return None
    if is_named:
        return parts
    # 'Iran/Iraq talks' is no path, nor is 'Gozo : bees go to sea': a path is spaced, begins at home or has three.
    starts_home = plain_word(parts[0]) in _FIRST_SECTIONS
    if mark is _MARK:
        is_path = len(parts) > 2 or starts_home or _SPACED.search(line) is not None
    else:
        is_path = starts_home or (len(parts) > 2 and all(map(is_section, parts)))
        is_path |= " | " in line and len(line) <= _LONGEST_CRUMB
    return parts if is_path and len(parts) > 1 else None


def _is_crumb(part: str) -> bool:
    return len(part.split()) <= _CRUMB_WORDS and not part[0].isdigit() and len(part) <= _LONGEST_CRUMB


def is_section(line: str) -> bool:
    """Whether a line above the headline can name its section: three words at most and nothing but words."""
    return line.count(" ") < _SHORT_WORDS and _NAMED.fullmatch(line) is not None


def is_subheadline(lines: list[Line], kinds: list[str | None], index: int, tail: int, context: Context) -> bool:
    """Whether the line below the headline still stands above the story: byline or date come, or it is no sentence."""
    line = lines[index]
    if len(line.plain) > _LONGEST_SUBHEADLINE or line.plain.endswith(":"):
        return False
    if line.is_sentence:
        return head_goes_on(lines, kinds, index, tail, context)
    words = line.plain.count(" ") + 1
    return words > _HEADLINE_WORDS and any(len(after.plain) > len(line.plain) for after in lines[index + 1 : tail])


def head_goes_on(lines: list[Line], kinds: list[str | None], index: int, tail: int, context: Context) -> bool:
    """Whether below this line a date line or a byline still comes, before any paragraph but one (a standfirst)."""
    sentences = seen = 0
    for at in range(index + 1, tail):
        line = lines[at]
        if kinds[at] is not None:
            continue
        if len(line.plain) <= _LONGEST_ANCHOR and _is_anchor(line.plain, context):
            return any(after.is_paragraph or len(after.plain) >= LONG for after in lines[at:tail])
        seen += 1
        if line.is_sentence and read_caption(line.plain, context.latest) is None:
            sentences += 2 if line.is_paragraph else 1
        if sentences > 1 or seen > _LOOK_AHEAD:
            return False
    return False


def _is_anchor(line: str, context: Context) -> bool:
    """Whether the line can stand nowhere but in the head: a date of publication with its year, or a byline."""
    dates = read_date_line(line, context.latest) or read_loose_date_line(line, context.latest)
    if dates is not None:
        return any(found is not None and found.has_year for found in (dates.first, dates.later))
    byline = read_byline(line, context.latest, None, context.is_outlet)
    return byline is not None and byline.is_said
