"""A record on which HubSpot fails every time, told from a HubSpot that is down.

Both look the same in one answer (5xx, silence, a broken connection). They differ in what happens to the neighbours:
HubSpot that is up takes them. So a batch that went unanswered to the end is sent in halves; what is left alone without
an answer is failing, provided that HubSpot took another write of the same kind.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

from connector.hubspot.batch import BatchWrite, Input
from connector.ports import Clock

SILENT_MAX = 10
"""Requests in a row without an answer after which HubSpot is taken for down: three records out of a hundred may fail
side by side without reaching it."""
ALIVE_SECONDS = 300.0
"""How long a write that HubSpot took says that it is up, for a failing record that has no neighbours."""


class Pulse:
    """When HubSpot last took a write, by type of record. Safe to use from several threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._taken_at: dict[str, float] = {}

    def beat(self, object_type: str) -> None:
        """HubSpot took a write of this type just now."""
        with self._lock:
            self._taken_at[object_type] = self._clock.monotonic()

    def is_felt(self, object_type: str) -> bool:
        """Whether it took one in the last minutes."""
        with self._lock:
            taken_at = self._taken_at.get(object_type)
        return taken_at is not None and self._clock.monotonic() - taken_at <= ALIVE_SECONDS


class Isolation:
    """Sends inputs that went unanswered together in ever smaller parts: 2·log₂(n) requests at most for one bad one."""

    def __init__(self, write: BatchWrite) -> None:
        self._write = write
        self._silent = 0
        self.failing: list[str] = []
        """The names of the inputs that went unanswered all alone."""

    @property
    def is_down(self) -> bool:
        """Whether so many requests in a row went unanswered that nothing can be said of single inputs."""
        return self._silent >= SILENT_MAX

    def search(self, inputs: Sequence[Input]) -> None:
        """Take apart what went unanswered as a whole; `failing` and the write's verdicts tell what came of it."""
        if len(inputs) == 1:
            self.failing.append(inputs[0].name)
            return
        half = len(inputs) // 2
        first, second = inputs[:half], inputs[half:]
        # When the first half is answered, the bad one is in the second: sending that as a whole would be for nothing.
        if self._is_answered(first) and len(second) > 1:
            self.search(second)
        else:
            self._is_answered(second)

    def _is_answered(self, inputs: Sequence[Input]) -> bool:
        if self.is_down:
            return False
        self._write.deliver(inputs)
        silent = [entry for entry in inputs if entry.name in self._write.unanswered]
        if not silent:
            self._silent = 0
            return True
        self._silent += 1
        if not self.is_down:
            self.search(silent)
        return False
