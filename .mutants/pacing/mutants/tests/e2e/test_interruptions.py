"""Ctrl-C and SIGTERM at any moment of a backfill: real processes, a real clock, and the same portal in the end.

A small slice of it stands among the tests; `make torture` interrupts a backfill of 20,000 calls twenty times.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

CONNECTOR = Path(sys.executable).with_name("connector")
CALLS = int(os.environ.get("INTERRUPTED_CALLS", "600"))
INTERRUPTIONS = int(os.environ.get("INTERRUPTIONS", "6"))
LATENCY_MS = 60
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")


class Ended(NamedTuple):
    code: int
    out: str
    err: str


class Side:
    """A sandbox in another process; its portal and the ledger can be begun anew, its calls stay the same."""

    def __init__(self, folder: Path, addresses: dict[str, str]) -> None:
        self._folder = folder
        self._control = f"{addresses['page']}_sandbox/"
        self._environment = {
            **os.environ,
            "CONNECTOR_SOURCE_API_KEY": addresses["source_api_key"],
            "CONNECTOR_SOURCE_BASE_URL": addresses["source_base_url"],
            "CONNECTOR_HUBSPOT_TOKEN": addresses["hubspot_token"],
            "CONNECTOR_HUBSPOT_BASE_URL": addresses["hubspot_base_url"],
        }
        self.attempt = 0

    def begin_anew(self) -> None:
        self.attempt += 1
        self.ask("reset", {"parts": ["portal", "log"]})
        assert self.run("setup").code == 0

    def start(self, *argv: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [CONNECTOR, *argv, "--json"],
            cwd=self._folder,
            env={**self._environment, "CONNECTOR_LEDGER_URL": f"sqlite:///{self.attempt}.db"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *argv: str) -> Ended:
        process = self.start(*argv)
        out, err = process.communicate(timeout=600)
        return Ended(process.returncode, out, err)

    def interrupt(self, number: signal.Signals, after_seconds: float, *argv: str) -> Ended:
        process = self.start(*argv)
        time.sleep(after_seconds)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        return Ended(process.returncode, out, err)

    def ask(self, path: str, body: Any = None) -> bytes:
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(self._control + path, data=data)) as answer:
            content: bytes = answer.read()
            return content


@pytest.fixture
def side(tmp_path: Path) -> Iterator[Side]:
    options = ("--calls", str(CALLS), "--search-lag", "0.2", "--latency", str(LATENCY_MS), "--limits", "off")
    process = subprocess.Popen([CONNECTOR, "sandbox", *options], cwd=tmp_path, stdout=subprocess.PIPE)
    assert process.stdout is not None
    yield Side(tmp_path, json.loads(process.stdout.readline()))
    process.terminate()
    process.communicate()


def test_a_backfill_interrupted_again_and_again_ends_as_an_undisturbed_one(side: Side) -> None:
    side.begin_anew()
    began = time.monotonic()
    whole = side.run("backfill", "--since", "30d")
    seconds = time.monotonic() - began
    assert whole.code == 0, whole.err
    expected = side.ask("export")

    side.begin_anew()
    luck = random.Random(CALLS)  # noqa: S311
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
