"""What a day is computed by, as one hash: the code with its lists and model, and the settings that its rows depend on.

A publication writes it to `runs`. So a backfill knows which days are done: those that it, or a run since, computed by
what holds now. What is learnt about outlets has a version of its own beside it.
"""

import hashlib
from functools import lru_cache

from assets.reading import Reading
from assets.settings import REPOSITORY

_ROOMS = ("assets", "pipelines", "warehouse")
_KINDS = {".py", ".sql", ".yaml", ".tsv", ".parquet", ".json", ".txt", ".onnx"}
_LENGTH = 16
_LAKE = REPOSITORY / "warehouse" / "lake"
"""Where a lake lies if nobody names another place; it is not walked, for it may hold very many files."""


def recipe(ner: str, window_days: int, reading: Reading) -> str:
    """The hash, for what reads names, how long near copies are sought, and how drops are read."""
    return hashlib.sha256(repr((_code(), ner, window_days, reading)).encode()).hexdigest()[:_LENGTH]


@lru_cache
def _code() -> str:
    """Hash of all files that say how a day is computed; 30 MB, read once a process."""
    found = hashlib.sha256()
    parts = [part for room in _ROOMS for part in (REPOSITORY / room).iterdir() if part != _LAKE]
    for path in sorted(path for part in parts for path in [part, *part.rglob("*")] if path.suffix in _KINDS):
        with path.open("rb") as file:
            found.update(path.relative_to(REPOSITORY).as_posix().encode())
            found.update(hashlib.file_digest(file, "sha256").digest())
    return found.hexdigest()
