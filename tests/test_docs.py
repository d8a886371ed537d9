"""What is written for people, held against the code it speaks of: dictionary, reason codes, verbs of the README."""

import ast
import re
from pathlib import Path

import pytest

from assets.cli import app
from pipelines import notices
from pipelines.notices import NOTICE_CODES, REJECT_REASONS
from warehouse import render

ROOT = Path(__file__).parent.parent
SAYS_REASONS = [
    *sorted((ROOT / "pipelines" / "ingest").glob("*.py")),
    ROOT / "pipelines" / "parse" / "article.py",
    ROOT / "warehouse" / "inbox.py",
    ROOT / "assets" / "taking.py",
    ROOT / "assets" / "extract.py",
]
REASON_AT = {"Refused": 0, "_reject_file": 1, "_refuse_document": 1, "LedgerRow": -1}


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def strings(node):
    """The string literals that the expression can come to."""
    if isinstance(node, ast.IfExp):
        return strings(node.body) | strings(node.orelse)
    if isinstance(node, ast.BoolOp):
        return set().union(*map(strings, node.values))
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def codes_in(tree):
    """(reject reasons, notice codes) written out in the code where one is given."""
    reasons, codes = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in REASON_AT and len(node.args) > REASON_AT[name]:
                reasons |= strings(node.args[REASON_AT[name]])
            elif name == "Notice" and len(node.args) > 2:
                codes |= strings(node.args[2])
            elif name == "append" and isinstance(node.args[0], ast.Tuple):
                codes |= strings(node.args[0].elts[0])
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 3:
            reasons |= strings(node.value.elts[2])
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "attr", "") == "_reason":
            reasons |= strings(node.value)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
            for target, value in zip(node.targets[0].elts, getattr(node.value, "elts", []), strict=False):
                if isinstance(target, ast.Name) and target.id == "refused":
                    reasons |= strings(value)
    return reasons, codes


@pytest.fixture(scope="module")
def used():
    found = [codes_in(ast.parse(path.read_text(encoding="utf-8"))) for path in SAYS_REASONS]
    return set().union(*(reasons for reasons, _ in found)), set().union(*(codes for _, codes in found))


def test_the_dictionary_is_the_one_rendered():
    assert read("docs/dictionary.md") == render.dictionary(), "run `python -m warehouse.render`"


def test_the_reasons_are_those_rendered():
    assert read("docs/reasons.md") == notices.render(), "run `python -m pipelines.notices`"


def test_every_reject_reason_is_enumerated_and_used(used):
    assert used[0] == set(REJECT_REASONS)


def test_every_notice_code_is_enumerated_and_used(used):
    assert used[1] == set(NOTICE_CODES)


def test_every_code_has_a_meaning_that_is_a_sentence():
    for code, meaning in {**REJECT_REASONS, **NOTICE_CODES}.items():
        assert re.fullmatch("[a-z_]+", code)
        assert meaning.endswith("."), code


@pytest.mark.parametrize("verb", [command.name or command.callback.__name__ for command in app.registered_commands])
def test_the_readme_names_every_verb(verb):
    assert f"wirehouse {verb}" in read("README.md")
