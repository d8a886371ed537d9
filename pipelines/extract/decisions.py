"""Reviewed decisions about entities: merge, split, reject and rename, from lookups/entities.yaml.

They are applied to what the rules resolved, one article at a time, and win over it. A changed file is applied to
the past by a backfill. `merge_rows` gives the rows of `merge_log` that tell what was decided, when and why.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from pipelines.extract.entities import ResolvedName, entity_of
from pipelines.extract.transliteration import name_key
from pipelines.lookups.lists import FOLDER

FILE = FOLDER / "entities.yaml"
ACTIONS = ("merge", "split", "reject", "rename")


class MergeRow(NamedTuple):
    """A row of `merge_log`: `before` and `after` are entity ids; `after` is None for a name that was rejected."""

    decided_on: dt.date
    action: str
    before: list[str]
    after: str | None
    decided_by: str
    why: str


class Target(NamedTuple):
    """What a name becomes, in an article that has one of the words of `near` (any article where there are none)."""

    name: str
    type: str
    country: str | None
    near: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Decision:
    """One entry of the file. `names` are the names it is about, `targets` what they become (none: rejected)."""

    action: str
    type: str
    names: tuple[str, ...]
    country: str | None
    targets: tuple[Target, ...]
    on: dt.date
    note: str


class Decisions:
    """The decisions in force, looked up by type and key of the name."""

    def __init__(self, decisions: Sequence[Decision] = ()) -> None:
        self.decisions = tuple(decisions)
        self._by_name: dict[tuple[str, str], list[Decision]] = {}
        for decision in self.decisions:
            for name in decision.names:
                self._by_name.setdefault((decision.type, name_key(name, decision.type)), []).append(decision)

    @classmethod
    def load(cls, file: Path | None = None) -> "Decisions":
        """Read the file, `lookups/entities.yaml` by default. ValueError names an entry that is incomplete."""
        entries = yaml.safe_load((file or FILE).read_text("utf-8")) or []
        return cls([_decision(entry) for entry in entries])

    def apply(self, names: Sequence[ResolvedName]) -> list[ResolvedName | None]:
        """One article's names with the decisions applied, in the same order; None for the mentions of a rejected name.

        Groups that become one entity share a number.
        """
        if not any(self._concerns(name) for name in names):
            return list(names)
        around = {key for name in names for key in (name.name.casefold(), name.country or "")}
        surfaces: dict[int, set[str]] = {}
        for name in names:
            if name.type == name.entity_type:
                surfaces.setdefault(name.group, set()).add(name_key(name.surface, name.entity_type))
        groups: dict[tuple[str, str, str | None], int] = {}
        verdicts: dict[int, Target | None] = {}
        out: list[ResolvedName | None] = []
        for name in names:
            if name.group not in verdicts:
                verdicts[name.group] = self._decide(name, surfaces.get(name.group, set()), around)
            target = verdicts[name.group]
            out.append(_decided(name, target, groups.setdefault(target[:3], name.group)) if target else None)
        return out

    def _concerns(self, name: ResolvedName) -> bool:
        type_ = name.entity_type
        return (type_, name_key(name.name, type_)) in self._by_name or (
            (type_, name_key(name.surface, type_)) in self._by_name
        )

    def _decide(self, name: ResolvedName, surfaces: set[str], around: set[str]) -> Target | None:
        """What one group becomes; None if it is rejected."""
        key = name_key(name.name, name.entity_type)
        for decision in self._by_name.get((name.entity_type, key), ()):
            if decision.action != "split" and _is_of(decision, name.country):
                return decision.targets[0] if decision.targets else None
        # A split is about the words of the text: who writes 'Republic of the Congo' has told which one.
        for surface in sorted(surfaces) if len(surfaces) == 1 else ():
            for decision in self._by_name.get((name.entity_type, surface), ()):
                if decision.action == "split" and _is_of(decision, name.country):
                    return next((one for one in decision.targets if not one.near or one.near & around), _as_is(name))
        return _as_is(name)

    def merge_rows(self) -> list[MergeRow]:
        """The rows of `merge_log` for these decisions, in the order of the file; one for each part of a split."""
        return [row for decision in self.decisions for row in _rows(decision)]


def _is_of(decision: Decision, country: str | None) -> bool:
    return not decision.country or not country or decision.country == country


def _decided(name: ResolvedName, target: Target, group: int) -> ResolvedName:
    kind = name.alias_kind
    if kind == "full" and name_key(target.name, target.type) != name_key(name.name, name.entity_type):
        kind = "acronym" if name.surface.isupper() and " " not in name.surface else "other"
    return name._replace(
        group=group, name=target.name, entity_type=target.type, country=target.country, alias_kind=kind
    )


def _as_is(name: ResolvedName) -> Target:
    return Target(name.name, name.entity_type, name.country)


def _rows(decision: Decision) -> Iterator[MergeRow]:
    before = sorted({entity_of(name, decision.type, decision.country).entity_id for name in decision.names})
    for target in decision.targets:
        after = entity_of(target.name, target.type, target.country).entity_id
        yield MergeRow(decision.on, decision.action, before, after, "person", decision.note)
    if not decision.targets:
        yield MergeRow(decision.on, decision.action, before, None, "person", decision.note)


def _decision(entry: dict[str, Any]) -> Decision:
    action, names = entry.get("action"), entry.get("names") or []
    into = entry.get("into") or []
    parts = into if isinstance(into, list) else [into]
    if action not in ACTIONS or not names or not entry.get("note") or not isinstance(entry.get("date"), dt.date):
        raise ValueError(f"entities.yaml: an entry needs action, names, date and note: {entry}")
    if (action == "reject") == bool(parts) or (action == "split") != (len(parts) > 1):
        raise ValueError(f"entities.yaml: 'into' does not suit a {action}: {entry}")
    targets = tuple(
        Target(
            part["name"],
            part.get("type", entry["type"]),
            part.get("country"),
            frozenset(word.casefold() if len(word) != 2 else word for word in part.get("near", [])),
        )
        for part in parts
    )
    return Decision(action, entry["type"], tuple(names), entry.get("country"), targets, entry["date"], entry["note"])
