"""What only a lake with its catalog in Postgres has: an address, passwords, locks on a server, which may be away.

That it does all else as one with SQLite does is shown by the tests of lakes, which run for both.
"""

import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from assets.doctor import doctor
from assets.failures import can_pass
from tests.postgres import GUARDED, PASSWORD
from warehouse.backup import backup, restore
from warehouse.catalog_store import checked_catalog
from warehouse.errors import CatalogUnreachableError, WarehouseError
from warehouse.lake import Lake
from warehouse.place import FILE as PLACE
from warehouse.postgres import ServerLock
from warehouse.session import Session

ROOT = Path(__file__).parents[2]
INSERT = "INSERT INTO outlet_sightings SELECT DATE '2020-02-06', 'o', ?, NULL, NULL, false, 1"
END_LOCKS = """
    SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database ON pg_database.oid = database
    WHERE locktype = 'advisory' AND datname = current_database()
"""


@pytest.fixture
def address(server):
    """libpq's, of an empty database."""
    return server.address(server.database())


def names(folder):
    session = Session(folder)
    found = session.query("SELECT name FROM outlet_sightings ORDER BY name")["name"].to_pylist()
    session.close()
    return found


def publish(lake, name):
    with lake.transaction("publish") as connection:
        connection.execute(INSERT, [name])


# Addresses and passwords


@pytest.mark.parametrize(
    "catalog",
    [
        "postgres:host=db dbname=news password=geheim",
        "postgres:host=db PASSWORD = 'ge heim' dbname=news",
        "postgres:dbname=news sslpassword=geheim",
        "postgres:postgresql://me:geheim@db/news",
        "postgresql://me:geheim@db/news",
        "postgres://me:ge/heim@db:5432/news",
        "postgres://me:ge@heim@db/news",
        "postgresql://db/news?user=me&password=geheim",
        "oracle:me/geheim",
        "geheim",
    ],
)
def test_an_address_with_a_password_is_refused_and_not_repeated(tmp_path, catalog):
    for refuses in (checked_catalog, lambda given: Lake.open(tmp_path / "lake", catalog=given)):
        with pytest.raises(WarehouseError, match="WIREHOUSE_CATALOG") as raised:
            refuses(catalog)
        assert "heim" not in str(raised.value)
    assert not (tmp_path / "lake").exists()


@pytest.mark.parametrize(
    "catalog",
    ["", "sqlite", "postgres:service=news", "postgres:postgresql://me@db:5432/news", "postgresql://db:5432/news"],
)
def test_other_addresses_are_taken(catalog):
    assert checked_catalog(catalog) == catalog


def test_the_password_is_read_by_the_client_and_written_nowhere(tmp_path, server, monkeypatch, capfd):
    folder, catalog = tmp_path / "lake", f"postgres:{server.address(server.database(), GUARDED)}"
    monkeypatch.delenv("PGPASSFILE", raising=False)
    monkeypatch.setenv("PGPASSWORD", "wrong")
    with pytest.raises(CatalogUnreachableError, match="authentication failed") as raised:
        Lake.open(folder, catalog=catalog)
    assert "\n" not in str(raised.value)
    monkeypatch.delenv("PGPASSWORD")
    passwords = tmp_path / "passwords"
    passwords.write_text(f"*:*:*:{GUARDED}:{PASSWORD}\n", encoding="utf-8")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    with Lake.open(folder, catalog=catalog) as lake:
        publish(lake, "post")
    assert names(folder) == ["post"]
    backup(folder, tmp_path / "copy", iter)
    written = [path for path in tmp_path.rglob("*") if path.is_file() and path != passwords]
    assert [path for path in written if PASSWORD.encode() in path.read_bytes()] == []
    assert PASSWORD not in "".join(capfd.readouterr())


def test_a_password_written_into_the_lakes_folder_is_refused(tmp_path, address):
    (tmp_path / PLACE).write_text(f'catalog = "{address} password=geheim"\n', encoding="utf-8")
    with pytest.raises(WarehouseError, match="password in it") as raised:
        Session(tmp_path)
    assert "geheim" not in str(raised.value)


# Whose database it is


def test_the_folder_remembers_its_database(tmp_path, address, server):
    folder = tmp_path / "lake"
    with Lake.open(folder, catalog=f"postgres:{address}") as lake:
        publish(lake, "post")
    assert names(folder) == ["post"]
    with Lake.open(folder, catalog=f"postgres:{address}") as lake:
        publish(lake, "wire")
    for other in (f"postgres:{server.address('postgres')}", "sqlite"):
        with pytest.raises(WarehouseError, match="names another place"):
            Lake.open(folder, catalog=other)
    assert names(folder.rename(tmp_path / "mounted elsewhere")) == ["post", "wire"]


def test_an_address_as_a_url_does_as_well(tmp_path, server):
    catalog = f"postgresql://wirehouse@/{server.database()}?host={server.folder}"
    with Lake.open(tmp_path / "lake", catalog=catalog) as lake:
        publish(lake, "post")
    assert names(tmp_path / "lake") == ["post"]


