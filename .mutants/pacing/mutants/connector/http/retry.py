"""When a request is sent again, and how long it waits before that."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import tenacity

from connector.errors import ConnectorError
from connector.http.waiting import FOR_ANSWER, FOR_LIMIT, Waiting

T = TypeVar("T")

BACK_OFF_SECONDS = 1.0
BACK_OFF_SECONDS_MAX = 30.0


class AgainError(Exception):
    """This attempt failed in a way that may pass. `error` is what to raise when no attempt is left."""

    def __init__(self, error: ConnectorError, *, seconds: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.seconds = seconds


class Retry:
    """At most so many attempts, and at most so many seconds of waiting between them.

    A wait that the other side named is kept, for as often as patience lasts, each time longer by what was named; else
    it doubles from one second to thirty, with jitter, for at most so many attempts.
    """

    def __init__(
        self, *, waiting: Waiting, attempts_max: int, patience_seconds: float, jitter: Callable[[], float]
    ) -> None:
        self._waiting = waiting
        self._attempts_max = attempts_max
        self._patience_seconds = patience_seconds
        self._jitter = jitter

    def run(self, attempt: Callable[[], T], *, before_wait: Callable[[AgainError, int, float], None]) -> T:
        """The first result. Raises the last AgainError's own error, or whatever else an attempt raised, at once."""
        why = FOR_ANSWER

        def tell(state: tenacity.RetryCallState) -> None:
            nonlocal why
            again = _reason(state)
            why = FOR_ANSWER if again.seconds is None else FOR_LIMIT
            before_wait(again, state.attempt_number, state.upcoming_sleep)

        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(AgainError),
            wait=self._wait,
            stop=self._is_over,
            sleep=lambda seconds: self._waiting.sleep(seconds, why),
            before_sleep=tell,
            reraise=True,
        )
        try:
            return retrying(attempt)
        except AgainError as again:
            raise again.error from again.__cause__

    def _wait(self, state: tenacity.RetryCallState) -> float:
        named = _reason(state).seconds
        if named is not None:
            # Up to a tenth longer, so that those who were told the same moment do not all come at once. Who is told
            # again shares the limit with somebody: HubSpot's own Node client multiplies by the attempt, too.
            return named * state.attempt_number + min(1.0, named / 10) * self._jitter()
        longest = min(BACK_OFF_SECONDS * 2.0 ** (state.attempt_number - 1), BACK_OFF_SECONDS_MAX)
        return longest * (0.5 + 0.5 * self._jitter())

    def _is_over(self, state: tenacity.RetryCallState) -> bool:
        if _reason(state).seconds is None and state.attempt_number >= self._attempts_max:
            return True
        return state.idle_for + state.upcoming_sleep > self._patience_seconds


def _reason(state: tenacity.RetryCallState) -> AgainError:
    error = state.outcome.exception() if state.outcome else None
    if not isinstance(error, AgainError):
        raise TypeError("only an AgainError is ever waited for")
    return error
