"""A thousand hostile files on one day: the run ends, what is news is published, and nothing is written elsewhere.

Each file comes with what may become of it. The files are made from a seed, so that a failure can be seen again.
"""

import bz2
import gzip
import hashlib
import io
import json
import lzma
import os
import random
import resource
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache, partial
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pytest

DAY = "2020-02-03"
FILES = 1000
DAMAGED = {"damaged_packing", "damaged_archive"}
BOMBS = {"bomb", "too_large"}
PAGES = {"article", "no_text_in_page"}


class Hostile(NamedTuple):
    """A file, what must become of something in it, and what else may: reasons of rejects, or 'article'."""

    ending: str
    data: bytes
    must: set[str]
    may: set[str]


class Maker:
    """Makes hostile files; `outside` is a place that absolute names point to."""

    def __init__(self, seed: int, outside: Path) -> None:
        self.rng, self.outside, self.serial = random.Random(seed), outside, 0

    def story(self) -> str:
        """News that nobody else has."""
        self.serial += 1
        number = self.serial
        return (
            f"Harbour number {number} reopens after the storm\n\nThe harbour of Izmir opened berth {number} again on "
            f"Monday, the port authority said. Ferries to Chios sail {number} times a week.\n\n“We waited long,” a "
            "captain said on the quay.\n"
        )

    def files(self) -> Iterator[Hostile]:
        """One of each kind over and over, without end."""
        kinds = [
            value
            for name in sorted(dir(type(self)))
            if name.startswith("a_") and callable(value := getattr(self, name))
        ]
        while True:
            for kind in kinds:
                yield kind()

    def cut(self, data: bytes) -> bytes:
        """The same, broken off somewhere in its second half."""
        return data[: self.rng.randint(len(data) // 2, len(data) - 12)]

    def a_text(self) -> Hostile:
        return Hostile("txt", self.story().encode(), {"article"}, set())

    def a_text_cut_inside_a_character(self) -> Hostile:
        data = self.story().encode()
        return Hostile("txt", data[: data.index("“".encode()) + 1], {"article"}, set())

    def a_text_in_two_encodings(self) -> Hostile:
        data = self.story().encode() + "Größere Schäden – so die Behörde – gab es nicht.\n".encode("cp1252")
        return Hostile("txt", data, {"article"}, set())

    def a_text_without_its_mark(self) -> Hostile:
        return Hostile("txt", self.story().replace("“", '"').replace("”", '"').encode("utf-16-be"), {"article"}, set())

    def a_text_with_a_false_mark(self) -> Hostile:
        return Hostile("txt", b"\xff\xfe" + self.story().encode(), {"article"}, {"binary"})

    def a_text_of_control_characters(self) -> Hostile:
        return Hostile(
            "txt", self.story().replace("Ferries", "Fer\x00ries\x1b[31m\x9b").encode(), {"article"}, {"binary"}
        )

    def a_text_of_one_line(self) -> Hostile:
        return Hostile("txt", self.story().encode() + b"a" * 200_000, {"article"}, set())

    def a_text_of_marks_above_marks(self) -> Hostile:
        return Hostile("txt", (self.story() + "e" + "\u0301" * 20_000).encode(), {"article"}, set())

    def a_text_that_says_it_is_a_table(self) -> Hostile:
        return Hostile("csv", self.story().encode(), {"article"}, set())

    def a_blank_file(self) -> Hostile:
        return Hostile("txt", self.rng.choice((b"", b" \n\t", b"\xef\xbb\xbf", "\u2003\n".encode())), {"empty"}, set())

    def a_noise(self) -> Hostile:
        return Hostile(self.rng.choice(("txt", "gz", "zip")), b"\x02" + self.rng.randbytes(3000), {"binary"}, set())

    def a_picture_named_as_text(self) -> Hostile:
        return Hostile("txt", b"\x89PNG\r\n\x1a\n" + self.rng.randbytes(500), {"binary"}, set())

    def a_program(self) -> Hostile:
        return Hostile("html", b"\x7fELF\x02\x01\x01" + bytes(500) + self.rng.randbytes(500), {"binary"}, set())

    def a_page_named_as_text(self) -> Hostile:
        return Hostile("txt", page(self.story()).encode(), {"article"}, set())

    def a_page_nested_deep(self) -> Hostile:
        return Hostile("html", b"<html><body>" + b"<div>" * 5000 + page(self.story()).encode(), set(), PAGES)

    def a_page_broken_off(self) -> Hostile:
        return Hostile("html", self.cut(page(self.story()).encode()), set(), PAGES)

    def a_page_of_nothing(self) -> Hostile:
        return Hostile("html", b"<html><script>" + b"x();" * 1000, {"no_text_in_page"}, set())

    def a_page_that_lies_about_its_encoding(self) -> Hostile:
        data = page(self.story()).replace("utf-8", "utf-16").encode()
        return Hostile("html", data, {"article"}, set())

    def a_page_with_entities_that_grow(self) -> Hostile:
        laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
        file = '<!ENTITY file SYSTEM "file:///etc/hostname">'
        head = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "ha">{file}{laughs}]>'
        data = f"{head}<html><body><p>&l11; &file;</p>{page(self.story())}</body></html>".encode()
        return Hostile("html", data, set(), PAGES)

    def a_record_broken_off(self) -> Hostile:
        return Hostile(
            "json", self.cut(json.dumps({"title": "x", "text": self.story()}).encode()), {"damaged_json"}, set()
        )

    def a_record_nested_deep(self) -> Hostile:
        data = self.rng.choice((b"[", b'{"a":')) * 50_000
        return Hostile("json", data, set(), {"nested_too_deep", "damaged_json"})

    def a_record_of_odd_values(self) -> Hostile:
        data = b'{"title": NaN, "text": 1e999, "body": [[]], "url": {"a": "\\ud800"}}'
        return Hostile("json", data, {"no_text"}, set())

    def a_record_named_as_page(self) -> Hostile:
        record = {"title": "\ud800", "text": self.story() + "\x00", "date": "99999-99-99"}
        return Hostile("html", json.dumps(record).encode(), {"article"}, set())

    def a_feed_with_a_damaged_line(self) -> Hostile:
        lines = [json.dumps({"text": self.story()}), '{"text": "cut', json.dumps({"text": self.story()}), "7"]
        return Hostile("jsonl", "\n".join(lines).encode(), {"article", "damaged_json"}, {"no_text"})

    def a_table_with_an_open_quote(self) -> Hostile:
        text = self.story().replace("\n", " ")
        data = f'title,text,date\n"Harbour","{text}",2020-02-01\n"Open,{text},x\n'.encode()
        return Hostile("csv", data, set(), {"article", "damaged_row", "no_text"})

    def a_mail_within_mails(self) -> Hostile:
        head = "From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        depth = self.rng.choice((3, 300))
        parts = "".join(
            f"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n" for level in range(depth)
        )
        data = f"{head}{parts}Content-Type: text/plain\r\n\r\n{self.story()}"
        return Hostile("eml", data.encode(), set(), {"article", "damaged_mail", "no_text"})

    def a_mail_that_lies(self) -> Hostile:
        data = (
            "From: a@b.example\nMessage-ID: <1@b.example>\nSubject: =?rot13?b?AAAA?= =?utf-8?q?=00=ff?=\nDate: Never\n"
            "MIME-Version: 1.0\nContent-Type: text/plain; charset=../../etc\nContent-Transfer-Encoding: base64\n\n"
            "not base64 at all, but = all the same\n"
        )
        return Hostile("eml", data.encode(), set(), {"article", "damaged_mail", "no_text", "binary"})

    def a_packing_broken_off(self) -> Hostile:
        pack = self.rng.choice((gzip.compress, bz2.compress, lzma.compress))
        return Hostile("gz", pack(self.story().encode() * 30)[:-20], {"damaged_packing"}, set())

    def a_packing_with_a_flipped_bit(self) -> Hostile:
        data = bytearray(gzip.compress(self.story().encode()))
        data[-6] ^= 4  # in its checksum
        return Hostile("gz", bytes(data), {"damaged_packing"}, set())

    def a_packing_named_as_text(self) -> Hostile:
        return Hostile("txt", gzip.compress(self.story().encode()), {"article"}, set())

    def a_packing_in_packings(self) -> Hostile:
        data = self.story().encode()
        for _ in range(12):
            data = gzip.compress(data)
        return Hostile("gz", data, {"nested_too_deep"}, set())

    def a_packing_of_very_much(self) -> Hostile:
        return Hostile("gz", self.rng.choice(bombs()), set(), BOMBS | {"binary"})

    def a_zip_broken_off(self) -> Hostile:
        return Hostile("zip", self.cut(zipped({"a.txt": self.story().encode() * 9})), {"damaged_archive"}, set())

    def a_zip_that_leads_out(self) -> Hostile:
        members = {
            name: self.story().encode()
            for name in (
                "../../escape.txt",
                "../" * 9 + "escape.txt",
                f"{self.outside}/escape.txt",
                "a/../../escape.txt",
            )
        }
        members |= {"..\\escape.txt": b"out", "C:\\escape.txt": b"out", "good.txt": self.story().encode()}
        return Hostile("zip", zipped(members), {"article", "unsafe_member"}, set())

    def a_zip_with_a_link(self) -> Hostile:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            link = zipfile.ZipInfo("link")
            link.external_attr = 0o120777 << 16
            archive.writestr(link, str(self.outside))
            archive.writestr("link/escape.txt", self.story())
        return Hostile("zip", target.getvalue(), {"unsafe_member"}, {"article"})

    def a_zip_that_is_locked(self) -> Hostile:
        data = bytearray(zipped({"a.txt": self.story().encode()}))
        data[6] |= 1
        data[data.index(b"PK\x01\x02") + 8] |= 1
        return Hostile("zip", bytes(data), {"encrypted"}, set())

    def a_zip_of_very_much(self) -> Hostile:
        return Hostile("zip", zipped({f"{n}.txt": bytes(4_000_000) for n in range(5)}), set(), BOMBS | {"binary"})

    def a_zip_whose_members_overlap(self) -> Hostile:
        return Hostile("zip", overlapping(300), set(), BOMBS | DAMAGED | {"binary"})

    def a_zip_in_zips(self) -> Hostile:
        data = self.story().encode()
        for level in range(9):
            data = zipped({f"{level}.zip": data, f"{level}.txt": self.story().encode()})
        return Hostile("zip", data, {"nested_too_deep", "article"}, set())

    def a_zip_of_equal_names(self) -> Hostile:
        members = zipped({"a.txt": self.story().encode(), "b.txt": self.story().encode()})
        return Hostile("zip", members.replace(b"b.txt", b"a.txt"), {"article"}, DAMAGED)

    def a_zip_named_as_table(self) -> Hostile:
        return Hostile("csv", zipped({"story.txt": self.story().encode()}), {"article"}, set())

    def a_tar_that_leads_out(self) -> Hostile:
        links = {"link": str(self.outside), "up": "../.."}
        files = {"link/escape.txt": self.story(), "up/escape.txt": self.story(), "../../escape.txt": self.story()}
        files |= {f"{self.outside}/escape.txt": self.story(), "good.txt": self.story()}
        return Hostile("tar", tarred(files, links), {"article", "unsafe_member"}, set())

    def a_tar_of_devices(self) -> Hostile:
        target = io.BytesIO()
        with tarfile.open(fileobj=target, mode="w") as archive:
            for kind in (tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.LNKTYPE):
                entry = tarfile.TarInfo(f"device-{kind.decode()}")
                entry.type, entry.linkname = kind, "/etc/hostname"
                archive.addfile(entry)
        return Hostile("tar", target.getvalue(), {"unsafe_member"}, set())

    def a_tar_broken_off(self) -> Hostile:
        data = gzip.compress(tarred({"a.txt": self.story(), "b.txt": self.story() * 20}, {}))
        return Hostile("tgz", data[:-30], set(), {"article"} | DAMAGED)

    def a_tar_that_lies_about_sizes(self) -> Hostile:
        data = bytearray(tarred({"a.txt": self.story()}, {}))
        data[124:136] = b"77777777777\0"
        data[148:156] = b" " * 8
        data[148:156] = b"%06o\0 " % sum(data[:512])
        return Hostile("tar", bytes(data), {"damaged_archive"}, set())

    def a_web_archive_that_lies(self) -> Hostile:
        length = self.rng.choice(("-1", "99999999999999999999", "x", "10"))
        head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {length}\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
        may = {"article", "damaged_archive", "empty", "no_text_in_page"}
        return Hostile("warc", (head + page(self.story())).encode(), set(), may)

    def a_pdf_in_a_circle(self) -> Hostile:
        data = (
            b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [2 0 R 2 0 R"
            b"] /Count 999999999 /Parent 2 0 R >>\nendobj\ntrailer\n<< /Root 1 0 R /Prev 0 >>\nstartxref\n0\n%%EOF\n"
        )
        may = {"damaged_pdf", "no_text_in_pdf", "too_slow", "pdf_needs_extra"}
        return Hostile("pdf", data + self.rng.randbytes(9), set(), may)


@cache
def bombs() -> list[bytes]:
    """Files of some 40 KB that unpack to some 16 MB."""
    units = (b"\0\0\0\0", b"<p>x", b"{}\n")
    return [pack(unit * 4_000_000) for pack, unit in product((partial(gzip.compress, compresslevel=1), zstd), units)]


def zstd(data: bytes) -> bytes:
    return bytes(pa.Codec("zstd").compress(data, asbytes=True))


def page(story: str) -> str:
    """A page around the story."""
    title, *paragraphs = story.split("\n\n")
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body><article><h1>{title}</h1>'
        f"{body}</article></body></html>"
    )


def zipped(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


def tarred(files: dict[str, str], links: dict[str, str]) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for name, to in links.items():
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = tarfile.SYMTYPE, to
            archive.addfile(entry)
        for name, text in files.items():
            data = text.encode()
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return target.getvalue()


def overlapping(count: int) -> bytes:
    """A zip of so many members that all lie in the same place (D. Fifield, A better zip bomb, 2019)."""
    content = bytes(1_000_000)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    sizes = struct.pack("<III", zlib.crc32(content), len(packed), len(content))
    local = struct.pack("<IHHHHH", 0x04034B50, 20, 0, 8, 0, 33) + sizes + struct.pack("<HH", 1, 0) + b"a" + packed
    entry = struct.pack("<IHHHHHH", 0x02014B50, 20, 20, 0, 8, 0, 33) + sizes
    entry += struct.pack("<HHHHHII", 1, 0, 0, 0, 0, 0, 0) + b"a"
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(entry) * count, len(local), 0)
    return local + entry * count + end


def listing(folder: Path, *without: Path) -> dict[str, tuple[int, int, str]]:
    """Every path below the folder, of files with size, time and where a link leads; some folders are left out."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if not {path, *path.parents}.intersection(without):
            status = path.lstat()
            is_folder = path.is_dir() and not path.is_symlink()
            found[str(path)] = (0, 0, "") if is_folder else (status.st_size, status.st_mtime_ns, os.path.realpath(path))
    return found


@pytest.mark.slow
def test_a_thousand_hostile_files_on_one_day(tmp_path, new_house, monkeypatch, record_property):
    from warehouse import inbox

    house = new_house("some/where/deep")
    outside, work, temp = (tmp_path / name for name in ("outside", "work/ing/here", "temp"))
    for folder in (outside, work, temp):
        folder.mkdir(parents=True)
    expected: dict[str, tuple[set[str], set[str]]] = {}
    made = Maker(20, outside).files()
    for number in range(FILES - 12):
        hostile = next(made)
        path = f"post/{DAY}/{number:04d}.{hostile.ending}"
        house.drop(path, hostile.data)
        expected[path] = hostile.must, hostile.may

    story = Maker(0, outside)
    story.serial = 10**6
    for name in ("-rf", "we ird\\n'; DROP TABLE drops;--.txt", "a\nb.txt", "x" * 250, "%2e%2e%2f.txt", "CON.txt"):
        house.drop(f"post/{DAY}/{name}", story.story())
        expected[f"post/{DAY}/{name}"] = {"article"}, set()
    sparse = house.drop(f"post/{DAY}/sparse.txt", b"")
    os.truncate(sparse, 1024**3)
    os.utime(sparse, (1_600_000_000, 1_600_000_000))
    expected[f"post/{DAY}/sparse.txt"] = {"too_large"}, set()
    day = house.raw / "post" / DAY
    (day / "out.txt").symlink_to(outside)
    (day / "self.txt").symlink_to(day / "self.txt")
    (day / "folder.txt").mkdir()
    os.mkfifo(day / "pipe.txt")
    house.drop(f"post/{DAY}/closed.txt", story.story())
    house.drop(f"post/{DAY}/future.txt", story.story(), age_seconds=-(10**9))
    for name, reason in {
        "out.txt": "link_outside", "self.txt": "link_outside", "folder.txt": "is_directory", "pipe.txt": "not_a_file",
        "closed.txt": "unreadable", "future.txt": "article",
    }.items():  # fmt: skip
        expected[f"post/{DAY}/{name}"] = {reason}, set()

    digest = inbox._digest

    def refuse(full: str) -> str:  # root, as whom tests often run, may read everything
        if full.endswith("closed.txt"):
            raise PermissionError(13, "Permission denied", full)
        return digest(full)

    monkeypatch.setattr(inbox, "_digest", refuse)
    monkeypatch.setattr(tempfile, "tempdir", str(temp))
    monkeypatch.chdir(work)
    before, peak = listing(tmp_path, house.lake, temp), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert not house.publish([DAY]).problems
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak) / 1024
    record_property("peak_grew_mb", round(grown))
    print(f"{len(expected)} hostile files; the peak of memory grew by {grown:.0f} MB")

    assert listing(tmp_path, house.lake, temp) == before, "something was written outside of the lake"
    assert not [path for path in temp.rglob("*") if not path.is_dir()], "something was left behind"
    assert not [path for path in house.lake.rglob("*") if "escape" in path.name]
    became: dict[str, set[str]] = {path: set() for path in expected}
    for row in house.query("SELECT path, status AS what FROM drops WHERE status <> 'rejected'"):
        became[row["path"]].add(row["what"])
    for row in house.query("SELECT path, reason AS what FROM rejects"):
        became[row["path"]].add(row["what"])
    wrong = {
        path: (sorted(became[path]), sorted(must), sorted(may))
        for path, (must, may) in expected.items()
        if not (must <= became[path] <= must | may and became[path])
    }
    assert not wrong, f"{len(wrong)} files, for example {dict(list(wrong.items())[:12])}"
    assert len(expected) >= FILES
    assert house.due() == [], "a second run would have nothing to do"
    assert grown < 1000
    texts = house.query("SELECT text FROM drops WHERE status = 'article'")
    assert not [row for row in texts if "root:x" in row["text"] or "\x00" in row["text"]]
    ids = house.query("SELECT count(*) AS rows, count(DISTINCT document_id) AS ids FROM drops")[0]
    assert ids["rows"] == ids["ids"]
    hashes = {hashlib.sha256(row["text"].encode()).hexdigest() for row in texts}
    assert len(hashes) == len(texts)
