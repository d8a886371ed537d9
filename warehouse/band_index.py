"""The index of history's bands as files: arrays that are mapped, so that nothing is read but what a search touches.

    <lake>/bands/manifest.json      the form, the segments with their lengths, and for each day what was taken in of it
    <lake>/bands/<segment>/         hashes, starts, sightings; values and rows, one band after another

It is derived from `signatures` and no part of a lake's truth: an index that is missing, cut short or of another form is
empty, and is filled anew. A segment is written under another name and renamed, then the manifest is, so a killed writer
leaves the index of before. Whoever writes holds the lake's lock. What the arrays mean is pipelines/dedup/index.py's.
"""

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, NamedTuple
from uuid import uuid4

import duckdb
import numpy as np
from numpy.typing import NDArray

from warehouse.lake import statement

_MANIFEST = "manifest.json"
_VALUE, _ROW = np.dtype(np.uint64), np.dtype(np.uint32)


class StoredSegment:
    """The arrays of one segment: n contents, m sightings."""

    def __init__(self, folder: Path, contents: int, sightings: int, bands: int) -> None:
        self.folder, self.contents, self.sightings, self.bands = folder, contents, sightings, bands
        self._shapes: dict[str, tuple[np.dtype[Any], tuple[int, ...]]] = {
            "hashes": (_VALUE, (contents, 2)),
            "starts": (np.dtype(np.int64), (contents + 1,)),
            "sightings": (np.dtype(np.int32), (sightings, 2)),
            "values": (_VALUE, (bands, contents)),
            "rows": (_ROW, (bands, contents)),
        }

    @property
    def is_whole(self) -> bool:
        """Whether each file has the size it should have."""
        sizes = {name: int(np.prod(shape)) * kind.itemsize for name, (kind, shape) in self._shapes.items()}
        return all(
            (self.folder / name).is_file() and (self.folder / name).stat().st_size == size
            for name, size in sizes.items()
        )

    def array(self, name: str) -> NDArray[Any]:
        """`hashes`, `starts` or `sightings`, mapped."""
        kind, shape = self._shapes[name]
        return _mapped(self.folder / name, kind, shape, 0)

    def band(self, number: int) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
        """Values and rows of one band, mapped for as long as they are held."""
        shape, first = (self.contents,), self.contents * number
        values = _mapped(self.folder / "values", _VALUE, shape, first * _VALUE.itemsize)
        return values, _mapped(self.folder / "rows", _ROW, shape, first * _ROW.itemsize)


class Manifest(NamedTuple):
    """What the index holds: segments from the oldest, and for each day the version of it that was taken in."""

    segments: list[StoredSegment]
    days: dict[str, str]


class BandIndex:
    """The folder `<lake>/bands/`, for one form of values."""

    def __init__(self, lake_folder: Path, form: str) -> None:
        self.folder = lake_folder.absolute() / "bands"
        self._form = form

    @property
    def is_lost(self) -> bool:
        """Whether there is an index of which nothing can be read."""
        return (self.folder / _MANIFEST).is_file() and not self.read().days

    def read(self) -> Manifest:
        """The index; empty where there is none that can be trusted."""
        try:
            stored = json.loads((self.folder / _MANIFEST).read_text(encoding="utf-8"))
            if stored["form"] != self._form:
                return Manifest([], {})
            segments = [StoredSegment(self.folder / name, *counts) for name, *counts in stored["segments"]]
            days = dict(stored["days"])
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return Manifest([], {})
        return Manifest(segments, days) if all(segment.is_whole for segment in segments) else Manifest([], {})

    def write_segment(
        self,
        hashes: NDArray[np.uint64],
        starts: NDArray[np.int64],
        sightings: NDArray[np.int32],
        bands: Iterable[tuple[NDArray[np.uint64], NDArray[np.uint32]]],
    ) -> StoredSegment:
        """A new segment of these arrays, which no manifest names yet; of the bands one is held at a time."""
        name = uuid4().hex
        partial = self.folder / f"{name}.partial"
        partial.mkdir(parents=True)
        for file, array in (("hashes", hashes), ("starts", starts), ("sightings", sightings)):
            with (partial / file).open("wb") as opened:
                np.ascontiguousarray(array).tofile(opened)
                _settle(opened)
        count = 0
        with (partial / "values").open("wb") as values_file, (partial / "rows").open("wb") as rows_file:
            for values, rows in bands:
                values.tofile(values_file)
                rows.tofile(rows_file)
                count += 1
            _settle(values_file)
            _settle(rows_file)
        partial.rename(self.folder / name)
        return StoredSegment(self.folder / name, len(hashes), len(sightings), count)

    def replace(self, manifest: Manifest) -> None:
        """Puts this index in the place of what there was, and removes the segments that it does not name."""
        segments = [(at.folder.name, at.contents, at.sightings, at.bands) for at in manifest.segments]
        stored = json.dumps({"form": self._form, "segments": segments, "days": manifest.days})
        self.folder.mkdir(exist_ok=True)
        partial = self.folder / f"manifest.{os.getpid()}.partial"
        partial.write_text(stored, encoding="utf-8")
        partial.replace(self.folder / _MANIFEST)
        named = {at.folder.name for at in manifest.segments} | {_MANIFEST}
        for other in self.folder.iterdir():
            if other.name not in named:
                shutil.rmtree(other) if other.is_dir() else other.unlink()

    def size(self) -> int:
        """Bytes of the files."""
        return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file())


def day_versions(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """For each day that was ever published, a hash of its publications: it changes with each."""
    return dict(connection.execute(statement("link/versions")).fetchall())


def _settle(file: IO[bytes]) -> None:
    """Has the file on the disk before anything names it: after a power cut its size alone would not tell."""
    file.flush()
    os.fsync(file.fileno())


def _mapped(file: Path, kind: np.dtype[Any], shape: tuple[int, ...], offset: int) -> NDArray[Any]:
    if 0 in shape:
        return np.empty(shape, dtype=kind)
    return np.asarray(np.memmap(file, dtype=kind, mode="r", offset=offset, shape=shape))
