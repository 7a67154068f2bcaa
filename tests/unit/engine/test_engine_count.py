"""What a run counts, and how it is remembered whatever ends it."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connector.engine.carry import Window
from connector.engine.count import FAILURES_LISTED, add_failures, add_window, every, settled
from connector.engine.directory import Directory
from connector.engine.plan import Item
from connector.engine.remembered import remembered
from connector.errors import OutOfTime, TransientError
from connector.model import (
    Call,
    CallCounts,
    CallKey,
    ContactCounts,
    Failure,
    RecordCounts,
    RequestCounts,
    RunSummary,
)
from tests.stubs.clock import VirtualClock

END = datetime(2026, 4, 22, 10, 0, tzinfo=UTC)
LOSS = "W236 call x: left out"


def a_summary() -> RunSummary:
    return RunSummary(run_id="r1", connection="main", kind="sync", status="failed", started_at=END)


def an_item(result: str = "", *, notes: tuple[str, ...] = (), retry: bool | None = None) -> Item:
    call = Call(key=CallKey("klen", "org", "c1"), started_at=END, ended_at=END, duration_seconds=0)
    item = Item(call=call, fingerprint="v", notes=list(notes))
    if retry is None:
        item.finish(result)
    else:
        item.fail("E231", "no", retry=retry)
    return item


def test_a_window_is_added_to_what_there_was():
    summary = a_summary()
    summary.calls, summary.degraded = CallCounts(created=1, held=1), 1
    summary.contacts, summary.records = ContactCounts(matched=1, created=2), RecordCounts(updated=3)
    items = [
        an_item("created", notes=(LOSS,)),
        an_item("updated", notes=(LOSS,)),
        an_item("held", notes=(LOSS,)),
        an_item("unchanged", notes=(LOSS,)),
        an_item("created", notes=("W341 a guess",)),
        an_item(retry=True, notes=(LOSS,)),
        an_item(retry=False),
    ]
    window = Window(
        items=items,
        directory=Directory(region="GB"),
        contacts=ContactCounts(matched=1, updated=1),
        records=RecordCounts(created=4, updated=1),
    )
    add_window(summary, window, every)
    assert summary.calls == CallCounts(created=3, updated=1, held=2, unchanged=1, failed=2)
    assert summary.contacts == ContactCounts(matched=2, created=2, updated=1)
    assert summary.records == RecordCounts(created=4, updated=4)
    assert summary.degraded == 4
    assert summary.failures == [
        Failure(call="klen:org:c1", code="E231", message="no", retryable=retryable) for retryable in (True, False)
    ]


def test_who_was_counted_before_is_not_counted_again():
    summary = a_summary()
    window = Window(items=[an_item("created"), an_item("updated")], directory=Directory(region="GB"))
    add_window(summary, window, lambda item: item.result == "updated")
    assert summary.calls == CallCounts(updated=1)


def test_a_summary_lists_so_many_failures():
    summary = a_summary()
    failures = [Failure(call=str(n), code="E231", message="", retryable=True) for n in range(FAILURES_LISTED + 1)]
    add_failures(summary, failures[:-2])
    add_failures(summary, failures[-2:])
    add_failures(summary, failures[:1])
    assert summary.failures == failures[:-1]


def test_what_has_come_to_its_end():
    counts = CallCounts(read=100, created=1, updated=2, unchanged=4, skipped=8, held=16, failed=32)
    assert settled(counts) == 63


class Runs:
    """A ledger of runs, which may be unable to remember how one ended."""

    def __init__(self, error: Exception | None = None) -> None:
        self._error = error
        self.told: list[tuple[str, str]] = []

    def start_run(self, summary: RunSummary) -> None:
        self.told.append(("start", summary.status))

    def finish_run(self, summary: RunSummary) -> None:
        self.told.append(("finish", summary.status))
        if self._error is not None:
            raise self._error


def run(summary: RunSummary, error: BaseException | None = None, *, full: Exception | None = None) -> Any:
    """A run that takes two seconds and some requests, and ends with this error."""
    ledger: Any = Runs(full)
    clock = VirtualClock()
    before, after = RequestCounts(source=1, hubspot=2), RequestCounts(source=11, hubspot=22)
    try:
        with remembered(ledger, clock, summary, before=before, requests=lambda: after):
            clock.sleep(2.0)
            if error is not None:
                raise error
    finally:
        assert summary.finished_at == VirtualClock().now() + timedelta(seconds=2)
        assert summary.requests == RequestCounts(source=10, hubspot=20)
    return ledger


@pytest.mark.parametrize(("failed", "status"), [(0, "ok"), (1, "partial")])
def test_a_run_that_comes_to_its_end(failed, status, caplog):
    summary = a_summary()
    summary.calls = CallCounts(read=9, failed=failed)
    with caplog.at_level(logging.INFO, "connector.engine"):
        assert run(summary).told == [("start", "failed"), ("finish", status)]
    assert (summary.status, summary.calls.read, summary.failures) == (status, 9, [])
    [finished] = caplog.records
    assert (finished.message, finished.__dict__["run_id"]) == ("run_finished", "r1")


@pytest.mark.parametrize(
    ("error", "failures"),
    [
        (TransientError("E221", "down"), [Failure(call="", code="E221", message="down", retryable=True)]),
        (OutOfTime(), [Failure(call="", code="E161", message=OutOfTime().message, retryable=True)]),
        (KeyboardInterrupt(), []),
        (ZeroDivisionError(), []),
    ],
    ids=["an error", "the time", "a person", "a defect"],
)
def test_a_run_that_is_ended(error, failures):
    summary = a_summary()
    summary.calls = CallCounts(read=9, created=2)
    with pytest.raises(type(error)) as raised:
        run(summary, error)
    assert raised.value is error
    assert (summary.status, summary.calls.read, summary.failures) == ("failed", 2, failures)


def test_what_ended_a_run_is_told_also_where_it_cannot_be_remembered(caplog):
    error = TransientError("E221", "down")
    with pytest.raises(TransientError) as raised:
        run(a_summary(), error, full=TransientError("E513", "full"))
    assert raised.value is error
    [record] = [record for record in caplog.records if record.message == "run_not_remembered"]
    assert record.__dict__["code"] == "E513"


def test_a_run_that_cannot_be_remembered_did_not_end_well():
    with pytest.raises(TransientError, match="E513"):
        run(a_summary(), full=TransientError("E513", "full"))
