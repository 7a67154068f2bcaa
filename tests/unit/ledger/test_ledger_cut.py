"""The connection to a PostgreSQL server is cut at any message: nothing is half done, and all is done in the end."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from connector.errors import ConnectorError, TransientError
from connector.ledger.address import PostgresqlAddress
from connector.ledger.open import upgrade_ledger
from connector.ledger.postgresql import open_postgresql
from connector.ledger.sql import SqlLedger
from connector.ledger.tables import metadata
from connector.model import Entry, Hint, RunSummary, State
from tests.stubs.postgresql import SERVER, address_of, ask, forget_everything, needs_postgresql
from tests.stubs.wire import Cut, Wire, a_wire

NOW = datetime(2026, 3, 1, tzinfo=UTC)
STRIDE = int(os.environ.get("CUT_STRIDE", "7"))
"""Every seventh message; `make torture` takes them all."""
CRASHES = int(os.environ.get("SERVER_CRASHES", "1"))
SCRIPT = Path(__file__).parents[3] / ".ci" / "postgresql"

pytestmark = needs_postgresql


@pytest.fixture
def wire(postgresql_url: str) -> Iterator[Wire]:
    port = urlsplit(SERVER).port
    assert port is not None
    with a_wire(port) as wire:
        yield wire


def open_through(wire: Wire, url: str, *, patience_seconds: float) -> SqlLedger:
    database = urlsplit(url).path.removeprefix("/")
    address = PostgresqlAddress(address_of(database, port=wire.port))
    return open_postgresql(address, secret=b"secret", now=lambda: NOW, patience_seconds=patience_seconds)


def a_day(ledger: SqlLedger) -> None:
    """What runs do to a ledger, each kind of change once."""
    ledger.connection("default", source="klen")
    ledger.pin("default", account="org_1", portal_id="50001")
    lane = ledger.take_lane("50001", "one", lease_seconds=60)
    assert lane is not None
    run = RunSummary(run_id="run-1", connection="default", kind="sync", started_at=NOW)
    ledger.start_run(run)
    ledger.claim("default", [an_entry(number, State.INTENT) for number in range(3)], lane=lane)
    ledger.renew_lane(lane, lease_seconds=60)
    ledger.remember_people("50001", {"h1": "501"}, lane=lane)
    ledger.settle("default", [an_entry(number, State.DONE) for number in range(3)], lane=lane, people={"h2": "502"})
    ledger.advance("default", NOW)
    ledger.take_hint("default", Hint(delivery="d1", call_id="c1", received_at=NOW))
    ledger.keep_hints("default", [], done_since=NOW)
    ledger.remember("fact", b"value", now=NOW)
    ledger.finish_run(run)
    ledger.check_lane(lane)
    ledger.release_lane(lane)


def an_entry(number: int, state: State) -> Entry:
    return Entry(call_id=f"c{number}", state=state, ended_at=NOW + timedelta(minutes=number), account="org_1")


def content(url: str) -> dict[str, list[Any]]:
    """Every row of every table; a lane's fence may have grown when taking it was done twice."""
    rows = {table: sorted(ask(url, f'TABLE "{table}"')) for table in metadata.tables}
    rows["lane"] = [(portal, owner, fence > 0, until) for portal, owner, fence, until in rows["lane"]]
    return rows


@pytest.mark.parametrize("cut", ["before", "after"], ids=["before it arrives", "after it was carried out"])
def test_every_message_may_be_lost(wire: Wire, postgresql_url: str, cut: Cut) -> None:
    """Also the commit, of which nobody knows then whether it happened."""
    ledger = open_through(wire, postgresql_url, patience_seconds=10.0)
    ledger.connections()
    wire.arm()
    a_day(ledger)
    expected, messages = content(postgresql_url), wire.messages
    assert messages > 45, "begin, statements and commit of each"
    for at in range(1 + STRIDE // 2, messages + 1, STRIDE):
        forget_everything(postgresql_url)
        ledger.connections()
        wire.arm(at, cut)
        a_day(ledger)
        assert wire.messages > messages, "it was not cut"
        assert content(postgresql_url) == expected, at
    ledger.close()


def test_a_transaction_costs_no_message_more_than_its_beginning_its_question_and_its_end(
    wire: Wire, postgresql_url: str
) -> None:
    ledger = open_through(wire, postgresql_url, patience_seconds=0.0)
    ledger.connections()
    wire.arm()
    ledger.connections()
    assert wire.messages == 3
    ledger.close()


def test_without_patience_it_is_told_and_nothing_is_half_done(wire: Wire, postgresql_url: str) -> None:
    ledger = open_through(wire, postgresql_url, patience_seconds=0.0)
    lane = ledger.take_lane("50001", "one", lease_seconds=60)
    assert lane is not None
    for cut in ("before", "after"):
        for at in range(1, 6):
            ledger.connections()
            ask(postgresql_url, "DELETE FROM entry; DELETE FROM person")
            wire.arm(at, "before" if cut == "before" else "after")
            # It begins, guards, stores twice and commits.
            with contextlib.suppress(TransientError):
                ledger.settle(
                    "default", [an_entry(1, State.DONE), an_entry(2, State.DONE)], lane=lane, people={"h": "5"}
                )
            wire.arm()
            with contextlib.suppress(TransientError):
                ledger.connections()
            [(entries,)] = ask(postgresql_url, "SELECT count(*) FROM entry")
            [(people,)] = ask(postgresql_url, "SELECT count(*) FROM person")
            assert (entries, people) in {(0, 0), (2, 1)}, (cut, at)
    ledger.close()


def test_a_server_that_stays_away_is_told_with_its_code(wire: Wire, postgresql_url: str) -> None:
    ledger = open_through(wire, postgresql_url, patience_seconds=0.4)
    ledger.connections()
    wire.is_down = True
    wire.cut()
    with pytest.raises(ConnectorError) as caught:
        ledger.connections()
    assert (caught.value.code, caught.value.exit_code) == ("E517", 4)
    wire.is_down = False
    assert ledger.connections() == [], "it goes on as soon as the server is back"
    ledger.close()


def test_a_server_that_crashes_and_starts_again_has_what_it_said_it_has(tmp_path: Path) -> None:
    """A server of its own, stopped without a farewell in the middle of it."""
    pipe = subprocess.PIPE
    say = 'echo "$CONNECTOR_TEST_POSTGRESQL"; echo "$CONNECTOR_TEST_POSTGRESQL_FOLDER"; cat'
    with subprocess.Popen([SCRIPT, "bash", "-c", say], stdin=pipe, stdout=pipe, text=True) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        url, folder = server.stdout.readline().strip(), server.stdout.readline().strip()
        upgrade_ledger(url)
        ledger = open_postgresql(PostgresqlAddress(url), secret=b"secret", patience_seconds=30.0)
        lane = ledger.take_lane("50001", "one", lease_seconds=600)
        assert lane is not None
        number = 0
        for _ in range(CRASHES):
            with subprocess.Popen([SCRIPT, "--crash", folder]) as crash:
                while crash.poll() is None:
                    ledger.settle("default", [an_entry(number, State.DONE)], lane=lane)
                    number += 1
            assert crash.returncode == 0
            assert ledger.count_entries("default") == {State.DONE: number}
        ledger.close()
        server.stdin.close()
        assert server.wait(60) == 0
