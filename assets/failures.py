"""Errors of others in a person's words: one line that says what happened and what to do."""


def explain(message: str) -> str:
    """The first line of an error's message, or what to do where the cause is a known one."""
    lowered = message.lower()
    if "no space left" in lowered or "disk is full" in lowered or "enospc" in lowered:
        return "The disk is full: free some space and run again; nothing was half-published."
    if "database is locked" in lowered:
        return "The catalog is held by another program: close it and run again; nothing was half-published."
    lines = message.strip().splitlines()
    return lines[0] if lines else "An error without a message; `make dev` shows the run's log."
