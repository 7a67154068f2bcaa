"""Which waits are told, and how loudly."""

from __future__ import annotations

import logging

import pytest

from connector.http.waiting import FOR_ANSWER, FOR_LIMIT, Waiting
from tests.stubs.clock import VirtualClock

LIMIT = "waiting for Klen AI's limit"


@pytest.mark.parametrize(
    ("seconds", "told", "level"),
    [
        (0.99, False, None),
        (1.0, True, None),
        (4.99, True, None),
        (5.0, True, "INFO"),
        (59.99, True, "INFO"),
        (60.0, True, "WARNING"),
        (61.26, True, "WARNING"),
    ],
)
def test_the_longer_the_louder(seconds, told, level, caplog):
    caplog.set_level(logging.DEBUG, logger="connector.http")
    heard: list[str] = []
    clock = VirtualClock()
    Waiting(clock, other_side="Klen AI", told=heard.append).sleep(seconds, FOR_LIMIT)
    assert clock.slept == [seconds]
    assert heard == ([LIMIT, ""] if told else [])
    said = [(record.levelname, record.message, record.__dict__["why"]) for record in caplog.records]
    assert said == ([(level, "waiting", LIMIT)] if level else [])
    assert [record.__dict__["seconds"] for record in caplog.records] == ([round(seconds, 1)] if level else [])


def test_nobody_is_told_to_go_on_while_another_waits():
    heard: list[str] = []

    class Nested(VirtualClock):
        """While one sleeps, another begins to wait and goes on."""

        def sleep(self, seconds: float) -> None:
            super().sleep(seconds)
            if len(self.slept) == 1:
                waiting.sleep(2.0, FOR_ANSWER)

    waiting = Waiting(Nested(), other_side="Klen AI", told=heard.append)
    waiting.sleep(3.0, FOR_LIMIT)
    assert heard == [LIMIT, "waiting for Klen AI to be available again", ""]


def test_whoever_is_woken_by_an_error_waits_no_longer():
    heard: list[str] = []

    class Woken(VirtualClock):
        def sleep(self, seconds: float) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Waiting(Woken(), other_side="Klen AI", told=heard.append).sleep(3.0, FOR_LIMIT)
    assert heard == [LIMIT, ""]
