"""The compiled loops that turn UTF-8 bytes into words, shingles, a content hash and MinHash bands.

Plain arrays in, plain arrays out, with no Python object per word; `signature.py` wraps them for Arrow. Every
constant below is part of the stored data: change one, and all signatures of a lake must be made again. (OPENING came
later; a band that is missing costs an older signature its excerpts and nothing else.)
"""

import numpy as np
from numpy.typing import NDArray

from pipelines.dedup.compiled import compiled

# 42 bands of 3 rows: a pair of Jaccard similarity s shares a band with probability 1 - (1 - s^3)^42, which is
# .996 at .5, .68 at .3 and .00004 at .01. Steeper bands miss truncated copies, flatter ones flood `verify`.
BANDS = 42
ROWS = 3
# The last band of a text is its first twelve words instead: ten shingles, of which every third has them all. A teaser
# of a tenth of its story shares no other band with it in 93 of 100 cases.
OPENING = 10

U64 = np.uint64
_MASK = (1 << 64) - 1


def _constants(seed: int, count: int) -> list[int]:
    """`count` 64-bit numbers of the SplitMix64 generator (Steele, Lea and Flood, 2014)."""
    numbers = []
    for step in range(1, count + 1):
        value = (seed + step * 0x9E3779B97F4A7C15) & _MASK
        value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _MASK
        numbers.append(value ^ (value >> 31))
    return numbers


# Multipliers are odd, so that multiplying by them loses nothing.
_BYTE, _OTHER_BYTE, _FIRST, _SECOND, _THIRD, _BAND = (U64(n | 1) for n in _constants(1, 6))
_SEED, _OTHER_SEED = (U64(n) for n in _constants(2, 2))
_MULTIPLY = np.array([n >> 32 | 1 for n in _constants(3, BANDS * ROWS)], dtype=np.uint32)
_ADD = np.array([n >> 32 for n in _constants(4, BANDS * ROWS)], dtype=np.uint32)
_S27, _S30, _S31, _S32 = U64(27), U64(30), U64(31), U64(32)
_MIX_A, _MIX_B = U64(0xBF58476D1CE4E5B9), U64(0x94D049BB133111EB)

# What a byte counts as in a word: itself, letters in lower case. 0 always separates; 1, 2 and 3 stand for the
# bytes that open characters of which some separate (_gap looks at what follows).
_FOLD = np.array(
    [byte if byte >= 0x80 or chr(byte).isalnum() else 0 for byte in bytes(range(256)).lower()], dtype=np.uint8
)
_FOLD[[0xC2, 0xE2, 0xE3]] = 1, 2, 3


@compiled
def _mix(value: np.uint64) -> np.uint64:
    value = (value ^ (value >> _S30)) * _MIX_A
    value = (value ^ (value >> _S27)) * _MIX_B
    return value ^ (value >> _S31)


@compiled
def _gap(data: NDArray[np.uint8], at: int, stop: int) -> int:
    """The length of the separator at `at`, 0 where a word goes on.

    Beyond ASCII these separate: U+00A0-00BF (no-break space, guillemets), U+2000-207F (spaces, dashes,
    quotation marks) and U+3000-3002. All others count as letters, so that no script loses its words.
    """
    byte = _FOLD[data[at]]
    if byte == 0:
        return 1
    if byte == 1 and at + 1 < stop and data[at + 1] >= 0xA0:
        return 2
    if byte == 2 and at + 2 < stop and (data[at + 1] == 0x80 or data[at + 1] == 0x81):
        return 3
    if byte == 3 and at + 2 < stop and data[at + 1] == 0x80 and data[at + 2] <= 0x82:
        return 3
    return 0


@compiled
def _hash_words(
    data: NDArray[np.uint8], start: int, stop: int, words: NDArray[np.uint64], content: NDArray[np.uint64]
) -> int:
    """Fill `words` with a hash per word, `content` with that of their sequence; gives the count of words."""
    count, at = 0, start
    high, low = _SEED, _OTHER_SEED
    while at < stop:
        first = at
        word, other = _SEED, _OTHER_SEED
        while at < stop:
            byte = _FOLD[data[at]]
            if byte <= 3 and _gap(data, at, stop):
                break
            word = (word ^ U64(byte)) * _BYTE
            other = (other ^ U64(byte)) * _OTHER_BYTE
            at += 1
        if at > first:
            words[count] = _mix(word)
            high = _mix(high + words[count])
            low = _mix(low ^ other)
            count += 1
        if at < stop:
            at += _gap(data, at, stop)
    content[0], content[1] = high, low
    return count


