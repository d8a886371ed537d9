"""Packings and archives: streams in a row, damage, names that lead out, what is no file, bombs."""

import bz2
import gzip
import io
import lzma
import struct
import sys
import tarfile
import zipfile
import zlib

import pytest

from pipelines.ingest.archive import Tar, Zip
from pipelines.ingest.limits import Limits
from pipelines.ingest.refused import Refused
from pipelines.ingest.unpack import Room, unpack

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PACKERS = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zstd": lambda data: zstd.compress(data, options={zstd.CompressionParameter.checksum_flag: 1}),
}
TEXT = b"Beekeepers moved 340 hives to the cliffs of Gozo. " * 100
ROOM = 10_000_000


def room(size=ROOM):
    return Room(Limits(unpacked_bytes=size, document_bytes=size), 1)


def members(archive):
    """(name, bytes or reason) of everything in it, and the reason why it ended, if it did not end well."""
    found = []
    try:
        for name, _, data in archive.members(room()):
            found.append((name, data.reason if isinstance(data, Refused) else data))
    except Refused as refused:
        found.append((None, refused.reason))
    return found


def zipped(names, data=b"text", change=lambda info: None):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            info = zipfile.ZipInfo(name)
            change(info)
            archive.writestr(info, data)
    return target.getvalue()


def tarred(entries, form=tarfile.GNU_FORMAT):
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=form) as archive:
        for name, data in entries:
            entry = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return target.getvalue()


@pytest.mark.parametrize("packing", PACKERS)
def test_streams_in_a_row_are_one(packing):
    pack = PACKERS[packing]
    data = b"".join(pack(TEXT[start : start + 500]) for start in range(0, len(TEXT), 500))
    assert unpack(packing, data, room()) == (TEXT, None)


@pytest.mark.parametrize("packing", ["gzip", "xz"])
def test_zeros_behind_a_stream_are_padding(packing):
    assert unpack(packing, PACKERS[packing](TEXT) + bytes(8), room()) == (TEXT, None)


@pytest.mark.parametrize("packing", PACKERS)
@pytest.mark.parametrize("damage", ["cut", "flipped", "something behind"])
def test_damage_is_said_and_what_came_before_it_is_there(packing, damage):
    whole = PACKERS[packing](TEXT)
    second = bytearray(PACKERS[packing](TEXT[::-1]))
    second[len(second) // 2] ^= 0x55
    data = {"cut": whole + whole[:-5], "flipped": whole + bytes(second), "something behind": whole + b"text"}[damage]
    unpacked, refused = unpack(packing, data, room())
    assert refused.reason == "damaged_packing"
    assert unpacked.startswith(TEXT)


@pytest.mark.parametrize("packing", PACKERS)
def test_nothing_is_unpacked_beyond_the_room(packing):
    with pytest.raises(Refused) as caught:
        unpack(packing, PACKERS[packing](bytes(30_000_000)), room())
    assert caught.value.reason == "too_large"
    left = room(len(TEXT))
    assert unpack(packing, PACKERS[packing](TEXT), left).data == TEXT
    assert left.left == 0


def test_many_tiny_streams_take_no_time_to_speak_of():
    assert unpack("bzip2", bz2.compress(b"") * 20_000, room()) == (b"", None)


def test_a_dictionary_that_is_too_large_is_not_made():
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 29}]
    assert unpack("xz", lzma.compress(TEXT, filters=filters), room()).damage.reason == "damaged_packing"


@pytest.mark.parametrize(
    "name", ["../x", "a/../../x", "/x", "..", "C:x", "c:/x", "a\\b", "..\\x", "a\x00b", "//host/x", "./../x"]
)
def test_a_name_that_leads_out_is_refused(name):
    # A placeholder of the same length: zipfile mends some names as it writes them.
    data = zipped(["n" * len(name)]).replace(b"n" * len(name), name.encode())
    assert [what for _, what in members(Zip(data, Limits()))] == ["unsafe_member"]
    if "\x00" not in name:
        assert [what for _, what in members(Tar(tarred([(name, b"text")]), Limits()))] == ["unsafe_member"]


def test_folders_hidden_files_and_leftovers_are_passed_over():
    names = ["a/", "a/.hidden", ".git/config", "__MACOSX/a.txt", "a/.DS_Store", "Thumbs.db", "./a/b.txt", "a/..c"]
    assert members(Zip(zipped(names), Limits())) == [("a/b.txt", b"text")]


