"""The labels of newswire/*.yaml are sound: they parse, are many, and both splits span the world and kinds of news."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

FOLDER = Path(__file__).with_name("newswire")
SPLITS = ("dev", "held_out")
CORE = {"p", "o", "l", "lg", "n"}
TYPES = CORE | {"f", "e", "x", "w", "v", "u", "m"}
REGIONS = {"af", "me", "as", "eu", "na", "la", "oc", "ar"}
KINDS = set(
    "hard war dip biz sport court crime sci health cult obit vote disaster photo head snap press talk list none".split()
)
_LABEL = re.compile(r"\[([a-z]+) ([^\[\]]+)\]")


def articles(split: str) -> dict[str, str]:
    loaded: dict[str, dict[str, str]] = yaml.safe_load((FOLDER / f"{split}.yaml").read_text("utf-8"))
    assert list(loaded) == [split]
    return loaded[split]


def labels(marked: str) -> list[tuple[str, str]]:
    return [(label[1], label[2]) for label in _LABEL.finditer(marked)]


@pytest.mark.parametrize("split", SPLITS)
def test_every_label_parses(split: str) -> None:
    for id_, marked in articles(split).items():
        left = _LABEL.sub("", marked)
        assert "[" not in left, id_
        assert "]" not in left, id_
        for type_, name in labels(marked):
            assert type_ in TYPES, (id_, type_)
            assert name == name.strip(), (id_, name)
            assert "\n" not in name, (id_, name)
            assert not re.search(r"['’]s?$", name) or name == "Wendy's", (id_, name)


@pytest.mark.parametrize("split", SPLITS)
def test_names_say_region_and_kind(split: str) -> None:
    parts = [id_.split("_") for id_ in articles(split)]
    assert all(len(part) == 3 for part in parts)
    assert {part[0] for part in parts} == REGIONS
    assert {part[1] for part in parts} == KINDS


@pytest.mark.parametrize("split", SPLITS)
def test_only_the_kind_none_is_without_names(split: str) -> None:
    for id_, marked in articles(split).items():
        assert bool(labels(marked)) == ("_none_" not in id_), id_


def test_ids_are_unique() -> None:
    written = [
        id_
        for split in SPLITS
        for id_ in re.findall(r"^  (\w+): \|-$", (FOLDER / f"{split}.yaml").read_text("utf-8"), re.MULTILINE)
    ]
    assert len(written) == len(set(written)) == sum(len(articles(split)) for split in SPLITS)


def test_paragraphs_and_names_are_many() -> None:
    counts = {split: Counter(t for marked in articles(split).values() for t, _ in labels(marked)) for split in SPLITS}
    sizes = {split: len(articles(split)) for split in SPLITS}
    both = counts["dev"] + counts["held_out"]
    assert sum(sizes.values()) >= 250
    assert sum(both[type_] for type_ in CORE) >= 2500
    assert 0.3 <= sizes["dev"] / sum(sizes.values()) <= 0.37
    assert both["lg"] >= 40
    assert all(set(count) == TYPES for count in counts.values())
    assert sum("_none_" in id_ for split in SPLITS for id_ in articles(split)) >= 10
