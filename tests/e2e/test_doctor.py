"""`doctor` against a whole world: healthy, and with each thing wrong that can be."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from connector.ledger.open import open_ledger
from connector.model import Entry, State
from connector.reports import DoctorReport
from connector.sandbox.faults import Fault
from tests.stubs.frozen import prepared
from tests.stubs.phone_line import ring
from tests.stubs.world import World

TOKEN_INFO = "/oauth/v2/private-apps/get/access-token-info"


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = prepared(tmp_path, calls=60, limits=True)
    world.wait(minutes=5)
    world.sync()
    world.wait(minutes=5)
    world.forget_requests()
    return world


def examined(world: World, **changes: Any) -> DoctorReport:
    with world.app(**changes) as app:
        return app.doctor()


def found(report: DoctorReport, check: str = "") -> set[tuple[str, str]]:
    return {(each.check, each.code) for each in report.diagnoses if each.code and check in ("", each.check)}


def states(report: DoctorReport) -> dict[str, set[str]]:
    checks: dict[str, set[str]] = {}
    for each in report.diagnoses:
        checks.setdefault(each.check, set()).add(each.status)
    return checks


def test_a_healthy_connection(world: World) -> None:
    report = examined(world)
    assert report.exit_code == 0
    assert set(states(report)) == {
        *("config", "mapping", "key", "token", "scopes", "properties", "dispositions", "owners"),
        *("ledger", "clock", "quota"),
    }
    assert set().union(*states(report).values()) == {"ok"}


def test_nothing_is_written_anywhere(world: World, tmp_path: Path) -> None:
    def files() -> dict[str, tuple[bytes, int]]:
        return {each.name: (each.read_bytes(), each.stat().st_mtime_ns) for each in tmp_path.iterdir()}

    before, portal = files(), world.export()
    examined(world)
    assert files() == before
    assert world.export() == portal
    assert {request for request in world.requests("") if not request.startswith("GET ")} == {f"POST {TOKEN_INFO}"}
    world.lose_the_ledger()
    examined(world)
    assert not world.ledger.exists()


def test_it_costs_few_requests(world: World) -> None:
    examined(world)
    assert world.requests("source") == [f"GET /reception_ai{path}" for path in ("/profile", "/calls", "/calls/stats")]
    assert len(world.requests()) == 11


def before_setup(world: World) -> None:
    world.sandbox.reset(["portal"])


def scopes(*but: str) -> Callable[[World], None]:
    every = {
        *("crm.objects.contacts.read", "crm.objects.contacts.write", "crm.objects.owners.read"),
        *("crm.schemas.contacts.read", "crm.schemas.contacts.write"),
    }
    return lambda world: world.sandbox.hubspot.grant(every - set(but))


def fault(**fields: Any) -> Callable[[World], None]:
    return lambda world: world.sandbox.faults.set([Fault(**{"times": 0, **fields})])


def late(**time: float) -> Callable[[World], None]:
    return lambda world: world.sandbox.clock.advance(-timedelta(**time).total_seconds())


def spend(left: int) -> Callable[[World], None]:
    def spent(world: World) -> None:
        limits = world.sandbox.hubspot._limits
        limits.sent_today = limits.daily_max - left

    return spent


def of_portal(portal_id: str) -> Callable[[World], None]:
    return pinned("portal_id", portal_id)


def pinned(column: str, value: str) -> Callable[[World], None]:
    def pin(world: World) -> None:
        with sqlite3.connect(world.ledger) as db:
            db.execute(f"UPDATE connection SET {column} = ?", (value,))  # noqa: S608 - the names are above
        db.close()

    return pin


def dead_letter(world: World) -> None:
    ledger = open_ledger(f"sqlite:///{world.ledger}", secret=None, now=world.clock.now)
    lane = ledger.take_lane("48121107", "test", lease_seconds=60)
    assert lane is not None
    entry = Entry(call_id="x", state=State.DEAD, ended_at=world.clock.now(), account="org")
    ledger.claim("default", [entry], lane=lane)
    ledger.release_lane(lane)
    ledger.close()


def mapped(**replaced: str) -> Callable[[World], None]:
    def write(world: World) -> None:
        text = world.mapping.read_text()
        for old, new in REPLACED.items():
            if old in replaced:
                assert new in text
                text = text.replace(new, replaced[old])
        world.mapping = world.ledger.with_name("reception_ai.yaml")
        world.mapping.write_text(text)

    return write


REPLACED = {
    "owner": "owner: {map: {}, default: null}",
    "disposition": '{"*": Connected}',
    "stage": "lifecyclestage: {value: lead",
    "version": "version: 1",
}


def broken_ledger(world: World) -> None:
    world.ledger.write_text("notes " * 1000)


@pytest.mark.parametrize(
    ("wrong", "finding", "exit_code"),
    [
        pytest.param(before_setup, ("properties", "E241"), 2, id="not set up"),
        pytest.param(scopes(), None, 0, id="exactly the scopes that the quickstart names"),
        pytest.param(scopes("crm.objects.contacts.write"), ("scopes", "E202"), 3, id="may not write"),
        pytest.param(scopes("crm.objects.contacts.read"), ("scopes", "E202"), 3, id="may not read"),
        pytest.param(scopes("crm.objects.owners.read"), ("scopes", "E202"), 3, id="may not read owners"),
        pytest.param(fault(side="hubspot", action="drop"), ("token", "E211"), 4, id="HubSpot is down"),
        pytest.param(fault(side="source", action="status", status=503), ("key", "E308"), 4, id="platform is down"),
        pytest.param(fault(side="source", action="status", status=401), ("key", "E310"), 3, id="key refused"),
        pytest.param(
            fault(side="hubspot", action="status", status=404, path="/details"), ("token", "E203"), 2, id="404"
        ),
        pytest.param(late(minutes=5), ("clock", "W131"), 0, id="the clock is five minutes ahead"),
        pytest.param(late(hours=3), ("clock", "E131"), 2, id="the clock is three hours ahead"),
        pytest.param(spend(left=100_000), ("quota", "W262"), 0, id="little of the day is left"),
        pytest.param(spend(left=20), ("quota", "E219"), 4, id="our share of the day is used up"),
        pytest.param(spend(left=0), ("token", "E219"), 4, id="the whole day is used up"),
        pytest.param(of_portal("7"), ("token", "E121"), 2, id="another portal"),
        pytest.param(pinned("account", "other"), ("key", "E120"), 2, id="another account"),
        pytest.param(dead_letter, ("ledger", "W503"), 0, id="a dead letter"),
        pytest.param(broken_ledger, ("ledger", "E506"), 2, id="no ledger"),
        pytest.param(mapped(owner="owner: {default: 71003}"), ("owners", "W435"), 0, id="an owner who left"),
        pytest.param(mapped(owner="owner: {default: 9}"), ("owners", "E435"), 2, id="an owner who never was"),
        pytest.param(mapped(disposition='{"*": Chatted}'), ("dispositions", "W434"), 0, id="no such disposition"),
        pytest.param(mapped(stage="lifecyclestage: {value: king"), ("mapping", "E434"), 2, id="no such option"),
        pytest.param(mapped(version="version: 9"), ("mapping", "E407"), 2, id="a mapping of another version"),
    ],
)
def test_each_fault(world: World, wrong: Any, finding: tuple[str, str] | None, exit_code: int) -> None:
    wrong(world)
    report = examined(world)
    assert finding is None or finding in found(report)
    assert report.exit_code == exit_code
    assert all(each.fix for each in report.diagnoses if each.code)


@pytest.mark.parametrize(
    ("changes", "finding", "exit_code"),
    [
        pytest.param({"hubspot_token": "pat-wrong"}, ("token", "E201"), 3, id="a wrong token"),
        pytest.param({"hubspot_token": None}, ("token", "E102"), 2, id="no token"),
        pytest.param({"source_api_key": None}, ("key", "E102"), 2, id="no key"),
        pytest.param({"source_account": "mine"}, ("key", "W340"), 2, id="an account of one's own"),
        pytest.param({"ledger_url": "hubspot://"}, ("ledger", "E502"), 2, id="a ledger of a later version"),
        pytest.param({"mapping": Path("none.yaml")}, ("mapping", "E401"), 2, id="no mapping"),
    ],
)
def test_each_wrong_setting(world: World, changes: dict[str, Any], finding: tuple[str, str], exit_code: int) -> None:
    report = examined(world, **changes)
    assert finding in found(report)
    assert report.exit_code == exit_code


@pytest.mark.parametrize("step", ["plain", "external"])
def test_keys_that_hubspot_does_not_hold_unique(tmp_path: Path, step: str) -> None:
    world = prepared(tmp_path, calls=0, step=step)
    report = examined(world)
    assert ("properties", "W241") in found(report)
    assert report.exit_code == 0
    told = [each.message for each in report.diagnoses if each.code == "W241"]
    assert [f"key of {kind}" in message for kind, message in zip(("contacts", "calls", "tasks"), told, strict=True)]


def test_no_key_at_all_where_hubspot_takes_none(tmp_path: Path) -> None:
    world = World(tmp_path, calls=0, custom={"tasks": False})
    with world.app() as app:
        app.setup()
    assert ("properties", "E242") in found(examined(world))


def test_one_failure_hides_nothing_else(world: World) -> None:
    fault(side="source", action="drop")(world)
    broken_ledger(world)
    report = examined(world, hubspot_token="pat-wrong", mapping=Path("none.yaml"))
    assert found(report) == {("key", "E301"), ("ledger", "E506"), ("token", "E201"), ("mapping", "E401")}
    assert report.exit_code == 2


def test_what_cannot_be_checked_is_said(world: World) -> None:
    report = examined(world, hubspot_token=None)
    reasons = {each.check: each.message for each in report.diagnoses if each.status == "unchecked"}
    assert set(reasons) == {"mapping", "scopes", "properties", "dispositions", "owners", "clock", "quota"}
    assert reasons["clock"] == "not checked: no token"
    assert states(report)["key"] == {"ok"}


def test_where_hubspot_does_not_tell_scopes_reading_is_still_proved(world: World) -> None:
    fault(side="hubspot", action="status", status=404, path="access-token-info")(world)
    report = examined(world)
    assert states(report)["scopes"] == {"ok", "unchecked"}
    assert report.exit_code == 0


def test_a_run_under_way_is_not_disturbed(world: World) -> None:
    ledger = open_ledger(f"sqlite:///{world.ledger}", secret=None, now=world.clock.now)
    lane = ledger.take_lane("48121107", "run", lease_seconds=600)
    assert lane is not None
    assert examined(world).exit_code == 0
    ledger.check_lane(lane)
    ledger.close()


def test_no_key_and_no_person_is_ever_said(world: World) -> None:
    ring(world, "c9", callerName="Jane Doe", leadData={"email": "jane@example.com"})
    mapped(owner="owner: {map: {Amy: gone@example.com}}")(world)
    told = str(examined(world).diagnoses) + str(examined(world, hubspot_token="pat-wrong").diagnoses)
    for secret in ("pat-", "krai_", "jane", "gone@", "Amy", "+44"):
        assert secret not in told
