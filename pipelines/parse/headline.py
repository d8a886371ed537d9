"""Headlines: what looks like one, and the source that hangs at its end (': Army', '- ministry', '| Outlet')."""

import re

_LONGEST = 220
_SOURCE_WORDS = 4
_DASH = r"\s[-–—]\s"


def is_headline(line: str) -> bool:
    """Whether the line could be a headline: short, and no sentence with its full stop."""
    return len(line) <= _LONGEST and not line.rstrip("\"'”’").endswith((".", ":", ";", ","))


def split_source(headline: str, speakers: frozenset[str]) -> tuple[str, str | None]:
    """The headline without its source, and the source.

    A source is at most four words at the very end, behind at least three others; a longer end belongs to the headline
    ('Analysis: Can the Arctic's only deepwater port …'). Behind a dash it is in lower case, or has a word of
    `speakers` in it.
    """
    for mark in (r"\s\|\s", _DASH, r"\s?:\s"):
        parts = re.split(f"({mark})", headline)
        if len(parts) < 3:
            continue
        before, source = "".join(parts[:-2]).rstrip(), parts[-1].strip()
        if mark == _DASH and source[:1].isupper() and speakers.isdisjoint(source.lower().split()):
            continue
        if 0 < len(source.split()) <= _SOURCE_WORDS and len(before.split()) >= 3 and not set(source) & set("?!,;"):
            return before, source
    return headline, None
