"""A clock that only moves when it is told to, or when somebody sleeps."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

START = datetime(2026, 4, 22, 12, 0, tzinfo=UTC)


class VirtualClock:
    """Sleeping takes no time and moves the clock. Implements `ports.Clock`."""

    def __init__(self, start: datetime = START) -> None:
        self._start = start
        self._seconds = 1000.0
        self._lock = threading.Lock()
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self.monotonic() - 1000.0)

    def monotonic(self) -> float:
        with self._lock:
            return self._seconds

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self._seconds += seconds
            self.slept.append(seconds)
