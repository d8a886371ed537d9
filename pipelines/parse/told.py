"""What single lines of a text tell of the whole article: dates, authors, dateline, captions and their credits."""

from pipelines.parse.byline import read_byline, read_desk
from pipelines.parse.captions import Caption, read_credit
from pipelines.parse.context import Context
from pipelines.parse.dateline import DateLine, Dateline
from pipelines.parse.lines import Line
from pipelines.parse.written_dates import WrittenDate


class Told:
    """Gathers what lines tell as they are read; of what is told twice the first counts."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.url: str | None = None
        self.section: list[str] = []
        self.label: str | None = None
        self.authors: list[str] = []
        self.dateline: Dateline | None = None
        self.published: WrittenDate | None = None
        self.updated: WrittenDate | None = None
        self.captions: dict[int, Caption] = {}

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

    def take_caption(self, caption: Caption | None, index: int) -> bool:
        """Whether the line at the index is a caption; it is noted."""
        if caption is None:
            return False
        self.captions[index] = caption
        return True

    def take_credit(self, plain: str, index: int) -> bool:
        """Whether the line credits a picture; a caption right above that credits nobody has its credit from it."""
        credit = read_credit(plain)
        if credit is None:
            return False
        if self.is_uncredited(index - 1):
            self.captions[index - 1] = self.captions[index - 1]._replace(credit=credit)
        return True

    def is_uncredited(self, index: int) -> bool:
        """Whether the line at the index is a caption that credits nobody."""
        caption = self.captions.get(index)
        return caption is not None and caption.credit is None


def _placed(written: WrittenDate, line: Line, at: int) -> WrittenDate:
    return written._replace(start=line.place(at + written.start), end=line.place(at + written.end))
