"""When `serve` runs next, and how it has been: shared by the thread that runs and the one that answers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

GATHER_SECONDS = 5.0
"""After a delivery others follow: one run sees to them all, and no flood makes more than twelve runs a minute."""
LATE_AFTER_ROUNDS = 3
LATE_AFTER = timedelta(minutes=10)
"""Without a good run for three rounds and this, a process is not ready: long enough for a run of some length."""


class LastRun(NamedTuple):
    """How the last run ended: a summary's status, or the code of what stopped it."""

    ended_at: datetime
    outcome: str


class Rounds:
    """Waits for the next round, or for less when somebody rings. Safe to use from several threads."""

    def __init__(
        self, *, every: timedelta, now: Callable[[], datetime], gather_seconds: float = GATHER_SECONDS
    ) -> None:
        self._every = every
        self._now = now
        self._gather_seconds = gather_seconds
        self._bell = threading.Event()
        self._good_at = now()
        self.last_run: LastRun | None = None

    def ring(self) -> None:
        """There is something to see to: let the next round begin soon."""
        self._bell.set()

    def wait(self) -> None:
        """Return when the next round is due. What rings from then on is the round's after it."""
        if self._bell.wait(self._every.total_seconds()):
            # Never set: a wait that a signal's exception ends, and nothing else.
            threading.Event().wait(self._gather_seconds)
        self._bell.clear()

    def ended(self, outcome: str, *, is_good: bool) -> None:
        """A run has ended; a run that some calls failed in is a good one."""
        self.last_run = LastRun(self._now(), outcome)
        if is_good:
            self._good_at = self.last_run.ended_at

    def is_late(self) -> bool:
        """Whether the last good run, or the start of the process, lies too far back."""
        return self._now() - self._good_at > LATE_AFTER_ROUNDS * self._every + LATE_AFTER
