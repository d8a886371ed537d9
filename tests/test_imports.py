"""The arrows between the rooms, read off the code: who imports whom, and what importing a module may do."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("pipelines", "warehouse", "assets")
FORBIDDEN = {
    "pipelines": {"dagster", "duckdb", "assets", "warehouse"},
    "warehouse": {"dagster", "assets", "pipelines"},
    "assets": {"tests", "benchmarks"},
}
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc"}
TOUCHES_DISK = {
    "open", "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "exists", "is_file", "is_dir", "stat",
    "glob", "rglob", "iterdir", "listdir", "scandir", "walk", "makedirs", "unlink", "touch",
}  # fmt: skip
FILES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(tree):
    """Top-level names of every module imported anywhere in the file, inside functions too."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "a relative import hides the room it leads to"
            found.add(node.module.split(".")[0])
    return found


def run_on_import(tree):
    """The nodes that importing the module runs: no bodies of functions, nothing under `if __name__ == '__main__'`."""
    waiting = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and "__main__" in ast.dump(node.test):
            continue
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += [*node.decorator_list, *node.args.defaults, *node.args.kw_defaults]
        elif isinstance(node, ast.Lambda):
            waiting += node.args.defaults
        elif node is not None:
            yield node
            waiting += ast.iter_child_nodes(node)


def test_the_rooms_hold_code():
    assert {path.relative_to(ROOT).parts[0] for path in FILES} == set(ROOMS)
    assert len(FILES) > 50


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_arrow_leads_where_it_must_not(path):
    room = path.relative_to(ROOT).parts[0]
    assert not imported(tree_of(path)) & FORBIDDEN[room]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_module_says_what_it_is(path):
    opening = ast.get_docstring(tree_of(path))
    assert opening
    assert opening[0].isupper()
    assert path.stem not in VAGUE
    assert not VAGUE & set(path.relative_to(ROOT).parts)


@pytest.mark.parametrize("path", [path for path in FILES if "assets" in path.parts], ids=name_of)
def test_assets_keep_their_annotations(path):
    futures = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.ImportFrom)]
    assert "__future__" not in {node.module for node in futures}, "Dagster reads the annotations of an asset"


@pytest.mark.parametrize("path", [path for path in FILES if "assets" not in path.parts], ids=name_of)
def test_importing_a_module_touches_no_disk(path):
    calls = [node.func for node in run_on_import(tree_of(path)) if isinstance(node, ast.Call)]
    names = {func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "") for func in calls}
    assert not names & TOUCHES_DISK


def test_the_check_of_imports_sees_what_it_looks_for():
    tree = ast.parse(
        "def late():\n    import duckdb.typing\n"
        "X = [Path('x').read_text() for _ in range(2)]\n"
        "def quiet(name=open('y')):\n    Path('z').mkdir()\n"
        "if __name__ == '__main__':\n    Path('w').unlink()\n"
    )
    assert imported(tree) == {"duckdb"}
    calls = [node.func for node in run_on_import(tree) if isinstance(node, ast.Call)]
    names = {func.attr if isinstance(func, ast.Attribute) else func.id for func in calls}
    assert names & TOUCHES_DISK == {"read_text", "open"}
