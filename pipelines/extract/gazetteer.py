"""The gazetteer: names to places, in bulk. Reads the two files that `pipelines.lookups.build_places` writes.

A name is folded (`fold`) and hashed to 48 bits; the sorted hashes are searched for many names at once, so
nothing of the half million names is ever a Python object. Which of several a text means is decided in
`placing.py`.
"""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.records import Place

FOLDER = Path(__file__).parents[1] / "lookups"
PLACES = "places.parquet"
NAMES = "place_names.parquet"
_ABOVE = {"country": 10**10, "continent": 10**11}
SCALE = 10_000  # degrees are kept as whole ten-thousandths (11 m)

# Letters that have no accent to strip, and marks that mean nothing in a name.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ı": "i",
        "ə": "a",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ħ": "h",
        "ŧ": "t",
    }
    | dict.fromkeys("'`’‘ʿʾʼʻ′´.", None)
    | dict.fromkeys("-‐‑–\xa0\n\t\r,", " ")
)
_ARTICLE = re.compile(r"(?:al|el|ar|as|ash|at|ad|an|az|ed|es|er) (?=\w{3})")


def fold(name: str) -> str:
    """The spelling under which a name is found: lower case, no accents or apostrophes, hyphens as spaces."""
    name = name.casefold().translate(_LETTERS)
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(name.split())


def without_article(folded: str) -> str:
    """A folded name less its leading Arabic article: 'al kiswa' gives 'kiswa'."""
    article = _ARTICLE.match(folded)
    return folded[article.end() :] if article else folded


def hash_name(folded: str) -> int:
    """48 bits of a folded name: among half a million names a wrong hit has a chance of 2 in 10^9."""
    return int.from_bytes(blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=6).digest(), "little")


def _prominence(place: Place) -> int:
    """The people of a town; a region counts for half a million, so that a metropolis goes before it."""
    return place.population if place.kind in ("city", "capital") else _ABOVE.get(place.kind, 500_000)


def _coded(column: pa.ChunkedArray) -> tuple[npt.NDArray[Any], list[str]]:
    coded = column.combine_chunks()
    return coded.indices.to_numpy(), coded.dictionary.to_pylist()


class Gazetteer:
    """Places by name. `load` makes one; rows stand in order of falling population."""

    def __init__(self, places: pa.Table, hashes: npt.NDArray[np.int64], rows: npt.NDArray[np.int32]) -> None:
        self._names: pa.ChunkedArray = places["name"].combine_chunks()
        self._numbers = [places[c].to_numpy() for c in ("place_id", "lat", "lon", "population")]
        self._words = [_coded(places[c]) for c in ("kind", "country", "admin1")]
        self._hashes = hashes
        self._rows = rows
        self._places: dict[int, Place] = {}
        self._titles: dict[int, str] = {}
        self._found: dict[str, list[Place]] = {}

    @classmethod
    def load(cls, folder: Path | None = None) -> "Gazetteer":
        """Read the gazetteer in `folder` (the project's own by default): 0.15 s, under 100 MB."""
        folder = folder or FOLDER
        places = pq.read_table(folder / PLACES)
        names = pq.read_table(folder / NAMES)
        return cls(places, names["hash"].to_numpy(), names["row"].to_numpy())

    def __len__(self) -> int:
        return len(self._names)

    def lookup(self, names: Iterable[str]) -> dict[str, list[Place]]:
        """The places that bear each name, the most people first; names unknown are left out.

        A name with an Arabic article that finds nothing is tried without it.
        """
        known = self._found
        wanted = set(names)
        fresh = [name for name in wanted if name not in known]
        if fresh:
            if len(known) > 500_000:
                known.clear()
                fresh = list(wanted)
            folded = [fold(name) for name in fresh]
            found = self._search(folded)
            shorter = [(i, without_article(key)) for i, key in enumerate(folded) if not found[i]]
            shorter = [(i, key) for i, key in shorter if key != folded[i]]
            for (i, _), places in zip(shorter, self._search([key for _, key in shorter]), strict=True):
                found[i] = places
            known.update(zip(fresh, found, strict=True))
        return {name: places for name in wanted if (places := known[name])}

    def title(self, place: Place) -> str:
        """The name that stands for one place alone: the largest keeps it, another adds where it lies."""
        title = self._titles.get(place.place_id)
        if title is None:
            key = fold(place.name)
            found = self.lookup([place.name]).get(place.name, [place])
            largest = max((other for other in found if fold(other.name) == key), key=_prominence, default=place)
            where = [part for part in (place.name, place.admin1, place.country) if part]
            title = place.name if largest == place else ", ".join(where)
            self._titles[place.place_id] = title
        return title

    def _search(self, folded: list[str]) -> list[list[Place]]:
        hashes = np.fromiter(map(hash_name, folded), np.int64, len(folded))
        first = np.searchsorted(self._hashes, hashes, "left").tolist()
        last = np.searchsorted(self._hashes, hashes, "right").tolist()
        return [
            [self._place(row) for row in self._rows[a:b].tolist()] if b > a else []
            for a, b in zip(first, last, strict=True)
        ]

    def _place(self, row: int) -> Place:
        place = self._places.get(row)
        if place is None:
            place_id, lat, lon, population = (int(column[row]) for column in self._numbers)
            kind, country, admin1 = (words[codes[row]] for codes, words in self._words)
            name = self._names[row].as_py()
            place = Place(place_id, name, kind, country, admin1 or None, lat / SCALE, lon / SCALE, population)
            self._places[row] = place
        return place
