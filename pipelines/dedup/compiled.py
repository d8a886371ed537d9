"""How the kernels of this package are compiled: by numba, free of the interpreter's lock, and kept on disk.

Only the decorator lives here, and what tells how long compiling took; kernels stand beside the code that calls them. A
kernel and all it calls share one file, because numba looks at no other file when it decides whether what it kept is
still fresh.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar, cast

import numba
from numba.core.caching import FunctionCache
from numba.core.event import Event, Listener, install_listener

Kernel = TypeVar("Kernel", bound=Callable[..., object])

_unkept: set[str] = set()
"""Kernels whose machine code this process could not keep."""


def compiled(kernel: Kernel) -> Kernel:
    """The kernel, compiled on its first call for the types it is called with.

    The machine code is kept in `NUMBA_CACHE_DIR` where that is set and can be written, else beside the source, else in
    the user's cache folder. Where none can be written, or the disk is full, the kernel is compiled in every process
    anew; what is kept but damaged is compiled again.
    """
    made: Any = numba.njit(nogil=True)(kernel)
    try:
        # What njit(cache=True) does, with a cache that forgives.
        made._cache = _Kept(kernel)  # type: ignore[no-untyped-call]
    except RuntimeError as error:
        if "no locator available" not in str(error):
            raise
        _unkept.add(kernel.__qualname__)
    return cast(Kernel, made)


@contextmanager
def compiling_told(say: Callable[[str], None]) -> Iterator[None]:
    """Says in one line after the block how long kernels were compiled in it; nothing where all were kept."""
    timer = _Timer()
    try:
        with install_listener("numba:compile", timer):
            yield
    finally:
        if timer.seconds and _unkept:
            say(
                f"Compiling dedup kernels: {timer.seconds:.1f} s, anew in every run, because no folder can keep them;"
                " NUMBA_CACHE_DIR may name one that can be written."
            )
        elif timer.seconds:
            say(f"Compiling dedup kernels, once: {timer.seconds:.1f} s")


class _Kept(FunctionCache):
    """Numba's machine code on disk, of which no failure ends a run: without it a kernel is compiled, that is all."""

    def load_overload(self, *asked: Any) -> Any:
        """The kernel as it was kept, or None; what can't be read is given up, so that it is kept anew."""
        try:
            return super().load_overload(*asked)  # type: ignore[no-untyped-call]
        except Exception:  # damaged bytes can break anything on their way through pickle and LLVM
            with suppress(OSError):
                self.flush()  # type: ignore[no-untyped-call]
            return None

    def save_overload(self, *kernel: Any) -> None:
        """Keeps the kernel if the disk lets it."""
        try:
            super().save_overload(*kernel)  # type: ignore[no-untyped-call]
        except OSError:
            _unkept.add(self._name)


class _Timer(Listener):
    """Adds up the seconds of compiling; a kernel that another one calls is compiled within that one's time."""

    def __init__(self) -> None:
        self.seconds, self._depth, self._start = 0.0, 0, 0.0

    def on_start(self, event: Event) -> None:
        """A kernel begins to be compiled."""
        if not self._depth:
            self._start = time.perf_counter()
        self._depth += 1

    def on_end(self, event: Event) -> None:
        """It is compiled."""
        self._depth -= 1
        if not self._depth:
            self.seconds += time.perf_counter() - self._start
