"""A record on which HubSpot fails every time, told from a HubSpot that is down.

Both look the same in one answer (5xx, silence, a broken connection). They differ in what happens to the neighbours:
HubSpot that is up takes them. So a batch that went unanswered twice is taken apart; what is left alone without an
answer is failing, provided that HubSpot took another write of the same kind.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

from connector.ports import Clock

SILENT_ROUNDS_MAX = 2
"""Times that a batch is sent as a whole before it is taken apart: answers are easily lost, but seldom twice."""
SILENT_MAX = 10
"""Requests in a row without an answer after which HubSpot is taken for down: three records out of a hundred may fail
side by side without reaching it."""
SILENT_ENOUGH = 4
"""After so many of them, those that are cleared are sent: most neighbours wait no longer, and an answer to them says
that HubSpot is up."""
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


class Named(Protocol):
    """One input of a batch."""

    @property
    def name(self) -> str:
        """What it is known by."""


T = TypeVar("T", bound=Named)
T_contra = TypeVar("T_contra", bound=Named, contravariant=True)


class Write(Protocol[T_contra]):
    """Sends inputs, and keeps what came of them."""

    @property
    def unanswered(self) -> set[str]:
        """The names of inputs whose last request brought no answer that says anything."""

    def deliver(self, inputs: Sequence[T_contra], /) -> Any:
        """Send these in one request."""


class Isolation(Generic[T]):
    """Finds the one among inputs that went unanswered together, and sends its neighbours.

    Suspects are halved: one half is sent, and who must be in the other needs no sending to be known. The halves that
    are cleared by that are sent together, most of them early. What is left alone is sent alone before it is judged. So
    one bad one costs its batch of a hundred ten requests at most, beside the batch itself sent again.
    """

    def __init__(self, write: Write[T]) -> None:
        self._write = write
        self._silent = 0
        self.failing: list[str] = []
        """The names of the inputs that went unanswered all alone."""

    @property
    def is_down(self) -> bool:
        """Whether so many requests in a row went unanswered that nothing can be said of single inputs."""
        return self._silent >= SILENT_MAX

    def search(self, inputs: Sequence[T]) -> None:
        """Take apart what went unanswered as a whole; `failing` and the write's verdicts tell what came of it."""
        suspects, cleared = inputs, list[T]()
        was_alone = False
        while len(suspects) > 1 and not self.is_down:
            first, second = suspects[: len(suspects) // 2], suspects[len(suspects) // 2 :]
            silent = self._unanswered(first)
            suspects, was_alone = silent or second, len(first) == 1 and bool(silent)
            if silent:
                cleared += second
            if self._silent >= SILENT_ENOUGH and cleared:
                self._send_cleared(cleared)
                cleared = []
        if was_alone or self._unanswered(suspects):
            self.failing += [entry.name for entry in suspects]
        self._send_cleared(cleared)

    def _send_cleared(self, inputs: Sequence[T]) -> None:
        """Send neighbours of a bad one; should they go unanswered too, there is another one among them."""
        if silent := self._unanswered(inputs):
            self.search(silent)

    def _unanswered(self, inputs: Sequence[T]) -> list[T]:
        """Send these; answers those that went unanswered. Once HubSpot is taken for down nothing is sent any more."""
        if self.is_down or not inputs:
            return []
        self._write.deliver(inputs)
        silent = [entry for entry in inputs if entry.name in self._write.unanswered]
        self._silent = self._silent + 1 if silent else 0
        return silent
