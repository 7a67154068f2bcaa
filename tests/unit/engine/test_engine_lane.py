"""The lane is held for as long as the run is alive."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, timedelta

import pytest

from connector.draft.ledger import DraftLedger
from connector.engine.lane import LEASE_SECONDS, WAIT_BEYOND_LEASE_SECONDS, LaneHolder
from connector.errors import ConnectorError, FatalError, LaneError, TransientError
from connector.model import Lane
from tests.stubs.clock import VirtualClock

PORTAL = "50001"


class Watched(DraftLedger):
    """Counts what it is asked, and may take its time to answer."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__(now=clock.now)
        self.clock = clock
        self.answers: Callable[[], None] = lambda: None
        """What goes on until an answer comes."""
        self.checked: Callable[[], None] = lambda: None
        """What goes on before a check is looked into, the first time."""
        self.failures: list[ConnectorError] = []
        """What the next renewals end with."""
        self.renewals = 0
        self.checks = 0

    def take_lane(self, portal_id: str, owner: str, *, lease_seconds: float) -> Lane | None:
        self.answers()
        return super().take_lane(portal_id, owner, lease_seconds=lease_seconds)

    def renew_lane(self, lane: Lane, *, lease_seconds: float) -> None:
        self.renewals += 1
        if self.failures:
            raise self.failures.pop(0)
        self.answers()
        super().renew_lane(lane, lease_seconds=lease_seconds)

    def check_lane(self, lane: Lane) -> None:
        self.checks += 1
        happens, self.checked = self.checked, lambda: None
        happens()
        super().check_lane(lane)


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def ledger(clock: VirtualClock) -> Watched:
    return Watched(clock)


@pytest.fixture
def holder(ledger: Watched, clock: VirtualClock) -> LaneHolder:
    taken = LaneHolder(ledger, clock, owner="one")
    taken.take(PORTAL)
    return taken


def test_a_second_run_waits_and_gives_up(ledger: Watched, clock: VirtualClock, holder: LaneHolder) -> None:
    began, sleep = clock.monotonic(), clock.sleep

    def sleep_while_the_first_goes_on(seconds: float) -> None:
        sleep(seconds)
        holder.check()

    clock.sleep = sleep_while_the_first_goes_on  # type: ignore[method-assign]
    with pytest.raises(LaneError, match="waited 30 seconds") as raised:
        LaneHolder(ledger, clock, owner="two").take(PORTAL)
    assert raised.value.code == "E521"
    assert 0 <= clock.monotonic() - began - (LEASE_SECONDS + WAIT_BEYOND_LEASE_SECONDS) < 1


def test_a_run_that_died_is_followed_by_the_next_within_its_wait(
    ledger: Watched, clock: VirtualClock, holder: LaneHolder
) -> None:
    began = clock.monotonic()
    second = LaneHolder(ledger, clock, owner="two")
    second.take(PORTAL)
    second.check()
    assert clock.monotonic() - began == LEASE_SECONDS


def test_a_run_that_lost_its_lane_may_not_write(ledger: Watched, clock: VirtualClock, holder: LaneHolder) -> None:
    clock.sleep(LEASE_SECONDS)
    LaneHolder(ledger, clock, owner="two").take(PORTAL)
    for _ in range(2):
        with pytest.raises(LaneError) as raised:
            holder.check()
        assert raised.value.code == "E522"


def test_a_lease_that_ran_out_while_nobody_else_came_is_taken_up_again(clock: VirtualClock, holder: LaneHolder) -> None:
    clock.sleep(LEASE_SECONDS * 3)
    holder.check()


def test_a_lease_that_ran_out_between_the_look_at_the_clock_and_the_check_is_taken_up_again(
    ledger: Watched, clock: VirtualClock, holder: LaneHolder
) -> None:
    """A process may be stopped there, or the ledger slow to answer: nobody else has come meanwhile."""
    ledger.checked = lambda: clock.sleep(LEASE_SECONDS * 2)
    holder.check()
    assert (ledger.checks, ledger.renewals) == (1, 1)
    ledger.check_lane(holder.lane)


def test_nobody_writes_without_a_lane(ledger: Watched, clock: VirtualClock) -> None:
    with pytest.raises(LaneError):
        LaneHolder(ledger, clock, owner="one").check()


@pytest.mark.parametrize(
    ("gone", "renewals"),
    [
        pytest.param(0.0, 0, id="just taken"),
        pytest.param(LEASE_SECONDS / 3 - 0.01, 0, id="a third not quite gone"),
        pytest.param(LEASE_SECONDS / 3 + 0.01, 1, id="a third gone"),
        pytest.param(LEASE_SECONDS - 0.01, 1, id="nearly over"),
    ],
)
def test_the_lease_is_lengthened_when_a_third_of_it_is_gone(
    ledger: Watched, clock: VirtualClock, holder: LaneHolder, gone: float, renewals: int
) -> None:
    clock.sleep(gone)
    holder.check()
    assert (ledger.renewals, ledger.checks) == (renewals, 1 - renewals)
    # A run that checks often renews no more often than it must, and never writes without asking.
    holder.check()
    assert (ledger.renewals, ledger.checks) == (renewals, 2 - renewals)


