"""A sandbox in a process of its own, and commands of the product against it as a user would give them."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from connector.engine.lane import LEASE_SECONDS

CONNECTOR = Path(sys.executable).with_name("connector")
PATIENCE_SECONDS = 600.0
LOOK_EVERY_SECONDS = 0.02


UNIQUE_CALLS = os.environ.get("UNIQUE_CALLS", "on").split(",")
"""Whether the portal takes a unique property on calls: `on`, `off`, or both in turn."""
SEARCH_LAG_SECONDS = 0.2
DOUBT_SECONDS = 2.0
"""How long the product doubts what that search does not show, in place of minutes."""
ROOT = Path(__file__).parents[2]


class Ended(NamedTuple):
    code: int
    out: str
    err: str


class Side:
    """A sandbox in another process; its portal and the ledger can be begun anew, its calls stay the same."""

    def __init__(self, folder: Path, addresses: dict[str, str], *, command: Sequence[str]) -> None:
        self._folder = folder
        self._command = command
        self._control = f"{addresses['page']}_sandbox/"
        self.environment = {
            **os.environ,
            "CONNECTOR_SOURCE_API_KEY": addresses["source_api_key"],
            "CONNECTOR_SOURCE_BASE_URL": addresses["source_base_url"],
            "CONNECTOR_HUBSPOT_TOKEN": addresses["hubspot_token"],
            "CONNECTOR_HUBSPOT_BASE_URL": addresses["hubspot_base_url"],
            "PYTHONPATH": str(ROOT),
        }
        self.attempt = 0

    def begin_anew(self) -> None:
        self.attempt += 1
        self.ask("reset", {"parts": ["portal", "log", "faults"]})
        assert self.run("setup").code == 0

    def start(self, *argv: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*self._command, *argv, "--json"],
            cwd=self._folder,
            env={**self.environment, "CONNECTOR_LEDGER_URL": f"sqlite:///{self.attempt}.db"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *argv: str, patience_seconds: float = PATIENCE_SECONDS) -> Ended:
        process = self.start(*argv)
        out, err = process.communicate(timeout=patience_seconds)
        return Ended(process.returncode, out, err)

    def interrupt(self, number: signal.Signals, after_seconds: float, *argv: str) -> Ended:
        process = self.start(*argv)
        time.sleep(after_seconds)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        return Ended(process.returncode, out, err)

    def let_the_lease_run_out(self) -> None:
        """As if the seconds had passed for which the lane of a killed process stays taken."""
        with closing(sqlite3.connect(self._folder / f"{self.attempt}.db")) as ledger, ledger:
            ledger.execute("UPDATE lane SET until = 0")

    def ask(self, path: str, body: Any = None) -> bytes:
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(self._control + path, data=data)) as answer:
            content: bytes = answer.read()
            return content

    def requests(self, after: int = 0) -> list[dict[str, Any]]:
        """What HubSpot was asked since this request, without bodies."""
        answer = json.loads(self.ask(f"requests?side=hubspot&after={after}&bodies=off"))
        found: list[dict[str, Any]] = answer["requests"]
        return found


def leased(lease_seconds: float) -> list[str]:
    """The command line, with leases of this length and a patience that fits the search of these sandboxes."""
    return [sys.executable, "-m", "tests.stubs.leased", str(lease_seconds), str(DOUBT_SECONDS)]


@contextmanager
def a_side(folder: Path, *options: str, unique_calls: str = "on") -> Iterator[Side]:
    """A sandbox with these options, without HubSpot's limits; its search lags little."""
    settled = ("--limits", "off", "--search-lag", str(SEARCH_LAG_SECONDS), "--unique-calls", unique_calls)
    process = subprocess.Popen([CONNECTOR, "sandbox", *settled, *options], cwd=folder, stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        # What a search does not show is doubted only where HubSpot refuses no second key.
        command = [str(CONNECTOR)] if unique_calls == "on" else leased(LEASE_SECONDS)
        yield Side(folder, json.loads(process.stdout.readline()), command=command)
    finally:
        process.terminate()
        process.communicate()
