"""`kill -9` in the midst of a real backfill, again and again: real processes, real sockets, a real clock.

A process is killed some time after its first write, or while HubSpot is silent about a write that it carried out or has
not seen. Beside that HubSpot answers with errors, refuses, and drops connections before and after its commits.

A small slice of it stands among the tests; `make torture` kills more often, and a long history is
`KILLED_CALLS=100000 KILL_EVERY=15 KILLS_MAX=0`. `KILL_SEED` plays the same again as far as a real clock allows.
`UNIQUE_CALLS=on,off` plays it where calls take no unique property, too.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stubs.side import LOOK_EVERY_SECONDS, UNIQUE_CALLS, Ended, Side, a_side

CALLS = int(os.environ.get("KILLED_CALLS", "100"))
KILL_EVERY = float(os.environ.get("KILL_EVERY", "0.05"))
"""Seconds of writing after which a process is killed, on average."""
KILLS_MAX = int(os.environ.get("KILLS_MAX", "2"))
"""Then it is left to come to its end; 0 for no end of killing."""
FAULTS_SHARE = float(os.environ.get("FAULTS_SHARE", "0.05"))
"""Of the requests to HubSpot that go wrong beside the kills."""
SEED = int(os.environ.get("KILL_SEED", "1"))
LATENCY_MS = 20
WHOLE_RUN_SECONDS = 3 * 60 * 60.0
BACKFILL = ("backfill", "--since", "30d")
IS_WRITE = re.compile(r"/batch/(create|update)$")
REQUESTS_A_SECOND = 15
"""So many at least, for faults that are to be met within a time."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")


@pytest.fixture(params=UNIQUE_CALLS)
def side(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Side]:
    options = ("--calls", str(CALLS), "--latency", str(LATENCY_MS))
    with a_side(tmp_path, *options, unique_calls=request.param) as side:
        yield side


def test_a_backfill_killed_every_few_seconds_ends_as_an_undisturbed_one(side: Side) -> None:
    print(f"KILL_SEED={SEED}")
    luck = random.Random(SEED)
    side.begin_anew()
    began = time.monotonic()
    whole = side.run(*BACKFILL, patience_seconds=WHOLE_RUN_SECONDS)
    assert whole.code == 0, whole.err
    expected = side.ask("export")
    print(f"undisturbed: {CALLS} calls in {time.monotonic() - began:.0f} s", flush=True)

    side.begin_anew()
    began = time.monotonic()
    kills = 0
    while (not KILLS_MAX or kills < KILLS_MAX) and (ended := killed(side, luck)) is None:
        kills += 1
        side.let_the_lease_run_out()
    assert kills, "too quick to be killed: give it more calls"
    side.ask("faults", [])
    ended = side.run(*BACKFILL, "--resume", patience_seconds=WHOLE_RUN_SECONDS)
    assert ended.code == 0, ended.err
    print(f"killed {kills} times: {CALLS} calls in {time.monotonic() - began:.0f} s", flush=True)

    assert side.ask("export") == expected
    last = number_of_last(side)
    quiet = side.run(*BACKFILL, patience_seconds=WHOLE_RUN_SECONDS)
    assert quiet.code == 0, quiet.err
    counts = json.loads(quiet.out)["calls"]
    assert counts["read"] == CALLS == counts["unchanged"] + counts["skipped"]
    assert side.requests(last) == []
    audit = side.run("reconcile", *BACKFILL[1:], patience_seconds=WHOLE_RUN_SECONDS)
    assert audit.code == 0, audit.out


def killed(side: Side, luck: random.Random) -> Ended | None:
    """Start it and kill it at a moment that luck chooses; how it ended where it came to its end before."""
    after_seconds = luck.uniform(0.2, 1.8) * KILL_EVERY
    faults = weather(luck, int(max(20, after_seconds * REQUESTS_A_SECOND)))
    if is_at_a_request := luck.random() < 0.5:
        nth = luck.randint(1, max(3, int(after_seconds * REQUESTS_A_SECOND / 2)))
        where = {"side": "hubspot", "path": IS_WRITE.pattern, "nth": nth, "when": luck.choice(["before", "after"])}
        faults.insert(0, {**where, "action": "stall", "seconds": 600.0})
    last = number_of_last(side)
    side.ask("faults", faults)
    process = side.start(*BACKFILL, "--resume")
    met: Callable[[dict[str, Any]], Any] = lambda each: IS_WRITE.search(each["path"])  # noqa: E731
    if is_at_a_request:
        met = lambda each: each["fault"] == "stall"  # noqa: E731
        after_seconds = 0
    while process.poll() is None and not any(map(met, side.requests(last))):
        time.sleep(LOOK_EVERY_SECONDS)
    time.sleep(after_seconds)
    process.kill()
    out, err = process.communicate()
    assert "Traceback" not in err, err
    # Where HubSpot was too often unwell the process ended by itself, and the schedule would come again.
    is_over = process.returncode not in (-signal.SIGKILL, 4)
    return Ended(process.returncode, out, err) if is_over else None


def number_of_last(side: Side) -> int:
    return max((each["number"] for each in side.requests()), default=0)


def weather(luck: random.Random, requests: int) -> list[dict[str, Any]]:
    """A script of 5xx before and after the commit, lost answers and refusals, each at a request of its own."""
    kinds: list[dict[str, Any]] = [
        {"action": "status", "status": 502, "when": "after"},
        {"action": "status", "status": 503, "when": "before"},
        {"action": "drop", "when": "after"},
        {"action": "drop", "when": "before"},
        {"action": "refuse", "status": 429, "policy": "TEN_SECONDLY_ROLLING", "retry_after": "1"},
    ]
    chosen = luck.sample(range(1, requests + 1), int(requests * FAULTS_SHARE))
    return [{"side": "hubspot", "nth": nth, **luck.choice(kinds)} for nth in sorted(chosen)]
