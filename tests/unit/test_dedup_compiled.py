"""Kernels compile everywhere, and are kept on disk where that is possible."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numba
import pytest

from pipelines.dedup.compiled import compiled

SOURCE = """
from pipelines.dedup.compiled import compiled

@compiled
def double(number):
    return number * 2
"""


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], ModuleType]:
    """Loads a module with one kernel from a folder where numba can keep nothing, nor in the user's."""
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setattr(numba.config, "CACHE_DIR", "")
    (tmp_path / "a file").touch()
    (tmp_path / "__pycache__").touch()  # a file in the folder's place: not to be written, not even by root
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "a file" / "cache"))
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    (tmp_path / "kernel.py").write_text(SOURCE)

    def loaded() -> ModuleType:
        spec = importlib.util.spec_from_file_location("kernel", tmp_path / "kernel.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return loaded


def test_where_no_folder_can_be_written_kernels_are_compiled_all_the_same(load: Callable[[], ModuleType]) -> None:
    kernel = load().double

    assert kernel(21) == 42
    assert kernel.signatures  # compiled, not interpreted
    with pytest.raises(RuntimeError, match="no locator available"):  # what numba does of itself
        numba.njit(cache=True)(kernel.py_func)


def test_where_a_folder_can_be_written_they_are_kept(
    load: Callable[[], ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path / "kept"))
    assert load().double(21) == 42
    again = load().double

    assert again(21) == 42
    assert list((tmp_path / "kept").rglob("*double*.nbi"))
    assert again.stats.cache_hits


def test_other_failures_are_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**options: bool) -> None:
        raise RuntimeError("no compiler")

    monkeypatch.setattr(numba, "njit", broken)

    with pytest.raises(RuntimeError, match="no compiler"):
        compiled(len)
