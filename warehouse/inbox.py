"""The inbox: what lies in the raw folder, compared with the ledger `files`, and its bytes.

Looking at names, sizes and times comes first; only what is new or changed is hashed. The arrival day is fixed when a
file is first seen: the ISO date of a folder in its path, else that very day. The ledger's rows are values here;
ledger.py keeps them in the lake.
"""

import datetime as dt
import hashlib
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from io import FileIO
from pathlib import Path
from typing import NamedTuple

SETTLED_NS = 2_000_000_000
"""A file that changed more recently than this may still be being written."""
_WAIT_SECONDS = 3.0
"""How long a scan waits for such files before it leaves them to the next run."""
FIRST_DAY = dt.date(2000, 1, 1)
"""Earliest arrival day: where the partitions begin."""
_RECONSIDERED = ("day_out_of_range", "unreadable")
"""Reasons that may lapse while the file stays as it is: its folder's day comes, or somebody lets it be read."""
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_TIMES = (dt.datetime(1, 1, 2, tzinfo=dt.UTC), dt.datetime(9999, 12, 30, tzinfo=dt.UTC))
"""Bounds of what a modification time is written down as: file systems know times that no calendar does."""

_DROP_SUFFIXES = {".txt", ".gz", ".json", ".jsonl", ".html", ".htm"}
_ESCAPED = re.compile(r"\\x([89a-f][0-9a-f])")  # bytes below 0x80 are never escaped


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


def scan(raw: Path, ledger: Mapping[str, LedgerRow], now: dt.datetime) -> Scan:
    """Compares the files below `raw` with the ledger's rows by path.

    Files that changed within the last two seconds are waited for briefly; those that keep changing keep their old row,
    or get one in state 'changing' if they are new.
    """
    raw = raw.absolute()
    changed: list[LedgerRow] = []
    unsettled: list[str] = []
    seen: set[str] = set()
    deadline = time.monotonic() + _WAIT_SECONDS
    for path, entry, refused in _walk(raw):
        seen.add(path)
        old = ledger.get(path)
        try:
            status = entry.stat(follow_symlinks=refused is None)
        except OSError:
            seen.discard(path)  # it vanished between listing and looking
            continue
        row = _look(path, entry.path, status, old, refused, now, deadline)
        if row is None:
            continue
        if row.state == "changing":
            unsettled.append(path)
        if old is None or row._replace(last_seen_at=old.last_seen_at) != old:
            changed.append(row)
    changed += [
        row._replace(state="gone", last_seen_at=now)
        for path, row in ledger.items()
        if path not in seen and row.state != "gone"
    ]
    return Scan(changed, unsettled, len(seen))


def _look(
    path: str,
    full: str,
    status: os.stat_result,
    old: LedgerRow | None,
    refused: str | None,
    now: dt.datetime,
    deadline: float,
) -> LedgerRow | None:
    """The file's new ledger row, or None where nothing changed."""
    modified = _modified_at(status.st_mtime_ns)
    size = 0 if refused else status.st_size
    is_known = old is not None and old.state in ("present", "refused") and old.reason not in _RECONSIDERED
    if old and is_known and (old.bytes, old.modified_at) == (size, modified) and (refused or os.access(full, os.R_OK)):
        return None
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
    low, high = ((bound - _EPOCH) // dt.timedelta(microseconds=1) for bound in _TIMES)
    return _EPOCH + dt.timedelta(microseconds=min(max(nanoseconds // 1000, low), high))


def _settled_digest(full: str, status: os.stat_result, deadline: float) -> tuple[str, os.stat_result] | None:
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

    Hidden files and the inbox's own README are no drops. Links are followed only to files inside the inbox.
    """
    root = os.path.realpath(raw) + os.sep

    def folder(directory: str, prefix: str) -> Iterator[tuple[str, os.DirEntry[str], str | None]]:
        with os.scandir(directory) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
        for entry in entries:
            path = prefix + ledger_path(entry.name)
            if entry.name.startswith(".") or (not prefix and entry.name.lower() == "readme.md"):
                continue
            if entry.is_symlink():
                target = os.path.realpath(entry.path)  # of a link that leads to itself: that link
                inside = target.startswith(root) and os.path.isfile(target)  # noqa: PTH113
                yield path, entry, None if inside else "link_outside"
            elif entry.is_dir():
                if os.path.splitext(entry.name)[1] in _DROP_SUFFIXES:  # noqa: PTH122
                    yield path, entry, "is_directory"
                try:
                    yield from folder(entry.path, path + "/")
                except PermissionError:
                    yield path, entry, "unreadable"
                except (FileNotFoundError, NotADirectoryError):
                    pass  # it vanished between listing and looking: its files are gone
            elif entry.is_file():
                yield path, entry, None
            else:
                yield path, entry, "not_a_file"

    yield from folder(str(raw), "")


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
    """The name as text: bytes that are not UTF-8 become \\xNN."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


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
    """The file at the ledger's path, whose \\xNN may stand for bytes of its name that were not UTF-8."""
    try:
        return FileIO(f"{raw}/{path}")
    except FileNotFoundError:
        if "\\x" not in path:
            raise
        return FileIO(f"{raw}/" + _ESCAPED.sub(lambda match: chr(0xDC00 + int(match[1], 16)), path))


def inbox_digest(pairs: list[tuple[str, str]]) -> str:
    """Hash of what went into a day: its (path, sha256 or reason) pairs. due_days.sql reckons the same."""
    lines = "\n".join(sorted(f"{path}:{content}" for path, content in pairs))
    return hashlib.sha256(lines.encode()).hexdigest()
