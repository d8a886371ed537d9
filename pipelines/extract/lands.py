"""Countries and lands behind the words for their people, and which one a name stands beside.

'Turkish' and 'Turks' are Turkey, 'Scottish' is Scotland; Kurds, whose land is no country's, stay a people.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from pipelines.extract.spans import Item
from pipelines.lookups.lists import Known, Lookups

# Adjectives of lands within a country that the list of regions has; 'Kurdish' is a people before it is of a land.
_REGIONS = {
    "English": "England", "Englishman": "England", "Scottish": "Scotland", "Scot": "Scotland", "Scots": "Scotland",
    "Welsh": "Wales", "Northern Irish": "Northern Ireland", "Catalan": "Catalonia", "Tibetan": "Tibet",
    "Chechen": "Chechnya", "European": "Europe", "African": "Africa", "Asian": "Asia",
    "Latin American": "Latin America",
}  # fmt: skip
# Peoples whose noun and adjective differ in the lists.
_PEOPLES = {"Kurd": "Kurdish", "Arabian": "Arab", "Uighur": "Uyghur", "Yazidi": "Yezidi", "Latino": "Hispanic"}
_POSSESSIVE_GAP = re.compile(r"['’]s? |['’]? ")
_OF_COUNTRY = re.compile(r" (?:of|in) (?:the )?")


@lru_cache(maxsize=2)
def country_names(lookups: Lookups) -> dict[str, str]:
    """The name of each country by its ISO 3166-1 alpha-2 code."""
    return {known.country: known.name for known in lookups.known.values() if known.kind == "country" and known.country}


@lru_cache(maxsize=2)
def lands(lookups: Lookups) -> dict[str, list[tuple[str, str | None]]]:
    """By adjective ('Turkish', 'Scottish'): the names and countries of the lands it is of; of 'Congolese' two."""
    names = country_names(lookups)
    found: dict[str, list[tuple[str, str | None]]] = {}
    for code, adjective in lookups.adjectives.items():
        if code in names:
            found.setdefault(adjective, []).append((names[code], code))
    for adjective, name in _REGIONS.items():
        if known := lookups.known.get(name):
            found.setdefault(adjective, [(known.name, known.country)])
    return found


def people(known: Known) -> str:
    """The adjective under which a people goes: 'Kurdish' of 'Kurds'."""
    return _PEOPLES.get(known.name, known.name)


def country_beside(text: str, items: Sequence[Item], known: Sequence[Known | None], i: int) -> str | None:
    """The country whose name or adjective stands straight before the i-th name, or behind it after 'of'."""
    before, behind = known[i - 1] if i else None, known[i + 1] if i + 1 < len(known) else None
    if before and before.country and _parted(text, items[i - 1].end, items[i].start, _POSSESSIVE_GAP):
        return before.country
    if behind and behind.country and _parted(text, items[i].end, items[i + 1].start, _OF_COUNTRY):
        return behind.country
    return None


def _parted(text: str, start: int, end: int, gap: re.Pattern[str]) -> bool:
    return 0 < end - start < 10 and gap.fullmatch(text, start, end) is not None
