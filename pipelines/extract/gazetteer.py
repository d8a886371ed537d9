"""The gazetteer: names to places, in bulk. Reads the two files that `pipelines.lookups.build_places` writes.

A name is folded (`fold`) and hashed to 48 bits; the sorted hashes are searched for many names at once, so
nothing of the half million names is ever a Python object. Which of several a text means is decided in
`geocode.py`.
"""

from collections.abc import Iterable, Set
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.extract.spelling import fold as fold
from pipelines.extract.spelling import skeleton
from pipelines.extract.spelling import without_article as without_article
from pipelines.records import Place

FOLDER = Path(__file__).parents[1] / "lookups"
PLACES = "places.parquet"
NAMES = "place_names.parquet"
_ABOVE = {"country": 10**10, "continent": 10**11}
SCALE = 10_000  # degrees are kept as whole ten-thousandths (11 m)


def hash_name(folded: str) -> int:
    """48 bits of a folded name: among half a million names a wrong hit has a chance of 2 in 10^9."""
    return int.from_bytes(blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=6).digest(), "little")


def skeleton_key(name: str, country: str) -> str:
    """What stands in the index for the consonants of a name in one country; empty where they are too few."""
    bones = skeleton(name)
    return f"{country}:{bones}" if bones else ""


def _prominence(place: Place) -> int:
    """The people of a town; a region counts for half a million, so that a metropolis goes before it."""
    return place.population if place.kind in ("city", "capital") else _ABOVE.get(place.kind, 500_000)


def _is_outdone(place: Place, seats: Set[tuple[str, str | None]]) -> bool:
    """Whether a division has a town of its own name, which the name then means: 'Idlib'."""
    return place.kind in ("admin1", "admin2") and (place.country, place.admin1) in seats


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
        self._largest: dict[int, int] | None = None  # by country and division, made when first asked
        self._divisions: dict[tuple[str, str], str] | None = None  # names by country and code, made when first asked

    @classmethod
    def load(cls, folder: Path | None = None) -> "Gazetteer":
        """Read the gazetteer in `folder` (the project's own by default)."""
        folder = folder or FOLDER
        places = pq.read_table(folder / PLACES)
        names = pq.read_table(folder / NAMES)
        return cls(places, names["hash"].to_numpy(), names["row"].to_numpy())

    def __len__(self) -> int:
        return len(self._names)

    def names(self) -> list[str]:
        """The own name of every place, those of the most people first."""
        return self._names.to_pylist()  # type: ignore[no-any-return]

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

    def lookup_spelled(self, names: Iterable[str], countries: Iterable[str]) -> dict[str, list[Place]]:
        """The places of some countries whose names have the consonants of each name, the most people first.

        Coarse (`spelling.skeleton`): `spelling.likeness` has to judge what comes.
        """
        bones = {name: skeleton(name) for name in sorted(set(names))}
        where = sorted(set(countries))
        keyed = [(name, f"{country}:{key}") for name, key in bones.items() if key for country in where]
        found: dict[str, dict[int, Place]] = {}
        for (name, _), places in zip(keyed, self._search([key for _, key in keyed]), strict=True):
            found.setdefault(name, {}).update((place.place_id, place) for place in places)
        return {
            name: sorted(places.values(), key=lambda place: (-place.population, place.place_id))
            for name, places in found.items()
            if places
        }

    def most_people(self, country: str, admin1: str | None) -> int:
        """The people of the largest town of a division; 0 where none is known."""
        if self._largest is None:
            (kinds, named), (countries, _), (divisions, _) = self._words
            is_town = np.isin(kinds, [named.index(kind) for kind in ("city", "capital") if kind in named])
            pairs = countries.astype(np.int64) << 32 | divisions
            areas, rows = np.unique(np.where(is_town, pairs, -1), return_index=True)  # rows fall by their people
            self._largest = dict(zip(areas.tolist(), self._numbers[3][rows].tolist(), strict=True))
        try:
            first, second = (
                words.index(word) for word, (_, words) in zip((country, admin1 or ""), self._words[1:], strict=True)
            )
        except ValueError:
            return 0
        return self._largest.get(first << 32 | second, 0)

    def division(self, place: Place) -> str | None:
        """The name of the first-level division that a place lies in; its code where no name is known."""
        if self._divisions is None:
            (kinds, named), *coded = self._words
            rows = np.flatnonzero(kinds == named.index("admin1")) if "admin1" in named else np.empty(0, np.int64)
            countries, codes = ([words[code] for code in of[rows].tolist()] for of, words in coded)
            names = self._names.take(pa.array(rows)).to_pylist()
            # Of a division that stands in regions.yaml by another name as well, that one is the last.
            self._divisions = dict(zip(zip(countries, codes, strict=True), names, strict=True))
        return self._divisions.get((place.country, place.admin1 or ""), place.admin1)

    def title(self, place: Place) -> str:
        """The name that stands for one place alone: the largest keeps it, another adds where it lies.

        'London', 'London, Ontario, CA', 'Idlib (division), SY'.
        """
        title = self._titles.get(place.place_id)
        if title is None:
            key = fold(place.name)
            namesakes = [other for other in self.lookup([place.name]).get(place.name, []) if fold(other.name) == key]
            seats = {(other.country, other.admin1) for other in namesakes if other.kind in ("city", "capital")}
            others = [other for other in namesakes if not _is_outdone(other, seats)]
            # Of equal ones that with an id of GeoNames: the reviewed ones are the better known.
            largest = max(others, key=lambda other: (_prominence(other), other.place_id > 0), default=place)
            called = f"{place.name} (division)" if _is_outdone(place, seats) else place.name
            where = [called, self.division(place) if called == place.name else None, place.country]
            title = place.name if largest == place else ", ".join(filter(None, where))
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
