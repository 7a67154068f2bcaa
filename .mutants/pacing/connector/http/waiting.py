"""Waits that somebody watches: none that is longer than a moment is silent."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from connector.ports import Clock

TOLD_SECONDS_MIN = 1.0
"""Shorter waits are the ordinary rhythm of pacing."""
LOGGED_SECONDS_MIN = 5.0
WARNED_SECONDS_MIN = 60.0
"""From here on the log says so on a terminal too."""

FOR_LIMIT = "waiting for {other_side}'s limit"
FOR_ANSWER = "waiting for {other_side} to be available again"

log = logging.getLogger("connector.http")


def unwatched(why: str) -> None:
    """For those who do not watch."""


class Waiting:
    """Sleeps for all threads of one other side. `told` hears why when the first begins to wait, and `""` when the
    last goes on."""

    def __init__(self, clock: Clock, *, other_side: str, told: Callable[[str], None] = unwatched) -> None:
        self._clock = clock
        self._other_side = other_side
        self._told = told
        self._lock = threading.Lock()
        self._waiting = 0

    def sleep(self, seconds: float, why: str) -> None:
        """Wait for so long; `why` is one of this module's phrases."""
        if seconds < TOLD_SECONDS_MIN:
            self._clock.sleep(seconds)
            return
        phrase = why.format(other_side=self._other_side)
        if seconds >= LOGGED_SECONDS_MIN:
            level = logging.WARNING if seconds >= WARNED_SECONDS_MIN else logging.INFO
            log.log(level, "waiting", extra={"why": phrase, "seconds": round(seconds, 1)})
        self._change(+1, phrase)
        try:
            self._clock.sleep(seconds)
        finally:
            self._change(-1, "")

    def _change(self, by: int, phrase: str) -> None:
        # Told under the lock, so that the last word is the true one.
        with self._lock:
            self._waiting += by
            if phrase or not self._waiting:
                self._told(phrase)
