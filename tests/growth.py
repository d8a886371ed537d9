"""Whether work grows with the size of its input alone: measured beside itself, so that no machine is too slow."""

import gc
import time
from collections.abc import Callable


def is_linear(work: Callable[[int], object], size: int) -> bool:
    """Whether work of a size takes less than ten times the CPU time of work of a quarter: squared, it would be sixteen.

    Noise may spoil one comparison or two, but not three; the fifth of a second is for what is too quick to compare.
    """
    return any(_seconds(work, size) < 10 * _seconds(work, size // 4) + 0.2 for _ in range(3))


def _seconds(work: Callable[[int], object], size: int) -> float:
    gc.disable()  # what it takes depends on everything else that lives
    began = time.process_time()
    try:
        work(size)
    finally:
        gc.enable()
    return time.process_time() - began
