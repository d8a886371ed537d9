"""Headlines: what looks like one, and the source that hangs at its end (': Army', '- ministry', '| Outlet')."""

import re

_LONGEST = 220
_SOURCE_WORDS = 4


def is_headline(line: str) -> bool:
    """Whether the line could be a headline: short, and no sentence with its full stop."""
    return len(line) <= _LONGEST and not line.rstrip("\"'”’").endswith((".", ":", ";", ","))


def split_source(headline: str) -> tuple[str, str | None]:
    """The headline without its source, and the source.

    A source is at most four words at the very end, behind at least three others; a longer end belongs to the headline
    ('Analysis: Can the Arctic's only deepwater port …').
    """
    for mark in (r"\s\|\s", r"\s[-–—]\s", r"\s?:\s"):
        parts = re.split(f"({mark})", headline)
        if len(parts) < 3:
            continue
        before, source = "".join(parts[:-2]).rstrip(), parts[-1].strip()
        if 0 < len(source.split()) <= _SOURCE_WORDS and len(before.split()) >= 3 and not set(source) & set("?!,;"):
            return before, source
    return headline, None
