"""A call that a platform lists and for ever refuses to give by its id: a dead letter in the end, the others go on."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from connector.engine import withheld
from connector.model import State
from connector.sandbox.platforms.kaicalls import NO_LEAD_ID
from tests.stubs.frozen import prepared
from tests.stubs.phone_line import entry, ring, sync

RUNS = 4


class Withholding(httpx.BaseTransport):
    """A way to a platform that fails on one call by its id, each time."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.params.get("id") == "bad":
            return httpx.Response(500, request=request)
        return self._inner.handle_request(request)


def test_it_is_a_dead_letter_in_the_end_and_the_others_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(withheld, "REFUSALS_MAX", RUNS - 1)
    # The list names no caller, so that each call is asked for by its id.
    world = prepared(tmp_path, source="kaicalls", calls=0, traps=(NO_LEAD_ID,))
    world.between = Withholding
    ring(world, "bad")
    summaries = []
    for number in range(RUNS):
        ring(world, f"good{number}")
        summaries.append(sync(world))
        world.wait(hours=number)
    assert [summary.calls.created for summary in summaries] == [1] * RUNS
    failures = [failure for summary in summaries for failure in summary.failures]
    assert [(each.code, each.retryable) for each in failures] == [("E308", True)] * (RUNS - 2) + [("E333", False)]
    assert (entry(world, "bad").state, entry(world, "bad").code) == (State.DEAD, "E333")
    assert summaries[-1].status == "ok"
    world.between = lambda inner: inner
    with world.app() as app:
        assert app.calls_retry(["bad"]).calls.created == 1
