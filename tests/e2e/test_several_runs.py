"""Several runs in one world, at the same time and in turns, by clocks that disagree: each call is carried once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connector.app import App
from connector.engine import spool
from connector.engine.lane import LEASE_SECONDS
from connector.errors import LaneError
from connector.model import LAST_OUTCOME, RunSummary
from connector.sandbox.people import ORGANIZATION_ID
from tests.stubs.clock import VirtualClock
from tests.stubs.once import open_new_or_old
from tests.stubs.phone_line import contacts, die_at, ring, sync
from tests.stubs.world import World

HOUR = timedelta(hours=1)


class OffClock(VirtualClock):
    """Another machine's: its time of day is off, its seconds are as long as everybody's."""

    def __init__(self, true: VirtualClock, off: timedelta) -> None:
        self._true = true
        self.off = off

    def now(self) -> datetime:
        return self._true.now() + self.off

    def monotonic(self) -> float:
        return self._true.monotonic()

    def sleep(self, seconds: float) -> None:
        self._true.sleep(seconds)


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    url = request.getfixturevalue("postgresql_url") if request.param == "postgresql" else ""
    world = World(tmp_path, calls=0, search_lag_seconds=3.0, postgresql=url)
    world.setup()
    return world


@contextmanager
def a_worker(
    world: World, *, off: timedelta = timedelta(0), source: World | None = None, **settings: Any
) -> Iterator[App]:
    """A run of its own over this portal and ledger, with a clock of its own, perhaps of another platform."""

    def opener(url: str, *, secret: bytes | None, now: object) -> Any:
        # Leases go by the ledger's clock, which is right.
        return open_new_or_old(url, secret=secret, now=world.clock.now)

    platform = source or world
    app = App.from_settings(
        platform.settings(**settings),
        clock=OffClock(world.clock, off),
        hubspot_transport=world.transport,
        source_transport=platform.transport,
        ledger_opener=opener,
    )
    with app:
        yield app


def at_the_first(world: World, point: str, act: Any) -> list[Any]:
    """Have something happen in the middle of the world's next run."""
    came: list[Any] = []

    def watch(name: str) -> None:
        if name == point and not came:
            came.append(None)
            came[0] = act()

    world.crash.watch = watch
    return came


def keys(world: World, object_type: str = "calls") -> list[str]:
    return sorted(
        record.properties["call_connector_key"] or "" for record in world.sandbox.hubspot.records(object_type)
    )


def run_while_another_contends(world: World, *, off: timedelta = timedelta(0), set_by: timedelta = timedelta(0)) -> str:
    """A run carries one call while another one waits for the lane: with which code that one gives up.

    The other one's clock is off; meanwhile the ledger's clock and the first one's are set.
    """
    world.clock = machine = OffClock(world.clock, timedelta(0))

    def contend() -> str:
        machine.off = set_by
        with a_worker(world, off=off) as other, pytest.raises(LaneError) as refused:
            # The holder renews while this one waits.
            keep = world.crash.watch
            world.crash.watch = lambda name: None
            try:
                other.sync()
            finally:
                world.crash.watch = keep
        return refused.value.code

    world.wait(minutes=10)
    with world.app() as app:
        lane = app._parts.lane
        sleep = world.clock.sleep

        def sleep_and_renew(seconds: float) -> None:
            sleep(seconds)
            if lane._lane is not None:
                lane.check()

        world.clock.sleep = sleep_and_renew  # type: ignore[method-assign]
        came: list[str] = at_the_first(world, "after claim", contend)
        assert app.sync().calls.created == 1
    assert len(keys(world)) == 1
    return came[0]


@pytest.mark.parametrize("off", [HOUR, -HOUR, 2 * HOUR], ids=["an hour ahead", "an hour behind", "two hours ahead"])
def test_a_machine_whose_clock_is_wrong_takes_no_lane_that_is_held(world: World, off: timedelta) -> None:
    ring(world)
    assert run_while_another_contends(world, off=off) == "E521"


def test_who_lives_while_the_ledgers_clock_is_set_back_keeps_its_lane(world: World) -> None:
    """It renews by the new clock while the other one waits."""
    ring(world)
    assert run_while_another_contends(world, set_by=-2 * HOUR) == "E521"


@pytest.mark.parametrize("off", [-2 * HOUR, 2 * HOUR], ids=["back", "forward"])
def test_who_died_before_the_ledgers_clock_was_set_is_followed_within_a_lease(world: World, off: timedelta) -> None:
    """The clock by which leases are measured: this machine's, or that of the server with the ledger."""
    world.clock = machine = OffClock(world.clock, timedelta(0))
    ring(world)
    die_at(world, "after POST /crm/v3/objects/tasks/batch/create")
    machine.off, began = off, machine.monotonic()
    assert world.sync().calls.created == 1
    assert machine.monotonic() - began <= LEASE_SECONDS + 1
    assert (len(contacts(world)), len(keys(world, "tasks")), len(keys(world))) == (1, 1, 1)


def test_workers_whose_clocks_are_off_carry_each_call_once_in_turns(world: World) -> None:
    expected = 0
    for round_, off in enumerate((HOUR, -HOUR, timedelta(0), -2 * HOUR, HOUR)):
        ring(world, f"c{round_}", callerNumber=f"+44770090012{round_}", leadData={"name": f"Bo Lind{round_}"})
        expected += 1
        world.wait(minutes=10)
        true_now = world.clock.now()
        with a_worker(world, off=off) as app:
            watermark = app.sync().watermark
        assert watermark is None or watermark <= true_now, "no clock carries it past calls to come"
        assert len(keys(world)) == expected, off
    world.forget_requests()
    assert sync(world).calls.unchanged == expected
    assert world.requests() == []


