"""When a request is sent: by its turn in its pool, after what is to be done before it, and what others wait for it."""

from __future__ import annotations

import httpx
import pytest

from connector.errors import FatalError, TransientError
from connector.http import Pacing, Wait
from tests.stubs.clock import VirtualClock
from tests.stubs.web import Said, an_http

URL = "https://api.example.com/crm/v3/objects"
OK = httpx.Response(200, json={"ok": True})


@pytest.mark.parametrize("named", [None, 3.0])
def test_a_limit_without_a_time_blocks_its_pool_for_a_second(named):
    clock = VirtualClock()
    pacing = Pacing(clock=clock)
    http = an_http(
        clock,
        transport=Said(httpx.Response(429)),
        pacing=pacing,
        judge=lambda _: Wait(named, pool_block=True),
        attempts_max=1,
        patience_seconds=0.0,
    )
    with pytest.raises(TransientError):
        http.ask("GET", URL, repeatable=True, pool="search")
    pacing.acquire("search")
    assert sum(clock.slept) == pytest.approx(named or 1.0)


def test_a_wait_that_is_only_its_own_keeps_nobody_else():
    clock = VirtualClock()
    pacing = Pacing(clock=clock)
    http = an_http(
        clock, transport=Said(httpx.Response(423)), pacing=pacing, judge=lambda _: Wait(8.0), patience_seconds=7.0
    )
    with pytest.raises(TransientError):
        http.ask("GET", URL, repeatable=True, pool="interval")
    pacing.acquire("interval")
    assert clock.slept == []


def test_a_stream_takes_its_turn_too():
    clock = VirtualClock()
    pacing = Pacing(clock=clock)
    pacing.block("search", 30)
    http = an_http(clock, transport=Said(OK), pacing=pacing)
    with http.stream("GET", URL, pool="search"):
        assert sum(clock.slept) == pytest.approx(30.0)


@pytest.mark.parametrize("seconds", [300, 301])
def test_five_minutes_are_our_patience(seconds):
    clock = VirtualClock()
    pacing = Pacing(clock=clock)
    http = an_http(clock, transport=Said(OK), pacing=pacing)
    pacing.block("interval", seconds)
    if seconds <= 300:
        http.ask("GET", URL, repeatable=True, pool="interval")
    else:
        with pytest.raises(TransientError, match=f"no request for {seconds} s"):
            http.ask("GET", URL, repeatable=True, pool="interval")


def test_a_turn_beyond_our_patience_is_not_waited_for():
    clock = VirtualClock()
    pacing = Pacing(clock=clock)
    pacing.block("interval", 61)
    http = an_http(clock, transport=Said(OK), pacing=pacing, patience_seconds=60.0)
    with pytest.raises(TransientError, match="no request for 61 s"):
        http.ask("GET", URL, repeatable=True, pool="interval")
    assert clock.slept == []


def test_what_is_done_before_each_attempt_is_done_after_all_waiting():
    clock = VirtualClock()
    pacing = Pacing(clock=clock)
    pacing.block("interval", 30)
    transport = Said(httpx.Response(429, headers={"Retry-After": "50"}), OK)
    seen: list[tuple[float, int]] = []
    http = an_http(clock, transport=transport, pacing=pacing)
    http.ask(
        "POST",
        URL,
        repeatable=False,
        pool="interval",
        before_send=lambda: seen.append((sum(clock.slept), len(transport.asked))),
    )
    assert [sent for _, sent in seen] == [0, 1]
    assert [slept for slept, _ in seen] == pytest.approx([30.0, 80.0])


def test_what_it_raises_ends_the_request_unsent():
    transport = Said(OK)
    http = an_http(transport=transport)

    def lost() -> None:
        raise FatalError("E521", "the lane was taken over")

    with pytest.raises(FatalError, match="E521"):
        http.ask("POST", URL, repeatable=False, before_send=lost)
    assert (transport.asked, http.requests) == ([], 0)


def test_a_part_of_the_day_is_told_where_there_is_a_limit():
    free, held = an_http(transport=Said(OK)), Pacing(clock=VirtualClock(), share=1.0)
    free.take_part_of_day(0.5)
    assert free.day_remaining is None
    headers = {"x-hubspot-ratelimit-daily": "1000", "x-hubspot-ratelimit-daily-remaining": "600"}
    http = an_http(transport=Said(httpx.Response(200, headers=headers)), pacing=held)
    before = http.day_remaining
    http.take_part_of_day(0.0)
    http.ask("GET", URL, repeatable=True, pool="interval")
    assert (before, http.day_remaining) == (None, 600)
    with pytest.raises(TransientError, match="E307"):
        http.ask("GET", URL, repeatable=True, pool="interval")
