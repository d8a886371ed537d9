"""What the tagger told of a day's paragraphs, kept below the lake's folder so that it need not read them again.

    <lake>/names/<day>.<hash>.parquet    one line a paragraph: the key of its text, and what was told as text

Nothing is lost with these files: whoever finds none, or none that is whole, of this form and of the same tagger, has
the paragraphs read anew and writes another. The hash in a file's name is that of its bytes.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_KEY, _TOLD = "text_hash", "told"


class KeptNames:
    """The folder `<lake>/names/`, for one tagger; a day has one file, by the tagger that read it last."""

    def __init__(self, lake_folder: Path, tagger: str, version: str, form: str) -> None:
        """`form` names what keys and lines look like; files of another are not read."""
        self._folder = lake_folder.absolute() / "names"
        self._schema = pa.schema(
            [(_KEY, pa.binary(16)), (_TOLD, pa.string())],
            metadata={"tagger": tagger, "version": version, "form": form},
        )

    def read(self, day: str) -> dict[bytes, str]:
        """What was told of the day's paragraphs, by key; empty where nothing was kept that can be trusted."""
        for path in self._files(day):
            try:
                data = path.read_bytes()
            except FileNotFoundError:  # another run over the day has just put its own in its place
                continue
            if path.name != self._name(day, data):
                continue
            table = pq.read_table(pa.BufferReader(data))
            if table.schema.equals(self._schema, check_metadata=True):
                return dict(zip(table[_KEY].to_pylist(), table[_TOLD].to_pylist(), strict=True))
        return {}

    def keep(self, day: str, told: Mapping[bytes, str]) -> None:
        """Puts this in the place of what was kept of the day, whole or not at all."""
        columns = [pa.array(list(told), pa.binary(16)), pa.array(list(told.values()), pa.string())]
        sink = pa.BufferOutputStream()
        pq.write_table(pa.Table.from_arrays(columns, schema=self._schema), sink, compression="zstd")
        data = sink.getvalue().to_pybytes()
        path = self._folder / self._name(day, data)
        self._folder.mkdir(exist_ok=True)
        partial = path.with_suffix(f".{os.getpid()}.partial")
        partial.write_bytes(data)
        partial.replace(path)
        for other in self._files(day):
            if other != path:
                other.unlink(missing_ok=True)

    def _files(self, day: str) -> Iterator[Path]:
        return self._folder.glob(f"{day}.*.parquet")

    def _name(self, day: str, data: bytes) -> str:
        return f"{day}.{hashlib.sha256(data).hexdigest()[:32]}.parquet"


def forget_day(lake_folder: Path, day: str) -> None:
    """Removes what was kept of the day, whatever read it; the next run over the day reads it anew."""
    for path in (lake_folder / "names").glob(f"{day}.*"):
        path.unlink(missing_ok=True)
