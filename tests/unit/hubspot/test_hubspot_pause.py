"""A portal that gives no answers until a known time: said in words, remembered, asked about once an hour."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from connector.draft.ledger import DraftLedger
from connector.errors import TransientError
from connector.http import DaySpentError
from connector.hubspot.pause import Pause, until_midnight
from tests.stubs.clock import VirtualClock

NAME = "hubspot:mark:pause"


def a_pause(facts: DraftLedger, clock: VirtualClock, zone: str = "Europe/London") -> Pause:
    return Pause(facts, clock, name=NAME, time_zone=lambda: zone)


class Sender:
    """Fails as it is told, and counts how often it was asked."""

    def __init__(self, error: TransientError | None) -> None:
        self.error = error
        self.asked = 0

    def __call__(self) -> str:
        self.asked += 1
        if self.error is not None:
            raise self.error
        return "answer"


def limited(code: str = "E219", retry_after: float | None = None, cause: Exception | None = None) -> TransientError:
    error = TransientError(code, "limited", where="POST /x", retry_after=retry_after)
    error.__cause__ = cause
    return error


def refused(pause: Pause, sender: Sender) -> TransientError:
    with pytest.raises(TransientError) as raised:
        pause.ask(sender)
    return raised.value


@pytest.mark.parametrize(
    ("time_zone", "now", "hours"),
    [
        pytest.param("UTC", datetime(2026, 4, 22, 12, tzinfo=UTC), 12, id="UTC"),
        pytest.param("Europe/London", datetime(2026, 4, 22, 12, tzinfo=UTC), 11, id="summer time"),
        pytest.param("America/New_York", datetime(2026, 1, 5, 4, tzinfo=UTC), 1, id="the day before, there"),
        pytest.param("Europe/London", datetime(2026, 10, 25, 0, tzinfo=UTC), 24, id="the day of 25 hours"),
        pytest.param("Europe/London", datetime(2026, 3, 29, 0, tzinfo=UTC), 23, id="the day of 23 hours"),
        pytest.param("UTC", datetime(2026, 4, 22, 23, 52, 30, 900_000, tzinfo=UTC), 449.1 / 3600, id="to the second"),
        pytest.param("Nowhere/Land", datetime(2026, 4, 22, 12, tzinfo=UTC), 12, id="an unknown zone"),
        pytest.param("../etc/passwd", datetime(2026, 4, 22, 12, tzinfo=UTC), 12, id="no zone at all"),
    ],
)
def test_a_spent_day_ends_at_midnight_in_the_portal(time_zone, now, hours):
    error = until_midnight("E219", "spent", now, time_zone)
    assert error.retry_after == pytest.approx(timedelta(hours=hours).total_seconds(), abs=1e-4)
    assert error.exit_code == 4


@pytest.mark.parametrize(
    ("error", "zone", "code", "message"),
    [
        pytest.param(
            limited(),
            "Europe/London",
            "E219",
            "the portal's daily limit of requests is used up: go on at 2026-04-23 00:00 Europe/London "
            "(2026-04-22 23:00 UTC)",
            id="the day, in the portal's time and in UTC",
        ),
        pytest.param(
            limited("E217", cause=DaySpentError(3600.0, keeps_part=False)),
            "UTC",
            "E219",
            "the share of the portal's daily limit that CONNECTOR_QUOTA_SHARE allows is used up: go on at "
            "2026-04-23 00:00 UTC",
            id="our share of the day",
        ),
        pytest.param(
            limited("E217", cause=DaySpentError(3600.0, keeps_part=True)),
            "UTC",
            "E223",
            "this backfill has used its half of what was left of the portal's requests for today; the rest is for "
            "sync: go on at 2026-04-23 00:00 UTC",
            id="half of the day",
        ),
        pytest.param(limited("E220", 7200.0), "UTC", "E220", "limited: go on at 2026-04-22 14:00 UTC", id="a move"),
        pytest.param(limited("E218"), "UTC", "E218", "limited", id="nobody knows until when"),
    ],
)
def test_when_to_go_on_is_said(error, zone, code, message):
    told = refused(a_pause(DraftLedger(), VirtualClock(), zone), Sender(error))
    assert (told.code, told.message) == (code, message)
    if told.code == error.code != "E219":
        assert (told.where, told.retry_after) == (error.where, error.retry_after)


class TestRemembering:
    def test_a_later_run_asks_nothing(self):
        facts, clock = DraftLedger(), VirtualClock()
        first = refused(a_pause(facts, clock), Sender(limited()))
        clock.sleep(600)
        sender = Sender(None)
        later = refused(a_pause(facts, clock), sender)
        assert (later.code, later.message, sender.asked) == (first.code, first.message, 0)
        assert first.retry_after is not None
        assert later.retry_after == first.retry_after - 600

    def test_once_an_hour_one_request_finds_out_whether_it_is_over(self):
        facts, clock = DraftLedger(), VirtualClock()
        refused(a_pause(facts, clock), Sender(limited()))
        clock.sleep(3601)
        sender = Sender(limited())
        for _ in range(3):
            refused(a_pause(facts, clock), sender)
        assert sender.asked == 1

    def test_when_it_is_over_early_the_run_goes_on(self):
        facts, clock = DraftLedger(), VirtualClock()
        refused(a_pause(facts, clock), Sender(limited()))
        clock.sleep(3601)
        assert a_pause(facts, clock).ask(Sender(None)) == "answer"
        assert facts.recall(NAME, now=clock.now(), age_seconds_max=None) == b""

    def test_after_its_time_nothing_is_left_of_it(self):
        facts, clock = DraftLedger(), VirtualClock()
        refused(a_pause(facts, clock), Sender(limited("E220", 1800.0)))
        clock.sleep(1801)
        assert a_pause(facts, clock).ask(Sender(None)) == "answer"

    @pytest.mark.parametrize(
        "error",
        [
            pytest.param(limited("E217", 60.0), id="soon over"),
            pytest.param(limited("E220"), id="nobody knows until when"),
            pytest.param(limited("E217", cause=DaySpentError(3600.0, keeps_part=True)), id="a backfill's half"),
        ],
    )
    def test_what_does_not_concern_later_runs_is_not_remembered(self, error):
        facts, clock = DraftLedger(), VirtualClock()
        refused(a_pause(facts, clock), Sender(error))
        assert a_pause(facts, clock).ask(Sender(None)) == "answer"

    def test_what_another_version_remembered_is_left_alone(self):
        facts, clock = DraftLedger(), VirtualClock()
        facts.remember(NAME, b'{"of": "another shape"}', now=clock.now())
        assert a_pause(facts, clock).ask(Sender(None)) == "answer"

    def test_of_many_threads_one_asks(self):
        facts, clock = DraftLedger(), VirtualClock()
        refused(a_pause(facts, clock), Sender(limited()))
        clock.sleep(3601)
        pause, sender = a_pause(facts, clock), Sender(limited())
        threads = [threading.Thread(target=lambda: refused(pause, sender)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sender.asked == 1
