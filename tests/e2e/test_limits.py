"""HubSpot's limits, refusals and absences, through the whole product: outcome, exit code, requests, equal portals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connector.errors import AccessError, ConnectorError, TransientError
from connector.reports import Progress
from connector.sandbox.faults import Fault
from connector.sandbox.site import HUBSPOT_TOKEN
from tests.stubs.frozen import prepared
from tests.stubs.world import World

MIDNIGHT = "2026-04-23 00:00 Europe/London (2026-04-22 23:00 UTC)"
NEW_TOKEN = "pat-eu1-rotated"


def make_world(folder: Path, *, calls: int = 40, limits: bool = False) -> World:
    folder.mkdir(parents=True, exist_ok=True)
    world = prepared(folder, calls=calls, limits=limits, seed=7)
    world.wait(minutes=1)
    world.forget_requests()
    return world


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    world = make_world(tmp_path_factory.mktemp("undisturbed"))
    world.sync()
    return world.export()


def limited(world: World) -> int:
    """How many of HubSpot's answers were a 429."""
    return sum(each.status == 429 for each in world.sandbox.journal.exchanges("hubspot"))


def stops(world: World, code: str, **changes: Any) -> ConnectorError:
    with pytest.raises(ConnectorError) as raised:
        world.sync(**changes)
    assert raised.value.code == code, raised.value
    return raised.value


def goes_on(world: World, **changes: Any) -> bytes:
    """Run until it is done; the portal then."""
    if world.sync(**changes).status != "ok":
        # What HubSpot failed on three times in a row is tried by the next run.
        assert world.sync(**changes).status == "ok"
    assert world.sync(**changes).calls.created == 0
    return world.export()


def after_requests(world: World, count: int, act: Callable[[], None]) -> None:
    """Do this when HubSpot has answered so many more requests."""
    seen = 0

    def watch(name: str) -> None:
        nonlocal seen
        if name.startswith("after ") and "/crm/" in name:
            seen += 1
            if seen == count:
                act()

    world.crash.watch = watch


def refusals(**fault: Any) -> list[Fault]:
    return [Fault(**{"side": "hubspot", "action": "refuse", "path": "/crm/", **fault})]


# --- waits that end ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [
        pytest.param({"policy": "TEN_SECONDLY_ROLLING"}, 10, id="429, ten seconds"),
        pytest.param({"policy": "SECONDLY"}, 1, id="429, a second"),
        pytest.param({"policy": "bare"}, 1, id="429 without a policy"),
        pytest.param({"policy": "bare", "retry_after": "12"}, 12, id="429, Retry-After in seconds"),
        pytest.param({"policy": "bare", "retry_after": "2.5"}, 2.5, id="429, a fraction"),
        pytest.param({"policy": "bare", "retry_after": "Wed, 22 Apr 2026 12:02:00 GMT"}, 30, id="429, a date"),
        pytest.param({"policy": "bare", "retry_after": "-7"}, 1, id="429, before now"),
        pytest.param({"policy": "bare", "retry_after": "0"}, 1, id="429, at once"),
        pytest.param({"policy": "bare", "retry_after": "soon"}, 1, id="429, in words"),
        pytest.param({"status": 423}, 2, id="423"),
        pytest.param({"status": 423, "retry_after": "5"}, 5, id="423, later"),
        pytest.param({"status": 477, "retry_after": "40"}, 40, id="477, soon over"),
    ],
)
@pytest.mark.parametrize("path", ["batch/read", "contacts/batch/create", "calls/batch/create"])
def test_a_short_refusal_is_waited_out(
    tmp_path: Path, undisturbed: bytes, path: str, fault: dict[str, str], seconds: float
):
    world = make_world(tmp_path)
    world.sandbox.faults.set(refusals(**{**fault, "path": path}))
    world.clock.slept.clear()
    began = world.clock.now()
    assert world.sync(concurrency=1).status == "ok"
    assert world.export() == undisturbed
    if "date" not in str(fault) and "GMT" not in fault.get("retry_after", ""):
        waited = (world.clock.now() - began).total_seconds()
        assert seconds <= waited < 2 * seconds + 5, world.clock.slept


def test_a_wait_is_shown_and_what_comes_after_it(tmp_path: Path):
    world = make_world(tmp_path)
    world.sandbox.faults.set(refusals(policy="TEN_SECONDLY_ROLLING", path="calls/batch/create"))
    shown: list[Progress] = []
    with world.app() as app:
        app.sync(on_progress=shown.append)
    stages = [progress.stage for progress in shown]
    assert "waiting for HubSpot's limit" in stages
    assert stages[-1] == "writing"
    [waiting] = [progress for progress in shown if progress.stage == "waiting for HubSpot's limit"]
    assert waiting.read == 40


# --- stops that say when to go on -----------------------------------------------------------------------------------


