"""How the kernels of this package are compiled: by numba, free of the interpreter's lock, and kept on disk.

Only the decorator lives here; the kernels stand beside the code that calls them. A kernel and all it calls
share one file, because numba looks at no other file when it decides whether what it kept is still fresh.
"""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., object])


def compiled(kernel: Kernel) -> Kernel:
    """The kernel, compiled on its first call for the types it is called with.

    The machine code is kept in `NUMBA_CACHE_DIR` where that is set, else beside the source, else in the
    user's cache folder. Where none can be written, numba refuses to decorate; the kernel is then compiled in
    every process anew.
    """
    try:
        return cast(Kernel, numba.njit(cache=True, nogil=True)(kernel))
    except RuntimeError as error:
        if "no locator available" not in str(error):
            raise
        return cast(Kernel, numba.njit(nogil=True)(kernel))
