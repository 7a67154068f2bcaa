"""What became of calls, summed up for the run summary."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from connector.engine.carry import Window
from connector.engine.plan import Item
from connector.model import CallCounts, Failure, RunSummary

FAILURES_LISTED = 1000
"""Failures that a summary lists; all are counted, and the ledger has each."""

Counts = Callable[[Item], bool]
"""Whether a call that was carried is counted, or was so already by this very run."""


def every(item: Item) -> bool:
    """For all but the calls that one run carries twice."""
    return True


def add_window(summary: RunSummary, window: Window, counts: Counts) -> None:
    """Add what became of a window that is finished."""
    for item in window.items:
        setattr(summary.calls, item.result, getattr(summary.calls, item.result) + counts(item))
        if item.result == "failed":
            retryable = item.state is not None and not item.state.settled
            failure = Failure(call=str(item.call.key), code=item.code, message=item.message, retryable=retryable)
            add_failures(summary, [failure])
        summary.degraded += item.is_degraded and item.result in ("created", "updated", "held")
    for total, part in ((summary.contacts, window.contacts), (summary.records, window.records)):
        for name in part.__struct_fields__:
            setattr(total, name, getattr(total, name) + getattr(part, name))


def add_failures(summary: RunSummary, failures: Iterable[Failure]) -> None:
    """List failures, as many as a summary lists."""
    room = max(0, FAILURES_LISTED - len(summary.failures))
    summary.failures += list(failures)[:room]


def settled(calls: CallCounts) -> int:
    """How many calls have come to their end."""
    return calls.created + calls.updated + calls.unchanged + calls.skipped + calls.held + calls.failed
