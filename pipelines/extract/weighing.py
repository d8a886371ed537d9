"""Weighs what the names of one article can mean against each other, until the whole fits together.

Arrays over all candidates of the article: every place gains by its own weight, by what a phrase says, by its country
being meant by other names and by their places being near. What the other names mean is as uncertain, so each counts by
its share, and shares and gains are computed in turn a fixed number of times, all at once, so that no order matters
(relaxation labelling: Rosenfeld, Hummel and Zucker, 1976). `geocode.py` gathers the candidates.
"""

from collections.abc import Sequence, Set
from itertools import pairwise
from math import dist
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipelines.extract.bearers import Bearer
from pipelines.records import Place

SHOWN = 5
"""Candidates that are kept of a name."""
_NEGLIGIBLE = 0.001  # score below which a candidate is not kept
# Weights, on the scale of bearers.py, where one is a factor of ten in people. Set on the dev split of
# tests/quality/places.yaml, of which a third more or less of any one changes no more than a name or two.
_WITHIN = 5.0  # a phrase puts it in another name's place: 'Paris, Texas'
_OF_KIND = 3.0  # a word beside it tells its kind: 'Idlib province'
_COUNTRY = 2.4  # at most, for its country being named or meant by other names
_NEAR = 2.4  # at most, for other places of the article close by
_PEOPLE = 1.2  # its people are named: 'Syrian'
_HOME = 0.8  # the outlet's own country
_THE = 1.0  # 'the Amazon' is no town
_APART = 1.0  # a town that is named with 'City' elsewhere in the article
_SAME = 4.0  # the same name is settled by a phrase elsewhere in the article
_BESIDE = 2.8  # at most, for being listed beside countries, or divisions of its country: 'Florida and Georgia'
_LIKELY = 0.5  # share from which what stands beside a name is surely of its level
_LEVELS = {"country": 2, "admin1": 1}
_UNLISTED: Set[int] = frozenset()
_HOLDS = (1.0, 2.0)  # nearness of a division to what lies in it, and of one that the text calls a division
_WIDE = 500.0  # km in which the nearness of towns in one division falls off
_EARTH = 6371.0  # km
_TEMPERATURE = 0.6  # of the softmax that makes shares of weights
_ROUNDS = 3
_SMALL = 4.3  # weight of a town below 20,000 people: with nothing in the article for it, a chance hit is likelier
_STRAY = 0.3  # gain below which nothing in the article speaks for a place
ANCHORS = 48
"""Names, the most frequent ones, that support all others, so that the work does not grow with their square."""
_BATCH = 2_000  # candidates weighed at once beyond the anchors', which bounds the memory

_Floats = npt.NDArray[np.float64]


class Candidate(NamedTuple):
    """One place that a name can mean: rank from 1, score from 0 to 1, and what speaks for it most.

    Reasons: only_one, listed, contained_in, country_mentioned, near_others, outlet_home, population, spelling.
    """

    place: Place
    rank: int
    score: float
    reason: str


class Group(NamedTuple):
    """Mentions that must have one reading: the same name, with the same said of its kind and of where it lies."""

    name: str
    kind: str
    has_the: bool
    holder: int | None  # index of the group that it lies in by a phrase
    is_apart: bool  # 'X City' is named as well: 'Benin' is not Benin City
    lists: set[int]  # the lists that it is named in: 'Georgia, Arizona and Nevada'
    bearers: list[Bearer]
    is_spelled: bool
    mentions: list[int]


Weighed = tuple[tuple[Candidate, ...], Place | None]


class _Field(NamedTuple):
    """Candidates as arrays; `start` is the first of each group."""

    bearers: tuple[Bearer, ...]
    gains: list[tuple[float, float]]  # what phrases give, and what peoples and the outlet's home give
    start: npt.NDArray[np.intp]
    group: npt.NDArray[np.intp]
    where: _Floats  # directions from the centre of the earth, one a row
    width: _Floats  # km
    country: npt.NDArray[np.intp]
    area: npt.NDArray[np.intp]
    is_country: npt.NDArray[np.bool_]
    lists: list[Set[int]]  # by group, where a candidate has a level
    level: npt.NDArray[np.intp]  # 2 of a country, 1 of its divisions, 0 of all else
    holds: _Floats  # what it gives as a division to a place in it
    weight: _Floats  # before other names are looked at


