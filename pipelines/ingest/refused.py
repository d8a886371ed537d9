"""Why bytes could not be used: what the readers raise, and the reader turns into a reject."""

import re

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


class Refused(Exception):  # noqa: N818 - it is no error of ours, but a verdict on bytes
    """Bytes that make no document; `reason` is a code of notices.py, `detail` says what was seen, in one line."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        # What libraries say may quote the bytes they stumbled over.
        self.reason, self.detail = reason, _UNPRINTABLE.sub(" ", detail)[:200]


def said(error: Exception) -> str:
    """What a library says was wrong, for a detail."""
    return f"{type(error).__name__}: {error}"
