"""Whatever the callers' rhythm, no window holds more than its part, and under backlog hardly a turn is lost."""

from __future__ import annotations

import bisect
from collections import deque

from hypothesis import given
from hypothesis import strategies as st

from connector.http import Pacing
from tests.stubs.clock import VirtualClock

limits = st.integers(min_value=1, max_value=250)
shares = st.sampled_from([0.1, 0.5, 0.9, 1.0])
pauses = st.lists(st.floats(min_value=0, max_value=12), max_size=60)


def most_in_any_window(moments: list[float], seconds: float) -> int:
    return max(bisect.bisect_left(moments, moment + seconds - 1e-6) - place for place, moment in enumerate(moments))


@given(limit=limits, share=shares, pauses=pauses, burst=st.integers(min_value=1, max_value=40))
def test_never_more_than_the_part_in_any_window(limit, share, pauses, burst):
    clock = VirtualClock()
    pacing = Pacing(clock=clock, share=share)
    pacing.learn("interval", {"x-hubspot-ratelimit-max": str(limit)})
    moments = []
    for pause in [0.0, *pauses]:
        clock.sleep(pause)
        for _ in range(burst):
            pacing.acquire("interval")
            moments.append(clock.monotonic())
    assert most_in_any_window(moments, 10.0) <= max(1, int(limit * share + 1e-9))


@given(share=shares, pauses=pauses)
def test_never_more_searches_than_the_part_in_ten_seconds(share, pauses):
    clock = VirtualClock()
    pacing = Pacing(clock=clock, share=share)
    moments = []
    for pause in [0.0, *pauses]:
        clock.sleep(pause)
        for _ in range(7):
            pacing.acquire("search")
            moments.append(clock.monotonic())
    assert most_in_any_window(moments, 10.0) <= 50 * share + 1e-6
    assert most_in_any_window(moments, 1.0) <= 5


@given(limit=limits, share=shares, latency=st.floats(min_value=0, max_value=0.05))
def test_under_backlog_the_part_is_used(limit, share, latency):
    clock = VirtualClock()
    pacing = Pacing(clock=clock, share=share)
    pacing.learn("interval", {"x-hubspot-ratelimit-max": str(limit)})
    part = max(1, int(limit * share + 1e-9))
    latency = min(latency, 9.0 / part)
    began = clock.monotonic()
    for _ in range(part * 5):
        pacing.acquire("interval")
        clock.sleep(latency)
    # Five parts take four full windows and what the last one took to send.
    assert 4 * 10.0 / (clock.monotonic() - began - latency * part) >= 0.95


@given(
    limit=st.integers(min_value=20, max_value=250),
    others=st.lists(st.floats(min_value=0.001, max_value=3), min_size=1, max_size=200),
)
def test_with_another_program_on_the_same_limit_hardly_anything_is_refused(limit, others):
    """The other one sends when it likes; we learn of it from what the answers say is left."""
    clock = VirtualClock()
    pacing = Pacing(clock=clock, share=0.9)
    used: deque[float] = deque()
    coming = deque[float]()
    moment = clock.monotonic()
    for pause in others:
        moment += pause
        coming.append(moment)
    refused = 0
    for _ in range(limit * 2):
        pacing.acquire("interval")
        now = clock.monotonic()
        while coming and coming[0] <= now:
            used.append(coming.popleft())
        while used and used[0] + 10.0 <= now:
            used.popleft()
        if len(used) >= limit:
            refused += 1
        else:
            used.append(now)
        headers = {"x-hubspot-ratelimit-max": str(limit), "x-hubspot-ratelimit-remaining": str(limit - len(used))}
        pacing.learn("interval", headers)
        clock.sleep(0.02)
    # Refused is only what arrived together with a request of the other's that no answer had told of.
    assert refused <= len(others)
