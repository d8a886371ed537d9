"""The words of things.yaml as sets and dictionaries: currencies, measures, and the names and words of things.

The rules that use them are in `pipelines/extract/`: `money.py`, `quantities.py`, `things.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Currencies(NamedTuple):
    """`signs` stand before the number; `words` after it, each with its currency and its part of that."""

    signs: dict[str, str]
    words: dict[str, tuple[str | None, float]]
    doubtful: frozenset[str]


class Measures(NamedTuple):
    """`units` gives each form's unit; the sets are words around a number, in small letters."""

    units: dict[str, str]
    durations: frozenset[str]
    rates: frozenset[str]
    counted: frozenset[str]
    states: frozenset[str]
    not_counted: frozenset[str]
    designators: frozenset[str]


class ThingNames(NamedTuple):
    """What is known of the names of things; phrases are words joined by one blank, with straight apostrophes.

    `names`, `words_after`, `words_before`, `heads`, `heads_of`, `designated` and `designations` give the type of each
    phrase, `ends` the phrases by their last word; `longest` counts the words of the longest listed name by its first.
    Beside the words that open a listed name or end one, `telling` are those that can make a run the name of a thing.
    """

    names: dict[str, str]
    longest: dict[str, int]
    words_after: dict[str, str]
    words_before: dict[str, str]
    ends: dict[str, list[tuple[tuple[str, ...], str]]]
    heads: dict[str, str]
    heads_of: dict[str, str]
    designated: dict[str, str]
    designations: dict[str, str]
    telling: frozenset[str]
    needs_word: frozenset[str]
    apposed: frozenset[str]
    numbered_units: frozenset[str]
    arms: frozenset[str]
    ships: frozenset[str]
    aircraft_makers: frozenset[str]
    car_makers: frozenset[str]
    car_models: frozenset[str]
    nicknames: frozenset[str]
    plain: frozenset[str]
    openers: frozenset[str]
    never: frozenset[str]


@dataclass(frozen=True, eq=False)
class ThingLists:
    """The lists of things.yaml, read-only."""

    currencies: Currencies
    measures: Measures
    names: ThingNames

    @classmethod
    def load(cls, folder: Path) -> "ThingLists":
        """Read things.yaml from `folder`."""
        read: dict[str, Any] = yaml.load((folder / "things.yaml").read_text("utf-8"), _Loader)
        sets = {key: frozenset(split(value)) for key, value in read.items() if isinstance(value, str)}
        words: dict[str, tuple[str | None, float]] = {
            form: (None if code == "~" else code, 1) for form, code in _forms(read["currency_words"]).items()
        }
        words |= {form: (code, 0.01) for form, code in _forms(read["hundredths"]).items()}
        return cls(
            Currencies(_forms(read["signs"]), words, sets["doubtful"]),
            Measures(_forms(read["units"]), *(sets[name] for name in Measures._fields[1:])),
            _names(read, sets),
        )


def _names(read: dict[str, Any], sets: dict[str, frozenset[str]]) -> ThingNames:
    names, designated = _with_plurals(_forms(read["names"])), _with_plurals(_forms(read["designated"]))
    sets["needs_word"] |= {f"{form}s" for form in sets["needs_word"]}
    names |= {f"{maker}s": "vehicle" for maker in sets["car_makers"] if f"{maker}s" not in names}
    longest: dict[str, int] = {}
    for phrase in (*names, *designated, *sets["never"]):
        words = phrase.split()
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    ends: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, type_ in _forms(read["ends"]).items():
        ends.setdefault(phrase.split()[-1], []).append((tuple(phrase.split()), type_))
    plain = _forms({type_: forms for type_, forms in read["heads"].items() if not type_.endswith(" of")})
    of = _forms({type_[:-3]: forms for type_, forms in read["heads"].items() if type_.endswith(" of")})
    telling = {*plain, *of, *sets["ships"], *sets["aircraft_makers"], *sets["car_makers"], *sets["numbered_units"]}
    return ThingNames(
        names, longest, _forms(read["words_after"]), _forms(read["words_before"]), ends, plain, of, designated,
        _forms(read["designations"]), frozenset(phrase.split()[0] for phrase in telling),
        *(sets[name] for name in ThingNames._fields[10:]),
    )  # fmt: skip


def _with_plurals(names: dict[str, str]) -> dict[str, str]:
    """'Kornets' beside 'Kornet', 'F-16s' beside 'F-16'."""
    counted = {form: type_ for form, type_ in names.items() if type_ in ("weapon", "vehicle", "product")}
    return {f"{form}s": type_ for form, type_ in counted.items()} | names


def split(text: str) -> list[str]:
    """The entries of a list, which ' | ' parts."""
    return [entry.strip() for entry in text.split(" | ") if entry.strip()]


def _forms(section: Mapping[str, str]) -> dict[str, str]:
    """Each form with what it stands for; where two share one, the first counts."""
    out: dict[str, str] = {}
    for name, forms in section.items():
        for form in split(forms):
            out.setdefault(form.replace("’", "'"), name)
    return out
