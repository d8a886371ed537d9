"""How a run tells the person who started it from the command line how far it is; in the UI it just logs.

Runs are in process, so a listener set around one hears its assets.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

import dagster as dg


class Listener(Protocol):
    """Who hears of a run: lines for a person, and each (stage, day) that is done."""

    def say(self, line: str) -> None: ...
    def done(self, stage: str, day: str) -> None: ...


_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def heard_by(listener: Listener) -> Iterator[None]:
    """Within the block, runs of this process tell the listener."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def say(context: dg.AssetExecutionContext, line: str) -> None:
    """A line worth a person's while, into the run's log and to the listener."""
    context.log.warning(line)
    if listener := _listener.get():
        listener.say(line)


def done(context: dg.AssetExecutionContext, day: str) -> None:
    """The asset is through with the day."""
    if listener := _listener.get():
        listener.done(context.asset_key.to_user_string(), day)
