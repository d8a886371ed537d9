"""The bytes of what was rejected, kept below the lake's folder under their hash, so that a replay can try them again.

The raw folder may have been cleared by then. A file here is named by the SHA-256 of what is in it: `sha256sum` tells
whether it is whole. Nothing is ever read from here but by that name.
"""

import hashlib
import os
from pathlib import Path


class Kept:
    """The folder `<lake>/rejected/`, two letters of the hash to a folder."""

    def __init__(self, lake_folder: Path) -> None:
        self._folder = lake_folder.absolute() / "rejected"

    def path(self, sha256: str) -> Path:
        """Where the bytes with this hash lie, or will lie."""
        return self._folder / sha256[:2] / sha256

    def keep(self, sha256: str, data: bytes) -> None:
        """Puts the bytes there, whole or not at all; those that are there already stay, unless they were damaged."""
        path = self.path(sha256)
        if self.read(sha256) == data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"{sha256}.{os.getpid()}.partial")
        partial.write_bytes(data)
        partial.replace(path)

    def read(self, sha256: str) -> bytes | None:
        """The bytes with this hash; None if they are not there, or damaged."""
        try:
            data = self.path(sha256).read_bytes()
        except FileNotFoundError:
            return None
        return data if hashlib.sha256(data).hexdigest() == sha256 else None
