"""PDF: paragraphs out of lines, what has no text or can't be read, and what is said without the extra."""

import io
import sys
from pathlib import Path

import pytest

from pipelines.ingest.pdf import _blocks, read_pdf
from pipelines.ingest.refused import Refused
from tests.unit.test_ingest_reader import damaged

GOLDEN = Path(__file__).parent.parent / "golden"
WHOLE = (GOLDEN / "pdf" / "drop.pdf").read_bytes()


def reason_of(data):
    with pytest.raises(Refused) as caught:
        read_pdf(data)
    return caught.value.reason


def encrypted(user_password, algorithm):
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(io.BytesIO(WHOLE)))
    writer.encrypt(user_password, "owner", algorithm=algorithm)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def test_lines_become_paragraphs():
    long = "Word by word a line as long as the others"
    assert _blocks([f"A headline\n{long}\n{long}\nshort end.\n{long}\n\nAfter a gap\n"]) == [
        "A headline", f"{long} {long} short end.", long, "After a gap",
    ]  # fmt: skip
    assert _blocks([f"A headline\nthat goes on\n{long}"]) == ["A headline that goes on", long]
    assert _blocks([long, f"goes on\n{long}"]) == [f"{long} goes on", long]
    assert _blocks(["", "\n\n"]) == []


def test_a_pdf_that_asks_for_no_password_to_be_read_is_read():
    assert read_pdf(encrypted("", "RC4-128")).text == read_pdf(WHOLE).text


@pytest.mark.parametrize("algorithm", ["RC4-128", "RC4-40"])
def test_a_pdf_that_asks_for_a_password_is_refused(algorithm):
    assert reason_of(encrypted("secret", algorithm)) == "encrypted"


def test_pictures_have_no_text():
    assert reason_of((GOLDEN / "pdf-without-text" / "drop.pdf").read_bytes()) == "no_text_in_pdf"


def test_without_the_extra_it_is_said_what_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdf", None)
    assert reason_of(WHOLE) == "pdf_needs_extra"


def test_damage_ends_in_a_text_or_a_refusal():
    reasons: set[str] = set()
    for data in damaged(WHOLE, 150):
        try:
            read_pdf(data)
        except Refused as refused:
            reasons.add(refused.reason)
    assert reasons <= {"damaged_pdf", "no_text_in_pdf", "encrypted"}
