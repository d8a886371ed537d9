"""What a tagger told of a paragraph, in the form in which it is kept from run to run.

A paragraph goes by a hash of its text, its spans by a line of JSON: `[[0,5,"place",0.98]]`, or `[]` where it names
nothing. JSON gives every number back as it was, so that spans which were kept equal those that are read anew. Where
they are kept is the caller's business.
"""

import json
from collections.abc import Sequence
from hashlib import blake2b

from pipelines.extract.tagger import Span

FORMAT = "1"
"""Of key and line: another form is another format, and what was kept in the old one is no longer read."""


def key_of(text: str) -> bytes:
    """The paragraph's key: 16 bytes."""
    return blake2b(text.encode("utf-8"), digest_size=16).digest()


def packed(spans: Sequence[Span]) -> str:
    """The spans as one line."""
    return json.dumps(spans, separators=(",", ":"))


def unpacked(line: str) -> list[Span]:
    """The spans of a line that `packed` made."""
    return [Span(*span) for span in json.loads(line)]
