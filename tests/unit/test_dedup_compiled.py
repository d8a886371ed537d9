"""Kernels compile everywhere, and are kept on disk where that is possible."""

import errno
import importlib.util
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numba
import pytest

from pipelines.dedup import compiled as compiled_module
from pipelines.dedup.compiled import compiled, compiling_told

SOURCE = """
from pipelines.dedup.compiled import compiled

@compiled
def double(number):
    return number * 2

@compiled
def fourfold(number):
    return double(double(number))
"""


@pytest.fixture(autouse=True)
def nothing_unkept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be kept before is forgotten."""
    monkeypatch.setattr(compiled_module, "_unkept", set())


def told(call: Callable[[], object]) -> list[str]:
    """What is said of compiling while the call runs."""
    lines: list[str] = []
    with compiling_told(lines.append):
        call()
    return lines


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


def test_compiling_is_told_once_with_its_cost(
    load: Callable[[], ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path / "kept"))
    first, second = load().fourfold, load().fourfold

    lines = told(lambda: first(3))
    assert len(lines) == 1
    seconds = re.fullmatch(r"Compiling dedup kernels, once: (\d+\.\d) s", lines[0])
    assert seconds
    assert 0 < float(seconds[1]) < 60
    assert told(lambda: first(4)) == []
    assert told(lambda: second(3)) == [], "loaded anew, it is found kept"


def test_compiling_that_cannot_be_kept_is_told_with_what_to_do(load: Callable[[], ModuleType]) -> None:
    lines = told(lambda: load().fourfold(3))
    assert len(lines) == 1
    assert re.match(r"Compiling dedup kernels: \d+\.\d s, anew in every run, .* NUMBA_CACHE_DIR", lines[0])


@pytest.mark.parametrize("damaged", ["*.nbi", "*.nbc"])
@pytest.mark.parametrize("left", [0, 40])
def test_what_is_kept_but_damaged_is_compiled_and_kept_again(
    load: Callable[[], ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damaged: str, left: int
) -> None:
    kept = tmp_path / "kept"
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(kept))
    assert load().double(21) == 42
    for file in kept.rglob(damaged):
        file.write_bytes(file.read_bytes()[:left])

    assert len(told(lambda: load().double(21))) == 1
    again = load().double
    assert again(21) == 42
    assert again.stats.cache_hits


def test_a_disk_that_is_full_does_not_stop_a_kernel(
    load: Callable[[], ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*anything: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path / "kept"))
    kernel = load().double
    monkeypatch.setattr("numba.core.caching.IndexDataCacheFile.save", full)

    assert "anew in every run" in told(lambda: kernel(21))[0]
    assert kernel(21) == 42


def test_other_failures_are_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**options: bool) -> None:
        raise RuntimeError("no compiler")

    monkeypatch.setattr(numba, "njit", broken)

    with pytest.raises(RuntimeError, match="no compiler"):
        compiled(len)
