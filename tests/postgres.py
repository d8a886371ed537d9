"""A Postgres server for tests: in a folder of its own, on a socket and no port, with a database for each lake."""

import os
import re
import shutil
import subprocess
import tempfile
import uuid
from contextlib import closing
from pathlib import Path

from warehouse.engine import quoted
from warehouse.postgres import server_at

GUARDED, PASSWORD = "guarded", "correct horse / battery@staple"
"""A role that has to give a password. Others need none: nobody but us reaches the socket."""
_OPTIONS = "-c fsync=off -c listen_addresses= -c shared_buffers=32MB -c max_connections=200 -c unix_socket_directories="


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, the newest where there are several; None where there is no server."""
    there = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if there:  # Debian's, which are not on the PATH
        return max(there, key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


class Server:
    """A server that runs until `stop`, which removes its folder."""

    def __init__(self, found: Path) -> None:
        self._programs = found
        self.folder = Path(tempfile.mkdtemp(prefix="wirehouse-postgres-"))  # short, as the path of a socket has to be
        self._as = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        if self._as:  # the server refuses to run as root
            shutil.chown(self.folder, "postgres", "postgres")
        self._run("initdb", "-D", "data", "-U", "wirehouse", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        rules = self.folder / "data" / "pg_hba.conf"
        rules.write_text(f"local all {GUARDED} scram-sha-256\n{rules.read_text()}")
        self.begin()
        self.execute(f"CREATE ROLE {GUARDED} SUPERUSER LOGIN PASSWORD {quoted(PASSWORD)}")

    def address(self, database: str, user: str = "wirehouse") -> str:
        """libpq's connection string."""
        return f"host={self.folder} user={user} dbname={database}"

    def execute(self, sql: str) -> None:
        """A statement of the server's, outside a transaction."""
        with closing(server_at(self.address("postgres"))) as connection:
            connection.execute(f"CALL postgres_execute('server', {quoted(sql)}, use_transaction => false)")

    def database(self, like: str = "template1") -> str:
        """A new database, as another one is."""
        name = f"lake_{uuid.uuid4().hex}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
        return name

    def begin(self) -> None:
        """Starts it, and waits until it answers."""
        self._run("pg_ctl", "-D", "data", "-l", "log", "-w", "-o", f"{_OPTIONS}{self.folder}", "start")

    def end(self) -> None:
        """Ends it at once, whoever is connected."""
        self._run("pg_ctl", "-D", "data", "-w", "-m", "immediate", "stop")

    def stop(self) -> None:
        """Ends it for good."""
        self.end()
        shutil.rmtree(self.folder)

    def _run(self, program: str, *words: str) -> None:
        command = [str(self._programs / program), *words]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, **self._as, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