def test_the_daily_limit_stops_the_run_until_the_portals_midnight(tmp_path: Path, undisturbed: bytes):
    world = make_world(tmp_path, limits=True)
    world.sandbox.hubspot.set_limits(daily_left=8)
    error = stops(world, "E219", quota_share=1.0)
    assert error.exit_code == 4
    assert MIDNIGHT in error.message
    assert 0 < len(world.requests()) <= 8 + 8, "no more than are in flight are refused"
    assert isinstance(error, TransientError)

    world.forget_requests()
    for _ in range(5):
        world.wait(minutes=10)
        assert stops(world, "E219", quota_share=1.0).message == error.message
    assert world.requests() == [], "within the hour nothing is asked"
    world.wait(minutes=15)
    stops(world, "E219", quota_share=1.0)
    assert len(world.requests()) == 1, "then one request finds out whether it is still so"

    world.clock.sleep((datetime.fromisoformat("2026-04-22T23:00:01+00:00") - world.clock.now()).total_seconds())
    assert goes_on(world, quota_share=1.0) == undisturbed


def test_what_was_written_before_the_daily_limit_is_settled_or_found(tmp_path: Path, undisturbed: bytes):
    """Whichever request of the run is the first one to be refused."""
    for spent_after in range(2, 100, 2):
        world = make_world(tmp_path / str(spent_after), limits=True)
        world.sandbox.hubspot.set_limits(daily_left=spent_after)
        try:
            world.sync(concurrency=1, quota_share=1.0)
        except TransientError as error:
            assert error.code == "E219"  # noqa: PT017 - the last one of these runs ends well
        else:
            assert spent_after > 8
            return
        with world.app() as app:
            [run] = app.runs_list(limit=1)
        assert (run.status, [failure.code for failure in run.failures]) == ("failed", ["E219"])
        world.wait(days=1)
        assert goes_on(world) == undisturbed, spent_after


def test_a_share_of_the_day_is_left_to_others(tmp_path: Path, undisturbed: bytes):
    world = make_world(tmp_path, limits=True)
    world.sandbox.hubspot.set_limits(daily_left=62_505)
    error = stops(world, "E219", quota_share=0.9, concurrency=1)
    assert "CONNECTOR_QUOTA_SHARE" in error.message
    assert MIDNIGHT in error.message
    assert limited(world) == 0
    assert len(world.requests()) == 5
    world.forget_requests()
    stops(world, "E219", quota_share=0.9)
    assert world.requests() == []
    world.wait(days=1)
    assert goes_on(world) == undisturbed


def test_a_backfill_leaves_half_of_the_day_to_sync(tmp_path: Path, undisturbed: bytes):
    world = make_world(tmp_path, limits=True)
    world.sandbox.hubspot.set_limits(daily_left=12)
    since = world.clock.now() - timedelta(days=90)
    with world.app(quota_share=1.0, concurrency=1) as app, pytest.raises(TransientError) as raised:
        app.backfill(since=since)
    assert raised.value.code == "E223"
    assert MIDNIGHT in raised.value.message
    assert limited(world) == 0
    # The first answer told of 11 that were left; 6 of them are kept.
    assert len(world.requests()) == 6
    world.forget_requests()
    world.sandbox.history.generate(3, now=world.clock.now(), over_seconds=30)
    world.wait(minutes=1)
    with pytest.raises(TransientError) as stopped:
        world.sync(quota_share=1.0, concurrency=1)
    assert stopped.value.code == "E219", "sync may use the other half, to the last request"
    assert len(world.requests()) >= 6
    world.wait(days=1)
    with world.app() as app:
        assert app.backfill(since=None, resume=True).status == "ok"
    assert goes_on(world) != b""


@pytest.mark.parametrize(
    ("fault", "code", "says"),
    [
        pytest.param({"status": 477, "retry_after": "7200"}, "E220", "go on at 2026-04-22 15:", id="477, for hours"),
        pytest.param(
            {"status": 477, "retry_after": "999999"}, "E220", "go on at 2026-04-23 13:", id="477, a day at most"
        ),
        pytest.param({"policy": "bare", "retry_after": "1e9"}, "E217", "go on at 2026-04-23 13:", id="429, for ages"),
    ],
)
def test_a_long_refusal_is_told_and_remembered(
    tmp_path: Path, undisturbed: bytes, fault: dict[str, Any], code: str, says: str
):
    world = make_world(tmp_path)
    world.sandbox.faults.set(refusals(**fault, times=0))
    world.clock.slept.clear()
    error = stops(world, code, concurrency=1)
    assert error.exit_code == 4
    assert says in error.message
    assert len(world.requests()) == 1
    assert sum(world.clock.slept) < 5
    world.forget_requests()
    world.wait(minutes=5)
    stops(world, code)
    assert world.requests() == []
    world.sandbox.faults.set([])
    world.wait(days=1)
    assert goes_on(world) == undisturbed