def test_a_lease_counts_from_when_it_was_asked_for(ledger: Watched, clock: VirtualClock) -> None:
    """The answer may come late: the lease is then nearer to its end than it looks."""
    ledger.answers = lambda: clock.sleep(LEASE_SECONDS / 2)
    holder = LaneHolder(ledger, clock, owner="one")
    holder.take(PORTAL)
    holder.check()
    assert ledger.renewals == 1, "half of it may be gone already"
    holder.check()
    assert ledger.renewals == 2, "and so of the renewed one"


class SetBackClock(VirtualClock):
    """One whose time of day is set while the run goes on."""

    off = timedelta(0)

    def now(self) -> datetime:
        return super().now() + self.off


@pytest.mark.parametrize("off", [timedelta(hours=1), timedelta(hours=-2)])
def test_a_clock_that_is_set_changes_nothing(ledger: Watched, clock: VirtualClock, off: timedelta) -> None:
    """The ledger's clock is another machine's."""
    own = SetBackClock()
    holder = LaneHolder(ledger, own, owner="one")
    holder.take(PORTAL)
    for seconds, renewals in ((1.0, 0), (LEASE_SECONDS / 2, 1), (1.0, 1), (LEASE_SECONDS / 2, 2)):
        own.off += off
        for each in (own, clock):
            each.sleep(seconds)
        holder.check()
        assert ledger.renewals == renewals


class Ticks:
    """Stands in for the event that ends the keeper: time goes by while it waits, and soon it is over."""

    def __init__(self, clock: VirtualClock, ledger: Watched) -> None:
        self.clock = clock
        self.ledger = ledger
        self.waited: list[float] = []

    def wait(self, seconds: float) -> bool:
        self.waited.append(seconds)
        self.clock.sleep(seconds)
        assert self.ledger.take_lane(PORTAL, "another", lease_seconds=8.0) is None, "the lease ran out"
        return len(self.waited) > 12

    def set(self) -> None:
        """It ends by itself."""


def test_is_renewed_on_the_side_while_an_answer_takes_longer_than_the_lease(
    ledger: Watched, clock: VirtualClock
) -> None:
    ticks = Ticks(clock, ledger)
    holder = LaneHolder(ledger, clock, owner="one", lease_seconds=8.0)
    holder.take(PORTAL)
    holder._keep(ticks)  # type: ignore[arg-type]  # what an event does for it
    assert ticks.waited == [2.0] * 13
    assert ledger.renewals == 6, "every other time: what is fresh is only looked at"


def test_is_kept_for_the_length_of_a_block_and_given_up(ledger: Watched, clock: VirtualClock) -> None:
    holder = LaneHolder(ledger, clock, owner="one", lease_seconds=0.04)
    with holder.held(PORTAL):
        before = ledger.checks
        give_up = 500
        while ledger.checks == before and give_up:
            give_up -= 1
            time.sleep(0.01)
        assert ledger.checks > before, "nobody keeps it"
    with pytest.raises(LaneError):
        holder.check()
    assert ledger.take_lane(PORTAL, "another", lease_seconds=1.0)


BUSY = TransientError("E511", "another process has the ledger")
GONE = TransientError("E517", "the server is gone")
FULL = FatalError("E513", "the disk is full")


@pytest.mark.parametrize("errors", [[BUSY], [GONE], [FULL], [BUSY, GONE]])
def test_who_keeps_it_tries_again_when_the_ledger_is_out_of_reach(
    ledger: Watched, clock: VirtualClock, errors: list[ConnectorError]
) -> None:
    """One busy moment of the ledger must not cost a run its lane in the midst of a long wait."""
    ledger.failures = list(errors)
    holder = LaneHolder(ledger, clock, owner="one", lease_seconds=8.0)
    holder.take(PORTAL)
    holder._keep(ticks := Ticks(clock, ledger))  # type: ignore[arg-type]  # what an event does for it
    assert ticks.waited[: 2 + len(errors)] == [2.0, 2.0, *[1.0] * len(errors)], "soon, while the lease runs"
    assert ticks.waited[2 + len(errors) :] == [2.0] * (11 - len(errors))
    holder.check()


def test_who_keeps_it_stops_without_a_word_when_it_is_lost(ledger: Watched, clock: VirtualClock) -> None:
    holder = LaneHolder(ledger, clock, owner="one", lease_seconds=8.0)
    holder.take(PORTAL)
    clock.sleep(8.0)
    LaneHolder(ledger, clock, owner="two", lease_seconds=8.0).take(PORTAL)
    holder._keep(ticks := Ticks(clock, ledger))  # type: ignore[arg-type]  # what an event does for it
    assert len(ticks.waited) == 1
    with pytest.raises(LaneError):
        holder.check()


@pytest.mark.parametrize("ends_in_order", [True, False])
def test_a_lane_that_cannot_be_given_up_hides_nothing(
    clock: VirtualClock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, ends_in_order: bool
) -> None:
    ledger = Watched(clock)

    def is_full(lane: Lane) -> None:
        raise FatalError("E513", "the disk is full")

    monkeypatch.setattr(ledger, "release_lane", is_full)
    ended = nullcontext() if ends_in_order else pytest.raises(TransientError, match="E212")
    with ended, LaneHolder(ledger, clock, owner="one").held(PORTAL):
        if not ends_in_order:
            raise TransientError("E212", "HubSpot was not reached")
    assert [(record.message, record.code) for record in caplog.records] == [("lane_not_released", "E513")]  # type: ignore[attr-defined]
