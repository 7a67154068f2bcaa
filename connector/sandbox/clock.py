"""The sandbox's time of day: the caller's clock, moved by control."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta


def utc_now() -> datetime:
    """The real time of day."""
    return datetime.now(UTC)


class OffsetClock:
    """A clock that can be set and advanced while it keeps running. Safe to use from several threads."""

    def __init__(self, base: Callable[[], datetime] = utc_now) -> None:
        self._base = base
        self._lock = threading.Lock()
        self.offset = timedelta()

    def now(self) -> datetime:
        """The sandbox's time, UTC."""
        return self._base() + self.offset

    def advance(self, seconds: float) -> None:
        """Move forward, or back by a negative number."""
        with self._lock:
            self.offset += timedelta(seconds=seconds)

    @contextmanager
    def back_at(self, at: datetime) -> Iterator[None]:
        """Be at an earlier moment for the length of a `with` block: for what should have been done by then."""
        seconds = (self.now() - at).total_seconds()
        self.advance(-seconds)
        try:
            yield
        finally:
            self.advance(seconds)

    def set(self, at: datetime) -> None:
        """Make it this time now."""
        with self._lock:
            self.offset = at - self._base()
