"""Quotation marks, dashes, spaces and ligatures to one form each, for text that people search and programs compare.

Only fields and bodies are tidied; a document's own text never is, so its offsets stay true.
"""

import re

_ONE_FORM = {
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))), " "),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    **{"…": "...", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬆ": "st"},
}
# Nearly all that is not ASCII in English news; a replacement that finds nothing costs next to nothing.
_COMMON = tuple((mark, _ONE_FORM[mark]) for mark in "’“”‘–—\u00a0…")
# In French a space stands inside of the marks, in German, which turns them round, outside: 'das »Wort« ist'.
_OPENED = re.compile(r"(?:^|(?<=[\s(\[:'’\"“-]))«\s+")
_CLOSED = re.compile(r"\s+»(?=$|[\s,;:!?)\]'’\"”-]|\.(?!\.))")
_OTHER_FORM = re.compile("[" + "".join(map(re.escape, _ONE_FORM)) + "]")


def tidy(text: str) -> str:
    """The text in one form: straight quotes, closed up; hyphens for dashes; single spaces; no ligatures."""
    if not text.isascii():
        if "«" in text:  # without it a '»' points to the next page or section
            text = _CLOSED.sub("»", _OPENED.sub("«", text))
        for mark, plain in _COMMON:
            text = text.replace(mark, plain)
        if not text.isascii():
            text = _OTHER_FORM.sub(_in_one_form, text)
    if "  " in text or not text.isprintable():  # of white space only the plain space is printable
        text = " ".join(text.split())
    return text.strip()


def _in_one_form(match: re.Match[str]) -> str:
    return _ONE_FORM[match[0]]
