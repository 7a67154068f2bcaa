"""A portal in which everything happened that `reconcile` can tell apart, one call for each."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from connector.audit.findings import Discrepancy, Reconciliation
from connector.model import FINGERPRINT, KEY, STATE
from connector.sandbox.faults import Fault
from connector.sandbox.hubspot import Record
from tests.stubs.frozen import prepared
from tests.stubs.phone_line import BLANK, ends, ring
from tests.stubs.world import World

RULE = {"status": "error", "message": "A rule of this account forbids it", "category": "VALIDATION_ERROR"}
FINE = ("fine", "shared", "merged")
BY_HAND = ("deleted", "moved", "taken_off", "orphan", "given", "keyless")
OUTDATED = ("changed", "edited", "stale", "unpromoted", "restored")
CALLS = (*FINE, *BY_HAND, *OUTDATED, "dead", "unlinked", "marked", "staff", "held", "left")
UNREAD = ("unread", "unread_staff")
FIELDS: dict[str, dict[str, Any]] = {
    "staff": {"callType": "staff"},
    "unread_staff": {"callType": "staff"},
    "unpromoted": {"callType": "staff"},
    "held": BLANK,
    "given": BLANK,
    "unlinked": BLANK,
    "dead": {"summary": "Poison"},
    "left": {"summary": "Poison too"},
}


class Town(NamedTuple):
    """The world by now, and what was found before the repair, by it and after it."""

    world: World
    before: Reconciliation
    repaired: Reconciliation
    after: Reconciliation
    moved_to: str


def number_of(call_id: str) -> str:
    return f"+4477009001{[*CALLS, *UNREAD].index(call_id):02}"


def ring_up(world: World, call_id: str) -> None:
    word = call_id.replace("_", "").title()
    lead = {"name": f"Ada {word}", "email": f"ada.{word.lower()}@example.com"}
    ring(world, call_id, callerNumber=number_of(call_id), **{"leadData": lead, **FIELDS.get(call_id, {})})


def engagement(world: World, call_id: str) -> Record:
    """The one live engagement of a call."""
    [found] = [
        each
        for each in world.sandbox.hubspot.records("calls")
        if (each.properties.get(KEY) or "").endswith(f":{call_id}")
    ]
    return found


def edit(world: World, action: str, record_id: str = "", *, of: str = "calls", **more: Any) -> Any:
    return world.sandbox.hubspot.edit(action, object_type=of, record_id=record_id, **more)


def fault(world: World, *faults: dict[str, Any]) -> None:
    given = {"side": "hubspot", "action": "status", "method": "POST", "times": 0, "status": 400, "body": RULE}
    world.sandbox.faults.set([Fault(**{**given, **each}) for each in faults])


def reconcile(world: World, **asked: Any) -> Reconciliation:
    """Two hours later nothing waits for the next sync any more."""
    world.wait(hours=2)
    world.forget_requests()
    with world.app() as app:
        return app.reconcile(**asked)


def of(report: Reconciliation, call_id: str) -> list[Discrepancy]:
    return [finding for finding in report.findings if finding.call_id == call_id]


def a_town(folder: Path) -> Town:
    world = prepared(folder, calls=0, search_lag_seconds=3.0)
    for call_id in CALLS:
        ring_up(world, call_id)
    fault(world, {"path": "calls/batch/create", "contains": "Poison"})
    world.wait(minutes=10)
    world.sync()
    _refuse_a_link(world)
    moved_to = _decide_by_hand(world)
    _change(world)
    with world.app() as app:
        app.calls_skip(["left"])
    for call_id in UNREAD:
        ring_up(world, call_id)
    before = reconcile(world)
    fault(world)
    repaired = reconcile(world, repair=True)
    return Town(world, before, repaired, reconcile(world), moved_to)


def _refuse_a_link(world: World) -> None:
    """A held call finds its contact, and HubSpot refuses the link."""
    person = {"firstname": "Ada", "lastname": "Unlinked", "phone": number_of("unlinked")}
    edit(world, "create", of="contacts", properties=person)
    fault(world, {"path": "associate/default"})
    world.wait(hours=2)
    world.sync()
    fault(world, {"path": "calls/batch/create", "contains": "Poison"})


def _decide_by_hand(world: World) -> str:
    def own(call_id: str) -> str:
        [contact] = ends(world, "calls", engagement(world, call_id).id)
        return contact

    def unlink(call_id: str) -> None:
        edit(world, "dissociate", engagement(world, call_id).id, other=f"contacts/{own(call_id)}")

    other: str = edit(world, "create", of="contacts", properties={"firstname": "Bea", "lastname": "Elm"})["id"]
    for call_id in ("moved", "taken_off", "marked"):
        unlink(call_id)
    for call_id in ("moved", "given", "shared"):
        edit(world, "associate", engagement(world, call_id).id, other=f"contacts/{other}")
    twin = edit(world, "create", of="contacts", properties={"firstname": "Ada", "lastname": "Merged"})["id"]
    edit(world, "merge", twin, of="contacts", other=own("merged"))
    edit(world, "archive", own("orphan"), of="contacts")
    edit(world, "archive", engagement(world, "deleted").id)
    edit(world, "set", engagement(world, "marked").id, properties={STATE: "held"})
    edit(world, "set", engagement(world, "keyless").id, properties={KEY: ""})
    edit(world, "set", engagement(world, "edited").id, properties={"hs_call_title": "Rang about the roof"})
    restored = engagement(world, "restored").id
    edit(world, "archive", restored)
    world.sandbox.history.put({"id": "restored", "summary": "Changed while it was gone."})
    world.wait(hours=1)
    world.sync()
    edit(world, "restore", restored)
    return other


def _change(world: World) -> None:
    for call_id in ("changed", "edited"):
        world.sandbox.history.put({"id": call_id, "summary": "Asked for two quotes."})
    world.sandbox.history.put({"id": "unpromoted", "callType": "new_enquiry"})
    stale = engagement(world, "stale")
    older = stale.properties[FINGERPRINT].partition("-")[0] + "-" + "0" * 32
    edit(world, "set", stale.id, properties={FINGERPRINT: older})
