"""reconcile on the command line: windows, exit codes, costs, crashes and other runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connector.engine import spool
from connector.model import State
from tests.stubs.crash import Crashed
from tests.stubs.phone_line import BLANK, NUMBER, die_at, ends, entry, ring, sync
from tests.stubs.plans import remembered, writes
from tests.stubs.town import edit, fault
from tests.stubs.world import Command, World

LINK = "associate/default"
CREATE_CALLS = "POST /crm/v3/objects/calls/batch/create"

Look = Callable[..., tuple[int, Any]]


@pytest.fixture
def look(world: World, command: Command) -> Look:
    """`connector reconcile --json`, two hours later, when nothing waits for the next sync any more."""

    def look(*argv: str) -> tuple[int, Any]:
        world.wait(hours=2)
        world.forget_requests()
        return command("reconcile", *argv)

    return look


def told(report: Any) -> list[tuple[str, str, str]]:
    """Code, kind and call of each finding."""
    return [(each["code"], each["kind"], each["call_id"]) for each in report["findings"]]


def test_a_look_costs_little_and_touches_nothing(world: World, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    world.sandbox.history.generate(250, now=world.clock.now())
    sync(world)
    export, ledger = world.export(), remembered(world)
    code, report = look("--since", "90d")
    reads, links = "/crm/v3/objects/calls/batch/read", "/crm/v4/associations/calls/contacts/batch/read"
    assert (code, report["calls"]["listed"], report["findings"]) == (0, 250, [])
    assert (world.requests().count(f"POST {reads}"), world.requests().count(f"POST {links}")) == (3, 1)
    assert report["requests"] == {"source": len(world.requests("source")), "hubspot": len(world.requests())}
    assert world.requests("source") == ["GET /reception_ai/calls", "GET /reception_ai/calls/stats"]
    assert report["platform_total"] == 250
    assert (writes(world), world.export(), remembered(world)) == ([], export, ledger)
    monkeypatch.setattr(spool, "WINDOW_CALLS_MAX", 7)
    assert look("--since", "90d")[1]["calls"] == report["calls"]


def test_a_platform_that_counts_more_than_it_lists(world: World, look: Look) -> None:
    ring(world)
    sync(world)
    said = {"side": "source", "path": "/calls/stats", "method": "GET", "status": 200}
    fault(world, {**said, "body": {"totalCalls": 7}})
    code, report = look()
    [finding] = report["findings"]
    assert (code, finding["code"], finding["call"], report["platform_total"]) == (0, "W275", "", 7)
    fault(world, {**said, "status": 403})
    assert (look()[0], look()[1]["platform_total"]) == (0, None), "a count that is not to be had is no failure"


def test_the_window_is_the_last_three_days_or_what_was_asked_for(world: World, look: Look) -> None:
    world.sync()
    for call_id in ("c1", "c2", "c3"):
        ring(world, call_id)
        world.wait(days=2)
    code, report = look()
    assert (code, told(report)) == (1, [("E271", "missing", "c3")])
    code, report = look("--since", "5d", "--until", "3d")
    assert (code, told(report)) == (1, [("E271", "missing", "c2")])
    code, said = look("--since", "1d", "--until", "3d")
    assert (code, said["error"]["code"]) == (2, "E104")
    assert look("--since", "5d", "--until", "3d", "--repair")[0] == 0
    with world.app() as app:
        assert [each.call_id for each in app.calls_list()] == ["c2"], "a repair keeps to the window"


def test_a_call_of_just_now_waits_for_the_next_sync(world: World, command: Command) -> None:
    sync(world)
    ring(world)
    world.wait(minutes=30)
    code, report = command("reconcile")
    assert (code, report["calls"]["waiting"], report["findings"]) == (0, 1, [])


def test_what_is_older_than_the_connection_is_left_to_backfill(world: World, look: Look) -> None:
    ring(world, "old")
    world.wait(days=40)
    sync(world)
    ring(world, "new")
    code, report = look("--since", "90d", "--repair")
    assert (code, report["calls"]["before_start"], report["calls"]["carried"]) == (0, 1, 1)


def test_a_lost_ledger_is_no_loss_and_a_look_makes_none(world: World, look: Look) -> None:
    ring(world)
    sync(world)
    world.lose_the_ledger()
    code, report = look()
    assert (code, report["calls"]["carried"], report["findings"]) == (0, 1, [])
    assert not world.ledger.exists()


def test_a_repair_brings_the_portal_to_what_it_would_be_undisturbed(world: World, look: Look, tmp_path: Path) -> None:
    """A dead letter, an intent that was left over and a call that no run read."""
    (tmp_path / "undisturbed").mkdir()
    calm = World(tmp_path / "undisturbed", calls=0, search_lag_seconds=3.0)
    calm.setup()
    calls = [ring(world, "c1", summary="Poison")]
    fault(world, {"path": "calls/batch/create", "contains": "Poison"})
    sync(world)
    world.wait(minutes=1)
    calls.append(ring(world, "c2", callerNumber="+447700900150", leadData={"name": "Bo Lind"}))
    die_at(world, f"before {CREATE_CALLS}")
    calls.append(ring(world, "c3", callerNumber="+447700900151", leadData={"name": "Cy Marsh"}))
    for call in calls:
        calm.sandbox.history.put(call)
    code, report = look()
    assert (code, [finding[2] for finding in told(report)]) == (1, ["c3", "c1", "c2"])
    fault(world)
    assert look("--repair")[0] == 0
    calm.wait(hours=1)
    calm.sync()
    assert world.exported() == calm.exported()


def test_what_cannot_be_mended_is_told_again(world: World, look: Look) -> None:
    ring(world, summary="Poison")
    fault(world, {"path": "calls/batch/create", "contains": "Poison"})
    sync(world)
    code, report = look("--repair")
    assert (code, told(report), report["repairs"][-1]["calls"]["failed"]) == (1, [("E272", "missing", "c1")], 1)


def test_a_call_that_was_written_and_not_settled(world: World, look: Look) -> None:
    ring(world)
    die_at(world, f"after {CREATE_CALLS}")
    code, report = look()
    assert (code, told(report), report["calls"]["carried"]) == (0, [("W273", "unsettled", "c1")], 1)
    code, report = look("--repair")
    assert (code, report["findings"], entry(world).state) == (0, [], State.DONE)


def test_an_unfinished_call_that_the_platform_no_longer_lists(
    world: World, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring(world)
    die_at(world, f"before {CREATE_CALLS}")
    monkeypatch.setattr(world.sandbox.history, "newest_first", lambda now: iter(()))
    code, report = look()
    assert (code, told(report), report["calls"]["listed"]) == (1, [("E272", "missing", "c1")], 0)
    code, report = look("--repair")
    assert (code, report["findings"], entry(world).state) == (0, [], State.DONE)


def test_a_repair_that_dies_is_finished_by_the_next_one(world: World, look: Look) -> None:
    ring(world)
    world.wait(hours=2)
    world.crash.arm(None)
    world.crash.watch = lambda name: _die(world) if name == f"after {CREATE_CALLS}" else None
    with pytest.raises(Crashed), world.app() as app:
        app.reconcile(repair=True)
    world.crash.arm(None)
    code, report = look("--repair")
    assert (code, report["findings"], len(world.sandbox.hubspot.records("calls"))) == (0, [], 1)


def _die(world: World) -> None:
    world.crash.is_dead = True
    raise Crashed("dead")


def test_no_repair_while_another_run_holds_the_portal(world: World, look: Look) -> None:
    ring(world, "c0")
    sync(world)
    ring(world)
    with world.held_by_another():
        assert look()[0] == 1, "a look needs no lane"
        code, said = look("--repair")
    assert (code, said["error"]["code"]) == (5, "E521")
    assert len(world.sandbox.hubspot.records("calls")) == 1


def test_people_are_masked_unless_asked_for(world: World, look: Look) -> None:
    ring(world)
    assert not any(part in json.dumps(look()[1]) for part in ("Fern", "0199"))
    shown = look("--show-pii")[1]["findings"][0]
    assert (shown["caller_name"], shown["caller_number"]) == ("Ada Fern", NUMBER)


def test_calls_of_another_account_are_not_compared(world: World, look: Look) -> None:
    ring(world)
    sync(world)
    ring(world, "c2", organizationId="org_2")
    code, said = look()
    assert (code, said["error"]["code"]) == (2, "E120")


def test_a_repair_that_dies_before_the_link_is_made_is_finished_by_the_next_run(world: World) -> None:
    """That HubSpot refused the link is known to the ledger alone, so an intent must not forget it."""
    ring(world, **BLANK)
    sync(world)
    edit(world, "create", of="contacts", properties={"firstname": "Ada", "lastname": "Fern", "phone": NUMBER})
    fault(world, {"path": LINK})
    world.wait(hours=2)
    world.sync()
    fault(world)
    world.crash.arm(None)
    world.crash.watch = lambda name: _die(world) if name.endswith(LINK) else None
    with pytest.raises(Crashed), world.app() as app:
        app.reconcile(repair=True)
    world.crash.arm(None)
    world.wait(minutes=10)
    world.sync()
    [call] = world.sandbox.hubspot.records("calls")
    assert ends(world, "calls", call.id) == [entry(world).contact_id]
    world.wait(hours=2)
    world.audit()
