"""A platform's limit of requests, kept from our side."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable

from connector.ports import Clock


def nothing_before() -> Iterable[float]:
    """For who was not told what was sent before."""
    return ()


class Rate:
    """At most `count` requests in any `seconds`. Safe to use from several threads."""

    def __init__(
        self,
        count: int,
        *,
        seconds: float,
        clock: Clock,
        sent_before: Callable[[], Iterable[float]] = nothing_before,
    ) -> None:
        """`sent_before` tells how many seconds ago each earlier request of this key was sent.

        It is asked once, before the first turn.
        """
        self._count = count
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._sent_before: Callable[[], Iterable[float]] | None = sent_before
        self._turns: deque[float] = deque()

    def wait(self) -> None:
        """Take a turn, as soon as there is one."""
        while (seconds := self._take()) > 0:
            self._clock.sleep(seconds)

    def _take(self) -> float:
        """Seconds until the next turn; 0 when it was taken just now."""
        with self._lock:
            now = self._clock.monotonic()
            if self._sent_before is not None:
                # Of those before no more count than fill a window.
                self._turns.extend(sorted(now - ago for ago in self._sent_before())[-self._count :])
                self._sent_before = None
            while self._turns and self._turns[0] <= now - self._seconds:
                self._turns.popleft()
            if len(self._turns) < self._count:
                self._turns.append(now)
                return 0.0
            return max(self._turns[0] + self._seconds - now, 0.001)
