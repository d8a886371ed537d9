"""Errors of others in a person's words: one line that says what happened and what to do; and which of them can pass."""

import errno

import duckdb

from warehouse.errors import CatalogUnreachableError

_PASSING = {
    *(errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.ENFILE, errno.EMFILE),
    *(errno.ESTALE, errno.ETIMEDOUT, errno.ENOENT, errno.ECONNREFUSED, errno.ECONNRESET, errno.EHOSTUNREACH),
}
_PASSING_WORDS = (
    *("no space left", "disk is full", "enospc", "disk quota", "is locked", "could not set lock", "conflict"),
    *("i/o error", "no such file", "connection refused", "could not connect", "server closed", "timed out"),
    *("no connection to the server", "terminating connection", "unable to connect to postgres"),
)


def can_pass(error: BaseException) -> bool:
    """Whether the same work may succeed later: a lock, a full disk, a file that vanished, a server that is away.

    What is wrong in code, data or settings is not among them.
    """
    if isinstance(error, CatalogUnreachableError):
        return True
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno in _PASSING
    if isinstance(error, (OSError, duckdb.Error)):
        message = str(error).lower()
        return any(words in message for words in _PASSING_WORDS)
    return False


def explain(message: str) -> str:
    """The first line of an error's message, or what to do where the cause is a known one."""
    lowered = message.lower()
    if "no space left" in lowered or "disk is full" in lowered or "enospc" in lowered:
        return "The disk is full: free some space and run again; nothing was half-published."
    if "disk i/o error" in lowered:  # of SQLite, where no page is left for the catalog's shared memory
        return "The disk is full or failing: see to it and run again; nothing was half-published."
    if "database is locked" in lowered:
        return "The catalog is held by another program: close it and run again; nothing was half-published."
    lines = message.strip().splitlines()
    return lines[0] if lines else "An error without a message; `make dev` shows the run's log."
