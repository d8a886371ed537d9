"""What holds of any bytes that are read: the laws a fuzzed input is held against.

Every outcome is a document with a text that can be stored and parsed, or a reject with a reason of the list; ids are
unique within a drop, reading again gives the same, and so does reading what was kept of a reject. What an outcome
looked like comes back as marks, by which the fuzzer knows an input that shows something new.
"""

import hashlib
from collections.abc import Iterator

from pipelines.ingest.limits import Limits
from pipelines.ingest.reader import Read, read_drop
from pipelines.notices import NOTICE_CODES, REJECT_REASONS
from tests.properties.test_parse import hold_the_laws_of_parsing, strings_in

USUAL = Limits(members=300, document_seconds=1)
"""The usual limits but for those that bound time, so that no input may take longer than some seconds."""
TIGHT = Limits(
    file_bytes=50_000, document_bytes=2_000, unpacked_bytes=5_000, expansion_ratio=4, members=3, nesting=2,
    document_seconds=0.2,
)  # fmt: skip
OF_THE_WHOLE = {"bomb", "too_large", "too_many_members", "nested_too_deep"}
"""Reasons that lie in what is around a member."""
PARSED = 40
"""Documents of one drop that are parsed as well: a list of a thousand records shows nothing more."""
PARSED_CHARACTERS = 200_000
"""Characters up to which a text is parsed: longer ones only take longer."""


def read(data: bytes, limits: Limits) -> list[Read]:
    """Everything in the bytes, as the drop of some path."""
    found = []
    for one in read_drop("post/2020-02-06/a.txt", "post", data, hashlib.sha256(data).hexdigest(), limits):
        found.append(one)
        # One more says that there were too many, and so may each container around it.
        assert len(found) <= limits.members + 1 + limits.nesting, f"more than {limits.members} documents"
    return found


def hold_the_laws(data: bytes) -> set[tuple[object, ...]]:
    """Reads the bytes with the usual limits, twice, and with tight ones; AssertionError where a law is broken."""
    found = read(data, USUAL)
    marks = set(_marks(found))
    again = read(data, USUAL)
    if not any(one.reject and one.reject.reason == "too_slow" for one in found + again):
        assert _comparable(found) == _comparable(again), "reading again gives something else"
        _replay(found)
    return marks | set(_marks(read(data, TIGHT)))


def _replay(found: list[Read]) -> None:
    """What was kept of a reject gives that reject again, ids and all, but where the whole file was too much."""
    for document, reject, _, content in found[:PARSED]:
        if content is None or reject is None or reject.reason in OF_THE_WHOLE:
            continue
        assert hashlib.sha256(content).hexdigest() == reject.sha256 == document.sha256
        read_again = read_drop(
            document.path, document.outlet_hint, content, document.sha256, USUAL,
            member=document.member, held_as=document.format,
        )  # fmt: skip
        outcomes = {(one.document.document_id, one.reject and one.reject.reason) for one in read_again}
        assert (document.document_id, reject.reason) in outcomes, f"{document.format}, {reject.reason}: {outcomes}"


def _comparable(found: list[Read]) -> list[tuple[object, ...]]:
    return [(document, reject and reject.reason, notices) for document, reject, notices, *_ in found]


def _marks(found: list[Read]) -> Iterator[tuple[object, ...]]:
    assert found, "not even a reject"
    ids = [document.document_id for document, *_ in found]
    assert len(set(ids)) == len(ids), f"{len(ids) - len(set(ids))} documents share their id"
    for number, (document, reject, notices, *_) in enumerate(found):
        for text in strings_in([tuple(document), tuple(reject or ()), [tuple(notice) for notice in notices]]):
            text.encode("utf-8")  # a lone surrogate can't be stored
            assert "\0" not in text, f"a NUL in {text[:40]!r}"
        assert {notice.code for notice in notices} <= set(NOTICE_CODES)
        assert {notice.document_id for notice in notices} <= {document.document_id}
        yield document.format, document.encoding, bool(document.meta), tuple(notice.code for notice in notices)
        if reject:
            assert document.text is None
            assert reject.reason in REJECT_REASONS, f"{reject.reason} is no reason of the list"
            assert reject.document_id == document.document_id
            yield document.format, reject.reason
            continue
        assert (document.text or "").strip(), "a document without a text and without a reject"
        if number < PARSED and len(document.text) <= PARSED_CHARACTERS:
            parsed = hold_the_laws_of_parsing(document)
            for text in strings_in([tuple(parsed.article), tuple(parsed.outlet), parsed.paragraphs]):
                text.encode("utf-8")
                assert "\0" not in text
            yield parsed.article.published_basis, bool(parsed.article.headline), bool(parsed.article.body)
