"""The doctor: finds what was done to a lake, mends what is safe to mend, and leaves the rest to be told."""

import datetime as dt
import os

import pytest

from assets.doctor import doctor
from warehouse.kept import Kept
from warehouse.lake import Lake
from warehouse.stage import Stage
from warehouse.upkeep import delete_orphans

pytestmark = pytest.mark.slow

NOW = dt.datetime.now(dt.UTC)
INSERT_RUN = "INSERT INTO runs BY NAME SELECT 'r1' AS run_id, DATE '2020-02-06' AS arrival_day, now() AS finished_at"


@pytest.fixture(scope="module")
def whole_lake(tmp_path_factory, stores):
    folder = tmp_path_factory.mktemp("whole") / "lake"
    with Lake.open(folder, catalog=stores.catalog()) as lake, lake.transaction("publish 2020-02-06") as connection:
        for number in range(3):
            given = {"document": f"d{number}", "article": f"a{number}"}
            connection.execute(
                "INSERT INTO drops BY NAME SELECT $document AS document_id, $article AS article_id,"
                " DATE '2020-02-06' AS arrival_day",
                given,
            )
            connection.execute(
                "INSERT INTO articles BY NAME SELECT $document AS document_id, $article AS article_id,"
                " DATE '2020-02-06' AS arrival_day",
                given,
            )
        connection.execute(
            "INSERT INTO duplicates (article_id, cluster_id, parent_article_id) VALUES ('a1', 'a0', 'a0')"
        )
        connection.execute(INSERT_RUN)
    return folder


@pytest.fixture
def folder(tmp_path, whole_lake, stores):
    return stores.copy(whole_lake, tmp_path / "lake")


def states(folder, *, mend=False):
    """What was found by what it is about; about one thing there is one finding."""
    found = list(doctor(folder, lambda line: None, mend=mend))
    assert len({finding.about for finding in found}) == len(found)
    return {finding.about: finding.state for finding in found}


def problems(folder, *, mend=False):
    return {about for about, state in states(folder, mend=mend).items() if state == "problem"}


def age(path, days):
    moment = NOW.timestamp() - 86400 * days
    for each in [path, *path.rglob("*")]:
        os.utime(each, (moment, moment))


def test_a_whole_lake_has_no_problem(folder):
    assert problems(folder) == set()


def test_orphan_files_are_removed_and_nothing_else(folder):
    with Lake.open(folder) as lake:
        held = lake.arrow("FROM articles").to_pylist()
    orphan = folder / "data" / "main" / "articles" / "arrival_day=2020-02-06" / "killed.parquet"
    orphan.write_bytes(b"half")
    assert problems(folder) == {"orphan files"}
    assert orphan.exists()
    assert states(folder, mend=True)["orphan files"] == "mended"
    assert not orphan.exists()
    assert problems(folder) == set()
    with Lake.open(folder) as lake:
        assert lake.arrow("FROM articles").to_pylist() == held
        with lake.writing():
            assert delete_orphans(lake, None) == []


def test_stages_and_unfinished_files_go_when_nobody_is_at_work_on_them(folder):
    for name in ("ended long ago", "ended just now"):
        Stage(folder, name).path("documents", "2020-02-06").parent.mkdir(parents=True)
    (folder / "names").mkdir()
    for name in ("old.partial", "young.partial"):
        (folder / "names" / name).write_bytes(b"half")
    for path in ("stage/ended long ago", "names/old.partial"):
        age(folder / path, 4)
    assert problems(folder) == {"stages", "unfinished files"}
    assert problems(folder, mend=True) == set()
    assert {path.name for path in (folder / "stage").iterdir()} == {"ended just now"}
    assert {path.name for path in (folder / "names").iterdir()} == {"young.partial"}


@pytest.mark.parametrize("harm", ["gone", "cut"])
def test_files_that_the_catalog_names_are_missed(folder, harm):
    [file, *_] = (folder / "data" / "main" / "articles").rglob("*.parquet")
    if harm == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:100])
    found = problems(folder, mend=True)
    assert "files" in found, "it can't be mended"
    assert problems(folder) == found


def test_facts_that_do_not_hold_are_told(folder):
    with Lake.open(folder) as lake, lake.transaction("harm") as connection:
        connection.execute("INSERT INTO duplicates (article_id, parent_article_id) VALUES ('a2', 'nowhere')")
        connection.execute("DELETE FROM runs")
        connection.execute("INSERT INTO articles BY NAME SELECT * FROM articles WHERE article_id = 'a0'")
    assert problems(folder) == {"links whole", "days recorded", "rows unique"}


def test_bytes_of_rejects_that_are_missing_are_told(folder):
    kept = Kept(folder)
    with Lake.open(folder) as lake, lake.transaction("rejects") as connection:
        for sha256 in ("ab12", "cd34"):
            connection.execute("INSERT INTO rejects (reject_id, sha256, is_kept) VALUES ($1, $1, true)", [sha256])
    kept.keep("ab12", b"bytes")
    assert problems(folder) == {"rejected bytes"}
    kept.keep("cd34", b"bytes")
    assert problems(folder) == set()


def test_a_lost_index_is_made_anew(folder):
    assert states(folder)["index"] == "note", "the day published last waits for the next publication"
    assert states(folder, mend=True)["index"] == "mended"
    assert states(folder)["index"] == "ok"
    (folder / "bands" / "manifest.json").write_text("{", encoding="utf-8")
    assert problems(folder) == {"index"}
    assert states(folder, mend=True)["index"] == "mended"
    assert states(folder)["index"] == "ok"


def test_a_damaged_catalog_is_told_and_left_alone(folder, stores):
    if stores.is_postgres:
        stores.empty(folder)
        assert problems(folder, mend=True) == {"catalog"}
        return
    path = folder / "catalog.sqlite"
    data = bytearray(path.read_bytes())
    data[4096 : 3 * 4096] = bytes(2 * 4096)
    path.write_bytes(data)
    assert problems(folder, mend=True) == {"catalog"}
    assert path.read_bytes() == data


def test_a_lake_of_another_version_is_told(folder):
    with Lake.open(folder) as lake, lake.transaction("of the future") as connection:
        connection.execute("INSERT INTO lake_version VALUES (99, now())")
    assert problems(folder) == {"tables"}


def test_a_writer_at_work_is_no_problem(folder):
    with Lake.open(folder) as lake, lake.writing():
        said = []
        findings = doctor(folder, said.append, mend=False)
        lock = next(finding for finding in findings if finding.about == "lock")
        findings.close()
    assert lock.state == "note"
