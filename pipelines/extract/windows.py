"""Words of a text cut into the windows that the entity model reads, without those that are far from any name.

Reading costs as much as there are words, so sentences in which nothing can be a name are left out, and of the others
what is far from all that can. A window ends at the end of a sentence where there is one, so that no name is cut in
two; a sentence splitter is not needed for that. What a window holds depends on its own text alone.
"""

from collections.abc import Iterator, Sequence

from pipelines.extract.wordpieces import MAY_NAME, Word, is_initial

LONGEST = 108
"""Word pieces of a window, without the two that open and close it. Training saw none longer: the two move together."""

NEAR = 14
"""Words read on either side of one that may be a name. Tuned by F1 of all of extraction on newswire/dev: .886 with all
words, .888 with 14 and more, .886 with 12. With 14, 3 % of the pieces of newswire, dense with names, are left out, and
19 % of gum_news_raw. A model that is trained on text cut like this may do with fewer."""

IN_NAME = 3
"""Words on either side of one that may be a name that can belong to that name: 'Bank of the', 'for Human Rights'."""

CUT = "2"
"""The version of all this. What is cut or wanted otherwise gives other names: raise it with every change."""

_ENDS = frozenset(".!?…")
_CLOSINGS = frozenset("\"'”’)]»")
_MOST_CLOSINGS = 4  # after the end of a sentence; a line of brackets must not take longer than one of words
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


def near_names(text: str, words: Sequence[Word]) -> list[Word]:
    """The words of each sentence that are at most `NEAR` words from one that may be a name, and what ends it."""
    out: list[Word] = []
    first = 0
    for stop in _sentence_stops(text, words):
        reached = first
        for at in range(first, stop):
            if words[at].shape in MAY_NAME and may_name(text, words[at]):
                out += words[max(reached, at - NEAR) : min(stop, at + NEAR + 1)]
                reached = min(stop, at + NEAR + 1)
        if first < reached < stop:
            out.append(words[stop - 1])
        first = stop
    return out


def wanted(text: str, window: Sequence[Word]) -> list[int]:
    """Indexes of the words that can belong to a name: at most `IN_NAME` words from one that may be one."""
    out: list[int] = []
    for at, word in enumerate(window):
        if word.shape in MAY_NAME and may_name(text, word):
            first = max(at - IN_NAME, out[-1] + 1 if out else 0)
            out += range(first, min(at + IN_NAME + 1, len(window)))
    return out


def may_name(text: str, word: Word) -> bool:
    """Whether a word can be of a name: it is written like one and is no word of every day."""
    if word.shape not in MAY_NAME:
        return False
    plain = text[word.start : word.end].lower()
    return plain not in PLAIN and plain not in CALENDAR


def _sentence_stops(text: str, words: Sequence[Word]) -> Iterator[int]:
    """The index after the last word of each sentence."""
    for at in range(1, len(words)):
        if is_initial(words[at]) and _ends_sentence(text, words, at - 1):
            yield at
    if words:
        yield len(words)


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
    for _ in range(min(at, _MOST_CLOSINGS)):
        if text[words[at].start] not in _CLOSINGS:
            break
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
