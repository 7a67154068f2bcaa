"""What one run asks a platform by the ids of calls, and when it had better stop asking."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from datetime import UTC, datetime

from connector.engine.credible import believed
from connector.engine.withheld import EMPTIED
from connector.errors import AccessError, ConnectorError, TransientError
from connector.model import BadCall, Call, OngoingCall
from connector.ports import Source

TROUBLES_MAX = 3
"""Calls that cannot be fetched by id before a run leaves the others for the next one: the platform may be down."""

KEY = "CONNECTOR_SOURCE_API_KEY"
_ALWAYS = datetime.min.replace(tzinfo=UTC)

Found = Call | BadCall | OngoingCall | None


class Asking:
    """One run's questions."""

    def __init__(self, source: Source, *, now: datetime, account: Callable[[], str | None]) -> None:
        """`account` is the one that the connection was first run with, None while there is none."""
        self._source = source
        self._now = now
        self._account = account
        self._stranger: ConnectorError | None = None
        self._troubles = 0
        self._last: ConnectorError | None = None
        self.gives = False
        """Whether the platform gave this run a call by its id."""
        self.has_shown = False
        """Whether the platform showed this run any call at all, in its list or by its id."""
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
        """The call by its id, as far as it can be believed. Raises as `Source.call` does.

        That the platform does not know it is believed of one that shows other calls. Raises AccessError (E120) where
        the key is known to open another account, TransientError (E334) where that cannot be told from an empty one.
        """
        found = self._source.call(call_id)
        if found is None:
            self._doubt_an_empty_account()
            return None
        self.gives = self.gives or isinstance(found, Call | OngoingCall)
        self.has_shown = True
        return believed(found, now=self._now)

    def _doubt_an_empty_account(self) -> None:
        """Before the first call that nobody knows is given up: is this still the account that the call was of?"""
        if self._stranger is None and not self.has_shown:
            with closing(_listed(self._source)) as calls:
                self.has_shown = next(calls, None) is not None
            self._stranger = None if self.has_shown else self._why_nothing()
        if self._stranger is not None:
            raise self._stranger

    def _why_nothing(self) -> ConnectorError:
        named, known = self._source.profile().account, self._account()
        if named and known and named != known:
            message = "the key opens another account than the one this connection was first run with"
            return AccessError("E120", message, where=KEY)
        message = "the platform lists no call at all and does not know one that it gave before"
        return TransientError(EMPTIED, message, where=KEY)


def _listed(source: Source) -> Generator[Found, None, None]:
    # A generator of our own, so that closing it closes the source's connection whatever kind of iterator it is.
    yield from source.calls(since=_ALWAYS)
