"""The types of an article's names, with the recogniser's slips mended that the article itself shows.

A name of several words has one type wherever it stands. What ends in 'Inc', holds an '&', is defined with an acronym
or is called a company by the text is an organisation. Bare names, whose type hangs on the names around them, are left
to `entities.py`.
"""

import re
from collections import Counter
from collections.abc import Sequence, Set

from pipelines.extract.acronyms import definitions
from pipelines.extract.people import is_full
from pipelines.extract.spans import Item
from pipelines.extract.titles import Titles
from pipelines.extract.transliteration import CORPORATE, name_key, place_sound
from pipelines.lookups.lists import Known

_FIRM = r"(?:company|firm|carrier|retailer|maker|airline|bank|brewer|start-?up|chipmaker|carmaker|producer|operator)\b"
_A_FIRM = re.compile(rf", (?:the|an?|its) (?:[\w-]+ ){{0,3}}?{_FIRM}")
_THE_FIRM = re.compile(rf"{_A_FIRM.pattern}|[^.!?\n]*[.!?]['\"”]? The {_FIRM}")


def agreed_types(
    text: str, items: Sequence[Item], known: Sequence[Known | None], titles: Titles, sentences: Set[int]
) -> list[str]:
    """A type for each item; `sentences` are the offsets at which sentences start."""
    several = [item for item in items if len(item.words) > 1]
    votes: dict[tuple[str, ...], Counter[str]] = {}
    for item in several:
        votes.setdefault(item.words, Counter())[item.type] += 1
    # Of equal votes the first counts.
    agreed = {key: max(counter, key=counter.__getitem__) for key, counter in votes.items()}
    types = [agreed.get(item.words, item.type) for item in items]
    firms = {item.words for item in several if "&" in item.surface or item.words[-1] in CORPORATE}
    firms |= {item.words for item in items if _is_called_firm(text, item, sentences)}
    # 'Crown Prince Mohammed bin Salman (MBS)' is none: he has a title.
    defined = [items[i] for i, _ in definitions(text, items)]
    firms |= {item.words for item in defined if item.type == "person" and not titles.before(text, item.start)}
    keys = {name_key(" ".join(own), "organisation") for own in firms}
    sounds = {place_sound(item.words) for item in several if item.type == "place"}
    for i, item in enumerate(items):
        if types[i] == "person" and len(item.words) > 1 and place_sound(item.words) in sounds:
            types[i] = "place"
        if types[i] in ("person", "place") and name_key(item.surface, "organisation") in keys:
            types[i] = "organisation"
    for i, listed in enumerate(known):
        if listed and (types[i] != "person" or not is_full(items[i].words)):
            types[i] = listed.type
    return types


def _is_called_firm(text: str, item: Item, sentences: Set[int]) -> bool:
    """Whether 'X, a maker of …' or the sentence after the one that X opens ('The company has') calls it a firm."""
    if item.type not in ("person", "place") or len(item.words) > 1:
        return False
    pattern = _THE_FIRM if item.start in sentences else _A_FIRM
    return bool(pattern.match(text, item.end, item.end + 200))
