"""What bytes are, told by themselves."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile

import pytest

from pipelines.ingest.sniff import declared_encoding, kind_of_bytes, kind_of_text


def old_tar():
    """A header as it was before there was a magic: told by its checksum alone."""
    data = bytearray(tarfile.TarInfo("a.txt").tobuf(tarfile.USTAR_FORMAT))
    data[257:265] = bytes(8)
    data[148:156] = b" " * 8
    data[148:156] = b"%06o\0 " % sum(data[:512])
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (gzip.compress(b"x"), "gzip"),
        (bz2.compress(b"x"), "bzip2"),
        (bz2.compress(b""), "bzip2"),
        (lzma.compress(b"x"), "xz"),
        (b"\x28\xb5\x2f\xfd", "zstd"),
        (struct.pack("<II", 0x184D2A53, 0), "zstd"),
        (b"PK\x03\x04", "zip"),
        (tarfile.TarInfo("a").tobuf(), "tar"),
        (old_tar(), "tar"),
        (b"WARC/1.1\r\n", "warc"),
        (b"%PDF-1.7", "pdf"),
        (b' \n\xef\xbb\xbf{"a": 1}', "text"),
        (b'\xef\xbb\xbf\n{"a": 1}', "json"),
        (b"BZh is no packing here", "text"),
        (b"PK is a name", "text"),
        (b"WARC/ is a format", "text"),
        (b"%PDF is a format", "text"),
        (b"Zebras and so on", "text"),
        (b"x" * 257 + b"ustar", "text"),
        (io.BytesIO().getvalue(), "text"),
    ],
)
def test_bytes_are_told_by_how_they_begin(data, kind):
    assert kind_of_bytes(data) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<!DOCTYPE html><p>x", "html"),
        ("\n <HTML lang=en>", "html"),
        ("<!-- a --><!-- b --><html>", "html"),
        ('<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>', "html"),
        ("<div class=x><p>x</p></div>", "html"),
        ("<p>One</p>", "html"),
        ("<p>One", "text"),
        ("<unknown>x</unknown>", "text"),
        ("<rss version='2.0'>", "feed"),
        ("<?xml version='1.0'?>\n<?xml-stylesheet href='x'?>\n<!-- x -->\n<feed xmlns='x'>", "feed"),
        ("<?xml version='1.0'?><nitf>", "xml"),
        ("<?xml version='1.0'?", "xml"),
        ("<3 this story", "text"),
        ("A story with <html> in it", "text"),
    ],
)
def test_text_is_told_by_its_first_tag(text, kind):
    assert kind_of_text(text) == kind


def test_many_comments_at_the_top_take_no_time():
    assert kind_of_text("<!---->" * 500 + "<html>") == "html"
    assert kind_of_text("<!-- -->" * 10_000) == "text"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"<meta charset=utf-8>", "utf-8"),
        (b"<html><META HTTP-EQUIV=x content='text/html; charset=koi8-r'>", "koi8-r"),
        (b"<?xml version='1.0' encoding='ISO-8859-2'?>", "ISO-8859-2"),
        (b"A story of <meta charset=utf-8>", None),
        (b"<html><body>charset=utf-8", None),
    ],
)
def test_a_page_may_name_its_encoding(data, encoding):
    assert declared_encoding(data) == encoding
