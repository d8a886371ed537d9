"""Inputs out of inputs: blind changes of bytes, words of the formats, and changes made inside of packings.

A changed packed stream is damaged nearly always, so what is packed is unpacked, changed and packed again in most
cases; only then are the readers behind it reached.
"""

import bz2
import gzip
import io
import lzma
import random
import re
import struct
import tarfile
import warnings
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress

import pyarrow as pa

from tests.fuzz.make_seeds import tarred, warc_response, zipped, zstd

LARGEST = 24 * 1024
"""Bytes of an input, but for the rare bomb: what a reader does wrong it does wrong on few."""
BOMB = 24 * 1024 * 1024
WORDS = {
    "text": [
        b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff", b"\x00", b"\r", b"\n\n",
        b"\x85", b"\x0c", b"\xe2\x80\xa8", b"\xed\xa0\x80", b"\x1b$B", b"\xf4\x90\x80\x80", b"+ADw-",
        b"MGARR, Malta, Feb 5 (QNA) - ", b"By ", b"https://", b"5 February 2020", b"31 Feb 0000", b"Photo: ", b"% ",
        b"\xe2\x80\x8b", b"\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81",
    ],
    "json": [
        b"{", b"}", b"[", b"]", b'"', b",", b":", b"null", b"NaN", b"-Infinity", b"1e999", b"9" * 5000, b"\\u0000",
        b"\\ud800", b"\\u", b'{"text": "x"}', b'"text"', b'"title"', b'"author": [{"name": ', b'"published"',
        b'"body": ', b"{}\n", b"[[",
    ],
    "html": [
        b"<!DOCTYPE html>", b"<html>", b"</html>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<p>", b"</p>", b"<div>",
        b"<table>", b"<td>", b"<script>", b"<style>", b"<svg>", b"<template>", b"<frameset>", b"<base href=", b"&#0;",
        b"&#xd800;", b"&#1;", b"&nbsp;", b"&#x110000;", b'<meta charset="utf-16">',
        b'<?xml version="1.0" encoding="utf-7"?>', b"<title>", b"<a href=", b"<!ENTITY x SYSTEM 'file:///etc/passwd'>",
        b"&x;", b"<time datetime=", b'<link rel="canonical" href="http://[">', b'<script type="application/ld+json">',
        b"<li>", b"<ul>", b"<br>", b"<article>", b"<h1>", b"<blockquote>", b"<pre>",
    ],
    "feed": [
        b'<?xml version="1.0"?>', b"<rss>", b"<feed>", b"<channel>", b"<item>", b"</item>", b"<entry>",
        b"<content:encoded>", b"<title>", b"<![CDATA[", b"]]>",
        b"<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>", b"&y;", b"<pubDate>", b"xmlns=''", b"<link href=",
        b'<content type="xhtml">', b"<?pi ?>", b"<!-- -->", b"<rdf:RDF>", b"&#0;", b"<a:b>", b"<author><name>",
    ],
    "csv": [
        b",", b";", b"\t", b'"', b'""', b"\r\n", b"\r", b"\n", b"title,text\n", b"text\n", b"\x00", b'"\n"', b"body",
    ],
    "warc": [
        b"WARC/1.0\r\n", b"WARC/1.1\r\n", b"WARC/0.18\n", b"Content-Length: 0\r\n", b"Content-Length: -1\r\n",
        b"\r\n\r\n", b"Content-Length: 99999999999\r\n", b"WARC-Type: response\r\n", b"WARC-Type: revisit\r\n",
        b"WARC-Type: resource\r\n", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 301 X\r\n", b"Transfer-Encoding: chunked\r\n",
        b"Content-Encoding: br\r\n", b"Content-Encoding: gzip\r\n", b"Content-Encoding: deflate\r\n",
        b"Content-Type: text/plain; charset=utf-7\r\n", b"WARC-Target-URI: \r\n", b"ffffffff\r\n", b"-1\r\n",
        b"Content-Type: application/pdf\r\n", b"WARC-Segment-Number: 2\r\n",
    ],
    "mail": [
        b"From ", b"\nFrom x@example.org Wed Feb  5 10:00:00 2020\n", b"Subject: ", b"=?utf-8?b?AAA?=", b"=?x?q?=00?=",
        b"--b1", b"--b1--", b"Content-Type: multipart/mixed; boundary=b1\r\n\r\n",
        b"Content-Type: message/rfc822\r\n\r\n", b"\r\n\r\n", b"Content-Transfer-Encoding: base64\r\n",
        b"Content-Transfer-Encoding: x-uuencode\r\n", b"charset=rot13", b"charset=idna",
        b"Content-Transfer-Encoding: quoted-printable\r\n", b"=3D=", b"boundary=", b"filename*=utf-8''..%2f..%2fx",
        b"charset=hex", b"Date: Wed, 99 Feb 99999 99:99:99 +9999\r\n",
        b"Content-Type: text/html; charset=unicode-escape\r\n", b"charset=undefined",
    ],
    "pdf": [
        b"%PDF-1.7\n", b"obj", b"endobj", b"stream\n", b"endstream", b"xref\n", b"trailer", b"startxref\n", b"%%EOF",
        b"<<", b">>", b"/Kids [2 0 R]", b"/Length 999999999", b"/Filter [/FlateDecode /FlateDecode]",
        b"/ASCIIHexDecode", b"/LZWDecode", b"/Count -1", b"/Count 999999999", b"2 0 R", b"/Encrypt 2 0 R", b"/ObjStm",
        b"/Prev 0", b"(\\000)", b"<FEFFD800>", b"/Type /Page", b"/ToUnicode 4 0 R", b"BT", b"ET", b"Tj", b"Tf",
        b"1e999", b"/MediaBox [0 0 1e30 1e30]", b"/JBIG2Decode", b"BI ID EI",
    ],
    "archive": [
        b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"\x1f\x8b\x08\x00", b"BZh9", b"\xfd7zXZ\x00",
        b"(\xb5/\xfd", b"ustar\x00", b"ustar  \x00", b"../", b"/", b"\xff\xff\xff\xff", b"\x00" * 512,
        b"././@LongLink", b"GNU.sparse.map=0,1\n", b"30 path=xxxxxxxxxxxxxxxxxxxxx\n", b"77777777777",
        b"\x80\x00\x00\x00\xff\xff\xff\xff",
    ],
}  # fmt: skip
"""Words of the formats; an archive's stand for all that is packed."""
_KIN = {
    "jsonl": "json", "tsv": "csv", "wacz": "archive", "gzip": "archive", "bzip2": "archive", "xz": "archive",
    "zstd": "archive", "zip": "archive", "tar": "archive",
}  # fmt: skip
_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0x7FFFFFFFFFFFFFFF)
_DAMAGED = (
    OSError, EOFError, ValueError, RuntimeError, LookupError, OverflowError, NotImplementedError, struct.error,
    zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError,
)  # fmt: skip
"""What unpacking an input raises that an earlier change has damaged."""
_NAMES = (
    "a.txt",
    "../../escape.txt",
    "/etc/x",
    "a/",
    "",
    "b.zip",
    "x" * 300,
    "caf\u00e9.txt",
    "a\nb.txt",
    "C:\\x.txt",
    "link@",
)


