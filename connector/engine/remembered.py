"""A run remembered from its beginning, and how it ended, whatever ends it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec

from connector.engine.count import settled
from connector.errors import ConnectorError, OutOfTime
from connector.model import Failure, RequestCounts, RunSummary
from connector.ports import Clock, Ledger

log = logging.getLogger("connector.engine")


@contextmanager
def remembered(
    ledger: Ledger, clock: Clock, summary: RunSummary, *, before: RequestCounts, requests: Callable[[], RequestCounts]
) -> Iterator[None]:
    """Remember the run of a `with` block. `before` is what `requests` answered when it began.

    What ended it is what is raised, also where a full disk then keeps the ledger from remembering that.
    """

    def finish() -> None:
        summary.finished_at = clock.now()
        now = requests()
        summary.requests.source = now.source - before.source
        summary.requests.hubspot = now.hubspot - before.hubspot
        log.info("run_finished", extra=msgspec.to_builtins(summary))
        ledger.finish_run(summary)

    ledger.start_run(summary)
    try:
        yield
    except BaseException as error:
        # What was read and not carried is no part of this run: the next one reads it again.
        summary.calls.read = settled(summary.calls)
        if isinstance(error, ConnectorError | OutOfTime):
            summary.failures.append(Failure(call="", code=error.code, message=error.message, retryable=True))
        try:
            finish()
        except ConnectorError as another:
            log.warning("run_not_remembered", extra={"code": another.code})
        raise
    summary.status = "partial" if summary.calls.failed else "ok"
    finish()
