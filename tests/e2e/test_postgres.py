"""The command on a lake whose catalog is in Postgres, by several machines as far as one can be several."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.postgres import GUARDED, PASSWORD

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-W", "error", "-m", "assets.cli"]
STORY = (
    "CASTELLA (Levant Wire) - Mayor {name} opened bridge number {number} on Monday, and {number} people came to see it."
)


class Machine:
    """One that has its own Dagster; raw folder and lake are shared."""

    def __init__(self, shared: Path, name: str, **environment: str) -> None:
        self.home = shared / name
        self.home.mkdir()
        shutil.copy(ROOT / "dagster.yaml", self.home)
        self.environment = os.environ | {
            "WIREHOUSE_RAW": str(shared / "raw"),
            "WIREHOUSE_LAKE": str(shared / "lake"),
            "WIREHOUSE_NER": "rules",
            "WIREHOUSE_CATALOG": "",
            "DAGSTER_HOME": str(self.home),
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "300",
            **environment,
        }

    def start(self, *arguments: str) -> subprocess.Popen:
        return subprocess.Popen(
            [*COMMAND, *arguments],
            cwd=self.home,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> str:
        """What the command said, which has to have gone well."""
        process = self.start(*arguments)
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, out + err
        return out + err

    def rows(self, sql: str) -> list[dict]:
        return json.loads(self.run("sql", sql, "--format", "json"))


HELD = {
    "drops": "document_id, arrival_day, path, text",
    "articles": "article_id, headline, published_on, body",
    "duplicates": "article_id, cluster_id, relation, parent_article_id",
    "mentions": "mention_id, surface, type, entity_id, char_start",
    "dates": "date_id, surface, start_on, end_on",
    "rejects": "reject_id, path, reason",
}


def held(machine):
    """What the law of order holds for, in short."""
    counted = [
        f"(SELECT md5(string_agg(row({columns})::VARCHAR, ';' ORDER BY {columns})) FROM {name}) AS {name}"
        for name, columns in HELD.items()
    ]
    return machine.rows(f"SELECT {', '.join(counted)}")


def test_a_whole_life_with_the_catalog_in_postgres(tmp_path, server):
    shutil.copytree(ROOT / "raw" / "samples", tmp_path / "raw" / "samples")
    address = server.address(server.database(), GUARDED)
    one = Machine(tmp_path, "one", WIREHOUSE_CATALOG=f"postgres:{address}", PGPASSWORD=PASSWORD)
    said = [one.run("run")]
    other = Machine(tmp_path, "other", PGPASSWORD=PASSWORD)  # it finds the catalog by the lake's folder
    assert other.rows("SELECT count(*) AS n FROM articles")[0]["n"] >= 40

    (tmp_path / "file").mkdir()
    shutil.copytree(tmp_path / "raw", tmp_path / "file" / "raw")
    alone = Machine(tmp_path / "file", "alone")
    alone.run("run")
    before = held(alone)
    assert held(other) == before, "the same rows as with SQLite"

    said.append(other.run("doctor"))
    assert "PostgreSQL" in said[-1]
    said.append(other.run("backup", str(tmp_path / "copy")))
    [document] = one.rows("SELECT document_id FROM drops WHERE status = 'article' ORDER BY 1 LIMIT 1")
    said.append(one.run("forget", document["document_id"]))
    assert held(one) != before
    said.append(one.run("upkeep", "--keep-snapshots", "1"))
    said.append(one.run("restore", str(tmp_path / "copy"), "--force"))
    assert "1 documents were forgotten since" in said[-1]
    assert held(other) == before
    said.append(other.run("forget"))
    assert one.rows(f"SELECT count(*) AS n FROM articles WHERE document_id = '{document['document_id']}'") == [{"n": 0}]
    said.append(one.run("doctor", "--mend"))

    assert PASSWORD not in "".join(said)
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in written if PASSWORD.encode() in path.read_bytes()] == []


def test_four_that_publish_different_days_at_once_take_turns(tmp_path, server):
    days = [f"2020-02-0{day}" for day in range(3, 7)]
    for day in days:
        for number in range(5):
            folder = tmp_path / "raw" / "incoming" / "post" / day
            folder.mkdir(parents=True, exist_ok=True)
            story = STORY.format(name=f"Adriana Bell{number}", number=f"{day[-1]}{number}")
            (folder / f"{number}.txt").write_text(story, encoding="utf-8")
            os.utime(folder / f"{number}.txt", (1e9, 1e9))
    catalog = f"postgres:{server.address(server.database())}"
    machines = [Machine(tmp_path, day, WIREHOUSE_CATALOG=catalog) for day in days]
    started = [machine.start("run", "--from", day, "--to", day) for machine, day in zip(machines, days, strict=True)]
    ended = [(*process.communicate(timeout=300), process.returncode) for process in started]
    assert [(out, err) for out, err, code in ended if code] == []
    runs = machines[0].rows("SELECT arrival_day::VARCHAR AS day, articles FROM runs ORDER BY day")
    assert runs == [{"day": day, "articles": 5} for day in days]
    machines[0].run("doctor", "--mend")