class Mutator:
    """Makes new inputs from the seeds and what was kept of those made before; all from one stream of draws."""

    def __init__(self, seed: int, reader: str | None = None) -> None:
        self.rng = random.Random(seed)
        self.words = [word for kind, words in WORDS.items() for word in words if reader in (None, kind)]
        self.words += WORDS.get(_KIN.get(reader or "", ""), [])

    def mutate(self, data: bytes, others: list[bytes]) -> bytes:
        """Another input like `data`; `others` are spliced in."""
        if self.rng.random() < 0.002:
            return self._bomb(data)
        if self.rng.random() < 0.08:
            data = self._wrapped(data)
        return self._inside(data, others, depth=0)[: 2 * LARGEST]

    def _inside(self, data: bytes, others: list[bytes], depth: int) -> bytes:
        """Changed behind its packing, or, in one case of six, the packing itself."""
        if depth < 4 and self.rng.random() < 0.84 and (packing := _packing(data)):
            with suppress(*_DAMAGED), warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a zip of equal names is what is wanted
                return packing(self, data, lambda inner: self._inside(inner, others, depth + 1))
        for _ in range(1 + int(self.rng.expovariate(0.6))):
            data = self._changed(data, others)[:LARGEST]
        return data

    def _changed(self, data: bytes, others: list[bytes]) -> bytes:
        """One blind change, at any place."""
        at = self.rng.randint(0, len(data))
        end = min(len(data), at + 1 + int(self.rng.expovariate(1 / 30)))
        head, piece, tail = data[:at], data[at:end], data[end:]
        ways: list[Callable[[], bytes]] = [
            lambda: head + _flipped(piece, self.rng) + tail,
            lambda: head + self.rng.randbytes(len(piece)) + tail,
            lambda: head,
            lambda: head + tail,
            lambda: head + piece * self.rng.choice((2, 2, 3, 10, 300)) + tail,
            lambda: head + self._part_of(others, to_the_end=True),
            lambda: head + self._part_of(others, to_the_end=False) + piece + tail,
            lambda: head + (number := self._number()) + data[at + len(number) :],
            lambda: head + self.rng.choice(self.words) * self.rng.choice((1, 1, 1, 1, 1, 2, 50, 2000)) + piece + tail,
            lambda: head + (word := self.rng.choice(self.words)) + data[at + len(word) :],
            lambda: head + re.sub(rb"\d", self._digits(), data[at:], count=1),
            lambda: _swapped(data.split(b"\n"), self.rng),
        ]
        return self.rng.choice(ways)()

    def _part_of(self, others: list[bytes], *, to_the_end: bool) -> bytes:
        other = self.rng.choice(others)
        start = self.rng.randint(0, len(other))
        return other[start:] if to_the_end else other[start : start + 1 + int(self.rng.expovariate(1 / 100))]

    def _number(self) -> bytes:
        """A number as formats of bytes write it: where lengths and places stand."""
        width, order = self.rng.choice((1, 2, 4, 8)), self.rng.choice(("little", "big"))
        return (self.rng.choice(_NUMBERS) % (1 << 8 * width)).to_bytes(width, order)

    def _digits(self) -> bytes:
        """A number as formats of text write it."""
        return str(self.rng.choice((-1, *_NUMBERS))).encode()

    def _wrapped(self, data: bytes) -> bytes:
        """The same in one more packing."""
        rng = self.rng
        name = rng.choice(_NAMES)
        ways: list[Callable[[], bytes]] = [
            lambda: gzip.compress(data, mtime=0),
            lambda: bz2.compress(data),
            lambda: lzma.compress(data, preset=0),
            lambda: zstd(data),
            lambda: zipped({name: data, "second.txt": b"The second."}, rng.choice((0, 8, 12, 14))),
            lambda: tarred(
                {name or "x": b"../../x" if name.endswith("@") else data, "b.txt": b"B."}, tarfile.GNU_FORMAT
            ),
            lambda: warc_response(data),
            lambda: b"From a@b Wed Feb  5 10:00:00 2020\nSubject: x\n\n" + data,
            lambda: b"From: a@b\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/html\n\n" + data,
            lambda: data * rng.randint(2, 4),
        ]
        return rng.choice(ways)()

    def _bomb(self, data: bytes) -> bytes:
        """Much of the same, packed small."""
        units = (self.rng.choice(self.words), b"{}\n", b"\n", b"a", b"<p>x", b'{"text":"x"}\n', data[:500] or b"x")
        unit = self.rng.choice(units)
        content = unit * (self.rng.choice((BOMB // 20, BOMB)) // len(unit))
        pack = self.rng.choice((gzip.compress, bz2.compress, zstd, lambda made: zipped({"a": made, "b": made})))
        return pack(content)


def _flipped(piece: bytes, rng: random.Random) -> bytes:
    return bytes([piece[0] ^ (1 << rng.randrange(8))]) + piece[1:] if piece else piece


def _swapped(lines: list[bytes], rng: random.Random) -> bytes:
    here, there = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[here], lines[there] = lines[there], lines[here]
    return b"\n".join(lines)


Change = Callable[[bytes], bytes]


def _packing(data: bytes) -> Callable[[Mutator, bytes, Change], bytes] | None:
    """How to get at what is packed in these bytes, if anything is."""
    if data.startswith(b"\x1f\x8b"):
        return _in_gzip
    if data.startswith(b"BZh"):
        return lambda _, packed, change: bz2.compress(change(bz2.BZ2Decompressor().decompress(packed, LARGEST)))
    if data.startswith(b"\xfd7zXZ"):
        return lambda _, packed, change: lzma.compress(
            change(lzma.LZMADecompressor(memlimit=1 << 26).decompress(packed, LARGEST)), preset=0
        )
    if data.startswith(b"\x28\xb5\x2f\xfd"):
        return lambda _, packed, change: zstd(
            change(pa.CompressedInputStream(pa.BufferReader(packed), "zstd").read(LARGEST))
        )
    if data.startswith(b"PK"):
        return _in_zip
    if data[257:262] == b"ustar":
        return _in_tar
    if b"\r\n\r\n" in data and data.startswith(b"WARC/"):
        return _in_warc
    return None


def _in_gzip(_: Mutator, data: bytes, change: Change) -> bytes:
    stream = zlib.decompressobj(wbits=31)
    inner = stream.decompress(data, LARGEST)
    return gzip.compress(change(inner), 1, mtime=0) + stream.unused_data


def _in_zip(mutator: Mutator, data: bytes, change: Change) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        entries = old.infolist()[:20]
        chosen = mutator.rng.randrange(len(entries)) if entries else 0
        for number, entry in enumerate(entries):
            with old.open(entry) as member:
                inner = member.read(LARGEST)
            name = mutator.rng.choice(_NAMES) if mutator.rng.random() < 0.05 else entry.filename
            copy = zipfile.ZipInfo(name)
            new.writestr(copy, change(inner) if number == chosen else inner, mutator.rng.choice((0, 8)))
    return target.getvalue()


def _in_tar(mutator: Mutator, data: bytes, change: Change) -> bytes:
    members = {}
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
        for entry in archive.getmembers()[:20]:
            content = archive.extractfile(entry) if entry.isreg() else None
            members[entry.name] = content.read(LARGEST) if content else b""
    if members:
        chosen = mutator.rng.choice(list(members))
        members[chosen] = change(members[chosen])
    return tarred(members, tarfile.GNU_FORMAT)


def _in_warc(_: Mutator, data: bytes, change: Change) -> bytes:
    """The first record's content changed, its length told truly."""
    head, _, rest = data.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"content-length")]
    length = next((line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), b":0")
    size = int(length.split(b":")[1])
    inner = change(rest[:size])
    return b"\r\n".join([*lines, b"Content-Length: %d" % len(inner), b"", inner]) + rest[size:]
