"""The inbox: what lies in the raw folder, compared with the ledger `files`, and its bytes.

Looking at names, sizes and times comes first; only what is new or changed is hashed. The arrival day is fixed when a
file is first seen: the ISO date of a folder in its path, else that very day. The ledger's rows are values here;
ledger.py keeps them in the lake.
"""

import datetime as dt
import hashlib
import math
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from io import FileIO
from pathlib import Path
from typing import NamedTuple, TypeAlias

SETTLED_NS = 2_000_000_000
"""A file that changed more recently than this may still be being written."""
_WAIT_SECONDS = 3.0
"""How long a scan waits for such files before it leaves them to the next run."""
FIRST_DAY = dt.date(2000, 1, 1)
"""Earliest arrival day: where the partitions begin."""
RECONSIDERED = ("day_out_of_range", "unreadable")
"""Reasons that may lapse while the file stays as it is: its folder's day comes, or somebody lets it be read."""
Known: TypeAlias = Mapping[str, tuple[int, int] | None]
"""Size and modification time (microseconds since 1970) of the files that were there, by path; None for those that
are to be looked at again whatever these say."""
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_EARLIEST = (dt.datetime(1, 1, 2, tzinfo=dt.UTC) - _EPOCH) // _MICROSECOND
_LATEST = (dt.datetime(9999, 12, 30, tzinfo=dt.UTC) - _EPOCH) // _MICROSECOND
"""Bounds of what a modification time is written down as: file systems know times that no calendar does."""

_DROP_SUFFIXES = {
    *(".txt", ".json", ".jsonl", ".html", ".htm", ".csv", ".tsv", ".warc", ".wacz", ".eml", ".mbox", ".pdf", ".xml"),
    *(".gz", ".zst", ".bz2", ".xz", ".zip", ".tar", ".tgz"),
}
_NO_DROPS = {"readme.md", "reading.yaml"}
"""What lies at the top of the inbox and is none: what a person reads, and how drops are to be read."""
_ESCAPED = re.compile(r"\\x([89a-f][0-9a-f])")
_ESCAPES = re.compile(r"\\x(?=5c|[89a-f][0-9a-f])")
"""What in a name would read as an escaped byte. Of bytes below 0x80 only its backslash is ever escaped."""


class LedgerRow(NamedTuple):
    """One row of `files`; `reason` says why a file was refused."""

    path: str
    bytes: int
    modified_at: dt.datetime
    sha256: str | None
    arrival_day: dt.date
    first_seen_at: dt.datetime
    last_seen_at: dt.datetime
    state: str
    reason: str | None


class Scan(NamedTuple):
    """What a look at the inbox found: rows to write to the ledger, and paths that were still changing."""

    changed: list[LedgerRow]
    unsettled: list[str]
    seen: int


def scan(
    raw: Path,
    known: Known,
    rows_of: Callable[[list[str]], Mapping[str, LedgerRow]],
    now: dt.datetime,
    patience: float = math.inf,
) -> Scan:
    """Compares the files below `raw` with what the ledger knows; `rows_of` gives its rows of these paths.

    Files that changed within the last two seconds are waited for briefly; those that keep changing keep their old row,
    or get one in state 'changing' if they are new. After `patience` seconds no further file is read: what is left
    is as if it were not there yet.
    """
    seen, noticed = _survey(raw.absolute(), known)
    missing = [path for path in known if path not in seen]
    ledger = rows_of([*missing, *(found.path for found in noticed)])
    changed: list[LedgerRow] = []
    unsettled: list[str] = []
    started = time.monotonic()
    deadline = started + min(_WAIT_SECONDS, patience)
    for found in noticed:
        if time.monotonic() - started > patience:
            break
        old = ledger.get(found.path)
        row = _look(found, old, now, deadline)
        if row is None:
            continue
        if row.state == "changing":
            unsettled.append(row.path)
        if old is None or row._replace(last_seen_at=old.last_seen_at) != old:
            changed.append(row)
    changed += [ledger[path]._replace(state="gone", last_seen_at=now) for path in missing]
    return Scan(changed, unsettled, len(seen))


