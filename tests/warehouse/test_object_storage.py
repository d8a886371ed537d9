"""A lake whose data files are in object storage, against a small stand-in for S3 over real HTTP."""

import datetime as dt

import pytest

from assets.doctor import doctor
from tests.object_store import KEY, SECRET, ObjectStore
from warehouse.backup import backup, restore
from warehouse.errors import WarehouseError
from warehouse.lake import Lake
from warehouse.place import FILE, Place, read
from warehouse.session import Session
from warehouse.upkeep import Policy, keep_up

INSERT = "INSERT INTO outlet_sightings SELECT DATE '2020-02-06', 'o', ?, NULL, NULL, false, 1"
LATER = dt.datetime.now(dt.UTC) + dt.timedelta(days=2)


@pytest.fixture
def store(monkeypatch):
    running = ObjectStore()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", running.address)
    yield running
    running.close()


@pytest.fixture
def folder(tmp_path, store):
    folder = tmp_path / "lake"
    folder.mkdir()
    (folder / FILE).write_text('data = "s3://news/lake/"\n', encoding="utf-8")
    with Lake.open(folder) as lake:
        publish(lake, "post")
    return folder


def publish(lake, name):
    with lake.transaction("publish") as connection:
        connection.execute("DELETE FROM outlet_sightings")
        connection.execute(INSERT, [name])


def states(folder, *, mend=False):
    return {finding.about: finding.state for finding in doctor(folder, str, mend=mend)}


def test_what_is_published_is_there_and_can_be_read(folder, store):
    assert any(name.startswith("news/lake/main/outlet_sightings/") for name in store.objects)
    assert not (folder / "data").exists()
    session = Session(folder)
    assert session.query("SELECT name FROM outlet_sightings")["name"].to_pylist() == ["post"]
    session.close()


def test_the_doctor_and_upkeep_take_what_nobody_names_and_nothing_else(folder, store):
    mine = {"news/lake/notes.txt": b"mine", "news/other/main/killed.parquet": b"another lake's"}
    store.objects |= mine | {"news/lake/main/outlet_sightings/killed.parquet": b"half"}
    assert states(folder)["orphan files"] == "problem"
    assert states(folder, mend=True)["orphan files"] == "mended"
    assert "problem" not in states(folder).values()
    with Lake.open(folder) as lake:
        publish(lake, "wire")
        done = keep_up(lake, LATER, Policy(snapshots=1))
        assert done.deleted_files > 0
        assert (done.after.superseded_files, done.after.orphan_files) == (0, 0)
        assert done.after.data_bytes == sum(len(data) for name, data in store.objects.items() if name not in mine)
        assert lake.arrow("SELECT name FROM outlet_sightings")["name"].to_pylist() == ["wire"]
    assert mine.items() <= store.objects.items()


def test_the_doctor_misses_what_is_gone(folder, store):
    [name] = [name for name in store.objects if "outlet_sightings" in name]
    del store.objects[name]
    assert states(folder)["files"] == "problem"


def test_a_reader_sees_no_key_and_reaches_nothing_else(folder, store):
    store.objects["news/secret.parquet"] = b"secret"
    session = Session(folder)
    shown = session.query(
        "SELECT (SELECT string_agg(value, ' ') FROM duckdb_settings()) AS settings,"
        " (SELECT string_agg(secret_string, ' ') FROM duckdb_secrets()) AS secrets"
    ).to_pylist()
    assert SECRET not in str(shown)
    session.close()


def test_no_address_below_the_lakes_own_reaches_another_server(folder, store):
    """Object storage is asked at the server that the address itself names: s3://…?s3_endpoint=…"""
    other = ObjectStore()
    other.objects["news/lake/x.parquet"] = b"found"
    asked = f"s3_endpoint={other.address.removeprefix('http://')}&s3_use_ssl=false&s3_url_style=path"
    host, _, rest = asked.partition(".")
    session = Session(folder)
    for sql in (
        f"FROM read_text('s3://news/lake/x.parquet?{asked}')",
        f"FROM Glob('s3://news/lake/*?{asked}')",
        f"FROM 's3://news/lake/x.parquet?{asked}'",
        f'FROM "s3://news/lake/x.parquet?{host}"."{rest}"',
        f"EXPLAIN ANALYZE SELECT * FROM (SELECT count(*) FROM 's3://news/lake/x.parquet?{asked}')",
        f"WITH x AS (FROM parquet_schema('s3://news/lake/x.parquet?{asked}')) FROM x",
        f"FROM outlets WHERE name IN (SELECT content FROM read_text('s3://news/lake/x.parquet?{asked}'))",
        f"DESCRIBE 's3://news/lake/x.parquet?{asked}'",
        f"FROM (SUMMARIZE 's3://news/lake/x.parquet?{asked}')",
        f"FROM (PIVOT 's3://news/lake/x.parquet?{asked}' ON a)",
        f"FROM read_text('{other.address}/news/lake/x.parquet')",
        "FROM glob('s3://news/*')",
        "FROM 'http://127.0.0.1/x.parquet'",
    ):
        with pytest.raises(WarehouseError, match="only reads"):
            session.query(sql)
    assert session.one("SELECT count(*) AS n FROM outlets WHERE 's3://' <> name") == {"n": 1}
    session.close()
    assert other.requests == 0
    other.close()


def test_keys_that_are_not_let_in_are_an_error_without_them(folder, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "another")
    with Lake.open(folder) as lake, pytest.raises(Exception, match="403") as raised:
        lake.arrow("SELECT name FROM outlet_sightings")
    assert SECRET not in str(raised.value)


def test_it_is_copied_by_other_means(tmp_path, folder):
    for does in (
        lambda: backup(folder, tmp_path / "copy", iter),
        lambda: restore(tmp_path / "copy", folder, iter, force=True),
    ):
        with pytest.raises(WarehouseError, match=r"s3://news/lake.*operating\.md|holds no backup"):
            does()
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("data = s3://news", "no TOML"),
        ("data = 7", "no text"),
        ("date = 's3://news'", "more than"),
        ("data = 'gs://news'", "not known"),
    ],
)
def test_a_place_that_cannot_be_used_is_one_clear_line(tmp_path, text, said):
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(WarehouseError, match=said) as raised:
        read(tmp_path)
    assert "\n" not in str(raised.value)
    assert read(tmp_path / "without") == Place()
