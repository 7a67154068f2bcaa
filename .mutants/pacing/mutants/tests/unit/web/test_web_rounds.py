from __future__ import annotations

import threading
import time
from datetime import timedelta

from connector.web.rounds import LATE_AFTER, Rounds
from tests.stubs.clock import VirtualClock


def rounds(clock: VirtualClock | None = None, *, every: float = 60, gather_seconds: float = 0) -> Rounds:
    return Rounds(every=timedelta(seconds=every), now=(clock or VirtualClock()).now, gather_seconds=gather_seconds)


def seconds_of(here: Rounds) -> float:
    began = time.monotonic()
    here.wait()
    return time.monotonic() - began


def test_a_round_comes_when_its_time_has() -> None:
    assert 0.05 <= seconds_of(rounds(every=0.05)) < 5


def test_a_ring_brings_it_forward() -> None:
    here = rounds()
    threading.Timer(0.05, here.ring).start()
    assert seconds_of(here) < 5


def test_what_rang_during_a_round_brings_the_next_one() -> None:
    here = rounds()
    here.ring()
    assert seconds_of(here) < 5


def test_rings_are_gathered_into_one_round() -> None:
    here = rounds(every=0.2, gather_seconds=0.1)
    for _ in range(50):
        here.ring()
    assert seconds_of(here) >= 0.1
    assert seconds_of(here) >= 0.2, "nothing is left of them"


def test_a_process_is_late_without_a_good_run() -> None:
    clock = VirtualClock()
    here = rounds(clock, every=300)
    clock.sleep((LATE_AFTER + timedelta(minutes=15)).total_seconds())
    assert not here.is_late()
    clock.sleep(1)
    assert here.is_late()
    here.ended("E308", is_good=False)
    assert here.is_late()
    here.ended("partial", is_good=True)
    assert not here.is_late()
    assert here.last_run == (clock.now(), "partial")
