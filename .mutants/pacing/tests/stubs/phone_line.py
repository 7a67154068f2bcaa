"""A world with no calls but those that a test rings up, and what a test asks of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connector.model import Entry, RunSummary
from connector.sandbox.hubspot import Record
from tests.stubs.crash import Crashed
from tests.stubs.world import World

NUMBER = "+447700900199"


def ring(world: World, call_id: str = "c1", **fields: Any) -> dict[str, Any]:
    """A call that just ended, or one that changed."""
    call = {
        "id": call_id,
        "organizationId": "org_1",
        "callerNumber": NUMBER,
        "callerName": "Ada Fern",
        "callType": "new_enquiry",
        "outcome": "lead_captured",
        "duration": 60,
        "summary": "Asked for a quote.",
        "transcript": None,
        "recordingUrl": None,
        "leadData": {"name": "Ada Fern", "email": "ada.fern@example.com"},
        "createdAt": world.clock.now().isoformat().replace("+00:00", "Z"),
        **fields,
    }
    world.sandbox.history.put(call)
    return call


def sync(world: World) -> RunSummary:
    """Wait a while, then run."""
    world.wait(minutes=10)
    return world.sync()


def contacts(world: World) -> list[Record]:
    """The contacts that have the number of the test's caller."""
    return [
        each for each in world.sandbox.hubspot.records("contacts") if "0199" in (each.properties.get("phone") or "")
    ]


def ends(world: World, object_type: str, record_id: str) -> list[str]:
    """The ids of the contacts that a record is linked to."""
    return [
        end.id for end in world.sandbox.hubspot.associations(object_type, record_id) if end.object_type == "contacts"
    ]


def entry(world: World, call_id: str = "c1") -> Entry:
    """What the ledger says of a call."""
    with world.app() as app:
        return next(entry for entry in app.calls_list(limit=1000) if entry.call_id == call_id)


def edit_mapping(world: World, folder: Path, change: Callable[[str], str]) -> None:
    """Go on with a changed copy of the mapping."""
    path = folder / "edited.yaml"
    path.write_text(change(world.mapping.read_text()))
    world.mapping = path


def die_at(world: World, at: str, nth: int = 1) -> None:
    """Run and die at the nth point of this name, found by counting points of this very run."""
    seen = 0

    def watch(name: str) -> None:
        nonlocal seen
        if name == at:
            seen += 1
            if seen == nth:
                world.crash.is_dead = True
                raise Crashed(name)

    world.crash.watch = watch
    world.wait(minutes=10)
    with pytest.raises(Crashed):
        world.sync()
    world.crash.arm(None)
    world.wait(minutes=1)


BLANK: dict[str, Any] = {"callerName": None, "leadData": None, "outcome": "callback_scheduled"}
NAMED: dict[str, Any] = {"leadData": {"name": "Ada Fern", "email": "ada.fern@example.com"}}
