"""A platform's limit is kept in any window, and not slower than it allows."""

from __future__ import annotations

from itertools import pairwise

from connector.sources.rate import Rate
from tests.stubs.clock import VirtualClock


def turns(rate: Rate, clock: VirtualClock, count: int) -> list[float]:
    began = clock.monotonic()
    times = []
    for _ in range(count):
        rate.wait()
        times.append(clock.monotonic() - began)
    return times


def test_never_more_than_the_limit_in_any_window() -> None:
    clock = VirtualClock()
    times = turns(Rate(5, seconds=60, clock=clock), clock, 23)
    assert all(later - earlier >= 60 for earlier, later in zip(times, times[5:], strict=False))
    assert times[-1] < 4 * 60 + 1


def test_time_that_passed_counts() -> None:
    clock = VirtualClock()
    rate = Rate(1, seconds=1, clock=clock)
    rate.wait()
    clock.sleep(1)
    before = clock.monotonic()
    rate.wait()
    assert clock.monotonic() == before


def test_requests_within_the_limit_do_not_wait() -> None:
    clock = VirtualClock()
    times = turns(Rate(50, seconds=60, clock=clock), clock, 50)
    assert all(earlier == later for earlier, later in pairwise(times))


def test_what_was_sent_before_takes_its_turns() -> None:
    clock = VirtualClock()
    rate = Rate(5, seconds=60, clock=clock, sent_before=lambda: [10.0, 10.0, 10.0, 70.0])
    assert turns(rate, clock, 3) == [0.0, 0.0, 50.0]


def test_more_than_fill_a_window_are_waited_for_once() -> None:
    clock = VirtualClock()
    rate = Rate(5, seconds=60, clock=clock, sent_before=lambda: [20.0] * 500)
    assert turns(rate, clock, 2) == [40.0, 40.0]