def test_a_database_with_another_lakes_catalog_is_refused(tmp_path, address):
    Lake.open(tmp_path / "one", catalog=f"postgres:{address}").close()
    with pytest.raises(WarehouseError, match="catalog of another lake"):
        Lake.open(tmp_path / "other", catalog=f"postgres:{address}")
    assert not (tmp_path / "other" / PLACE).exists()


def test_a_lake_that_has_its_catalog_in_a_file_keeps_it(tmp_path, address):
    Lake.open(tmp_path / "lake").close()
    with pytest.raises(WarehouseError, match="names another place"):
        Lake.open(tmp_path / "lake", catalog=f"postgres:{address}")


@pytest.mark.slow
def test_a_backup_brings_a_lake_from_the_one_kind_to_the_other(tmp_path, server):
    with Lake.open(tmp_path / "lake") as lake:
        publish(lake, "post")
    backup(tmp_path / "lake", tmp_path / "copy", iter)
    catalog = f"postgres:{server.address(server.database())}"
    restore(tmp_path / "copy", tmp_path / "shared", iter, force=False, catalog=catalog)
    with Lake.open(tmp_path / "shared", catalog=catalog) as lake:
        publish(lake, "wire")
        history = "SELECT snapshot_id, commit_message FROM lake.snapshots() ORDER BY ALL"
        snapshots = lake.arrow(history).to_pylist()
    backup(tmp_path / "shared", tmp_path / "second copy", iter)
    restore(tmp_path / "second copy", tmp_path / "back", iter, force=False)
    with Lake.open(tmp_path / "back", catalog="sqlite") as lake:
        publish(lake, "courier")
        assert lake.arrow(history).to_pylist()[:-1] == snapshots
    assert names(tmp_path / "back") == ["courier", "post", "wire"]


# Locks


@pytest.fixture
def lake(tmp_path, address):
    with Lake.open(tmp_path / "lake", catalog=f"postgres:{address}") as opened:
        yield opened


def test_a_lock_is_held_by_one_and_may_be_taken_again_by_it(address, server):
    one, other = ServerLock(address, "writer"), ServerLock(address, "writer")
    assert one.try_acquire()
    assert one.try_acquire()
    one.release()
    assert not other.try_acquire()
    one.confirm()
    with ServerLock(address, "deleting"), ServerLock(server.address(server.database()), "writer"):
        one.release()
    with other:
        assert not one.try_acquire()


def test_a_writer_that_is_killed_lets_go_and_has_written_nothing(lake):
    code = (
        "import sys, time; from pathlib import Path; from warehouse.lake import Lake\n"
        "with Lake.open(Path(sys.argv[1])) as lake, lake.transaction('killed') as connection:\n"
        f"    connection.execute({INSERT!r}, ['killed']); print('held', flush=True); time.sleep(600)"
    )
    command = [sys.executable, "-c", code, str(lake.folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        assert lake.is_being_written()
        process.send_signal(signal.SIGKILL)
    publish(lake, "post")
    assert names(lake.folder) == ["post"]


def publish_without_lock(lake):
    with lake.transaction("lost") as connection:
        connection.execute(INSERT, ["lost"])
        connection.execute("SELECT * FROM postgres_query('__ducklake_metadata_lake', ?)", [END_LOCKS]).fetchall()


def test_a_writer_that_has_lost_its_lock_publishes_nothing(lake):
    with pytest.raises(CatalogUnreachableError, match="lock was lost") as raised:
        publish_without_lock(lake)
    assert "\n" not in str(raised.value)
    assert can_pass(raised.value)
    assert not lake.is_being_written()
    publish(lake, "post")
    assert names(lake.folder) == ["post"]


# A server that is away


def test_a_server_that_is_away_is_one_clear_line_and_all_goes_on_when_it_is_back(lake, server):
    publish(lake, "post")
    reader = Session(lake.folder)
    server.end()
    try:
        for does in (lambda: Lake.open(lake.folder), lambda: Session(lake.folder), lambda: publish(lake, "lost")):
            with pytest.raises(
                CatalogUnreachableError, match=r"can't be used \(connection to server.*then run again"
            ) as raised:
                does()
            assert "\n" not in str(raised.value)
            assert can_pass(raised.value)
        with pytest.raises(duckdb.Error) as raised:
            reader.query("SELECT count(*) FROM outlet_sightings")
        assert can_pass(raised.value)
        found = {finding.about: finding for finding in doctor(lake.folder, str, mend=False)}
        assert found["catalog"].state == "problem"
        assert "can't be used" in found["catalog"].says
    finally:
        server.begin()
    publish(lake, "wire")
    assert reader.one("SELECT count(*) AS n FROM outlet_sightings") == {"n": 2}
    reader.close()


def test_a_reader_reaches_nothing_else_on_the_server(lake):
    session = Session(lake.folder)
    for sql in (
        "FROM postgres_query('__ducklake_metadata_lake', 'SELECT 1')",
        "CALL postgres_execute('__ducklake_metadata_lake', 'DELETE FROM ducklake_snapshot')",
        "FROM postgres_scan('', 'public', 'ducklake_snapshot')",
        "ATTACH '' AS other (TYPE postgres)",
    ):
        with pytest.raises(WarehouseError, match="only reads"):
            session.query(sql)
    session.close()