def test_a_limit_that_never_ends_is_given_up_within_five_minutes(tmp_path: Path, undisturbed: bytes):
    world = make_world(tmp_path)
    world.sandbox.faults.set(refusals(policy="TEN_SECONDLY_ROLLING", times=0))
    began = world.clock.now()
    error = stops(world, "E217", concurrency=1)
    assert error.exit_code == 4
    assert "too many requests" in error.message
    assert "let the others pause" in error.fix
    assert world.clock.now() - began <= timedelta(minutes=6)
    assert len(world.requests()) <= 8
    world.sandbox.faults.set([])
    world.wait(minutes=10)
    assert goes_on(world) == undisturbed


# --- limits shared with others, and alone ------------------------------------------------------------------------


@pytest.mark.parametrize("concurrency", [1, 8])
def test_alone_nothing_is_refused(tmp_path: Path, concurrency: int):
    world = make_world(tmp_path, calls=1500, limits=True)
    assert world.sync(concurrency=concurrency).status == "ok"
    assert limited(world) == 0


@pytest.mark.parametrize(("others", "concurrency"), [(150, 1), (188, 1), (100, 8), (180, 8)])
def test_what_another_app_uses_is_left_to_it(tmp_path: Path, others: int, concurrency: int):
    """Of 190 requests per ten seconds the other one takes so many."""
    world = make_world(tmp_path, calls=1500, limits=True)
    world.sandbox.hubspot.set_limits(others_per_ten_seconds=others)
    world.wait(seconds=20)
    world.forget_requests()
    assert world.sync(concurrency=concurrency).status == "ok"
    # Threads that sleep at the same time move this clock one after the other, and so meet the limit more often; with
    # two requests left per ten seconds that says nothing any more of clocks that move for all at once.
    assert limited(world) <= 2 * concurrency


def test_another_app_that_takes_all_stops_the_run_without_a_storm(tmp_path: Path):
    world = make_world(tmp_path, calls=1500, limits=True)
    world.sandbox.hubspot.set_limits(others_per_ten_seconds=10_000)
    world.wait(seconds=20)
    world.forget_requests()
    stops(world, "E217", concurrency=1)
    assert limited(world) <= 10, "in five minutes of asking"
    world.sandbox.hubspot.set_limits(others_per_ten_seconds=0)
    world.wait(minutes=5)
    goes_on(world)


# --- a token that goes, a HubSpot that goes ----------------------------------------------------------------------


@pytest.mark.parametrize("answered", [1, 3, 6, 9])
def test_a_token_that_is_revoked_midway(tmp_path: Path, undisturbed: bytes, answered: int):
    world = make_world(tmp_path)
    after_requests(world, answered, lambda: world.sandbox.hubspot.set_token(NEW_TOKEN))
    error = stops(world, "E201", concurrency=1)
    assert isinstance(error, AccessError)
    assert error.exit_code == 3
    assert HUBSPOT_TOKEN not in str(error)
    world.wait(minutes=5)
    stops(world, "E201")
    assert goes_on(world, hubspot_token=NEW_TOKEN) == undisturbed


@pytest.mark.parametrize("answered", [1, 5])
def test_a_token_that_expires_midway(tmp_path: Path, undisturbed: bytes, answered: int):
    world = make_world(tmp_path)
    after_requests(
        world,
        answered,
        lambda: world.sandbox.hubspot.set_token(HUBSPOT_TOKEN, expires_at=world.clock.now()),
    )
    assert stops(world, "E201").exit_code == 3
    world.sandbox.hubspot.set_token(HUBSPOT_TOKEN)
    assert goes_on(world) == undisturbed


@pytest.mark.parametrize("status", [503, 524])
def test_hubspot_is_down_for_an_hour(tmp_path: Path, undisturbed: bytes, status: int):
    world = make_world(tmp_path)
    after_requests(world, 4, lambda: world.sandbox.faults.set(refusals(status=status, times=0)))
    until = world.clock.now() + timedelta(hours=1)
    while world.clock.now() < until:
        assert stops(world, "E218").exit_code == 4
        world.crash.arm(None)
        world.wait(minutes=15)
    world.sandbox.faults.set([])
    assert goes_on(world) == undisturbed


@pytest.mark.parametrize("status", [500, 502, 504, 521])
@pytest.mark.parametrize("committed", ["before", "after"])
def test_a_storm_in_which_every_third_request_fails(tmp_path: Path, undisturbed: bytes, status: int, committed: Any):
    world = make_world(tmp_path)
    storm = [fault for nth in range(3, 60, 3) for fault in refusals(status=status, nth=nth, when=committed)]
    world.sandbox.faults.set(storm)
    assert goes_on(world) == undisturbed


def test_a_login_page_in_hubspots_place_is_called_that(tmp_path: Path, undisturbed: bytes):
    world = make_world(tmp_path)
    page = {"Content-Type": "text/html"}
    world.sandbox.faults.set(
        [Fault(side="hubspot", action="body", path="/crm/", headers=page, body="<html>Log in</html>", times=0)]
    )
    error = stops(world, "E214")
    assert "not JSON" in error.message
    assert "proxy" in error.message
    world.sandbox.faults.set([])
    assert goes_on(world) == undisturbed
