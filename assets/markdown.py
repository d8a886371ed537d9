"""Rows as a Markdown table for Dagster's pages, in which nothing that came with a drop can become markup.

Whoever writes a headline may write it in Markdown or HTML: a picture in it would be fetched by the browser of whoever
looks at the page. Dagster's pages render GitHub's Markdown, whose escapes are used here.
"""

import re
from collections.abc import Mapping, Sequence

_LONGEST = 100
_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")
"""All of ASCII's punctuation: a backslash before any of it takes its meaning."""
_LINKED = re.compile(r"://|www\.|@|xmpp:|mailto:", re.IGNORECASE)
"""Where GitHub's Markdown makes links of bare text, escaped or not."""
_JOINER = "\u2060"
"""Word joiner: unseen, no place to break a line, and no part of an address."""


def escaped(value: object) -> str:
    """The value on one line, at most a hundred characters, as Markdown that shows just that."""
    text = "" if value is None else " ".join(str(value).split())
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 1] + "…"
    text = _LINKED.sub(lambda match: match[0][0] + _JOINER + match[0][1:], text)
    return _MARKUP.sub(r"\\\1", text)


def table(rows: Sequence[Mapping[str, object]], nothing: str) -> str:
    """The rows under their columns' names; the text `nothing` if there are none."""
    if not rows:
        return escaped(nothing)
    lines = [list(rows[0]), ["---"] * len(rows[0])]
    lines += [[escaped(value) for value in row.values()] for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
