"""Alerts reach the log always, a webhook and a mail server where they are named, and no failing server stops them."""

import base64
import datetime as dt
import json
import socketserver
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import dagster as dg
import pytest

from assets.alerts import Alert, Channels, alert, channels, send
from assets.reasons import reasons
from warehouse.errors import CatalogUnreachableError, WarehouseError

FOUND = Alert(
    dt.datetime(2020, 2, 6, 7, 8, 9, tzinfo=dt.UTC),
    "run-1",
    "publish_days",
    "2020-02-06",
    ["2020-02-06 was not published: checks failed: offsets_true; 1 row,\nthe first: x"],
)


@contextmanager
def serving(server):
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def webhook(status):
    """An HTTP server that remembers what is posted to it and answers with the status."""
    got = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["Content-Length"])
            got.append((self.path, self.headers["Content-Type"], json.loads(self.rfile.read(length))))
            self.send_response(status, "no secret/T0KEN here")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    with serving(HTTPServer(("127.0.0.1", 0), Handler)) as port:
        yield f"http://127.0.0.1:{port}/hook/T0KEN", got


@contextmanager
def mail_server():
    """A mail server of the fewest words, which remembers what it is told; it takes one user's password."""
    got = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            self.say("220 here")
            while line := self.rfile.readline().decode().strip():
                verb = line.split()[0].upper()
                got.append(line)
                if verb == "EHLO":
                    self.say("250-here\r\n250 AUTH PLAIN")
                elif verb == "AUTH":
                    good = base64.b64decode(line.split()[2]) == b"\0desk\0p@ss"
                    self.say("235 in" if good else "535 no")
                elif verb == "DATA":
                    self.say("354 go on")
                    while (text := self.rfile.readline().decode().rstrip("\r\n")) != ".":
                        got.append(text)
                    self.say("250 taken")
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 yes")

        def say(self, line):
            self.wfile.write(line.encode() + b"\r\n")

    with serving(socketserver.TCPServer(("127.0.0.1", 0), Handler)) as port:
        yield port, got


def test_the_log_has_one_line_for_each_failed_run(tmp_path):
    log = tmp_path / "deep" / "alerts.log"
    assert send(FOUND, Channels(log)) == []
    assert send(FOUND, Channels(log)) == []
    line = (
        "2020-02-06T07:08:09+00:00 publish_days 2020-02-06 failed in run run-1:"
        " 2020-02-06 was not published: checks failed: offsets_true; 1 row, the first: x\n"
    )
    assert log.read_text() == line * 2


def test_a_webhook_gets_the_run_and_a_text_for_people(tmp_path):
    with webhook(200) as (address, got):
        assert send(FOUND, Channels(tmp_path / "log", webhook=address)) == []
    [(path, kind, content)] = got
    assert (path, kind) == ("/hook/T0KEN", "application/json")
    assert content["run_id"] == "run-1"
    assert content["days"] == "2020-02-06"
    assert content["why"] == FOUND.why
    assert content["text"] == FOUND.line


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/T0KEN", "ftp://desk:T0KEN@x/y", "no address", None])
def test_a_webhook_that_fails_is_logged_without_its_secret_and_stops_nothing(tmp_path, address):
    with webhook(500) as (refusing, _), mail_server() as (port, mails):
        where = Channels(tmp_path / "log", address or refusing, "desk@example.org", f"smtp://127.0.0.1:{port}")
        problems = send(FOUND, where)
    assert len(problems) == 1
    assert problems[0].startswith("The alert did not go out by webhook: ")
    log = (tmp_path / "log").read_text()
    assert problems[0] in log
    assert "T0KEN" not in log
    assert any("desk@example.org" in line for line in mails), "the next channel is told all the same"


def test_a_mail_goes_to_all_who_are_named(tmp_path):
    with mail_server() as (port, got):
        server = f"smtp://desk:p%40ss@127.0.0.1:{port}?from=house@example.org"
        assert send(FOUND, Channels(tmp_path / "log", None, "a@example.org, b@example.org", server)) == []
    assert [line for line in got if line.startswith("rcpt")] == ["rcpt TO:<a@example.org>", "rcpt TO:<b@example.org>"]
    assert "Subject: Wirehouse: publish_days 2020-02-06 failed" in got
    assert "From: house@example.org" in got
    assert any("was not published: checks failed: offsets_true" in line for line in got)


@pytest.mark.parametrize("server", ["smtp://desk:wr0ng@127.0.0.1:{port}", "smtp://127.0.0.1:1", "http://x", "smtp://"])
def test_a_mail_that_fails_is_logged_without_its_secret(tmp_path, server):
    with mail_server() as (port, _):
        problems = send(FOUND, Channels(tmp_path / "log", None, "a@example.org", server.format(port=port)))
    assert len(problems) == 1
    assert problems[0].startswith("The alert did not go out by e-mail: ")
    assert "wr0ng" not in (tmp_path / "log").read_text()


def test_the_environment_names_the_channels(monkeypatch, tmp_path):
    for name in ("WIREHOUSE_ALERT_LOG", "WIREHOUSE_ALERT_WEBHOOK", "WIREHOUSE_ALERT_EMAIL", "WIREHOUSE_SMTP"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    assert channels() == Channels(tmp_path / ".dagster" / "alerts.log")
    monkeypatch.setenv("WIREHOUSE_ALERT_LOG", str(tmp_path / "log"))
    monkeypatch.setenv("WIREHOUSE_ALERT_EMAIL", "a@example.org")
    assert channels() == Channels(tmp_path / "log", email="a@example.org")


def test_the_sensor_tells_why_a_run_failed(monkeypatch, tmp_path):
    @dg.op
    def failing():
        raise OSError("cannot reach postgres://desk:p4ss@db/lake")

    @dg.job
    def failing_job():
        failing()

    log = tmp_path / "log"
    monkeypatch.setenv("WIREHOUSE_ALERT_LOG", str(log))
    monkeypatch.delenv("WIREHOUSE_ALERT_WEBHOOK", raising=False)
    monkeypatch.delenv("WIREHOUSE_ALERT_EMAIL", raising=False)
    with dg.DagsterInstance.ephemeral() as instance:
        result = failing_job.execute_in_process(
            instance=instance, raise_on_error=False, tags={"dagster/partition": "2020-02-06"}
        )
        [event] = [event for event in result.all_events if event.is_run_failure]
        alert(dg.build_run_status_sensor_context("alert", event, instance, result.dagster_run).for_run_failure())
    line = log.read_text()
    assert f"failing_job 2020-02-06 failed in run {result.run_id}: failing: " in line
    assert "cannot reach postgres://***@db/lake" in line
    [step] = [event for event in result.all_events if event.is_step_failure]
    assert "p4ss" not in "".join(reasons(step))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (WarehouseError("The staged file x is damaged: run the day again."), "The staged file x is damaged"),
        (CatalogUnreachableError("The server can't be used: see that it runs."), "The server can't be used"),
        (ValueError("told by nobody"), "OSError: host=db.example.org"),
    ],
)
def test_an_error_of_our_own_is_told_and_not_what_is_behind_it(instance, error, said):
    @dg.op
    def failing():
        raise error from OSError("host=db.example.org")

    @dg.job
    def one():
        failing()

    result = one.execute_in_process(instance=instance, raise_on_error=False)
    [line] = reasons(next(event for event in result.all_events if event.is_step_failure))
    assert line.startswith("failing: ")
    assert said in line
    assert line.count("db.example.org") == isinstance(error, ValueError)
