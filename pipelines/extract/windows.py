"""Words of a text cut into the windows that the entity model reads, without those that hold no name.

A window ends at the end of a sentence where there is one, so that no name is cut in two; a sentence splitter is not
needed for that. What a window holds depends on its own text alone.
"""

from collections.abc import Iterator, Sequence

from pipelines.extract.wordpieces import MAY_NAME, Word, is_initial

LONGEST = 108
"""Word pieces of a window, without the two that open and close it. Training saw none longer: the two move together."""

_ENDS = frozenset(".!?…")
_CLOSINGS = frozenset("\"'”’)]»")
_PAUSES = frozenset(",;:—–")
_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof gen col maj capt lt sgt sen rep gov st jr sr rev hon adm cmdr vs no fig inc ltd co corp
    jan feb mar apr aug sep sept oct nov dec""".split()
)

# Words whose capital says nothing, at the start of a sentence or anywhere.
PLAIN = frozenset(
    """a about according after again all also although among an and another any as asked at based be because before
    both but by can could despite did do does during each earlier even every few finally first for from further had has
    have he her here his how however i if in instead is it its just last later let like many meanwhile more moreover
    most much my nearly never no nor not nothing now of off often on once one only or other others our out over people
    perhaps police please rather several she should similarly since so some sometimes still such than thank that the
    their them then there therefore these they this those though through throughout thus to today together too two
    under unless unlike until up upon us very was we were what when where whether which while who whoever whole why will
    with within without would yes yet yesterday you your""".split()
)
CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february july september october november
    december""".split()
)


def windows(text: str, words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """The words in windows of at most `LONGEST` pieces; `words` are those of `text`."""
    first = 0
    while first < len(words):
        stop = _stop(text, words, first)
        yield words[first:stop]
        first = stop


def may_name(text: str, window: Sequence[Word]) -> bool:
    """Whether a window can hold a name: a word that is written like one and is no word of every day."""
    for word in window:
        if word.shape in MAY_NAME:
            plain = text[word.start : word.end].lower()
            if plain not in PLAIN and plain not in CALENDAR:
                return True
    return False


def _stop(text: str, words: Sequence[Word], first: int) -> int:
    """The index after the last word of the window that starts at `first`."""
    room = LONGEST
    sentence = pause = space = first
    for at in range(first, len(words)):
        word = words[at]
        if at > first and is_initial(word):
            space = at
            if _ends_sentence(text, words, at - 1):
                sentence = at
            elif text[words[at - 1].start] in _PAUSES:
                pause = at
        room -= len(word.pieces)
        if room < 0:
            break
    else:
        return len(words)
    for stop in (sentence, pause, space):
        if stop > first:
            return stop
    return max(at, first + 1)


def _ends_sentence(text: str, words: Sequence[Word], at: int) -> bool:
    """Whether the word at `at`, before a space, ends a sentence."""
    while at and text[words[at].start] in _CLOSINGS:
        at -= 1
    if text[words[at].start] not in _ENDS:
        return False
    before = words[at - 1] if at else words[at]
    surface = text[before.start : before.end]
    is_letter = len(surface) == 1 and surface.isupper()
    return not is_letter and surface.lower() not in _ABBREVIATIONS


def cut(text: str, longest: int) -> Iterator[tuple[int, int]]:
    """Offsets of pieces of at most `longest` characters, cut at an end of line or sentence, or else at a space.

    For models that bring their own words and can't read a text of any length.
    """
    start = 0
    while len(text) - start > longest:
        stop = start + longest
        for mark in ("\n", ". ", " "):
            at = text.rfind(mark, start + longest // 2, start + longest)
            if at >= 0:
                stop = at + len(mark)
                break
        yield start, stop
        start = stop
    if start < len(text):
        yield start, len(text)
