"""Several real processes on one ledger and one portal: one stopped past its lease and woken, and two at the same time.

A small slice of it stands among the tests; `make torture` stops more often (`STOPS`), and plays all of it where calls
take no unique property, too (`UNIQUE_CALLS=on,off`).
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from connector.ledger.open import upgrade_ledger
from tests.stubs.postgresql import Databases, ask
from tests.stubs.side import LOOK_EVERY_SECONDS, UNIQUE_CALLS, Ended, Side, a_side, leased

CALLS = 16
LEASE_SECONDS = 1.5
STOPS = int(os.environ.get("STOPS", "1"))
"""How often a process is stopped and woken, on each kind of ledger, each time with a new portal."""
SEED = int(os.environ.get("STOP_SEED", "1"))
IS_WRITE = re.compile(r"/batch/(create|update)$")
BACKFILL = ("backfill", "--since", "30d", "--json")
PATIENCE_SECONDS = 60.0

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")


class Worker:
    """A process of the product, with a short lease unless it is given one."""

    def __init__(self, side: Side, url: str, folder: Path, *, lease_seconds: float = LEASE_SECONDS) -> None:
        environment = {**side.environment, "CONNECTOR_LEDGER_URL": url}
        command = [*leased(lease_seconds), *BACKFILL]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=folder, env=environment, stdout=pipe, stderr=pipe, text=True)

    def ended(self) -> Ended:
        out, err = self.process.communicate(timeout=PATIENCE_SECONDS)
        return Ended(self.process.returncode, out, err)

    def stop(self, *, is_in_a_transaction: Callable[[], bool]) -> None:
        """Stop it, though not in a transaction: what it then locks is another matter."""
        self.process.send_signal(signal.SIGSTOP)
        while is_in_a_transaction():
            self.process.send_signal(signal.SIGCONT)
            time.sleep(LOOK_EVERY_SECONDS)
            self.process.send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        self.process.send_signal(signal.SIGCONT)


@pytest.fixture(params=UNIQUE_CALLS)
def side(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Side]:
    with a_side(tmp_path, "--calls", str(CALLS), "--latency", "30", unique_calls=request.param) as side:
        yield side


@pytest.fixture(params=["sqlite", "postgresql"])
def new_ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes the address of a ledger that remembers nothing."""
    if request.param == "postgresql":
        databases: Databases = request.getfixturevalue("databases")
        return databases.prepared
    numbers = iter(range(100))

    def in_a_file() -> str:
        url = f"sqlite:///{tmp_path}/{next(numbers)}.db"
        upgrade_ledger(url)
        return url

    return in_a_file


def is_in_a_transaction(url: str) -> bool:
    if url.startswith("postgresql"):
        others = "datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"
        return bool(ask(url, f"SELECT 1 FROM pg_stat_activity WHERE {others}"))  # noqa: S608 - of the line above
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=0.0, isolation_level=None)) as db:
        try:
            db.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
    return False


def writes(side: Side, after: int = 0) -> list[str]:
    return [f"{each['number']} {each['path']}" for each in side.requests(after) if IS_WRITE.search(each["path"])]


def last_request(side: Side) -> int:
    return max((each["number"] for each in side.requests()), default=0)


def await_writes(side: Side, number: int) -> None:
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while len(writes(side)) < number:
        assert time.monotonic() < give_up_at, "it never wrote"
        time.sleep(LOOK_EVERY_SECONDS)


def test_who_was_stopped_past_its_lease_writes_no_more(
    side: Side, tmp_path: Path, new_ledger: Callable[[], str]
) -> None:
    print(f"STOP_SEED={SEED}")  # noqa: T201 - what `make torture` is played again by
    luck = random.Random(SEED)
    for _ in range(STOPS):
        side.begin_anew()
        side.ask("reset", {"parts": ["log"]})
        url = new_ledger()
        # In the midst of one of its writes, which HubSpot carries out.
        nth = luck.randint(1, 3)
        stall = {"side": "hubspot", "path": IS_WRITE.pattern, "nth": nth, "when": "after"}
        side.ask("faults", [{**stall, "action": "stall", "seconds": 1.0}])
        first = Worker(side, url, tmp_path)
        await_writes(side, nth)
        first.stop(is_in_a_transaction=lambda url=url: is_in_a_transaction(url))  # type: ignore[misc]
        second = Worker(side, url, tmp_path).ended()
        assert second.code == 0, second
        assert json.loads(second.out)["calls"]["read"] == CALLS

        last = last_request(side)
        first.wake()
        woken = first.ended()
        assert writes(side, last) == [], "under a fence that is no longer the newest"
        assert (woken.code, json.loads(woken.out.splitlines()[-1])["error"]["code"]) == (5, "E522"), woken
        assert_all_is_there_once(side)


def test_two_at_the_same_time_do_each_call_once(side: Side, tmp_path: Path, new_ledger: Callable[[], str]) -> None:
    side.begin_anew()
    url = new_ledger()
    both = [worker.ended() for worker in [Worker(side, url, tmp_path, lease_seconds=60.0) for _ in range(2)]]
    assert [each.code for each in both] == [0, 0], both
    counts = [json.loads(each.out)["calls"] for each in both]
    assert min(each["created"] for each in counts) == 0, "one waited for the other and found all done"
    assert [each["read"] for each in counts] == [CALLS, CALLS]
    assert_all_is_there_once(side)


def assert_all_is_there_once(side: Side) -> None:
    records = json.loads(side.ask("export"))["records"]
    for name in ("calls", "tasks", "notes"):
        keys = [record["properties"]["call_connector_key"] for record in records.get(name, [])]
        assert len(keys) == len(set(keys)), name
    assert len(records["calls"]) > CALLS / 2
