"""When a newest-first walk may stop."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from connector.engine.walk import QUIET_STREAK, QUIET_STREAK_MIN, QUIET_TEXT, Walk, weight
from connector.model import BadCall, Call, CallKey, OngoingCall

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def a_walk() -> Walk:
    return Walk(look_back_to=NOW - DAY, wanted_from=NOW - 30 * DAY)


def saw(walk: Walk, ended_at: datetime, *, is_quiet: bool, seconds: int = 60, text: int = 0) -> None:
    walk.saw(ended_at, started_at=ended_at - timedelta(seconds=seconds), is_quiet=is_quiet, text=text)


def test_stops_after_a_streak_of_known_calls_behind_the_look_back() -> None:
    walk = a_walk()
    for minutes in range(QUIET_STREAK):
        assert not walk.may_stop
        saw(walk, NOW - 2 * DAY - timedelta(minutes=minutes), is_quiet=True)
    assert walk.may_stop


@pytest.mark.parametrize(
    ("text", "enough"),
    [
        pytest.param(QUIET_TEXT, QUIET_STREAK_MIN, id="however heavy, never fewer than these"),
        pytest.param(QUIET_TEXT // 40, 40, id="as soon as they amount to that much"),
        pytest.param(QUIET_TEXT // QUIET_STREAK - 1, QUIET_STREAK, id="light ones all the way"),
    ],
)
def test_stops_earlier_where_calls_are_heavy(text: int, enough: int) -> None:
    walk = a_walk()
    for minutes in range(enough):
        assert not walk.may_stop
        saw(walk, NOW - 2 * DAY - timedelta(minutes=minutes), is_quiet=True, text=text)
    assert walk.may_stop


def test_heavy_calls_before_the_streak_do_not_shorten_it() -> None:
    walk = a_walk()
    saw(walk, NOW, is_quiet=True, text=QUIET_TEXT)
    saw(walk, NOW - 2 * DAY, is_quiet=False, text=QUIET_TEXT)
    for minutes in range(1, QUIET_STREAK_MIN + 1):
        saw(walk, NOW - 3 * DAY - timedelta(minutes=minutes), is_quiet=True)
    assert not walk.may_stop


@pytest.mark.parametrize(
    ("ended_at", "is_quiet"),
    [
        pytest.param(NOW - 3 * DAY, False, id="an unknown or changed call"),
        pytest.param(NOW - timedelta(hours=1), True, id="a known call inside the look-back"),
    ],
)
def test_begins_the_streak_anew_at(ended_at: datetime, is_quiet: bool) -> None:
    walk = Walk(look_back_to=NOW - DAY, wanted_from=NOW - 30 * DAY)
    for _ in range(QUIET_STREAK - 1):
        saw(walk, NOW - 2 * DAY if not is_quiet else NOW, is_quiet=True)
    saw(walk, ended_at, is_quiet=is_quiet)
    saw(walk, min(ended_at, NOW - 4 * DAY), is_quiet=True)
    assert not walk.may_stop


def test_calls_from_before_the_connection_count_as_quiet_though_nobody_knows_them() -> None:
    walk = a_walk()
    for minutes in range(QUIET_STREAK):
        saw(walk, NOW - 31 * DAY - timedelta(minutes=minutes), is_quiet=False)
    assert walk.may_stop


def test_never_stops_early_once_a_newer_call_came_after_an_older_one() -> None:
    walk = a_walk()
    saw(walk, NOW - 3 * DAY, is_quiet=True)
    saw(walk, NOW - 2 * DAY, is_quiet=True)
    for minutes in range(QUIET_STREAK * 2):
        saw(walk, NOW - 4 * DAY - timedelta(minutes=minutes), is_quiet=True)
    assert not walk.is_ordered
    assert not walk.may_stop


def test_never_stops_early_where_no_order_is_claimed() -> None:
    walk = Walk(look_back_to=NOW - DAY, wanted_from=NOW - 30 * DAY, claims_order=False)
    for minutes in range(QUIET_STREAK * 2):
        saw(walk, NOW - 4 * DAY - timedelta(minutes=minutes), is_quiet=True)
    assert not walk.may_stop


def test_equal_times_are_in_order() -> None:
    walk = a_walk()
    saw(walk, NOW - 3 * DAY, is_quiet=True)
    saw(walk, NOW - 3 * DAY, is_quiet=True)
    assert walk.is_ordered


def test_calls_that_begin_at_once_are_in_order_whichever_ends_first() -> None:
    walk = a_walk()
    saw(walk, NOW - 2 * DAY, is_quiet=True, seconds=60)
    saw(walk, NOW - 2 * DAY + timedelta(minutes=1), is_quiet=True, seconds=120)
    assert walk.is_ordered


def test_calls_that_overlap_are_in_order_by_their_start() -> None:
    walk = a_walk()
    saw(walk, NOW - 2 * DAY, is_quiet=True)
    saw(walk, NOW - 2 * DAY + timedelta(minutes=50), is_quiet=True, seconds=3600)
    assert walk.is_ordered
    for minutes in range(1, QUIET_STREAK):
        saw(walk, NOW - 3 * DAY - timedelta(minutes=minutes), is_quiet=True)
    assert walk.may_stop


def test_a_list_that_is_now_in_one_order_and_now_in_the_other_is_in_none() -> None:
    walk = a_walk()
    saw(walk, NOW - 2 * DAY, is_quiet=True)
    saw(walk, NOW - 2 * DAY + timedelta(minutes=50), is_quiet=True, seconds=3600)
    saw(walk, NOW - 2 * DAY + timedelta(minutes=20), is_quiet=True, seconds=60)
    assert not walk.is_ordered


def test_a_call_weighs_what_its_texts_weigh() -> None:
    key = CallKey("listed", "org", "c")
    call = Call(key=key, started_at=NOW, ended_at=NOW, duration_seconds=0)
    assert (
        weight(call)
        == weight(OngoingCall(key=key, started_at=NOW))
        == weight(BadCall(key=key, code="", message=""))
        == 0
    )
    assert weight(Call(key=key, started_at=NOW, ended_at=NOW, duration_seconds=0, transcript="abc", summary="de")) == 5