def weigh(groups: Sequence[Group], peoples: Set[str], outlet_country: str | None) -> list[Weighed]:
    """The candidates of each group, best first, and the place that it means; None where none is believed."""
    said = _contained(groups)
    filled = [i for i, group in enumerate(groups) if group.bearers]
    filled.sort(key=lambda i: (-len(groups[i].mentions), i))
    anchors, others = sorted(filled[:ANCHORS]), sorted(filled[ANCHORS:])
    codes: dict[object, int] = {}
    weighed: list[Weighed] = [((), None)] * len(groups)
    if not anchors:
        return weighed
    field = _field(groups, anchors, said, peoples, outlet_country, codes)
    relations = _relations(field, field, is_same=True)
    share = _shares(field, field.weight)
    for _ in range(_ROUNDS):
        by_country, by_distance = _support(relations, share, field, len(field.bearers))
        before, share = share, _shares(field, field.weight + by_country + by_distance)
        if np.array_equal(share, before):
            break
    is_alone = len(anchors) == 1 and not peoples
    for i, result in zip(
        anchors, _results(groups, anchors, field, share, by_country, by_distance, is_alone), strict=True
    ):
        weighed[i] = result
    batch: list[int] = []
    size = 0
    for i in others:
        batch.append(i)
        size += len(groups[i].bearers)
        if size >= _BATCH or i == others[-1]:
            more = _field(groups, batch, said, peoples, outlet_country, codes)
            by_country, by_distance = _support(_relations(more, field, is_same=False), share, field, len(more.bearers))
            shares = _shares(more, more.weight + by_country + by_distance)
            for k, result in zip(
                batch, _results(groups, batch, more, shares, by_country, by_distance, False), strict=True
            ):
                weighed[k] = result
            batch, size = [], 0
    return weighed


def _contained(groups: Sequence[Group]) -> list[list[float]]:
    """By group and bearer, what phrases like 'Paris, Texas' give: the best pair of town and holder all, others less."""
    said = [[0.0] * len(group.bearers) for group in groups]
    for i, group in enumerate(groups):
        if group.holder is None or group.holder == i:
            continue
        holder = groups[group.holder]
        pairs = [
            (_own(group, bearer) + _own(holder, other), b, d)
            for b, bearer in enumerate(group.bearers)
            for d, other in enumerate(holder.bearers)
            if _lies_in(bearer, other)
        ]
        best = max((pair[0] for pair in pairs), default=0.0)
        for weight, b, d in pairs:
            gain = _WITHIN * float(np.exp(weight - best))
            said[i][b] = max(said[i][b], gain)
            said[group.holder][d] = max(said[group.holder][d], gain)
    settled = {
        (group.name, bearer.place.place_id): gain
        for group, gains in zip(groups, said, strict=True)
        if group.holder is not None
        for bearer, gain in zip(group.bearers, gains, strict=True)
        if gain
    }
    if settled:
        for i, group in enumerate(groups):
            if group.holder is None:
                for b, bearer in enumerate(group.bearers):
                    gain = settled.get((group.name, bearer.place.place_id), 0.0) * _SAME / _WITHIN
                    said[i][b] = max(said[i][b], gain)
    return said


def _own(group: Group, bearer: Bearer) -> float:
    """The weight of a bearer with what the words beside the name say."""
    weight = bearer.weight
    if group.kind and group.kind == bearer.kind:
        weight += _OF_KIND + bearer.seat
    if group.has_the and bearer.kind in ("water", "mountain", "region", "island"):
        weight += _THE
    if group.is_apart and bearer.kind == "settlement":
        weight -= _APART
    return weight


def _lies_in(one: Bearer, other: Bearer) -> bool:
    """Whether one place lies in another as a phrase would say it: a town in a division, a borough in a city."""
    if one.place.place_id == other.place.place_id or one.kind == "country":
        return False
    same_country = one.area[0] == other.area[0]
    if other.kind == "country":
        return same_country
    if other.place.kind == "admin1":
        return one.area == other.area and one.place.kind != "admin1"
    if other.place.kind == "admin2":
        return same_country and one.kind != "division" and _apart(one, other) < 80
    if other.kind in ("region", "island"):
        return (same_country or not other.area[0]) and _apart(one, other) < 500
    return (
        other.kind == "settlement"
        and one.kind == "settlement"
        and same_country
        and (_apart(one, other) < 40 and one.weight < other.weight)
    )


