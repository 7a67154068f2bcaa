"""Calls that are said to be of days to come are set aside, each kind of them, at the edge of a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from connector.engine.credible import AHEAD_MAX, believed
from connector.model import BadCall, Call, CallKey, OngoingCall

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
KEY = CallKey("listed", "org", "c")
SECOND = timedelta(seconds=1)


def ended(at: datetime) -> Call:
    return Call(key=KEY, started_at=at - SECOND, ended_at=at, duration_seconds=1)


def began(at: datetime) -> OngoingCall:
    return OngoingCall(key=KEY, started_at=at)


@pytest.mark.parametrize("make", [ended, began])
@pytest.mark.parametrize("at", [NOW, NOW + AHEAD_MAX, NOW - timedelta(days=9000)])
def test_what_a_clock_explains_is_believed(make, at):
    assert believed(make(at), now=NOW) == make(at)


@pytest.mark.parametrize(("make", "did"), [(ended, "ended"), (began, "began")])
@pytest.mark.parametrize("at", [NOW + AHEAD_MAX + SECOND, datetime(2099, 12, 31, tzinfo=UTC)])
def test_what_none_explains_is_not(make, did, at):
    message = f"it is said to have {did} on {at:%Y-%m-%d}, which is to come"
    assert believed(make(at), now=NOW) == BadCall(key=KEY, code="E324", message=message)


def test_what_could_not_be_read_stays_as_it_is():
    bad = BadCall(key=KEY, code="E322", message="-")
    assert believed(bad, now=NOW) is bad
