"""What parsing is told before it sees a text: the reviewed lookups, and the lines learnt to be an outlet's furniture.

Loaded once from lookups/ and passed in; nothing is read on import.
"""

from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Any, NamedTuple

import yaml

from pipelines.parse.furniture import Furniture
from pipelines.parse.headline import Labels, squeezed
from pipelines.records import Outlet

NOTHING_LEARNT = "none"
"""The version of a profile that has no learnt lines."""
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Profile(NamedTuple):
    """Furniture and headline labels by their words; outlets by folder, domain and lower-cased name; `names` are these
    squeezed (headline.squeezed), `elsewhere` domains of nobody's own, `speakers` words that name a source.

    `learnt` has, by outlet_id, the text_hash of each line learnt to be that outlet's furniture; `version` names that
    state of learning.
    """

    furniture: Furniture
    labels: Labels
    by_hint: dict[str, Outlet]
    by_domain: dict[str, Outlet]
    by_name: dict[str, Outlet]
    names: frozenset[str]
    elsewhere: frozenset[str]
    speakers: frozenset[str]
    version: str = NOTHING_LEARNT
    learnt: Mapping[str, frozenset[str]] = MappingProxyType({})

    def with_learnt(self, version: str, lines: Mapping[str, frozenset[str]]) -> "Profile":
        """The same with these learnt lines: text_hash values by outlet_id."""
        return self._replace(version=version, learnt=MappingProxyType(dict(lines)))


def load_profile() -> Profile:
    """The profile of the reviewed lookups."""
    by_hint: dict[str, Outlet] = {}
    by_domain: dict[str, Outlet] = {}
    by_name: dict[str, Outlet] = {}
    outlets = _yaml("outlets.yaml")
    for entry in outlets["outlets"]:
        outlet = Outlet(entry["id"], entry["name"], None, entry.get("country"), entry.get("is_agency", False))
        by_hint |= dict.fromkeys(entry["hints"], outlet)
        by_domain |= dict.fromkeys(entry["domains"], outlet)
        by_name |= dict.fromkeys([entry["name"].lower(), *entry.get("names", [])], outlet)
    return Profile(
        furniture=Furniture(_yaml("boilerplate.yaml")),
        labels=Labels(_yaml("labels.yaml")),
        by_hint=by_hint,
        by_domain=by_domain,
        by_name=by_name,
        names=frozenset(map(squeezed, by_name)),
        elsewhere=frozenset(outlets["elsewhere"]),
        speakers=frozenset(word for line in _yaml("speakers.yaml") for word in line.split()),
    )


def _yaml(name: str) -> Any:
    return yaml.load((files("pipelines") / "lookups" / name).read_text("utf-8"), _Loader)
