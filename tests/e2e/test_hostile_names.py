"""Names that came with drops are never paths, SQL or markup: not of files, folders, members of archives, or outlets."""

import io
import re
import zipfile

import dagster as dg
import pytest

from warehouse.export import export

DAY = "2020-02-06"
STORY = "Ferries sail again\n\nThe harbour of {} opened again on Monday, the port authority said.\n"
NAMES = [
    "'; DROP TABLE drops; --.txt",
    '" OR 1=1; COPY drops TO "mine.csv.txt',
    "$(touch mine).txt",
    "`touch mine`.txt",
    "; touch mine;.txt",
    "a..%2f..%2fmine.txt",
    "{day}{0}{__class__}.txt",
    "*?[a]**.txt",
    "~.txt",
    "-rf.txt",
    "a\nb\x1b]0;mine\x07.txt",
    "<img src=x onerror=alert(1)>.txt",
    "![t](http:‖‖t.example‖x.png)|`.txt",
    "𝕬\u202etxt.exe.txt",
    "day=2020-01-01.txt",
    "arrival_day=2020-01-01",
]
MEMBERS = ["it's; DROP TABLE articles; --.txt", "data.parquet/x.txt", "catalog.sqlite", "*.txt"]
OUTLETS = ["x' UNION SELECT 1; --", "writer.lock", "main"]


@pytest.fixture(scope="module")
def published(tmp_path_factory, instance):
    """A house with one day of such names, its run, and the files that were there before."""
    from tests.conftest import House

    house = House(tmp_path_factory.mktemp("names"), instance)
    for number, name in enumerate(NAMES):
        house.drop(f"post/{DAY}/{name}", STORY.format(f"Izmir{number}"))
    for number, name in enumerate(OUTLETS):
        house.drop(f"{name}/{DAY}/a.txt", STORY.format(f"Volos{number}"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number, name in enumerate(MEMBERS):
            archive.writestr(name, STORY.format(f"Chios{number}"))
    house.drop(f"post/{DAY}/packed.zip", packed.getvalue())
    before = {path for path in house.raw.rglob("*") if path.is_file()}
    outcome = house.publish()
    assert not outcome.problems
    return house, outcome, before


def test_each_is_a_drop_under_its_own_name(published):
    house, _, _ = published
    paths = {row["path"] for row in house.query("SELECT path FROM drops")}
    assert {f"post/{DAY}/{name}" for name in NAMES} <= paths
    assert {f"{name}/{DAY}/a.txt" for name in OUTLETS} <= paths
    members = {row["member"] for row in house.query("SELECT member FROM drops WHERE member IS NOT NULL")}
    assert members == set(MEMBERS)
    assert {str(row["arrival_day"]) for row in house.query("SELECT DISTINCT arrival_day FROM drops")} == {DAY}
    assert len(house.query("FROM articles")) == len(NAMES) + len(OUTLETS) + len(MEMBERS)


def test_no_file_is_made_by_a_name(published, tmp_path):
    house, _, before = published
    assert {path for path in house.raw.rglob("*") if path.is_file()} == before
    made = [path.relative_to(house.lake).as_posix() for path in house.lake.rglob("*") if path.is_file()]
    ours = r"data/main/\w+/(arrival_day=2020-02-06/)?[\w-]+\.parquet|names/[\w.-]+|bands/[\w./-]+|rejected/[\w./]+"
    others = [
        path for path in made if not re.fullmatch(rf"{ours}|catalog\.sqlite(-\w+)?|\w+\.lock|running/[\w.-]+", path)
    ]
    assert others == []
    export(house.lake, tmp_path / "out")
    written = [path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.parquet")]
    assert all(re.fullmatch(r"\w+(/arrival_day=2020-02-06/\w+)?\.parquet", path) for path in written), written


def test_on_the_pages_they_are_text(published, instance):
    _, outcome, _ = published
    events = instance.all_logs(outcome.run_id, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION)
    samples = [event.asset_materialization.metadata["sample"].value for event in events]
    assert len(samples) == 5
    for sample in samples:
        assert not re.search(r"(?<!\\)<|(?<!\\)!\[|(?<!\\)\]\(|(?<!\\)`|\x1b", sample), sample
