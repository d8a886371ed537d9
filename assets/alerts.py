"""Alerts: every run that fails is told to a log file, and to a webhook or by e-mail where the environment names one.

    WIREHOUSE_ALERT_LOG       file that gets a line for each failed run; default <DAGSTER_HOME>/.dagster/alerts.log
    WIREHOUSE_ALERT_WEBHOOK   address that gets a POST of JSON with `text` and the run's particulars
    WIREHOUSE_ALERT_EMAIL     whom to write to, several separated by commas
    WIREHOUSE_SMTP            smtp://user:password@host:587?from=wirehouse@example.org; smtps:// for TLS from the start

The log comes first. Who is not reached is named in it, without addresses' secrets; nothing of it fails the sensor.
"""

import datetime as dt
import json
import os
import smtplib
import ssl
import urllib.request
from collections.abc import Callable
from email.message import EmailMessage
from http.client import HTTPException
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

import dagster as dg

from assets.failures import explain
from assets.reasons import reasons
from assets.requests import days_of
from assets.settings import settings

_SECONDS = 10
"""How long a server may take to answer; a sensor has a minute."""


class Alert(NamedTuple):
    """A run that failed: when, which, for which days, and why, a line each."""

    at: dt.datetime
    run_id: str
    job: str
    days: str
    why: list[str]

    @property
    def line(self) -> str:
        """All of it on one line."""
        why = "; ".join(self.why)
        return f"{self.at.isoformat(timespec='seconds')} {self.job} {self.days} failed in run {self.run_id}: {why}"


class Channels(NamedTuple):
    """Where alerts go."""

    log: Path
    webhook: str | None = None
    email: str | None = None
    smtp: str | None = None


def channels() -> Channels:
    """What the environment says."""
    log = os.environ.get("WIREHOUSE_ALERT_LOG")
    names = ("WIREHOUSE_ALERT_WEBHOOK", "WIREHOUSE_ALERT_EMAIL", "WIREHOUSE_SMTP")
    webhook, email, smtp = (os.environ.get(name) or None for name in names)
    return Channels(Path(log or settings().dagster_home / ".dagster" / "alerts.log"), webhook, email, smtp)


@dg.run_failure_sensor(
    monitor_all_code_locations=True,  # runs from the command line belong to none
    default_status=dg.DefaultSensorStatus.RUNNING,
    minimum_interval_seconds=30,
    description="Tells of every failed run: in .dagster/alerts.log, and by webhook or e-mail where the environment"
    " names one (docs/operating.md).",
)
def alert(context: dg.RunFailureSensorContext) -> None:
    """Sends the alert of one failed run."""
    run = context.dagster_run
    why = [line for event in context.get_step_failure_events() for line in reasons(event)]
    found = Alert(
        dt.datetime.now(dt.UTC),
        run.run_id,
        run.job_name,
        " to ".join(days_of(run.tags)) or "without days",
        why or [explain(context.failure_event.message or "")],
    )
    for problem in send(found, channels()):
        context.log.warning(problem)


def send(found: Alert, where: Channels) -> list[str]:
    """Tells it to all channels; gives a line for each that could not be reached, which the log has, too."""
    _write(where.log, [found.line])
    problems = []
    for name, tell in _others(found, where):
        try:
            tell()
        except (OSError, HTTPException, smtplib.SMTPException, ValueError) as error:
            # Of a server's answer only the kind: what it says may repeat an address with its secret.
            code = getattr(error, "code", None) or getattr(error, "smtp_code", None)
            problems.append(f"The alert did not go out by {name}: {type(error).__name__}{f' {code}' if code else ''}.")
    _write(where.log, problems)
    return problems


def _write(log: Path, lines: list[str]) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as file:
        file.writelines(" ".join(line.split()) + "\n" for line in lines)


def _others(found: Alert, where: Channels) -> list[tuple[str, Callable[[], None]]]:
    """The channels besides the log, with what tells them."""
    others: list[tuple[str, Callable[[], None]]] = []
    if where.webhook:
        address = where.webhook
        others.append(("webhook", lambda: _post(found, address)))
    if where.email:
        to, server = where.email, where.smtp or "smtp://localhost:25"
        others.append(("e-mail", lambda: _mail(found, to, server)))
    return others


def _post(found: Alert, address: str) -> None:
    if urlsplit(address).scheme not in ("http", "https"):
        raise ValueError("a webhook is an http or https address")
    content = {"text": found.line, "run_id": found.run_id, "job": found.job, "days": found.days, "why": found.why}
    request = urllib.request.Request(address, json.dumps(content).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=_SECONDS):
        pass


def _mail(found: Alert, to: str, server: str) -> None:
    parts = urlsplit(server)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("a mail server is an smtp or smtps address")
    message = EmailMessage()
    message["Subject"] = f"Wirehouse: {found.job} {found.days} failed"
    message["From"] = parse_qs(parts.query).get("from", ["wirehouse@localhost"])[0]
    message["To"] = to
    message.set_content(
        "\n".join([f"Run {found.run_id} failed at {found.at.isoformat(timespec='seconds')}.", "", *found.why])
    )
    tls = ssl.create_default_context()
    if parts.scheme == "smtps":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(parts.hostname, parts.port or 465, timeout=_SECONDS, context=tls)
    else:
        connection = smtplib.SMTP(parts.hostname, parts.port or 25, timeout=_SECONDS)
    with connection:
        connection.ehlo()
        if parts.scheme == "smtp" and connection.has_extn("starttls"):
            connection.starttls(context=tls)
        elif parts.scheme == "smtp" and parts.username and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
            raise ValueError("a password is not sent to another machine without TLS")
        if parts.username:
            connection.login(unquote(parts.username), unquote(parts.password or ""))
        connection.send_message(message)
