"""What a run is called, what it moves, and what it carries, by the way it was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from connector.engine import spool
from connector.engine.run import Runner
from connector.errors import FatalError
from connector.model import CallCounts, RunSummary
from connector.reports import Progress
from tests.stubs.frozen import prepared
from tests.stubs.world import World

MONTH = timedelta(days=30)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return prepared(tmp_path, calls=5)


@contextmanager
def running(world: World) -> Iterator[Runner]:
    with world.app() as app:
        yield app._runner(lambda progress: None)


def last_run(runner: Runner) -> RunSummary:
    [run] = runner.ledger.runs(runner.connection, limit=1)
    return run


def mark(runner: Runner) -> Any:
    return runner.ledger.connection(runner.connection, source=runner.source.name).watermark


def carried(summary: RunSummary) -> int:
    calls = summary.calls
    return calls.created + calls.held + calls.skipped


def test_a_sync_moves_the_watermark_to_the_newest_call(world: World) -> None:
    with running(world) as runner:
        summary = runner.sync(first_since=runner.now - MONTH)
        assert (summary.kind, summary.status, carried(summary)) == ("sync", "ok", 5)
        assert summary.watermark == mark(runner) is not None
        assert runner.sync(first_since=runner.now - MONTH, kind="round").kind == "round"


def test_a_backfill_leaves_it_where_it_is(world: World) -> None:
    with running(world) as runner:
        summary = runner.backfill(since=runner.now - MONTH, until=None, remaps=False)
        assert (summary.kind, carried(summary), summary.watermark) == ("backfill", 5, None)
        runner.sync(first_since=runner.now - MONTH)
        summary = runner.backfill(since=runner.now - MONTH, until=None, remaps=False)
        assert summary.watermark == mark(runner) is not None


def test_a_retry_asks_for_the_facts_of_all_that_it_may_write(world: World) -> None:
    with running(world) as runner:
        runner.sync(first_since=runner.now - MONTH)
        world.forget_requests()
        call_id = next(iter(runner.ledger.list_entries(runner.connection))).call_id
        summary = runner.retry([call_id, "unknown"])
        assert (summary.kind, summary.calls.read, summary.watermark) == ("retry", 1, mark(runner))
    asked = {request.rpartition("/")[2] for request in world.requests() if "/properties/" in request}
    assert asked == {"contacts", "calls", "tasks"}


def apply(runner: Runner, **changes: Any) -> RunSummary:
    asked: dict[str, Any] = {
        "run_id": "r1",
        "insisted": [],
        "started_from": runner.now - MONTH,
        "watermark": runner.now - timedelta(hours=1),
        "prove": lambda: None,
    }
    return runner.apply(**{**asked, **changes})


def test_what_was_planned_is_carried_whatever_its_age_and_leaves_the_marks_that_were_planned(world: World) -> None:
    world.wait(days=400)
    with running(world) as runner:
        summary = apply(runner)
        assert (summary.run_id, summary.kind, summary.status, carried(summary)) == ("r1", "apply", "ok", 5)
        state = runner.ledger.connection(runner.connection, source=runner.source.name)
        assert state.started_from == runner.now - MONTH
        assert state.watermark == summary.watermark == runner.now - timedelta(hours=1)
        assert (summary.requests.source, summary.requests.hubspot > 0) == (1, True)
        assert last_run(runner) == summary


def test_without_a_mark_in_the_plan_none_is_moved(world: World) -> None:
    with running(world) as runner:
        assert apply(runner, watermark=None, kind="retry").watermark is None
        assert last_run(runner).kind == "retry"


def test_what_is_insisted_on_is_carried_once_more(world: World) -> None:
    with running(world) as runner:
        apply(runner)
        done = runner.ledger.list_entries(runner.connection)[0].call_id
        again, insisted = apply(runner, run_id="r2"), apply(runner, run_id="r3", insisted=[done])
    assert (again.calls.unchanged, insisted.calls.unchanged) == (5, 5)
    assert (again.requests.hubspot, insisted.requests.hubspot > 0) == (0, True), "it is looked at in HubSpot"


def test_a_plan_that_does_not_hold_any_more_leaves_no_trace_of_a_run(world: World) -> None:
    with running(world) as runner:

        def prove() -> None:
            runner.lane.check()
            raise FatalError("E142", "something changed")

        with pytest.raises(FatalError, match="E142"):
            apply(runner, prove=prove)
        assert (runner.ledger.runs(runner.connection, limit=1), mark(runner)) == ([], None)


def test_a_backfill_of_a_platform_whose_list_gives_less_leaves_nothing_to_do(tmp_path: Path) -> None:
    world = prepared(tmp_path, source="klen", calls=5)
    with running(world) as runner:
        summary = runner.backfill(since=runner.now - MONTH, until=None, remaps=False)
        assert (summary.status, summary.calls.read, carried(summary)) == ("ok", 5, 5)
        assert runner.ledger.list_entries(runner.connection)
        world.forget_requests()
        again = runner.backfill(since=runner.now - MONTH, until=None, remaps=False)
        assert (again.calls.created, again.calls.updated, again.calls.failed) == (0, 0, 0)


def test_whoever_watches_is_told_how_far_it_is_and_finds_no_good_run_before_its_end(world: World) -> None:
    told: list[Progress] = []
    with running(world) as runner:

        def tell(progress: Progress) -> None:
            told.append(progress)
            assert last_run(runner).status == "failed"

        runner.on_progress = tell
        summary = runner.sync(first_since=runner.now - MONTH)
        assert [progress.stage for progress in told] == ["reading", "writing", "writing"]
        assert told[-1] == Progress(read=5, done=5, failed=0, stage="writing")
        summary.calls = CallCounts(read=9, created=1, failed=2)
        runner.on_progress = told.append
        runner._tell(summary, "reading")
        assert told[-1] == Progress(read=9, done=3, failed=2, stage="reading")


def test_of_several_windows_each_is_counted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "WINDOW_CALLS_MAX", 2)
    with running(world) as runner:
        assert carried(runner.sync(first_since=runner.now - MONTH)) == 5


@pytest.mark.parametrize(("step", "keeps_state"), [("unique", True), ("external", False)])
def test_each_window_is_shown_when_it_is_finished(tmp_path: Path, step: str, keeps_state: bool) -> None:
    windows: list[Any] = []
    with running(prepared(tmp_path, calls=5, step=step)) as runner:
        runner.observe = windows.append
        runner.sync(first_since=runner.now - MONTH)
    [window] = windows
    assert [item.keeps_state for item in window.items] == [keeps_state] * 5


class Reversed:
    """A source that says it is newest first, and is not."""

    def __init__(self, source: Any) -> None:
        self._source = source

    def __getattr__(self, name: str) -> Any:
        return getattr(self._source, name)

    def calls(self, *, since: Any) -> Iterator[Any]:
        yield from list(self._source.calls(since=since))[::-1]


@pytest.mark.parametrize("is_reversed", [True, False])
def test_a_source_that_is_not_in_the_order_that_it_claims_is_told_of(
    world: World, is_reversed: bool, caplog: pytest.LogCaptureFixture
) -> None:
    with running(world) as runner:
        source: Any = Reversed(runner.source) if is_reversed else runner.source
        runner.source = source
        assert carried(runner.sync(first_since=runner.now - MONTH)) == 5
    told = [record for record in caplog.records if record.levelname == "WARNING"]
    expected = [("source_not_newest_first", "W330", "reception_ai")] if is_reversed else []
    assert [(each.message, each.__dict__["code"], each.__dict__["source"]) for each in told] == expected


@pytest.mark.parametrize("newest_first", [True, False])
def test_a_walk_relies_on_no_order_that_the_source_does_not_claim(world: World, newest_first: bool) -> None:
    with running(world) as runner:
        runner.source.newest_first = newest_first
        assert runner._walk(look_back_to=runner.now, wanted_from=runner.now).is_ordered is newest_first
