"""What a copy is to its parent, and what an update adds to it."""

import pytest

from pipelines.dedup.added import LONGEST, added_text
from pipelines.dedup.relations import relation

LEAD = "Forty hives were carried to the sea cliffs of Gozo on Monday, the keepers of the island said."
THYME = "Wild thyme flowers there a month before it does inland, and the bees follow it down to the water."
PRICE = "The guild expects a price of nine euros a jar, two more than it was paid in the spring of last year."
STORM = "A storm took eleven hives on Tuesday night, and a boat went out at dawn to look for what was left."


@pytest.mark.parametrize(
    ("containment", "count", "parent_count", "same_source", "name"),
    [
        (1.0, 100, 200, False, "excerpt"),
        (1.0, 100, 200, True, "excerpt"),
        (0.95, 190, 200, False, "near"),
        (0.95, 190, 200, True, "update"),
        (1.0, 300, 200, True, "update"),
        (1.0, 300, 200, False, "near"),
        (0.6, 100, 200, False, "near"),
        (0.9, 160, 200, False, "excerpt"),
        (0.89, 160, 200, False, "near"),
        (0.9, 161, 200, False, "near"),
    ],
)
def test_relation(containment: float, count: int, parent_count: int, same_source: bool, name: str) -> None:
    assert relation(containment, count, parent_count, same_source=same_source) == name


def body(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


@pytest.mark.parametrize(
    ("after", "before", "added"),
    [
        ((LEAD, STORM, THYME), (LEAD, THYME), STORM),
        ((STORM, LEAD, THYME, PRICE), (LEAD, THYME), body(STORM, PRICE)),
        ((LEAD, THYME), (LEAD, THYME), None),
        ((THYME, LEAD), (LEAD, THYME), None),
        ((LEAD,), (LEAD, THYME), None),
        ((LEAD.upper(), THYME), (LEAD, THYME), None),
        ((LEAD.replace("Forty", "Fifty"), THYME), (LEAD, THYME), None),  # a figure touched up
        ((LEAD, THYME), (LEAD + " " + THYME,), None),  # cut into paragraphs differently
        ((LEAD + " " + THYME, STORM), (LEAD, THYME), STORM),
        ((LEAD, "***", "More soon", THYME), (LEAD, THYME), "More soon"),
        ((LEAD, "More soon", THYME), (LEAD, THYME, "More soon."), None),
        ((LEAD,), ("",), LEAD),
        (("",), (LEAD,), None),
    ],
)
def test_added_text(after: tuple[str, ...], before: tuple[str, ...], added: str | None) -> None:
    assert added_text(body(*after), body(*before)) == added


def test_added_text_is_cut() -> None:
    long = [
        f"Paragraph {number} tells of keeper {number} and of the {number} hives that were hers." for number in range(99)
    ]

    assert added_text(body(LEAD, *long), LEAD) == body(*long)[:LONGEST]