def _apart(one: Bearer, other: Bearer) -> float:
    """The distance of two places in km, as the crow flies below ground: near enough below a thousand."""
    return _EARTH * dist(one.where, other.where)


def _field(
    groups: Sequence[Group],
    chosen: Sequence[int],
    said: Sequence[Sequence[float]],
    peoples: Set[str],
    home: str | None,
    codes: dict[object, int],
) -> _Field:
    starts: list[int] = []
    owners: list[int] = []
    kept: list[tuple[float, float, float, Bearer]] = []  # weight, what is said, what is outside, bearer
    for number, i in enumerate(chosen):
        group = groups[i]
        starts.append(len(kept))
        found = []
        for bearer, gain in zip(group.bearers, said[i], strict=True):
            country = bearer.area[0]
            outside = (_PEOPLE if country in peoples else 0.0) + (_HOME if country == home else 0.0)
            found.append((_own(group, bearer) + gain + outside, gain, outside, bearer))
        # What lacks more than other names can give will not be meant.
        least = max([entry[0] for entry in found]) - _COUNTRY - _NEAR
        if group.lists:
            kept += [e for e in found if e[0] >= least - (_BESIDE if e[3].place.kind in _LEVELS else 0.0)]
        else:
            kept += [entry for entry in found if entry[0] >= least]
        owners += [number] * (len(kept) - starts[-1])
    weights, gains, outsides, bearers = zip(*kept, strict=True)
    # What no country has is kin to nothing, itself included.
    countries = [codes.setdefault(bearer.area[0], len(codes)) if bearer.area[0] else -1 for bearer in bearers]
    areas = [codes.setdefault(bearer.area, len(codes)) if bearer.area[1] else -1 for bearer in bearers]
    levels = [_LEVELS.get(bearer.place.kind, 0) for bearer in bearers]
    return _Field(
        bearers,
        list(zip(gains, outsides, strict=True)),
        np.array(starts, np.intp),
        np.array(owners, np.intp),
        np.array([bearer.where for bearer in bearers]),
        np.array([bearer.width for bearer in bearers]),
        np.array(countries, np.intp),
        np.array(areas, np.intp),
        np.array([bearer.kind == "country" for bearer in bearers]),
        [
            groups[i].lists if any(levels[start:end]) else _UNLISTED
            for i, start, end in zip(chosen, starts, [*starts[1:], len(levels)], strict=True)
        ],
        np.array(levels, np.intp),
        np.array(
            [
                _HOLDS[groups[chosen[i]].kind == "division"] if bearer.place.kind == "admin1" else 0.0
                for i, bearer in zip(owners, bearers, strict=True)
            ]
        ),
        np.array(weights),
    )


def _relations(field: _Field, anchors: _Field, is_same: bool) -> _Floats:
    """How much each anchor, were it meant, speaks for each candidate: a row an anchor; in it the candidates by country,
    then by distance, then, where lists are named, by being listed beside what is like them."""
    same_country = anchors.country[:, None] == field.country
    same_country &= field.country >= 0
    kin = same_country * np.where(anchors.is_country[:, None] & ~field.is_country, 1.0, 0.4)
    apart = _EARTH * np.sqrt(np.maximum(2.0 - 2.0 * (anchors.where @ field.where.T), 0.0))
    near = np.exp(-apart / np.maximum(anchors.width[:, None] + field.width, 1.0))
    # Two towns of one division are somewhat near, however wide it is; a division is near to all that lies in it.
    same_area = anchors.area[:, None] == field.area
    same_area &= field.area >= 0
    one, other = np.nonzero(same_area)
    fading = 0.6 * np.exp(-apart[one, other] / _WIDE)
    holds = anchors.holds[one]
    within = np.where(holds > 0, holds * (field.holds[other] == 0), fading)
    near[one, other] = np.maximum(near[one, other], within)
    near *= (anchors.width > 0)[:, None] & (field.width > 0)
    blocks = [kin, near]
    if (beside := _beside(field, anchors, is_same)) is not None:
        blocks.append(beside)
    relations = np.concatenate(blocks, axis=1)
    if is_same:  # what one name can mean says nothing of what else it can mean
        for start, end in pairwise([*field.start.tolist(), len(field.bearers)]):
            relations[start:end].reshape(end - start, len(blocks), -1)[:, :, start:end] = 0.0
    return relations


