"""Why a step of a run failed, as a person would say it: what the command line shows and an alert tells."""

import re

import dagster as dg

from assets.failures import explain
from pipelines.extract.tagger import TaggerError
from warehouse.errors import CatalogUnreachableError, WarehouseError

_SECRET = re.compile(r"(?<=//)[^/@\s]+(?=@)")
_OWN = {error.__name__ for error in (WarehouseError, CatalogUnreachableError, TaggerError)}


def reasons(event: dg.DagsterEvent) -> list[str]:
    """The failure's own lines, else the error behind it; no names and passwords of servers' addresses."""
    data = event.step_failure_data
    if data.user_failure_data and data.user_failure_data.description:
        return [_SECRET.sub("***", line) for line in data.user_failure_data.description.splitlines()]
    error = data.error
    if error is None:
        return []
    while error.cause is not None and error.cls_name not in _OWN:
        error = error.cause
    # Of an error of our own the class says nothing to a person; what is behind it is told by it.
    message = error.message.partition(": ")[2] if error.cls_name in _OWN else error.message
    return [f"{event.step_key}: {_SECRET.sub('***', explain(message))}"]