class _Status(NamedTuple):
    """What of os.stat_result is looked at."""

    st_size: int
    st_mtime_ns: int


class _Noticed(NamedTuple):
    """A file that is new, or not as the ledger knows it."""

    path: str
    full: str
    status: os.stat_result | _Status
    refused: str | None


def _survey(raw: Path, known: Known) -> tuple[set[str], list[_Noticed]]:
    """All paths there are, and those that need a closer look. Costs microseconds a file: 100,000 are common."""
    seen: set[str] = set()
    noticed: list[_Noticed] = []
    for path, entry, refused in _walk(raw):
        try:
            status = entry.stat(follow_symlinks=refused is None)
        except FileNotFoundError:
            continue  # it vanished between listing and looking
        except OSError:  # its folder may be listed and not entered
            seen.add(path)
            noticed.append(_Noticed(path, entry.path, _Status(0, 0), "unreadable"))
            continue
        seen.add(path)
        now_there = (0 if refused else status.st_size, _microseconds(status.st_mtime_ns))
        if known.get(path) != now_there or not (refused or os.access(entry.path, os.R_OK)):
            noticed.append(_Noticed(path, entry.path, status, refused))
    return seen, noticed


def _look(found: _Noticed, old: LedgerRow | None, now: dt.datetime, deadline: float) -> LedgerRow | None:
    """The file's new ledger row; None where it vanished meanwhile."""
    path, full, status, refused = found
    modified = _modified_at(status.st_mtime_ns)
    size = 0 if refused else status.st_size
    # A day once given stays, whatever the clock says later; a folder's day that was out of range is looked at again.
    if old and old.reason != "day_out_of_range":
        day = old.arrival_day
    else:
        named = arrival_day(path, now)
        if named is None or not FIRST_DAY <= named <= now.date() + dt.timedelta(days=1):
            refused, named = "day_out_of_range", old.arrival_day if old else now.date()
        day = named
    first_seen = old.first_seen_at if old else now
    if refused:
        return LedgerRow(path, size, modified, None, day, first_seen, now, "refused", refused)
    try:
        settled = _settled_digest(full, status, deadline)
    except PermissionError:
        return LedgerRow(path, size, modified, None, day, first_seen, now, "refused", "unreadable")
    except OSError:
        return None  # vanished or replaced by a folder meanwhile: the next run looks again
    if settled is None:
        # The ledger keeps the content it knows; a new file is written down so that its day stays fixed.
        known = old or LedgerRow(path, size, modified, None, day, first_seen, now, "changing", None)
        return known._replace(state="changing", last_seen_at=now)
    digest, status = settled
    modified = _modified_at(status.st_mtime_ns)
    return LedgerRow(path, status.st_size, modified, digest, day, first_seen, now, "present", None)


def _modified_at(nanoseconds: int) -> dt.datetime:
    return _EPOCH + dt.timedelta(microseconds=_microseconds(nanoseconds))


