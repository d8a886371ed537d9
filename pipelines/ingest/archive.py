"""Members of zip and tar archives. Nothing is ever written: a member's name is only a name here.

A member whose name would lead out of a folder is refused all the same: an archive like that is no news archive.
Folders, hidden files and what macOS and Windows leave behind (__MACOSX, .DS_Store, Thumbs.db) are passed over, as the
inbox passes over hidden files. Of a name that comes several times each is read; the later ones are numbered.
"""

import io
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from pipelines.ingest.limits import Limits
from pipelines.ingest.patience import TooSlow, within
from pipelines.ingest.refused import Refused, said
from pipelines.ingest.unpack import Room

_OFFICE = re.compile(r"\[Content_Types\]\.xml|META-INF/(?:MANIFEST\.MF|manifest\.xml|container\.xml)")
_CRAWLED = re.compile(r"archive/[^/]+\.warc(?:\.gz)?")
_DIGITS = re.compile(rb"\d{100}")
_FURNITURE = {"__MACOSX", "Thumbs.db", "desktop.ini"}
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2}
_ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError,
    # Not documented; found by damaging archives: fields that point outside, sizes that are none, text that is no UTF-8.
    ValueError, IndexError, struct.error, OverflowError, RuntimeError,
)  # fmt: skip
_TAR_ERRORS = (
    tarfile.TarError, EOFError, OSError,
    # Not documented, likewise found: numbers that are none, names of names without end.
    ValueError, IndexError, KeyError, struct.error, OverflowError, RecursionError, AttributeError, TypeError,
)  # fmt: skip


class Member(NamedTuple):
    """A member by name, its size as the archive says, and its bytes or why there are none."""

    name: str
    size: int
    data: bytes | Refused


class Zip:
    """A zip archive, or a WACZ: a crawl, told by its datapackage.json, of which only the WARC files are members.

    Raises Refused where its list of members can't be read.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        if data.count(b"PK\x01\x02") > limits.members:  # counted first, for the list of them is made in one go
            raise Refused("too_many_members", f"more than {limits.members} members")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _ZIP_ERRORS as error:
            raise Refused("damaged_archive", f"zip: {said(error)}") from error
        self._infos = self._archive.infolist()
        names = {info.filename for info in self._infos}
        if any(map(_OFFICE.fullmatch, names)):
            raise Refused("binary", "an office document, book or program: a zip of parts that belong together")
        self.packing = "zip"
        if "datapackage.json" in names and any(map(_CRAWLED.fullmatch, names)):
            self.packing = "wacz"
            self._infos = [info for info in self._infos if _CRAWLED.fullmatch(info.filename)]

    def members(self, room: Room) -> Iterator[Member]:
        """The members in the archive's order. Raises Refused where there is no room for more."""
        names = _Names()
        for info in self._infos:
            name = _zip_name(info)
            if not name.endswith("/") and not _is_furniture(name):
                yield Member(names.add(name), info.file_size, self._content(info, name, room))

    def _content(self, info: zipfile.ZipInfo, name: str, room: Room) -> bytes | Refused:
        if refused := _unsafe(name):
            return refused
        if info.flag_bits & 0x1:
            return Refused("encrypted", "the member is encrypted")
        if info.compress_type not in _METHODS:
            return Refused("unsupported_packing", f"zip's method {info.compress_type}")
        if (info.external_attr >> 16) & 0o170000 == 0o120000:
            return Refused("unsafe_member", "a symbolic link")
        try:
            with self._archive.open(info) as file:
                content = file.read(room.left + 1)
        except _ZIP_ERRORS as error:
            return Refused("damaged_archive", f"zip: {said(error)}")
        room.take(len(content), name)
        return content


class Tar:
    """A tar archive."""

    packing = "tar"

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data, self._limits = data, limits

    def members(self, room: Room) -> Iterator[Member]:
        """The members in the archive's order. Raises Refused behind the last one where the rest can't be read.

        They lie there as they are: of the room nothing is taken.
        """
        names, at = _Names(), -1
        try:
            self._look_ahead(0)  # opening reads the first header
            archive = tarfile.open(fileobj=io.BytesIO(self._data), mode="r:")  # noqa: SIM115 - holds no file
            while info := self._next(archive):
                archive.members.clear()  # type: ignore[attr-defined]  # it would remember each one
                if info.offset_data <= at:
                    raise Refused("damaged_archive", "tar: a member that lies before the one before it")
                at = info.offset_data
                name = info.name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
                if not info.isdir() and not _is_furniture(name):
                    yield Member(names.add(name), info.size, self._content(info, name))
        except _TAR_ERRORS as error:
            raise Refused("damaged_archive", f"tar: {said(error)}") from error
        if self._data[archive.offset :].strip(b"\x00"):  # tarfile takes a header that it can't read for the end
            raise Refused("damaged_archive", f"tar: nothing can be read from byte {archive.offset} on")

    def _next(self, archive: tarfile.TarFile) -> tarfile.TarInfo | None:
        self._look_ahead(archive.offset)
        try:
            with within(self._limits.document_seconds):  # tarfile can be kept busy without end by what a header says
                return archive.next()
        except TooSlow:
            raise Refused("too_slow", "tar: reading the next member's header takes too long") from None

    def _look_ahead(self, at: int) -> None:
        """Refuses extended headers with long rows of digits: on those, tarfile's search takes time without end, which
        no timer can stop (CVE-2024-6232, in Python up to 3.11.9 and 3.12.5)."""
        while (kind := self._data[at + 156 : at + 157]) in (b"x", b"g", b"X", b"L", b"K"):
            size = max(0, int(self._data[at + 124 : at + 136].strip(b" \x00") or b"0", 8))
            if kind not in b"LK" and _DIGITS.search(self._data, at + 512, at + 512 + size):
                raise Refused("damaged_archive", f"tar: the extended header at byte {at} is none")
            at += 512 + -(-size // 512) * 512

    def _content(self, info: tarfile.TarInfo, name: str) -> bytes | Refused:
        if refused := _unsafe(name):
            return refused
        if not info.isreg() or info.issparse():
            return Refused("unsafe_member", "a link, a device or a file with holes")
        end = info.offset_data + info.size
        if info.size < 0 or end > len(self._data):
            return Refused("damaged_archive", f"tar: {info.size} bytes, not all of which are there")
        return self._data[info.offset_data : end]


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name as it stands; without the flag for UTF-8 it is UTF-8 all the same, or else code page 437."""
    name = info.orig_filename
    if not info.flag_bits & 0x800:
        try:
            return name.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass
    return name


class _Names:
    """Names of an archive's members, made to differ. '!' is kept for the way into containers."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def add(self, name: str) -> str:
        name = re.sub("[\x00-\x1f\x7f-\x9f\ud800-\udfff]", "\ufffd", name).replace("!", "%21").removeprefix("./")
        count = self._counts[name] = self._counts.get(name, 0) + 1
        return name if count == 1 else self.add(f"{name}#{count}")


def _unsafe(name: str) -> Refused | None:
    """The refusal of a name that leads elsewhere than below a folder."""
    if "\x00" in name or "\\" in name or name.startswith("/") or re.match("[A-Za-z]:", name):
        return Refused("unsafe_member", "its name is no path below a folder")
    if ".." in name.split("/"):
        return Refused("unsafe_member", "its name leads out of the folder")
    return None


def _is_furniture(name: str) -> bool:
    if _unsafe(name):
        return False
    parts = name.split("/")
    return any(part in _FURNITURE or (part.startswith(".") and part.strip(".")) for part in parts)
