"""The whole product on a PostgreSQL ledger does what it does on a file."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from connector.engine import spool
from connector.ledger.tables import metadata
from connector.model import Hint, RunSummary
from connector.sandbox.faults import Fault
from tests.badinput.room import Room
from tests.e2e.test_crash_ledger import remembered
from tests.e2e.test_crash_points import later_calls_and_a_changed_one
from tests.stubs.crash import Crashed
from tests.stubs.phone_line import NUMBER, entry, ring
from tests.stubs.postgresql import Databases, address_of, ask, forget_everything, needs_postgresql
from tests.stubs.world import World

STRIDE = int(os.environ.get("CRASH_STRIDE", "31"))
"""Every 31st point; `make torture` takes them all."""

pytestmark = needs_postgresql


@pytest.fixture(autouse=True)
def _several_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "WINDOW_CALLS_MAX", 25)


def a_world(folder: Path, *, postgresql: str = "") -> World:
    folder.mkdir()
    world = World(folder, search_lag_seconds=3.0, postgresql=postgresql)
    world.setup()
    later_calls_and_a_changed_one(world)
    return world


def counted(summary: RunSummary) -> Any:
    return summary.calls, summary.contacts, summary.records, summary.watermark


def test_portal_and_memory_are_those_of_a_ledger_in_a_file(tmp_path: Path, postgresql_url: str) -> None:
    file, server = a_world(tmp_path / "file"), a_world(tmp_path / "server", postgresql=postgresql_url)
    assert counted(server.sync()) == counted(file.sync())
    assert server.export() == file.export()
    assert remembered(server) == remembered(file)
    server.forget_requests()
    quiet = server.sync()
    assert quiet.calls.unchanged == quiet.calls.read > 0
    assert server.requests() == []


def test_nobody_stands_in_it_in_clear(tmp_path: Path, postgresql_url: str) -> None:
    world = World(tmp_path, calls=0, postgresql=postgresql_url)
    world.setup()
    ring(world)
    ring(world, "held", callerName="Ada", leadData=None)
    ring(world, "bad", duration="Ada Fern")
    world.wait(minutes=10)
    world.sync()
    rows = [f"{row}" for table in metadata.tables for row in ask(postgresql_url, f'TABLE "{table}"')]
    assert len(rows) > 8
    for canary in ("Ada", "Fern", NUMBER.removeprefix("+44"), "ada.fern", "quote"):
        assert canary not in "".join(rows)


@pytest.mark.parametrize("status", [400, 409])
def test_a_refusal_with_odd_words_costs_its_call_only(tmp_path: Path, postgresql_url: str, status: int) -> None:
    world = World(tmp_path, calls=0, postgresql=postgresql_url)
    world.setup()
    ring(world)
    odd = {"message": "x\0", "code": "INVALID\0", "context": {"propertyName": ["hs_call\0x"]}}
    body = {"status": "error", "category": "VALIDATION_ERROR", "message": "x\0y", "errors": [odd]}
    world.sandbox.faults.set(
        [Fault(side="hubspot", action="status", path="calls/batch/create", status=status, times=0, body=body)]
    )
    world.wait(minutes=10)
    assert world.sync().calls.failed == 1
    assert "\0" not in entry(world).message


def test_a_lost_database_doubles_nothing(tmp_path: Path, postgresql_url: str) -> None:
    world = a_world(tmp_path / "world", postgresql=postgresql_url)
    world.sync()
    before = world.export()
    world.lose_the_ledger()
    assert world.sync().calls.created == 0
    assert world.export() == before


def test_dying_at_any_point_changes_nothing(tmp_path: Path, postgresql_url: str) -> None:
    undisturbed = a_world(tmp_path / "undisturbed", postgresql=postgresql_url)
    undisturbed.crash.arm(None)
    undisturbed.sync()
    expected, points = undisturbed.export(), len(undisturbed.crash.names)
    assert points > 40
    for point in range(STRIDE // 2, points, STRIDE):
        forget_everything(postgresql_url)
        world = a_world(tmp_path / str(point), postgresql=postgresql_url)
        world.crash.arm(point)
        with pytest.raises(Crashed):
            world.sync()
        died = world.crash.names[-1]
        world.crash.arm(None)
        assert world.sync().status == "ok", died
        assert world.export() == expected, died


def test_hints_of_several_processes_meet(tmp_path: Path, postgresql_url: str) -> None:
    """`serve` on one machine hears of a call, `sync` on another carries it."""
    world = World(tmp_path, calls=0, postgresql=postgresql_url)
    world.setup()
    hint = Hint(delivery="d1", call_id="c1", received_at=world.clock.now())
    with world.app() as serving, world.app() as another:
        assert serving.take_hint(hint)
        assert not another.take_hint(hint)
        assert another.count_hints() == 1
    ring(world)
    world.wait(minutes=10)
    world.sync()
    with world.app() as app:
        assert app.count_hints() == 0


def said(room: Room, *argv: str) -> Any:
    code, out, _ = room.printed(*argv, "--json")
    return code, json.loads(out)


def test_from_an_empty_database_to_the_first_run(tmp_path: Path, databases: Databases) -> None:
    url = databases.empty()
    with Room(tmp_path) as room:
        room.set(ledger_url=url)
        code, shape = said(room, "db", "show")
        assert (code, shape["revision"]) == (0, None)
        for command in ("sync", "setup", "doctor"):
            code, answer = said(room, command)
            assert code == 2
            assert "connector db upgrade" in json.dumps(answer)
        code, done = said(room, "db", "upgrade")
        assert (code, done["before"], done["revision"]) == (0, None, shape["newest"])
        assert "already" in room.printed("db", "upgrade")[1]
        assert "as this version needs it" in room.printed("db", "show")[1]
        assert said(room, "setup")[0] == 0
        room.ring()
        assert said(room, "sync")[1]["calls"]["created"] == 1
        assert len(said(room, "calls", "list")[1]["calls"]) == 1
        assert len(said(room, "runs", "list")[1]["runs"]) == 1
        code, report = said(room, "doctor")
        ledger = [each for each in report["checks"] if each["check"] == "ledger"]
        assert [each["status"] for each in ledger] == ["warning", "ok"], "the room's clock stands in another month"
        assert ledger[0]["code"] == "W504"


def test_a_password_is_never_told(tmp_path: Path) -> None:
    password = "correct-horse-battery"
    with Room(tmp_path) as room:
        for url in (address_of("postgres", password=password), address_of("nowhere", password=password, port=1)):
            room.set(ledger_url=url)
            for command in (("sync",), ("doctor",), ("calls", "list"), ("db", "show"), ("db", "upgrade"), ("plan",)):
                for form in ((), ("--json",)):
                    code, out, err = room.printed(*command, *form)
                    assert code in {2, 4}
                    assert password not in out + err
