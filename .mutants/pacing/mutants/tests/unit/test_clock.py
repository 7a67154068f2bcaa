from __future__ import annotations

from datetime import timedelta

from connector.clock import SystemClock


def test_the_system_clock():
    clock = SystemClock()
    before = clock.monotonic()
    clock.sleep(0.01)
    clock.sleep(-1)
    assert clock.monotonic() - before >= 0.01
    assert clock.now().utcoffset() == timedelta(0)
