"""Acronyms that an article defines: 'Syrian Observatory for Human Rights (SOHR)', in either order.

The match of letters follows Schwartz and Hearst, 'A Simple Algorithm for Identifying Abbreviation Definitions in
Biomedical Text' (2003), tightened to the first letters of words, which is how agencies make theirs.
"""

from collections.abc import Iterator, Sequence

from pipelines.extract.spans import Item

_SMALL = frozenset({"of", "for", "the", "and", "in", "on", "de", "la", "del", "du", "des", "y", "e", "et"})
_OPENING = frozenset({" (", " [", " ('", ' ("', " (“"})
# Between a name and its acronym where no bracket says it; only believed where the letters match.
_GAPS = frozenset({", ", ", or ", " or ", ", the ", " - ", " – ", " — "})
_CALLED = frozenset({", known as ", ", also known as ", ", better known as ", ", called ", ", also called ", " aka "})


def letters(surface: str) -> str:
    """The letters of an acronym, lower case: 'crs' of 'C.R.S.', 'ngo' of 'NGOs'."""
    bare = surface[:-1] if len(surface) > 2 and surface[-1] == "s" and surface[:-1].isupper() else surface
    return "".join(filter(str.isalnum, bare)).casefold()


def initials(words: Sequence[str]) -> set[str]:
    """The acronyms a name of several words can have: with and without its small words."""
    big = [word for word in words if word not in _SMALL]
    return {"".join(word[0] for word in some) for some in (words, big) if len(some) > 1}


def stands_for(short: str, words: Sequence[str]) -> bool:
    """Whether the letters can be taken from the words in order, each word giving its first letter or more.

    Small words may give none; every other word has to give one. 'interpol' has no such reading, 'sohr' has.
    """
    if not short or len(words) < 2:
        return False
    reached = {0}  # how many letters are used up after each word
    for word in words:
        after = set(reached) if word in _SMALL else set()
        for at in reached:
            taken = 0
            while taken < min(3, len(word)) and at + taken < len(short) and short[at + taken] == word[taken]:
                taken += 1
                after.add(at + taken)
        reached = after
    return len(short) in reached


def definitions(text: str, items: Sequence[Item]) -> Iterator[tuple[int, str]]:
    """(index of the long form, letters of the acronym) for every definition in the text, in order."""
    for i, item in enumerate(items):
        if item.bracket and letters(item.bracket):
            yield i, letters(item.bracket)
        if i + 1 == len(items):
            return
        other = items[i + 1]
        gap = text[item.end : other.start] if other.start - item.end < 20 else ""
        closes = text[other.end : other.end + 1] in (")", "]", "'", '"', "”")
        if gap in _OPENING and closes:
            # In brackets the letters may come from another language: 'Doctors Without Borders (MSF)'.
            if _is_short(other) and len(item.words) > 1:
                yield i, letters(other.surface)
            elif _is_short(item) and len(other.words) > 1:
                yield i + 1, letters(item.surface)
        elif gap.removesuffix("the ") in _GAPS or gap in _GAPS or gap == " (the ":
            if _is_short(other) and stands_for(letters(other.surface), item.words):
                yield i, letters(other.surface)
            elif _is_short(item) and stands_for(letters(item.surface), other.words):
                yield i + 1, letters(item.surface)


def is_also_called(text: str, item: Item, other: Item) -> bool:
    """Whether the text gives the second as another name of the first: 'X, known as Y'."""
    return 0 < other.start - item.end < 28 and text[item.end : other.start].removesuffix("the ") in _CALLED


def _is_short(item: Item) -> bool:
    """'SOHR', and in one word also 'Hamas' or 'UNRWA'."""
    return " " not in item.surface and (item.is_acronym or (item.surface[:1].isupper() and len(item.surface) <= 10))
