"""Ctrl-C and SIGTERM at any moment of a backfill: real processes, a real clock, and the same portal in the end.

A small slice of it stands among the tests; `make torture` interrupts a backfill of 20,000 calls twenty times.
"""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stubs.side import Side, a_side

CALLS = int(os.environ.get("INTERRUPTED_CALLS", "400"))
INTERRUPTIONS = int(os.environ.get("INTERRUPTIONS", "4"))
LATENCY_MS = 60
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")


@pytest.fixture
def side(tmp_path: Path) -> Iterator[Side]:
    with a_side(tmp_path, "--calls", str(CALLS), "--latency", str(LATENCY_MS)) as side:
        yield side


def test_a_backfill_interrupted_again_and_again_ends_as_an_undisturbed_one(side: Side) -> None:
    side.begin_anew()
    began = time.monotonic()
    whole = side.run("backfill", "--since", "30d")
    seconds = time.monotonic() - began
    assert whole.code == 0, whole.err
    expected = side.ask("export")

    side.begin_anew()
    luck = random.Random(CALLS)
    stopped = 0
    while stopped < INTERRUPTIONS:
        number = luck.choice(list(CODES))
        # A little more each time, so that small histories are not over before the last interruption.
        after = luck.uniform(0.1, max(1.2, 1.5 * seconds / INTERRUPTIONS))
        ended = side.interrupt(number, after, "backfill", "--since", "30d", "--resume")
        assert "Traceback" not in ended.err, ended.err
        if ended.code == 0:
            # Over before the signal came: from here on there is nothing left to interrupt.
            break
        assert ended.code == CODES[number], (after, ended)
        stopped += 1
        if ended.out:
            assert json.loads(ended.out)["error"]["code"] == "E112"
    assert stopped >= INTERRUPTIONS / 2, "too quick to be interrupted: give it more calls"

    last = side.run("backfill", "--since", "30d", "--resume")
    assert last.code == 0, last.err
    counts = json.loads(last.out)["calls"]
    assert counts["read"] == CALLS == json.loads(whole.out)["calls"]["read"]
    assert side.ask("export") == expected
