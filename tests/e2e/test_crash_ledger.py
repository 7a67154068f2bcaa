"""A death changes neither the portal nor what the ledger remembers of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from connector.engine import spool
from tests.e2e.test_crash_points import new_calls
from tests.stubs.acts import Scene
from tests.stubs.crash import Crashed
from tests.stubs.frozen import Frozen, prepared
from tests.stubs.world import World

STRIDE = int(os.environ.get("CRASH_STRIDE", "7"))
"""Every seventh point; `make torture` takes them all."""


def remembered(world: World) -> dict[str, Any]:
    """What the ledger says of each call; ids differ from portal to portal, so only whether they are known."""
    with world.app() as app:
        return {
            entry.call_id: (
                entry.state,
                entry.decision,
                bool(entry.contact_id),
                bool(entry.engagement_id),
                sorted(entry.records),
            )
            for entry in app.calls_list(limit=1000)
        }


def held_calls_find_their_contacts(world: World) -> None:
    for number in range(3):
        world.sandbox.history.put(
            {
                "id": f"h{number}", "organizationId": "org_finchmarlow", "callerNumber": f"+44770090019{number}",
                "callerName": None, "callType": "new_enquiry", "outcome": "callback_scheduled", "duration": 60,
                "summary": "?", "leadData": None, "createdAt": world.clock.now().isoformat(),
            }
        )  # fmt: skip
        world.wait(seconds=30)
    world.sync()
    for number in range(3):
        world.sandbox.history.put({"id": f"h{number}", "leadData": {"name": f"Ada Fern{number}x"}})
    world.wait(minutes=5)


def a_world(folder: Path, scenario: Any, calls: int) -> World:
    folder.mkdir()
    world = prepared(folder, calls=calls, search_lag_seconds=3.0)
    scenario(world)
    return world


@pytest.mark.parametrize(("scenario", "calls"), [(held_calls_find_their_contacts, 0), (new_calls, 60)])
def test_dying_changes_neither_portal_nor_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scenario: Any, calls: int
) -> None:
    monkeypatch.setattr(spool, "WINDOW_CALLS_MAX", 25)
    undisturbed = a_world(tmp_path / "undisturbed", scenario, calls)
    frozen = Frozen(Scene(undisturbed), tmp_path / "frozen")
    undisturbed.crash.arm(None)
    undisturbed.sync()
    points, expected, ledger = len(undisturbed.crash.names), undisturbed.export(), remembered(undisturbed)
    wrong = []
    for point in range(0, points, STRIDE):
        world = frozen.thaw().world
        world.crash.arm(point)
        with pytest.raises(Crashed):
            world.sync()
        died = world.crash.names[-1]
        world.crash.arm(None)
        world.sync()
        if world.export() != expected:
            wrong.append(f"{died}: portal")
        now = remembered(world)
        wrong += [
            f"{died}: {call_id} {ledger[call_id]} {now[call_id]}"
            for call_id in ledger
            if ledger[call_id] != now[call_id]
        ][:1]
    assert wrong == []
