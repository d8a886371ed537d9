"""Names by a class word that opens or ends them, or with a number: 'Hurricane Odile', 'Galle Fort', '7th Battalion'."""

import re

from pipelines.extract.thing_runs import SMALL, Found, Run

_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)?")
ROMAN = re.compile(r"[IVX]{1,5}")
_ORDINAL_WORDS = frozenset("First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth".split())
_BY_WORD = frozenset("Army Fleet Corps Battalion Brigade Regiment Squadron".split())
_BY_NUMBER = frozenset("Battalion Brigade Commando Division Para Regiment Squadron Wing".split())
_OF_SAINT = frozenset(
    "St St. Saint Ste Queen King People Children Women Men Lord Bishop Workers Ladies Earl Kings Queens".split()
)
_SURNAMES = frozenset("Church Hall Park Castle Fort Temple Bridge Lane Mill Camp Gate Tower Abbey Chapel Lodge".split())
_OWNED = frozenset("Day Eve Cup Night Trophy".split())
_EVENT_WORDS = frozenset("The Next Same Final Post Film Opening Open First Last Annual Other".split())
_LONGEST = 8  # words of a name with a class word


def headed(run: Run, i: int) -> Found:
    """'Hurricane Mitch', 'Operation Spring Shield', 'Interstate 10', 'Battle of Mosul', 'Port of Beirut'."""
    names, words = run.names, run.words
    head, _, rest = words[i].partition("-e-")
    if rest and head in names.heads:
        return i + 1, names.heads[head], 0.85  # 'Masjid-e-Jahan Numa' is cut short, 'Masjid-e-Tooba' is whole
    for length in (2, 1):
        phrase, at = run.phrase(i, i + length), i + length
        if at >= len(words) or any(run.is_owner[i:at]):
            continue
        if phrase in names.heads_of and words[at] == "of":
            first = at + 2 if at + 1 < len(words) and words[at + 1] in ("the", "la", "l'") else at + 1
            end = run.past_capitals(first, 4)
            if end > first and not run.goes_on(end):
                return end, names.heads_of[phrase], 0.85
        if type_ := names.heads.get(phrase):
            first = at + 1 if words[at] in run.lookups.particles else at
            end = run.past_capitals(first, 3 if type_ == "facility" or phrase == "Operation" else 1)
            if first >= len(words) or words[first] in run.lookups.organisation_ends:
                continue
            if end > first and words[first] not in names.openers and not run.goes_on(end):
                return end, type_, 0.85
    return i, "", 0.0


def numbered(run: Run, i: int) -> Found:
    """'7th Battalion', '101st Airborne Division', 'III Corps', 'Third Army', '5th Military Region'."""
    names, words, word = run.names, run.words, run.words[i]
    is_word = word in _ORDINAL_WORDS
    if not (is_word or _ORDINAL.fullmatch(word) or (ROMAN.fullmatch(word) and len(words) > i + 1)):
        return i, "", 0.0
    end, at = i, i + 1
    while at < len(words) and (words[at] in names.arms or words[at] in names.numbered_units):
        if words[at] in names.numbered_units or run.phrase(at, at + 2) in names.numbered_units:
            end = at + 1 if words[at] in names.numbered_units else at + 2
        at += 1
    armed = any(word in names.arms for word in words[i + 1 : end - 1])
    if end == i or (not _ORDINAL.fullmatch(word) and words[end - 1] not in _BY_WORD and not armed):
        return i, "", 0.0
    if word.isdigit() and words[end - 1] not in _BY_NUMBER:
        return i, "", 0.0  # '300 Army', '12 Marines'
    return end, "unit", 0.9


def ended(run: Run, i: int) -> Found:
    """A name that ends in a class word: 'Baba Yara Stadium', 'Fajr Film Festival', 'Golani Infantry Brigade'."""
    names, words, best = run.names, run.words, (i, "", 0.0)
    at = i
    while at < min(len(words), i + _LONGEST):
        word = words[at]
        if word in SMALL or (word in names.openers and at > i):
            break
        if at > i:
            for phrase, type_ in names.ends.get(word, ()):
                first = at - len(phrase) + 1
                if first > i and tuple(words[first : at + 1]) == phrase and _is_name(run, i, first, type_):
                    best = (at + 1, type_, 0.85)
                    break
        if run.is_owner[at] and not _is_inside(run, i, at):
            break
        at += 1
    end = best[0]
    if end == i:
        return best
    if run.goes_on(end):
        return end + 1, "", 0.8
    if best[1] == "unit" and words[end : end + 1] == ["of"] and (further := run.past_capitals(end + 1, 3)) > end + 1:
        return further, "unit", 0.85  # 'Royal Regiment of Scotland'
    return best


def _is_inside(run: Run, i: int, at: int) -> bool:
    """Whether a possessive is part of a name: 'St James's Church', but not 'Syria's Hmeimim Base'."""
    words, word = run.words, run.words[at]
    if word in _OF_SAINT or word.endswith("s'") or (at > i and words[at - 1] in _OF_SAINT):
        return True
    return at + 1 < len(words) and words[at + 1] in _OWNED and word not in run.lookups.known


def _is_name(run: Run, i: int, first: int, type_: str) -> bool:
    """Whether the words before the class word name one: not 'International Airport' or 'Femi Church'."""
    own, end = run.words[i:first], run.words[first]
    if type_ == "event":
        return _is_event(run, own, end)
    if all(word in run.names.plain for word in own) or (end == "Brigade" and own[-1] in ("Fire", "Martyrs")):
        return False
    if end == "Park" and own[-1] in ("National", "Provincial", "Theme"):
        return False
    if len(own) == 1 and end in _SURNAMES:
        # People bear these names, too: a place word or an article must stand before it.
        is_person = own[0] in run.lookups.given or own[0].lower() in run.lookups.callings
        return not is_person and (i > 0 or bool(run.around.word))
    return True


def _is_event(run: Run, own: list[str], end: str) -> bool:
    if own[-1] in _EVENT_WORDS:
        return False
    if end == "Open":
        known = run.lookups.known.get(" ".join(own))
        return bool(known and known.type in ("nationality", "place"))
    return not (len(own) == 1 and end == "Day" and own[0] in run.lookups.given)
