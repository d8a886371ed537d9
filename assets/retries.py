"""Trying again what can pass, after a while that grows; what can't fails at once.

Which errors can pass is failures.py's. Dagster runs the whole asset again, in the same run and the same stage.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from assets.failures import can_pass, explain
from assets.progress import say

RETRIES = 3
_FIRST_SECONDS = 5
_GROWTH = 3
"""Five, fifteen and forty-five seconds: a lock is let go within them, a full disk may be seen to; a person at the
command line waits little more than a minute for the bad news."""


def may_try_again(context: dg.AssetExecutionContext, error: BaseException) -> bool:
    """Whether it would help, and was not done often enough."""
    return can_pass(error) and context.retry_number < RETRIES


def again(context: dg.AssetExecutionContext, error: BaseException) -> dg.RetryRequested:
    """What to raise, from the error, to have the asset run again after a while."""
    seconds = _FIRST_SECONDS * _GROWTH**context.retry_number
    number = context.retry_number + 1
    say(context, f"{explain(str(error))} Trying again in {seconds} seconds ({number} of {RETRIES}).")
    return dg.RetryRequested(max_retries=RETRIES, seconds_to_wait=seconds)


@contextmanager
def tried_again(context: dg.AssetExecutionContext) -> Iterator[None]:
    """Around what an asset does: an error that can pass has the asset run again, any other goes on as it is."""
    try:
        yield
    except Exception as error:
        if not may_try_again(context, error):
            raise
        raise again(context, error) from error
