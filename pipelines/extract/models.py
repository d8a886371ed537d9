"""Vehicles and weapons by prefix, maker, model or designation: 'HMS Fearless', 'Toyota Hilux', 'Su-24'; roads: 'M4'."""

import re

from pipelines.extract.thing_runs import Found, Run

_DESIGNATION = re.compile(r"([A-Za-z']+)(-?)(\d{1,4})([A-Za-z]{0,3}\d{0,2}[A-Za-z]?)(?:-\w{1,4})?")
_ROAD = re.compile(r"[AM]\d{1,3}")
_OWNING = frozenset(("a", "an", "owned"))


def ship(run: Run, i: int) -> Found:
    """A ship by its prefix: 'HMS Fearless', 'MV Amal Star'."""
    if run.words[i] not in run.names.ships:
        return i, "", 0.0
    end = run.past_capitals(i + 1, 3)
    return (end, "vehicle", 0.9) if end > i + 1 else (i, "", 0.0)


def model(run: Run, i: int) -> Found:
    """A maker with its model, or a designation by itself: 'Toyota Hilux', 'Boeing 737-800', 'Su-24', 'in a Tesla'."""
    names, words = run.names, run.words
    if type_ := _designated(run, words[i]):
        return run.past_nicknames(i + 1), type_, 0.9
    makers = (names.car_makers, names.aircraft_makers)
    at = next((end for end in (i + 2, i + 1) if any(run.phrase(i, end) in known for known in makers)), i)
    if at == i or run.is_owner[at - 1]:
        return i, "", 0.0
    is_car = run.phrase(i, at) in names.car_makers
    if at < len(words):
        end = max(_past_name(run, at, is_car), run.past_model(at))
        if end > at:
            return run.past_nicknames(end), "vehicle", 0.9
        return (at + 1, "vehicle", 0.7) if is_car and _is_model_name(run, at) else (i, "", 0.0)
    follows, before = run.around.type_after, run.around.word
    is_one = i == run.opening and ((follows == "vehicle" and is_car) or (follows == "end" and before in _OWNING))
    return (at, "vehicle", 0.8) if is_one else (i, "", 0.0)


def _past_name(run: Run, at: int, is_car: bool) -> int:
    """Where the model's name at a word ends: 'Land Cruiser', 'S-Class', 'An-124'."""
    end, type_, _ = run.listed(at)
    if type_ == "vehicle":
        return end
    if is_car and (length := next((n for n in (2, 1) if run.phrase(at, at + n) in run.names.car_models), 0)):
        return at + length
    return at + (_designated(run, run.words[at]) == "vehicle")


def _is_model_name(run: Run, at: int) -> bool:
    """Whether the last word of 'a Fiat Strada' is one: no list knows it."""
    word = run.words[at]
    is_known = word in run.lookups.organisation_ends or word in run.lookups.known
    return run.around.word in ("a", "an") and len(run.words) == at + 1 == 2 and word[0].isupper() and not is_known


def _designated(run: Run, word: str) -> str:
    """The type that a designation tells, '' for any other word."""
    match = _DESIGNATION.fullmatch(word)
    if not match:
        return ""
    names = run.names
    if match[2] and (match[1] in names.aircraft_makers or match[1] in names.car_makers):
        return "vehicle"  # 'Antonov-32', 'Dornier-228'
    type_ = names.designations.get(match[1], "")
    is_sure = match[2] or (len(match[1]) > 1 and match[1].isupper())
    return type_ if is_sure else ""


def road(run: Run, i: int) -> Found:
    """'the M4', which is a road unless a word for a weapon or for a body ('the M23 movement') follows."""
    around = run.around
    if not (_ROAD.fullmatch(run.words[i]) and len(run.words) == 1):
        return i, "", 0.0
    if around.type_after == "weapon":
        return i + 1, "weapon", 0.85
    is_road = around.word == "the" and around.type_after in ("", "end", "facility")
    return (i + 1, "facility", 0.75) if is_road else (i, "", 0.0)
