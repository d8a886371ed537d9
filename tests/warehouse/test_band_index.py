"""The files of the index of bands: what was written comes back, and what can't be trusted is as if it were not."""

import json

import numpy as np
import pytest

from warehouse.band_index import BandIndex, Manifest

BANDS = 3


def arrays(count):
    return {
        "hashes": np.arange(count * 2, dtype=np.uint64).reshape(count, 2),
        "starts": np.arange(count + 1, dtype=np.int64),
        "sightings": np.arange(count * 2, dtype=np.int32).reshape(count, 2),
    }


def bands(count):
    return [
        (np.arange(count, dtype=np.uint64) + band, np.arange(count, dtype=np.uint32) * band) for band in range(BANDS)
    ]


@pytest.fixture
def index(tmp_path):
    return BandIndex(tmp_path, "form 1")


@pytest.fixture
def filled(index):
    segments = [index.write_segment(*arrays(count).values(), bands(count)) for count in (7, 2)]
    index.replace(Manifest(segments, {"2020-02-03": "version"}))
    return index


def test_what_was_written_comes_back(filled):
    segments, days = filled.read()
    assert days == {"2020-02-03": "version"}
    for segment, count in zip(segments, (7, 2), strict=True):
        assert (segment.contents, segment.bands) == (count, BANDS)
        for name, array in arrays(count).items():
            assert np.array_equal(segment.array(name), array)
        for number, written in enumerate(bands(count)):
            assert all(map(np.array_equal, segment.band(number), written))


def test_where_there_is_none_it_is_empty(index):
    assert index.read() == ([], {})


@pytest.mark.parametrize("name", ["hashes", "starts", "sightings", "values", "rows"])
def test_a_file_that_is_cut_short_or_gone_empties_it(filled, name):
    file = filled.read().segments[0].folder / name
    data = file.read_bytes()
    file.write_bytes(data[:-1])
    assert filled.read() == ([], {})
    file.write_bytes(data)
    assert filled.read().days
    file.unlink()
    assert filled.read() == ([], {})


@pytest.mark.parametrize(
    "stored", ["", "{", "[]", "{}", '{"form": "form 1"}', '{"form": "form 1", "segments": [1], "days": {}}']
)
def test_a_manifest_that_is_damaged_empties_it(filled, stored):
    (filled.folder / "manifest.json").write_text(stored)
    assert filled.read() == ([], {})


def test_another_form_empties_it(filled, tmp_path):
    assert BandIndex(tmp_path, "form 2").read() == ([], {})


def test_what_a_killed_writer_left_is_not_seen_and_goes_with_the_next(filled):
    (filled.folder / "left.partial").mkdir()
    filled.write_segment(*arrays(4).values(), bands(4))  # and no manifest names it
    before = filled.read()
    assert [segment.contents for segment in before.segments] == [7, 2]
    filled.replace(Manifest(before.segments[:1], before.days))
    names = {path.name for path in filled.folder.iterdir()}
    assert names == {"manifest.json", before.segments[0].folder.name}


def test_a_segment_of_no_contents_is_read(index):
    index.replace(Manifest([index.write_segment(*arrays(0).values(), bands(0))], {}))
    (segment,) = index.read().segments
    assert len(segment.array("hashes")) == 0 == len(segment.band(0)[0])
    assert json.loads((index.folder / "manifest.json").read_text())["segments"][0][1:] == [0, 0, BANDS]