def _microseconds(nanoseconds: int) -> int:
    return min(max(nanoseconds // 1000, _EARLIEST), _LATEST)


def _settled_digest(
    full: str, status: os.stat_result | _Status, deadline: float
) -> tuple[str, os.stat_result | _Status] | None:
    """SHA-256 of a file that nobody is writing any more, and its size and times as it was hashed.

    None if it kept changing until the deadline.
    """
    while True:
        age = time.time_ns() - status.st_mtime_ns
        if age < 0 or age >= SETTLED_NS:  # a time in the future says nothing of a writer at work
            digest = _digest(full)
            after = os.stat(full)  # noqa: PTH116 - a Path per file costs more than the look itself
            if (after.st_size, after.st_mtime_ns) == (status.st_size, status.st_mtime_ns):
                return digest, after
            status = after
        if time.monotonic() >= deadline:
            return None
        time.sleep(0.05)
        status = os.stat(full)  # noqa: PTH116


def _digest(full: str) -> str:
    with open(full, "rb") as file:  # noqa: PTH123
        return hashlib.file_digest(file, "sha256").hexdigest()


def _walk(raw: Path) -> Iterator[tuple[str, os.DirEntry[str], str | None]]:
    """(path below raw, entry, reason it is refused) of everything that may be a drop, in sorted order.

    Hidden files, the inbox's own README and its reading.yaml are no drops. Links are followed only to files inside
    the inbox.
    """
    root = os.path.realpath(raw) + os.sep

    def listed(directory: str) -> list[os.DirEntry[str]]:
        with os.scandir(directory) as listing:
            return sorted(listing, key=lambda entry: entry.name, reverse=True)

    # No recursion: folders may lie deeper inside one another than Python calls may.
    waiting = [("", listed(str(raw)))]
    while waiting:
        prefix, entries = waiting[-1]
        if not entries:
            waiting.pop()
            continue
        entry = entries.pop()
        path = prefix + ledger_path(entry.name)
        if entry.name.startswith(".") or (not prefix and entry.name.lower() in _NO_DROPS):
            continue
        if entry.is_symlink():
            target = os.path.realpath(entry.path)  # of a link that leads to itself: that link
            inside = target.startswith(root) and os.path.isfile(target)  # noqa: PTH113
            yield path, entry, None if inside else "link_outside"
        elif entry.is_dir():
            try:
                waiting.append((path + "/", listed(entry.path)))
            except (FileNotFoundError, NotADirectoryError):
                continue  # it vanished between listing and looking: its files are gone
            except OSError:  # closed to us, or deeper than the system's paths reach
                yield path, entry, "unreadable"
                continue
            if os.path.splitext(entry.name)[1] in _DROP_SUFFIXES:  # noqa: PTH122
                yield path, entry, "is_directory"
        elif entry.is_file():
            yield path, entry, None
        else:
            yield path, entry, "not_a_file"


def arrival_day(path: str, now: dt.datetime) -> dt.date | None:
    """The last ISO date among the folders of the path, else today; None if a folder's date is no day at all."""
    for part in reversed(path.split("/")[:-1]):
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", part):
            try:
                return dt.date.fromisoformat(part)
            except ValueError:
                return None
    return now.date()


def outlet_hint(path: str) -> str | None:
    """The folder that names the outlet: the one above the day's, else the first below samples/ or incoming/."""
    folders = path.split("/")[:-1]
    for index, part in enumerate(folders):
        if index and re.fullmatch(r"\d{4}-\d{2}-\d{2}", part):
            folders = [folders[index - 1]]
            break
    named = [part for part in folders if part not in ("samples", "incoming") and not part[:4].isdigit()]
    return named[0] if named else None


def ledger_path(name: str) -> str:
    """The name as text: bytes that are not UTF-8 become \\xNN. No two names become the same."""
    return os.fsencode(_ESCAPES.sub(r"\\x5cx", name)).decode("utf-8", "backslashreplace")


def read(raw: Path, path: str, limit: int, pause: Callable[[float], None] = time.sleep) -> tuple[bytes, str]:
    """Bytes of the drop at the ledger's path, at most `limit` + 1 of them, and the SHA-256 of what was read.

    Raises OSError if it is gone or can't be read. Reads again once if it changed meanwhile.
    """
    data = b""
    for attempt in range(2):
        with _open(raw, path) as file:
            before = os.fstat(file.fileno())
            # Asked for no more than there is: a buffer of the limit's size for each file costs more than its bytes.
            data = file.read(min(before.st_size, limit) + 1)
            after = os.fstat(file.fileno())
        if attempt or (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
            break
        pause(0.2)
    return data, hashlib.sha256(data).hexdigest()


def _open(raw: Path, path: str) -> FileIO:
    """The file at the ledger's path, whose \\xNN stands for bytes of its name; see ledger_path."""
    name = _ESCAPED.sub(lambda match: chr(0xDC00 + int(match[1], 16)), path) if "\\x" in path else path
    return FileIO(f"{raw}/" + name.replace(r"\x5cx", r"\x"))


def inbox_digest(pairs: list[tuple[str, str]]) -> str:
    """Hash of what went into a day: its (path, sha256 or reason) pairs. due_days.sql reckons the same."""
    lines = "\n".join(sorted(f"{path}:{content}" for path, content in pairs))
    return hashlib.sha256(lines.encode()).hexdigest()