def test_a_clock_that_is_set_back_two_hours_in_the_middle_of_a_run_loses_nothing(world: World) -> None:
    for number in range(6):
        ring(world, f"c{number}")
        world.wait(minutes=1)
    world.wait(minutes=10)
    with a_worker(world) as app:
        clock = app._parts.clock
        assert isinstance(clock, OffClock)

        def set_back(progress: object) -> None:
            clock.off = -2 * HOUR

        assert app.sync(on_progress=set_back).calls.created == 6
    with a_worker(world, off=-2 * HOUR) as app:
        ring(world, "late")
        assert app.sync().calls.created == 1
    assert len(keys(world)) == 7
    assert sync(world).calls.unchanged == 7


def test_two_workers_of_whom_one_stalls_do_each_call_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second takes over in the midst of the first one's windows; one number is in all of them."""
    monkeypatch.setattr(spool, "WINDOW_CALLS_MAX", 2)
    for number in range(8):
        ring(world, f"c{number}")
        world.wait(seconds=30)
    world.wait(minutes=10)
    summaries: list[RunSummary] = []

    def take_over() -> None:
        world.clock.sleep(60)  # longer than a lease
        with a_worker(world) as other:
            summaries.append(other.sync())

    at_the_first(world, "after POST /crm/v3/objects/contacts/batch/create", take_over)
    with pytest.raises(LaneError) as lost:
        world.sync()
    assert (lost.value.code, lost.value.exit_code) == ("E522", 5)
    assert [summary.status for summary in summaries] == ["ok"]
    assert (len(keys(world)), len(contacts(world))) == (8, 1)
    world.forget_requests()
    assert sync(world).calls.unchanged == 8
    assert world.requests() == []


def run_and_stall_at_an_update(world: World, of: str, changes: Callable[[], object]) -> None:
    """Between the check of its lane and an update a run stalls, is overtaken after these changes, and wakes again."""

    def overtake() -> None:
        world.wait(minutes=1)
        changes()
        world.wait(minutes=10)
        with a_worker(world) as other:
            assert other.sync().status == "ok"

    at_the_first(world, f"before POST /crm/v3/objects/{of}/batch/update", overtake)
    world.wait(minutes=10)
    with pytest.raises(LaneError):
        world.sync()


@pytest.mark.parametrize("by", ["the next call", "a retry of the newest one"])
def test_what_an_update_that_came_too_late_put_back_is_mended(world: World, by: str) -> None:
    """HubSpot knows no conditional write. What no unique key guards, a later write brings right, and no quiet run."""

    def last_outcome() -> str | None:
        [contact] = contacts(world)
        return contact.properties[LAST_OUTCOME]

    ring(world, "c0")
    sync(world)
    ring(world, "c1", outcome="resolved")
    run_and_stall_at_an_update(world, "contacts", lambda: ring(world, "c2", outcome="callback_scheduled"))
    assert sync(world).calls.unchanged == 3
    assert last_outcome() == "resolved", "known-limits.md says so"
    if by == "the next call":
        ring(world, "c3", outcome="message_taken")
        sync(world)
    else:
        with world.app() as app:
            app.calls_retry(["c2"])
    assert last_outcome() == ("message_taken" if by == "the next call" else "callback_scheduled")
    assert len(keys(world)) == (4 if by == "the next call" else 3)


@pytest.mark.parametrize("by", ["its next change", "a retry"])
def test_a_text_that_an_update_that_came_too_late_put_back_is_mended(world: World, by: str) -> None:
    def body() -> str | None:
        [call] = world.sandbox.hubspot.records("calls")
        return call.properties["hs_call_body"]

    ring(world, summary="First.")
    sync(world)
    ring(world, summary="Second.")
    run_and_stall_at_an_update(world, "calls", lambda: ring(world, summary="Third."))
    assert sync(world).calls.unchanged == 1
    assert body() == "<p>Second.</p>", "known-limits.md says so"
    if by == "its next change":
        ring(world, summary="Fourth.")
        sync(world)
    else:
        with world.app() as app:
            app.calls_retry(["c1"])
    assert body() == ("<p>Fourth.</p>" if by == "its next change" else "<p>Third.</p>")


def test_two_connections_into_one_portal_share_a_caller(world: World, tmp_path: Path) -> None:
    """Two platforms, two ledgers, so that no lane keeps them apart: HubSpot's unique keys do."""
    (tmp_path / "other").mkdir()
    other = World(tmp_path / "other", source="vapi", calls=0)
    ring(world)
    ring(other, "v1", organizationId=ORGANIZATION_ID)
    summaries: list[RunSummary] = []

    def run_the_other() -> None:
        with a_worker(world, source=other) as app:
            summaries.append(app.sync())

    world.wait(minutes=10)
    at_the_first(world, "before POST /crm/v3/objects/contacts/batch/create", run_the_other)
    assert world.sync().calls.created == 1
    assert [summary.calls.read for summary in summaries] == [1]
    assert len(contacts(world)) == 1
    assert len({key.partition(":")[0] for key in keys(world)}) == len(keys(world)) == 2
    sync(world)
    assert (len(contacts(world)), len(keys(world))) == (1, 2)
