"""Calls asked for by their id while a list is read, because it does not say who called."""

from __future__ import annotations

from msgspec.structs import replace

from connector.errors import ConnectorError
from connector.model import BadCall, Call, Entry, Failure, OngoingCall, State
from connector.ports import Source

TROUBLES_MAX = 3
"""Calls that cannot be fetched by id before a run leaves the others for the next one: the platform may be down."""


class Asking:
    """One run's questions. After `TROUBLES_MAX` failures in a row no more is asked: the last stands for all."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._troubles = 0
        self._last: ConnectorError | None = None
        self.postponed: set[str] = set()
        """Ids of calls that could not be asked for: they are left to the next run."""

    def ask(self, call_id: str) -> Call | BadCall | OngoingCall | None:
        """The call by its id. Raises as `Source.call` does, and notes down which call could not be had."""
        try:
            if self._last is not None and self._troubles >= TROUBLES_MAX:
                raise self._last
            found = self._source.call(call_id)
        except ConnectorError as error:
            self._troubles, self._last = self._troubles + 1, error
            self.postponed.add(call_id)
            raise
        self._troubles = 0
        return found


def left_unfinished(call: Call, entry: Entry | None, error: ConnectorError, *, run_id: str) -> tuple[Entry, Failure]:
    """What is remembered and told of a call that could not be asked for: the next run takes it up by its id."""
    known = entry or Entry(call_id=call.key.id, account=call.key.account, state=State.FAILED, ended_at=call.ended_at)
    unfinished = replace(
        known,
        state=State.FAILED,
        code=error.code,
        message=error.message,
        listed=call.listed,
        look_again_at=None,
        run_id=run_id,
    )
    failure = Failure(call=str(call.key), code=error.code, message=error.message, retryable=True)
    return unfinished, failure