@compiled
def _shingle(words: NDArray[np.uint64], count: int) -> int:
    """Turn word hashes into hashes of three words running, in place; one or two words make one shingle."""
    if count < 3:
        if count == 2:
            words[0] = words[0] * _FIRST + words[1] * _SECOND
        if count:
            words[0] = _mix(words[0])
        return min(count, 1)
    for at in range(count - 2):
        words[at] = _mix(words[at] * _FIRST + words[at + 1] * _SECOND + words[at + 2] * _THIRD)
    return count - 2


@compiled
def _open(shingles: NDArray[np.uint64]) -> np.uint64:
    """The hash of the words with which a text begins, from its shingles in their order."""
    opening = U64(BANDS) * _BAND
    for at in range(0, OPENING, 3):
        opening = _mix(opening * _FIRST + shingles[at])
    return opening


@compiled
def _sort_unique(hashes: NDArray[np.uint64], spare: NDArray[np.uint64], places: NDArray[np.int64]) -> int:
    """Sort the hashes in place and move each once to the front; gives how many those are.

    Hashes are spread evenly, so as many buckets as there are hashes leave next to nothing to sort. Where many are
    equal, buckets are full and comparing is quicker. `spare` holds as many, `places` four times as many and 4.
    """
    count, to = len(hashes), 0
    bits = 2
    while 1 << bits < count:
        bits += 1
    shift = U64(64 - bits)
    places[: (1 << bits) + 1] = 0
    for at in range(count):
        places[int(hashes[at] >> shift) + 1] += 1
    if places[: (1 << bits) + 1].max() > 16:
        hashes.sort()
    else:
        for bucket in range(1 << bits):
            places[bucket + 1] += places[bucket]
        for at in range(count):
            to = int(hashes[at] >> shift)
            spare[places[to]] = hashes[at]
            places[to] += 1
        for at in range(count):
            value, to = spare[at], at
            while to > 0 and hashes[to - 1] > value:
                hashes[to] = hashes[to - 1]
                to -= 1
            hashes[to] = value
    used = min(count, 1)
    for at in range(1, count):
        if hashes[at] != hashes[at - 1]:
            hashes[used] = hashes[at]
            used += 1
    return used


@compiled
def _fill_bands(halves: NDArray[np.uint32], count: int, bands: NDArray[np.uint64]) -> None:
    """The band hashes of one text from the upper halves of its shingles.

    A row is the least value of (multiply * half + add) modulo 2^32: of 32-bit numbers processors multiply
    eight or more at once. The band's number is hashed with its rows, so that bands compare as plain values.
    """
    for band in range(BANDS):
        row = band * ROWS
        m0, m1, m2 = _MULTIPLY[row], _MULTIPLY[row + 1], _MULTIPLY[row + 2]
        a0, a1, a2 = _ADD[row], _ADD[row + 1], _ADD[row + 2]
        least0 = least1 = least2 = np.uint32(0xFFFFFFFF)
        for at in range(count):
            half = halves[at]
            least0 = min(least0, np.uint32(half * m0 + a0))
            least1 = min(least1, np.uint32(half * m1 + a1))
            least2 = min(least2, np.uint32(half * m2 + a2))
        rows = U64(least0) * _FIRST + U64(least1) * _SECOND + U64(least2) * _THIRD
        bands[band] = _mix(rows + U64(band) * _BAND)


