"""A PDF's text layer to a text: pages one behind the other, lines of a paragraph joined, paragraphs as blocks.

pypdf reads them, the extra 'pdf' of this project: written in Python throughout, so that a damaged or hostile file ends
in an exception, and one that takes too long can be stopped. Words that are divided at the end of a line stay so.
"""

import io
import logging

from pipelines.ingest.decode import clean
from pipelines.ingest.record import RecordText, dump_meta
from pipelines.ingest.refused import Refused, said

_PAGES = 500
"""Pages at most: a newspaper has some hundred."""
_SHORT = 0.6
"""Share of the usual line below which a line ends its paragraph: even in ragged type the others are longer."""


def read_pdf(data: bytes) -> RecordText:
    """The text in the file's text layer. Raises Refused where there is none or it can't be read."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError
    except ImportError as error:
        raise Refused("pdf_needs_extra", "pypdf is not installed") from error
    errors = (
        PyPdfError, OSError,
        # Not documented; found by damaging files: objects of another kind than the format has there.
        ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError, RecursionError,
        NotImplementedError, UnicodeError, EOFError,
    )  # fmt: skip
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it writes a line for every oddity it can read past
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused("encrypted", "the PDF asks for a password")
        pages = [reader.pages[number].extract_text() for number in range(min(len(reader.pages), _PAGES))]
        title = str(reader.metadata.title or "") if reader.metadata else ""
    except (FileNotDecryptedError, DependencyError) as error:
        raise Refused("encrypted", "the PDF is encrypted") from error
    except errors as error:
        raise Refused("damaged_pdf", said(error)) from error
    text = clean("\n\n".join(_blocks(pages)), "utf-8", is_detected=False).text
    if not text.strip("\ufffd \n"):
        raise Refused("no_text_in_pdf", f"{len(pages)} pages without a text layer")
    title = " ".join(clean(title, "utf-8", is_detected=False).text.split())
    # Word processors write the file's name there; a title is believed if the text says it too.
    return RecordText(text, dump_meta({"title": title}) if title and title in text else None)


def _blocks(pages: list[str]) -> list[str]:
    """The paragraphs and headlines: lines up to a blank or a short one, unless the next goes on in small letters."""
    blocks: list[list[str]] = [[]]
    for page in pages:
        lines = [" ".join(line.split()) for line in page.split("\n")]
        lengths = sorted(len(line) for line in lines if line)
        usual = lengths[int(len(lengths) * 0.8)] if lengths else 0
        is_over = True
        for line in lines:
            if is_over and line and not line[0].islower():
                blocks.append([])
            blocks[-1].append(line)
            is_over = len(line) < _SHORT * usual
    return [text for block in blocks if (text := " ".join(filter(None, block)))]
