"""What parsing is told before it sees a text: furniture patterns, outlets known by name, words of headline sources.

Loaded once from the reviewed files in lookups/ and passed in; nothing is read on import.
"""

import re
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Any, NamedTuple

import yaml

from pipelines.records import Outlet


class Profile(NamedTuple):
    """`furniture` matches a whole line of boilerplate; outlets by folder and by domain; words that name a source.

    `learnt` has, by outlet_id, the text_hash of each line learnt to be that outlet's furniture; `version` names that
    state of learning.
    """

    furniture: re.Pattern[str]
    by_hint: dict[str, Outlet]
    by_domain: dict[str, Outlet]
    speakers: frozenset[str]
    version: str = "none"
    learnt: Mapping[str, frozenset[str]] = MappingProxyType({})

    def with_learnt(self, version: str, lines: Mapping[str, frozenset[str]]) -> "Profile":
        """The same with these learnt lines: text_hash values by outlet_id."""
        return self._replace(version=version, learnt=MappingProxyType(dict(lines)))


def load_profile() -> Profile:
    """The profile of the reviewed lookups."""
    patterns = [entry["pattern"] for entry in _yaml("boilerplate.yaml")]
    furniture = re.compile("(?:" + "|".join(patterns) + ")", re.IGNORECASE)
    by_hint: dict[str, Outlet] = {}
    by_domain: dict[str, Outlet] = {}
    for entry in _yaml("outlets.yaml"):
        outlet = Outlet(entry["id"], entry["name"], None, entry.get("country"), entry.get("is_agency", False))
        by_hint |= dict.fromkeys(entry["hints"], outlet)
        by_domain |= dict.fromkeys(entry["domains"], outlet)
    speakers = frozenset(word for line in _yaml("speakers.yaml") for word in line.split())
    return Profile(furniture, by_hint, by_domain, speakers)


def _yaml(name: str) -> list[Any]:
    entries: list[Any] = yaml.safe_load((files("pipelines") / "lookups" / name).read_text("utf-8"))
    return entries