@compiled
def sign_bytes(
    data: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    content: NDArray[np.uint64],
    bands: NDArray[np.uint64],
    ends: NDArray[np.int64],
) -> NDArray[np.uint64]:
    """Sign text i, the bytes from offsets[i] to offsets[i + 1], into row i of `content` (n, 2) and `bands`.

    Gives the shingle hashes of all texts one after another, sorted and unique in each; those of text i end at
    ends[i + 1], and ends[0] is 0. The bands of a text without words stay as they were.
    """
    texts = len(offsets) - 1
    longest = 0
    for text in range(texts):
        longest = max(longest, offsets[text + 1] - offsets[text])
    most = longest // 2 + 1  # words in the longest text: a letter and a space each
    words, spare, places = np.empty(most, np.uint64), np.empty(most, np.uint64), np.empty(4 * most + 4, np.int64)
    halves = np.empty(most, dtype=np.uint32)
    shingles = np.empty((offsets[texts] - offsets[0]) // 2 + texts, dtype=np.uint64)
    for text in range(texts):
        count = _shingle(words, _hash_words(data, offsets[text], offsets[text + 1], words, content[text]))
        opening = _open(words) if count >= OPENING else U64(0)
        count = _sort_unique(words[:count], spare, places)
        used = ends[text]
        ends[text + 1] = used + count
        for at in range(count):
            shingles[used + at] = words[at]
            halves[at] = words[at] >> _S32
        if count:
            _fill_bands(halves, count, bands[text])
        if opening:
            bands[text, BANDS - 1] = opening
    return shingles[: ends[texts]].copy()


@compiled
def _is_capital(data: NDArray[np.uint8], at: int, stop: int) -> bool:
    """Whether a Latin, Greek or Cyrillic capital begins at `at`: A-Z, À-Þ, Ά-Ϋ, Ѐ-Я."""
    first, second = int(data[at]), int(data[at + 1]) if at + 1 < stop else 0
    if first < 0x80 or not second:
        return 65 <= first <= 90
    latin = first == 0xC3 and second <= 0x9E
    greek = first == 0xCE and 0x86 <= second <= 0xAB
    cyrillic = first == 0xD0 and second <= 0xAF
    return latin or greek or cyrillic


@compiled
def _kind(data: NDArray[np.uint8], start: int, stop: int, opens: bool) -> int:
    """1 for a figure, a word with a digit; 2 for a name; 0 for any other word.

    A name begins with one capital and does not open a sentence; other scripts show none, a text in capitals has none.
    """
    for at in range(start, stop):
        if 48 <= data[at] <= 57:
            return 1
    if opens or not _is_capital(data, start, stop):
        return 0
    second = start + (1 if data[start] < 0x80 else 2)
    return 2 if second < stop and not _is_capital(data, second, stop) else 0


@compiled
def blank_bytes(
    data: NDArray[np.uint8], offsets: NDArray[np.int64], names: bool, framed: bool, ends: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """The values of each text, its figures and, if asked for, its names; or the shingles of its frame.

    In the frame a value is one blank word. Figures between which one byte lies are one, and so are names between which
    a space lies. Hashes and `ends` are laid out as by `sign_bytes`.
    """
    texts = len(offsets) - 1
    longest = 0
    for text in range(texts):
        longest = max(longest, offsets[text + 1] - offsets[text])
    most = longest // 2 + 1
    words, values = np.empty(most, np.uint64), np.empty(most, np.uint64)
    spare, places = np.empty(most, np.uint64), np.empty(4 * most + 4, np.int64)
    hashes = np.empty((offsets[texts] - offsets[0]) // 2 + texts, dtype=np.uint64)
    for text in range(texts):
        at, stop = offsets[text], offsets[text + 1]
        count, found, before, opens = 0, 0, 0, True
        end = np.int64(-2)  # of the last word
        while at < stop:
            first, word = at, _SEED
            while at < stop:
                byte = _FOLD[data[at]]
                if byte <= 3 and _gap(data, at, stop):
                    break
                word = (word ^ U64(byte)) * _BYTE
                at += 1
            if at > first:
                kind = _kind(data, first, at, opens or not names)
                if not kind:
                    words[count] = _mix(word)
                    count += 1
                elif kind == before and first == end + 1 and (kind == 1 or data[end] == 32):
                    values[found - 1] = _mix(values[found - 1] * _FIRST + word)
                else:
                    values[found], words[count] = _mix(word), U64(kind)
                    found, count = found + 1, count + 1
                before, end, opens = kind, at, False
            if at < stop:
                mark = data[at]  # what opens a sentence: . ! ? : a line's end, a quotation mark
                opens |= (
                    mark == 46 or mark == 33 or mark == 63 or mark == 58 or mark == 10 or mark == 34 or mark >= 0x80
                )
                at += _gap(data, at, stop)
        own = words[: _shingle(words, count)] if framed else values[:found]
        start, count = ends[text], _sort_unique(own, spare, places)
        ends[text + 1] = start + count
        hashes[start : start + count] = own[:count]
    return hashes[: ends[texts]].copy()