def _beside(field: _Field, anchors: _Field, is_same: bool) -> _Floats | None:
    """Where an anchor and a candidate are named in one list and are both countries, or divisions of one country.

    Only an anchor counts that is likely so at first sight: 'Washington and New York' are two cities.
    """
    members: dict[int, list[int]] = {}
    for anchor, lists in enumerate(anchors.lists):
        for number in lists:
            members.setdefault(number, []).append(anchor)
    pairs = [
        (anchor, group)
        for group, lists in enumerate(field.lists)
        for number in lists
        for anchor in members.get(number, ())
        if not (is_same and anchor == group)
    ]
    if not pairs:
        return None
    together = np.zeros((len(anchors.lists), len(field.lists)))
    together[tuple(zip(*pairs, strict=True))] = 1.0
    level = np.where(_shares(anchors, anchors.weight) > _LIKELY, anchors.level, -1)
    alike = (level[:, None] == field.level) & (field.level > 0)
    alike &= (field.level == 2) | (anchors.country[:, None] == field.country)
    beside: _Floats = together[anchors.group[:, None], field.group] * alike
    return beside


def _support(relations: _Floats, share: _Floats, anchors: _Field, count: int) -> tuple[_Floats, _Floats]:
    """What the other names give each candidate by country and by distance: of each name its best reading counts."""
    best = np.maximum.reduceat(relations * share[:, None], anchors.start, axis=0).sum(axis=0)
    gained = 1.0 - np.exp(-best)
    by_country = _COUNTRY * gained[:count]
    if len(gained) > 2 * count:
        by_country += _BESIDE * gained[2 * count :]
    return by_country, _NEAR * gained[count : 2 * count]


def _shares(field: _Field, weight: _Floats) -> _Floats:
    """The share of each candidate in its group: a softmax."""
    top = np.maximum.reduceat(weight, field.start)
    parts = np.exp((weight - top[field.group]) / _TEMPERATURE)
    return parts / np.add.reduceat(parts, field.start)[field.group]


def _results(
    groups: Sequence[Group],
    chosen: Sequence[int],
    field: _Field,
    share: _Floats,
    by_country: _Floats,
    by_distance: _Floats,
    is_alone: bool,
) -> list[Weighed]:
    results: list[Weighed] = []
    shares, countries, nears = share.tolist(), by_country.tolist(), by_distance.tolist()
    starts = field.start.tolist()
    for i, start, end in zip(chosen, starts, [*starts[1:], len(shares)], strict=True):
        group = groups[i]
        order = sorted((-shares[k], field.bearers[k].place.place_id, k) for k in range(start, end))[:SHOWN]
        heaviest = max([bearer.weight for bearer in group.bearers])
        candidates: list[Candidate] = []
        for negative, _, k in order:
            if candidates and negative > -_NEGLIGIBLE:
                break
            bearer = field.bearers[k]
            said, outside = field.gains[k]
            reason = _reason(group, bearer, heaviest, said, countries[k], nears[k], outside)
            candidates.append(Candidate(bearer.place, len(candidates) + 1, round(-negative, 4), reason))
        k = order[0][2]
        bearer = field.bearers[k]
        is_small = bearer.kind == "settlement" and bearer.weight < _SMALL
        is_stray = is_small and not is_alone and sum(field.gains[k]) + countries[k] + nears[k] < _STRAY
        results.append((tuple(candidates), None if is_stray else bearer.place))
    return results


def _reason(
    group: Group, bearer: Bearer, heaviest: float, said: float, country: float, near: float, outside: float
) -> str:
    """What speaks most for a candidate: a phrase, then its being alone or the greatest, then what the article adds."""
    if said > 1:
        return "contained_in"
    if bearer.kind not in ("settlement", "division"):
        return "listed"
    if len(group.bearers) == 1:
        return "spelling" if group.is_spelled else "only_one"
    if bearer.weight >= heaviest:
        return "population"
    country += outside if outside >= _PEOPLE else 0.0
    if max(country, near) > _STRAY:
        return "near_others" if near > country else "country_mentioned"
    return "outlet_home" if outside else "population"