def test_a_name_that_is_utf_8_without_saying_so_is_read_as_such():
    data = zipped(["cafxx.txt"]).replace(b"cafxx", "café".encode())
    assert members(Zip(data, Limits())) == [("café.txt", b"text")]
    data = zipped(["cafx.txt"]).replace(b"cafx", "café".encode("cp437"))
    assert members(Zip(data, Limits())) == [("café.txt", b"text")]


def test_members_that_cannot_be_had_have_their_reasons_and_the_others_are_read():
    def link(info):
        info.external_attr = 0o120777 << 16

    assert members(Zip(zipped(["a"], change=link), Limits())) == [("a", "unsafe_member")]
    data = bytearray(zipped(["a", "b"]))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert members(Zip(bytes(data), Limits())) == [("a", "encrypted"), ("b", b"text")]
    data = bytearray(zipped(["a", "b"]))
    data[data.index(b"PK\x01\x02") + 10] = 97
    assert members(Zip(bytes(data), Limits())) == [("a", "unsupported_packing"), ("b", b"text")]
    data = zipped(["a", "b"]).replace(b"atext", b"atezt")
    assert members(Zip(data, Limits())) == [("a", "damaged_archive"), ("b", b"text")]


def test_a_zip_whose_list_is_lost_is_refused_whole():
    for data in (zipped(["a"])[:-30], b"PK\x03\x04", b"PK\x05\x06"):
        with pytest.raises(Refused) as caught:
            Zip(data, Limits())
        assert caught.value.reason == "damaged_archive"


def test_a_list_of_members_that_is_too_long_is_not_made():
    with pytest.raises(Refused) as caught:
        Zip(zipped(map(str, range(20))), Limits(members=10))
    assert caught.value.reason == "too_many_members"


def test_an_office_document_is_binary():
    for name in ("[Content_Types].xml", "META-INF/manifest.xml", "META-INF/container.xml"):
        with pytest.raises(Refused) as caught:
            Zip(zipped([name, "word/document.xml"]), Limits())
        assert caught.value.reason == "binary"


def test_members_that_overlap_fill_the_room_and_no_more():
    """All of them lie in the same place (D. Fifield, A better zip bomb, 2019)."""
    content = bytes(1_000_000)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    sizes = struct.pack("<III", zlib.crc32(content), len(packed), len(content))
    local = struct.pack("<IHHHHH", 0x04034B50, 20, 0, 8, 0, 33) + sizes + struct.pack("<HH", 1, 0) + b"a" + packed
    entry = struct.pack("<IHHHHHH", 0x02014B50, 20, 20, 0, 8, 0, 33) + sizes
    entry += struct.pack("<HHHHHII", 1, 0, 0, 0, 0, 0, 0) + b"a"
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 300, 300, len(entry) * 300, len(local), 0)
    found = members(Zip(local + entry * 300 + end, Limits()))
    assert found[-1] == (None, "too_large") or all(what == "damaged_archive" for _, what in found[1:])
    assert len(found) <= 11 or found[1][1] == "damaged_archive"


def test_links_devices_and_holes_are_no_files():
    found = []
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE):
        entry = tarfile.TarInfo("x")
        entry.type, entry.linkname = kind, "/etc/hostname"
        found += members(Tar(tarred([(entry, b"")]), Limits()))
    assert found == [("x", "unsafe_member")] * 5


def test_a_tar_that_breaks_off_gives_what_is_whole():
    data = tarred([("a", b"one"), ("b", b"two" * 400)])
    assert members(Tar(data[:1024], Limits())) == [("a", b"one")]
    assert members(Tar(data[:1700], Limits())) == [("a", b"one"), ("b", "damaged_archive"), (None, "damaged_archive")]
    assert members(Tar(data[:1300], Limits())) == [("a", b"one"), (None, "damaged_archive")]


def test_a_damaged_header_ends_a_tar_aloud():
    data = bytearray(tarred([("a", b"one"), ("b", b"two"), ("c", b"three")]))
    data[1024 + 100] ^= 0xFF
    assert members(Tar(bytes(data), Limits())) == [("a", b"one"), (None, "damaged_archive")]


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_each_kind_of_tar_is_read(form):
    name = "é" * 30 + "/" + "b" * 60
    assert members(Tar(tarred([(name, b"one")], form), Limits())) == [(name, b"one")]


def test_a_pax_header_of_digits_costs_no_time():
    entry = tarfile.TarInfo("a")
    entry.pax_headers = {"comment": "1" * 1_000_000}
    for before in ([], [("b" * 200, b"one")]):
        found = members(Tar(tarred([*before, (entry, b"")], tarfile.PAX_FORMAT), Limits()))
        assert found[-1] == (None, "damaged_archive")
