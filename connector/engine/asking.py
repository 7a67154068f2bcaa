"""What one run asks a platform by the ids of calls, and when it had better stop asking."""

from __future__ import annotations

from datetime import datetime

from connector.engine.credible import believed
from connector.errors import ConnectorError
from connector.model import BadCall, Call, OngoingCall
from connector.ports import Source

TROUBLES_MAX = 3
"""Calls that cannot be fetched by id before a run leaves the others for the next one: the platform may be down."""

Found = Call | BadCall | OngoingCall | None


class Asking:
    """One run's questions."""

    def __init__(self, source: Source, *, now: datetime) -> None:
        self._source = source
        self._now = now
        self._troubles = 0
        self._last: ConnectorError | None = None
        self.gives = False
        """Whether the platform gave this run a call by its id."""
        self.postponed: set[str] = set()
        """Ids of calls that could not be asked for while the list was read: they are left to the next run."""

    @property
    def has_given_up(self) -> bool:
        """Whether no more is asked while the list is read: the last of `TROUBLES_MAX` failures in a row stands for all.

        `ask` then raises it without a request.
        """
        return self._last is not None and self._troubles >= TROUBLES_MAX

    def ask(self, call_id: str) -> Found:
        """A call that the list does not give in full. Raises as `Source.call` does, and notes what could not be had."""
        try:
            if self._last is not None and self.has_given_up:
                raise self._last
            found = self.plainly(call_id)
        except ConnectorError as error:
            self._troubles, self._last = self._troubles + 1, error
            self.postponed.add(call_id)
            raise
        self._troubles = 0
        return found

    def plainly(self, call_id: str) -> Found:
        """The call by its id, as far as it can be believed. Raises as `Source.call` does."""
        found = self._source.call(call_id)
        self.gives = self.gives or isinstance(found, Call | OngoingCall)
        return None if found is None else believed(found, now=self._now)
