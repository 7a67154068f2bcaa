"""How often a request is tried, and how long is waited in between, to the second."""

from __future__ import annotations

import pytest

from connector.errors import FatalError, TransientError
from connector.http.retry import AgainError, Retry
from connector.http.waiting import Waiting
from tests.stubs.clock import VirtualClock


def again(seconds: float | None = None) -> AgainError:
    return AgainError(TransientError("E308", "down", where="GET /"), seconds=seconds)


class Tried:
    """Attempts that fail so, one after the other, and what was waited and told; the last one is repeated."""

    def __init__(
        self, *failures: Exception | None, attempts_max: int = 5, patience_seconds: float = 300.0, jitter: float = 0.0
    ) -> None:
        self.clock = VirtualClock()
        self.why: list[str] = []
        self.told: list[tuple[float | None, int, float]] = []
        self.attempts = 0
        self._failures = list(failures)
        waiting = Waiting(self.clock, other_side="HubSpot", told=self.why.append)
        self._retry = Retry(
            waiting=waiting, attempts_max=attempts_max, patience_seconds=patience_seconds, jitter=lambda: jitter
        )

    def run(self) -> int:
        return self._retry.run(self._attempt, before_wait=self._tell)

    def _attempt(self) -> int:
        failure = self._failures[min(self.attempts, len(self._failures) - 1)]
        self.attempts += 1
        if failure is not None:
            raise failure
        return self.attempts

    def _tell(self, error: AgainError, number: int, seconds: float) -> None:
        self.told.append((error.seconds, number, seconds))


@pytest.mark.parametrize(
    ("jitter", "slept"),
    [
        (0.0, [0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 15.0]),
        (1.0, [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]),
        (0.5, [0.75, 1.5, 3.0, 6.0, 12.0, 22.5, 22.5]),
    ],
)
def test_a_back_off_doubles_to_thirty_seconds(jitter, slept):
    tried = Tried(again(), attempts_max=8, jitter=jitter)
    with pytest.raises(TransientError, match="E308 down"):
        tried.run()
    assert tried.clock.slept == slept
    assert tried.told == [(None, number, seconds) for number, seconds in enumerate(slept, 1)]


@pytest.mark.parametrize(
    ("named", "jitter", "slept"),
    [
        (10.0, 0.0, [10.0, 20.0, 30.0, 40.0]),
        (10.0, 1.0, [11.0, 21.0, 31.0]),
        (10.0, 0.5, [10.5, 20.5, 30.5]),
        (4.0, 1.0, [4.4, 8.4, 12.4, 16.4, 20.4, 24.4]),
        (30.0, 1.0, [31.0, 61.0]),
    ],
)
def test_a_named_wait_is_kept_and_grows_by_what_was_named_until_patience_ends(named, jitter, slept):
    tried = Tried(again(named), attempts_max=1, patience_seconds=100.0, jitter=jitter)
    with pytest.raises(TransientError):
        tried.run()
    assert tried.clock.slept == pytest.approx(slept)


@pytest.mark.parametrize(("patience", "attempts"), [(0.49, 1), (0.5, 2), (1.49, 2), (1.5, 3)])
def test_patience_is_all_the_waiting_together_to_its_last_moment(patience, attempts):
    tried = Tried(again(), patience_seconds=patience)
    with pytest.raises(TransientError):
        tried.run()
    assert tried.attempts == attempts


@pytest.mark.parametrize("attempts_max", [1, 2])
def test_without_a_named_wait_the_attempts_are_counted(attempts_max):
    tried = Tried(again(), attempts_max=attempts_max)
    with pytest.raises(TransientError):
        tried.run()
    assert tried.attempts == attempts_max


def test_whoever_watches_is_told_what_each_wait_is_for():
    tried = Tried(again(), again(5.0), again(), again(None), None)
    assert tried.run() == 5
    limit, answer = "waiting for HubSpot's limit", "waiting for HubSpot to be available again"
    # The first wait is half a second, which nobody is told.
    assert tried.clock.slept == [0.5, 10.0, 2.0, 4.0]
    assert tried.why == [limit, "", answer, "", answer, ""]


def test_the_error_itself_is_raised_with_the_cause_of_the_last_attempt():
    last = again()
    last.__cause__ = OSError("reset")
    with pytest.raises(TransientError) as raised:
        Tried(again(), last, attempts_max=2).run()
    assert raised.value is last.error
    assert raised.value.__cause__ is last.__cause__


def test_whatever_else_an_attempt_raises_ends_it_at_once():
    stopped = FatalError("E304", "no")
    tried = Tried(again(), stopped)
    with pytest.raises(FatalError) as raised:
        tried.run()
    assert raised.value is stopped
    assert tried.attempts == 2
