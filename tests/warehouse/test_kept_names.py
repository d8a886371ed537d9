"""What was told of a day's paragraphs: it comes back as it was, or not at all."""

import pytest

from warehouse.kept_names import KeptNames

DAY = "2020-02-03"
TOLD = {bytes([number]) * 16: f'[[0,{number},"place",0.{number}]]' for number in range(1, 60)} | {b"\0" * 16: "[]"}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "lake"


@pytest.fixture
def kept(folder):
    folder.mkdir()
    return KeptNames(folder, "tagger", "1.2", "1")


def file_of(folder):
    (file,) = (folder / "names").iterdir()
    return file


def test_what_was_kept_comes_back(kept, folder):
    assert kept.read(DAY) == {}
    kept.keep(DAY, TOLD)
    assert kept.read(DAY) == TOLD
    assert kept.read("2020-02-04") == {}
    assert file_of(folder).name.startswith(f"{DAY}.")


def test_a_day_has_one_file(kept, folder):
    kept.keep(DAY, TOLD)
    kept.keep(DAY, {b"1" * 16: "[]"})
    kept.keep(DAY, {b"1" * 16: "[]"})
    assert kept.read(DAY) == {b"1" * 16: "[]"}
    assert file_of(folder)


@pytest.mark.parametrize("other", [("another", "1.2", "1"), ("tagger", "1.3", "1"), ("tagger", "1.2", "2")])
def test_what_another_tagger_was_told_is_not_read(kept, folder, other):
    kept.keep(DAY, TOLD)
    assert KeptNames(folder, *other).read(DAY) == {}
    KeptNames(folder, *other).keep(DAY, {})
    assert kept.read(DAY) == {}


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_a_damaged_file_is_not_read_and_is_replaced(kept, folder, share):
    kept.keep(DAY, TOLD)
    path, data = file_of(folder), bytearray(file_of(folder).read_bytes())
    for damaged in (data[: int(share * len(data))], data[: (at := int(share * len(data)))] + b"?" + data[at + 1 :]):
        path.write_bytes(damaged)
        assert kept.read(DAY) == {}
        kept.keep(DAY, TOLD)
        assert kept.read(DAY) == TOLD
        assert file_of(folder) == path


def test_a_write_that_fails_leaves_what_was_there(kept, folder, monkeypatch):
    kept.keep(DAY, TOLD)
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        kept.keep(DAY, {b"1" * 16: "[]"})
    monkeypatch.undo()
    assert kept.read(DAY) == TOLD
