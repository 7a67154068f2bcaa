from __future__ import annotations

import itertools
import threading
import time

import pytest

from connector.clock import SystemClock
from connector.http import LongWaitError, Pacing
from tests.stubs.clock import VirtualClock


def a_header(**values: int) -> dict[str, str]:
    names = {
        "limit": "max",
        "milliseconds": "interval-milliseconds",
        "remaining": "remaining",
        "daily": "daily",
        "daily_remaining": "daily-remaining",
    }
    return {f"x-hubspot-ratelimit-{names[name]}": str(value) for name, value in values.items()}


def turns(pacing: Pacing, clock: VirtualClock, pool: str, count: int) -> list[float]:
    began = clock.monotonic()
    moments = []
    for _ in range(count):
        pacing.acquire(pool)
        moments.append(clock.monotonic() - began)
    return moments


def sent_within(seconds: float, moments: list[float]) -> int:
    return sum(1 for moment in moments if moment < seconds - 1e-9)


@pytest.mark.parametrize(
    ("pool", "share", "per_window", "window"),
    [
        pytest.param("interval", 0.9, 90, 10.0, id="the smallest plan until an answer tells more"),
        pytest.param("interval", 0.5, 50, 10.0, id="half"),
        pytest.param("associations", 0.9, 90, 10.0, id="associations"),
        pytest.param("search", 0.9, 45, 10.0, id="searches, nine in two seconds"),
        pytest.param("search", 1.0, 5, 1.0, id="searches, all five in a second"),
    ],
)
def test_before_anything_is_learnt(pool, share, per_window, window):
    clock = VirtualClock()
    moments = turns(Pacing(clock=clock, share=share), clock, pool, 3 * per_window)
    assert sent_within(window, moments) == per_window
    assert sent_within(2 * window, moments) == 2 * per_window


def test_searches_go_out_evenly():
    clock = VirtualClock()
    moments = turns(Pacing(clock=clock, share=1.0), clock, "search", 10)
    gaps = [later - earlier for earlier, later in itertools.pairwise(moments)]
    assert min(gaps) == pytest.approx(0.2)


def test_a_pool_without_a_limit_gives_its_turn_at_once():
    clock = VirtualClock()
    assert turns(Pacing(clock=clock), clock, "", 1000)[-1] == 0.0


@pytest.mark.parametrize(
    ("limit", "share", "per_window"), [(190, 0.9, 171), (250, 0.9, 225), (190, 1.0, 190), (10, 0.9, 9), (1, 0.5, 1)]
)
def test_the_limit_is_learnt(limit, share, per_window):
    clock = VirtualClock()
    pacing = Pacing(clock=clock, share=share)
    pacing.learn("interval", a_header(limit=limit, milliseconds=10_000))
    assert sent_within(10.0, turns(pacing, clock, "interval", per_window + 1)) == per_window


def test_a_shorter_interval_is_learnt():
    clock = VirtualClock()
    pacing = Pacing(clock=clock, share=1.0)
    pacing.learn("interval", a_header(limit=10, milliseconds=1_000))
    assert sent_within(10.0, turns(pacing, clock, "interval", 101)) == 100


@pytest.mark.parametrize("pool", ["search", "associations"])
def test_headers_on_other_pools_tell_nothing_of_them(pool):
    clock = VirtualClock()
    pacing = Pacing(clock=clock)
    pacing.learn(pool, a_header(limit=1000, milliseconds=10_000, remaining=0))
    assert sent_within(10.0, turns(pacing, clock, pool, 91)) in (45, 90)


@pytest.mark.parametrize("text", ["", "many", "-1", "1.5", "٣", "9" * 12, "9" * 5000])
def test_headers_that_are_no_numbers_are_left_alone(text):
    clock = VirtualClock()
    pacing = Pacing(clock=clock)
    names = ("max", "interval-milliseconds", "remaining", "daily", "daily-remaining")
    pacing.learn("interval", {f"x-hubspot-ratelimit-{name}": text for name in names})
    assert sent_within(10.0, turns(pacing, clock, "interval", 91)) == 90
    assert pacing.day_remaining is None


# --- others on the same limit ---------------------------------------------------------------------------------


def test_what_others_use_is_not_used_again():
    clock = VirtualClock()
    pacing = Pacing(clock=clock, share=0.9)
    pacing.acquire("interval")
    # One of the 150 used is ours.
    pacing.learn("interval", a_header(limit=190, milliseconds=10_000, remaining=40))
    moments = turns(pacing, clock, "interval", 60)
    assert sent_within(9.9, moments) == 40


