"""The lane is held for as long as the run is alive."""

from __future__ import annotations

import time
from datetime import datetime

import pytest

from connector.draft.ledger import DraftLedger
from connector.engine import lane as lane_module
from connector.engine.lane import LEASE_SECONDS, WAIT_SECONDS, LaneHolder
from connector.errors import LaneError
from connector.model import Lane
from tests.stubs.clock import VirtualClock

PORTAL = "50001"


def a_holder(ledger: DraftLedger, clock: VirtualClock, owner: str) -> LaneHolder:
    return LaneHolder(ledger, clock, owner=owner)


def test_a_second_run_waits_and_gives_up() -> None:
    ledger, clock = DraftLedger(), VirtualClock()
    first, second = a_holder(ledger, clock, "one"), a_holder(ledger, clock, "two")
    first.take(PORTAL)
    began = clock.monotonic()
    clock_of_first = first.check
    with pytest.raises(LaneError) as raised:
        _waiting(clock, clock_of_first, second)
    assert raised.value.code == "E521"
    assert clock.monotonic() - began >= WAIT_SECONDS


def _waiting(clock: VirtualClock, renew: object, second: LaneHolder) -> None:
    assert callable(renew)
    sleep = clock.sleep

    def sleep_and_renew(seconds: float) -> None:
        sleep(seconds)
        renew()

    clock.sleep = sleep_and_renew  # type: ignore[method-assign]
    second.take(PORTAL)


def test_a_run_that_died_is_followed_by_the_next_within_its_wait() -> None:
    ledger, clock = DraftLedger(), VirtualClock()
    a_holder(ledger, clock, "dead").take(PORTAL)
    second = a_holder(ledger, clock, "two")
    second.take(PORTAL)
    assert LEASE_SECONDS < WAIT_SECONDS
    second.check()


def test_a_run_that_lost_its_lane_may_not_write() -> None:
    ledger, clock = DraftLedger(), VirtualClock()
    first = a_holder(ledger, clock, "one")
    first.take(PORTAL)
    clock.sleep(LEASE_SECONDS + 1)
    a_holder(ledger, clock, "two").take(PORTAL)
    with pytest.raises(LaneError):
        first.check()


def test_nobody_writes_without_a_lane() -> None:
    with pytest.raises(LaneError):
        a_holder(DraftLedger(), VirtualClock(), "one").check()


def test_is_renewed_on_the_side_while_an_answer_takes_longer_than_the_lease(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lane_module, "KEEP_EVERY_SECONDS", 0.01)
    ledger, clock = DraftLedger(), VirtualClock()
    holder = a_holder(ledger, clock, "one")
    with holder.held(PORTAL):
        for _ in range(5):
            clock.sleep(LEASE_SECONDS * 0.9)
            before = holder.lane.until
            give_up = time.monotonic() + 5
            while holder.lane.until == before and time.monotonic() < give_up:
                time.sleep(0.005)
            assert holder.lane.until > clock.now()
    with pytest.raises(LaneError):
        holder.check()


class Renewals(DraftLedger):
    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def renew_lane(self, lane: Lane, *, now: datetime, lease_seconds: float) -> Lane:
        self.count += 1
        return super().renew_lane(lane, now=now, lease_seconds=lease_seconds)


@pytest.mark.parametrize(
    ("gone", "renewals"),
    [
        pytest.param(0.0, 0, id="just taken"),
        pytest.param(0.3, 0, id="less than a third gone"),
        pytest.param(0.4, 1, id="more than a third gone"),
        pytest.param(0.95, 1, id="nearly over"),
    ],
)
def test_the_lease_is_lengthened_when_a_third_of_it_is_gone(gone: float, renewals: int) -> None:
    ledger, clock = Renewals(), VirtualClock()
    holder = a_holder(ledger, clock, "one")
    holder.take(PORTAL)
    clock.sleep(LEASE_SECONDS * gone)
    holder.check()
    assert ledger.count == renewals
    left = (holder.lane.until - clock.now()).total_seconds()
    assert left > LEASE_SECONDS * 0.6
    # A run that checks often renews no more often than it must.
    holder.check()
    assert ledger.count == renewals
