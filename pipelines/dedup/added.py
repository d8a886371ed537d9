"""What an update says that its parent does not: the paragraphs that are new in it."""

import numpy as np
import pyarrow as pa

from pipelines.dedup.signature import sign

# A paragraph is new where less than this share of its shingles is in the parent: a new figure breaks three of them, so
# a paragraph of ten words or more with another toll in it is no news.
KNOWN = 0.5
LONGEST = 2000
"""Characters of the text given; the full one is the body's."""


def added_text(body: str, parent_body: str) -> str | None:
    """The paragraphs of `body` that its parent lacks, joined by a blank line and cut to LONGEST characters.

    Both bodies have their paragraphs joined by blank lines; how the parent is cut into them makes no difference. None
    where no paragraph is new.
    """
    paragraphs = body.split("\n\n")
    # The parent's paragraphs stand for those of one or two words, whose shingle occurs nowhere in a longer text.
    held = [parent_body, *parent_body.split("\n\n")]
    signed = sign(pa.array([*held, *paragraphs], pa.large_string()))
    ends = signed.offsets[len(held) :]
    known = np.isin(signed.shingles[ends[0] :], signed.shingles[: ends[0]])
    shared = np.diff(np.concatenate([[0], np.cumsum(known)])[ends - ends[0]])
    is_new = shared < KNOWN * np.diff(ends)
    added = "\n\n".join(text for text, new in zip(paragraphs, is_new.tolist(), strict=True) if new)
    return added[:LONGEST] or None