@pytest.mark.parametrize("told", [{"limit": 10, "remaining": 0}, {"remaining": 0}], ids=["its limit", "no limit"])
def test_others_who_took_all_but_our_one_turn_are_waited_for(told):
    clock = VirtualClock()
    pacing = Pacing(clock=clock, share=1.0)
    pacing.acquire("interval")
    pacing.learn("interval", a_header(**told))
    assert turns(pacing, clock, "interval", 1) == [pytest.approx(10.0)]


def test_others_who_left_no_longer_count():
    clock = VirtualClock()
    pacing = Pacing(clock=clock, share=0.9)
    pacing.learn("interval", a_header(limit=190, milliseconds=10_000, remaining=0))
    clock.sleep(1.0)
    pacing.learn("interval", a_header(limit=190, milliseconds=10_000, remaining=190))
    assert turns(pacing, clock, "interval", 171)[-1] == 0.0


def test_others_who_fill_the_limit_are_waited_for_no_longer_than_a_window():
    clock = VirtualClock()
    pacing = Pacing(clock=clock)
    pacing.learn("interval", a_header(limit=100, milliseconds=10_000, remaining=0))
    assert turns(pacing, clock, "interval", 1) == [pytest.approx(10.0)]


def test_when_it_is_not_known_any_more_what_others_use_one_request_finds_out():
    clock = VirtualClock()
    pacing = Pacing(clock=clock, share=1.0)
    crowded = a_header(limit=100, milliseconds=10_000, remaining=0)
    pacing.learn("interval", crowded)
    assert turns(pacing, clock, "interval", 3) == [pytest.approx(10.0), pytest.approx(11.0), pytest.approx(12.0)]
    pacing.learn("interval", a_header(limit=100, milliseconds=10_000, remaining=97))
    assert turns(pacing, clock, "interval", 50)[-1] == 0.0


# --- the day ------------------------------------------------------------------------------------------------


def test_the_day_is_shared_too():
    clock = VirtualClock()
    pacing = Pacing(clock=clock, share=0.9)
    pacing.learn("interval", a_header(daily=250_000, daily_remaining=30_000))
    assert pacing.day_remaining == 5_000
    pacing.acquire("interval")
    pacing.learn("interval", a_header(daily=250_000, daily_remaining=25_000))
    assert pacing.day_remaining == 0
    for pool in ("interval", "search", "associations"):
        with pytest.raises(LongWaitError):
            pacing.acquire(pool)


def test_what_is_left_of_a_day_of_unknown_length_says_nothing():
    pacing = Pacing(clock=VirtualClock())
    pacing.learn("interval", a_header(daily_remaining=0))
    assert pacing.day_remaining is None


def test_a_spent_day_is_asked_after_again_in_an_hour():
    clock = VirtualClock()
    pacing = Pacing(clock=clock)
    pacing.learn("interval", a_header(daily=1000, daily_remaining=0))
    clock.sleep(3601)
    pacing.acquire("interval")
    pacing.learn("interval", a_header(daily=1000, daily_remaining=999))
    assert turns(pacing, clock, "search", 2)[0] == 0.0


# --- blocks and threads --------------------------------------------------------------------------------------


def test_the_longest_block_holds():
    clock = VirtualClock()
    pacing = Pacing(clock=clock)
    pacing.block("interval", 20)
    pacing.block("interval", 5)
    pacing.block("", 500)
    pacing.block("no such pool", 500)
    assert turns(pacing, clock, "interval", 1) == [pytest.approx(20.0)]


def test_a_turn_beyond_patience_is_refused_without_sleeping():
    clock = VirtualClock()
    pacing = Pacing(clock=clock)
    pacing.block("interval", 30)
    with pytest.raises(LongWaitError) as wait:
        pacing.acquire("interval", seconds_max=29)
    assert wait.value.seconds == pytest.approx(30)
    assert str(wait.value) == "the next turn is 30 s away"
    assert clock.slept == []
    pacing.acquire("interval", seconds_max=wait.value.seconds)


def test_threads_share_one_budget():
    pacing = Pacing(clock=SystemClock(), share=1.0)
    pacing.learn("interval", a_header(limit=20, milliseconds=200))
    moments: list[float] = []

    def work():
        for _ in range(15):
            pacing.acquire("interval")
            moments.append(time.monotonic())

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    moments.sort()
    assert len(moments) == 120
    # Between the turn and our look at the clock a thread may be held up, hence a little less than the window.
    crowded = [later for first, later in zip(moments, moments[20:], strict=False) if later - first < 0.15]
    assert len(crowded) <= 2
