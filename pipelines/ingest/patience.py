"""How long one document may keep us: `with within(seconds)` ends what takes longer.

CPU time is counted and not the clock's, so that a busy machine refuses no document that a quiet one reads.
"""

import signal
import threading
from types import FrameType, TracebackType


class TooSlow(BaseException):
    """The time for a document is up. Like KeyboardInterrupt no Exception: a library's `except Exception` must not
    keep it, so whoever uses `within` catches it by name."""


class within:  # noqa: N801 - reads as a word after `with`
    """Raises TooSlow inside the block once it has used so many seconds of CPU time.

    Only in the main thread, for Python hands signals to no other; elsewhere, and where the system has no such timer,
    nothing is limited. Blocks may stand inside one another: the shorter time counts. A block must not hold a `yield`,
    or it would also count what the generator's reader does.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._is_armed = threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer")

    def __enter__(self) -> None:
        if self._is_armed:
            self._outer_left, _ = signal.getitimer(signal.ITIMER_VIRTUAL)
            self._given = min(self._seconds, self._outer_left or self._seconds)
            self._outer_handler = signal.signal(signal.SIGVTALRM, _stop)
            # Once, not every so often: the signal may come at the very end of the block, and a second would then come
            # outside of it.
            signal.setitimer(signal.ITIMER_VIRTUAL, self._given)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_armed:
            left, _ = signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, self._outer_handler)
            if self._outer_left:
                remaining = self._outer_left - (self._given - left)
                signal.setitimer(signal.ITIMER_VIRTUAL, max(remaining, 0.001))


def _stop(number: int, frame: FrameType | None) -> None:
    raise TooSlow
