"""`apply` does exactly what its plan says."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from connector.draft.ids import placeholder
from connector.errors import ConnectorError
from connector.model import key_property
from connector.reports import Applied
from connector.sandbox.faults import Fault
from tests.stubs.crash import Crashed
from tests.stubs.phone_line import contacts, edit_mapping, entry, ring
from tests.stubs.plans import a_busy_world, apply, die_before_calls, plan, refused, remembered, writes
from tests.stubs.world import World


@pytest.fixture
def busy(tmp_path: Path) -> World:
    """Two hundred calls of every kind, and a reviewer to ask."""
    return a_busy_world(tmp_path)


def test_sends_exactly_what_the_plan_names(busy: World, path: Path) -> None:
    planned = plan(busy, path)
    assert writes(busy) == []
    busy.forget_requests()
    applied = apply(busy, path)
    assert (applied.summary.status, applied.summary.kind) == ("ok", "apply")
    ids = ids_by_placeholder(busy)
    named = Counter(
        canonical(
            write["operation"],
            write["object_type"],
            with_key(write),
            [ids.get(end["id"], end["id"]) for end in write.get("links", [])],
        )
        for write in planned["writes"]
    )
    sent = Counter(
        canonical(operation, object_type, each["properties"], [end["to"]["id"] for end in each.get("associations", [])])
        for operation, object_type, each in writes(busy)
    )
    assert sent == named
    assert sum(sent.values()) > 150


def canonical(operation: str, object_type: str, properties: dict[str, Any], ends: list[str]) -> str:
    return json.dumps([operation, object_type, properties, ends], sort_keys=True)


def with_key(write: Any) -> dict[str, Any]:
    """The key is sent as the property that it is."""
    if write["operation"] == "update":
        return dict(write["properties"])
    return {**write["properties"], key_property(write["object_type"]): write["name"]}


def ids_by_placeholder(world: World) -> dict[str, str]:
    return {
        placeholder(object_type, key): record.id
        for object_type in ("contacts", "calls", "tasks", "notes")
        for record in world.sandbox.hubspot.records(object_type)
        if (key := record.properties.get(key_property(object_type)))
    }


def test_leaves_the_portal_and_the_ledger_as_a_sync_would(busy: World, path: Path, tmp_path: Path) -> None:
    """Three hours later, too: due times and ages are those of the plan."""
    plan(busy, path)
    busy.wait(hours=3)
    applied = apply(busy, path).summary
    (tmp_path / "twin").mkdir()
    twin = a_busy_world(tmp_path / "twin")
    synced = twin.sync()
    assert busy.export() == twin.export()
    assert (applied.calls, applied.contacts, applied.records) == (synced.calls, synced.contacts, synced.records)
    assert applied.watermark == synced.watermark
    busy.forget_requests()
    again = busy.sync().calls
    assert again.read == again.unchanged
    assert writes(busy) == []


def test_is_a_run_like_others(world: World, path: Path) -> None:
    ring(world)
    plan(world, path)
    applied = apply(world, path).summary
    with world.app() as app:
        assert app.runs_list() == [applied]
        assert app.runs_show(applied.run_id).kind == "apply"
    assert entry(world).run_id == applied.run_id


def test_asks_for_what_it_proves_once_more_and_tells_so(world: World, path: Path) -> None:
    ring(world)
    with world.app() as app:
        planned = app.plan(out=path).summary
    world.forget_requests()
    applied = apply(world, path).summary
    assert applied.requests.source == len(world.requests("source")) == 1
    assert planned.requests.hubspot < applied.requests.hubspot == len(world.requests())


def test_a_task_that_is_young_enough_in_the_plan_is_made_when_it_is_applied_later(world: World, path: Path) -> None:
    """Seven days after its call nobody is to be reminded any more; what counts is when the plan was made."""
    ring(world)
    world.wait(days=6, hours=23)
    planned = plan(world, path)
    assert any(write["object_type"] == "tasks" for write in planned["writes"])
    world.wait(hours=2)
    apply(world, path)
    assert len(world.sandbox.hubspot.records("tasks")) == 1


def test_a_contact_that_two_windows_change_and_a_text_that_names_a_contact_to_come(
    world: World, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ids that HubSpot has yet to give stand in texts, links and later updates."""
    monkeypatch.setattr("connector.engine.spool.WINDOW_CALLS_MAX", 2)
    edit_mapping(world, tmp_path, with_the_contacts_page_in_a_text)
    for number in range(6):
        ring(world, f"c{number}", callerNumber=f"+44770090012{number // 3}", leadData={"name": f"Ada {number}"})
        world.wait(minutes=1)
    planned = plan(world, path)
    assert sum("new-" in write["properties"].get("hs_call_body", "") for write in planned["writes"]) == 6
    updates = [write for write in planned["writes"] if write["operation"] == "update"]
    assert any(update["name"].startswith("new-") for update in updates)
    assert apply(world, path).summary.status == "ok"
    assert all(
        f"{end.id}</p>" in call.properties["hs_call_body"]
        for call in world.sandbox.hubspot.records("calls")
        for end in world.sandbox.hubspot.associations("calls", call.id)
    )
    assert "new-" not in world.export().decode()
    world.forget_requests()
    assert world.sync().calls.unchanged == 6
    assert world.requests() == []


def with_the_contacts_page_in_a_text(text: str) -> str:
    return text.replace("<p>{{ summary }}</p>", "<p>{{ summary }} {{ crm.contact.url }}</p>")


# --- once ---


def test_the_second_time_nothing_is_left_and_the_first_run_is_shown(world: World, path: Path) -> None:
    ring(world)
    plan(world, path)
    first = apply(world, path)
    export, ledger = world.export(), remembered(world)
    world.forget_requests()
    ring(world, "c2")
    assert apply(world, path) == Applied(summary=first.summary, is_repeated=True)
    assert (world.requests(), world.requests("source")) == ([], [])
    assert (world.export(), remembered(world)) == (export, ledger)


def test_a_plan_without_changes_moves_the_watermark_and_nothing_else(world: World, path: Path) -> None:
    ring(world, callType="staff")
    plan(world, path)
    before = world.export()
    applied = apply(world, path).summary
    assert (applied.calls.skipped, applied.watermark) == (1, entry(world).ended_at)
    assert world.export() == before


def test_a_plan_about_no_call_at_all(world: World, path: Path) -> None:
    plan(world, path)
    assert apply(world, path).summary.calls.read == 0


# --- on the way ---


def test_what_only_writing_can_show_stops_before_that_write(world: World, path: Path) -> None:
    """A deleted contact keeps its key, which no reading tells: another key is not in the plan."""
    ring(world, "first")
    world.sync()
    [contact] = contacts(world)
    world.sandbox.hubspot.edit("archive", record_id=contact.id)
    world.lose_the_ledger()
    world.wait(minutes=10)
    ring(world, "second", leadData={"name": "Ada Fern", "email": "a.fern@example.org"})
    plan(world, path)
    before = world.export()
    with pytest.raises(ConnectorError) as caught:
        apply(world, path)
    assert (caught.value.code, caught.value.exit_code) == ("E146", 1)
    assert world.export() == before
    assert world.sync().calls.failed == 0
    assert world.sync().calls.unchanged == 2


REFUSAL = {
    "status": "error",
    "category": "VALIDATION_ERROR",
    "message": "x",
    "errors": [{"message": "x", "code": "INVALID_OPTION", "context": {"propertyName": ["hs_call_disposition"]}}],
}


def test_a_value_that_hubspot_refuses_costs_that_value_as_always(world: World, path: Path) -> None:
    ring(world)
    plan(world, path)
    world.sandbox.faults.set(
        [Fault(side="hubspot", action="status", path="calls/batch/create", status=400, body=REFUSAL)]
    )
    applied = apply(world, path).summary
    assert (applied.calls.created, applied.degraded) == (1, 1)


def test_a_crash_in_the_middle_is_finished_by_sync(busy: World, path: Path, tmp_path: Path) -> None:
    plan(busy, path)
    with pytest.raises(Crashed):
        busy.crash.arm(None)
        busy.crash.watch = die_before_calls(busy)
        apply(busy, path)
    busy.crash.arm(None)
    busy.wait(minutes=1)
    assert len(busy.sandbox.hubspot.records("tasks")) > 1
    error = refused(busy, path)
    assert "calls changed since the plan" in error.message
    busy.sync()
    (tmp_path / "twin").mkdir()
    twin = a_busy_world(tmp_path / "twin")
    twin.sync()
    assert keys(busy) == keys(twin)


def keys(world: World) -> dict[str, list[str]]:
    return {
        object_type: sorted(
            record.properties.get(key_property(object_type)) or ""
            for record in world.sandbox.hubspot.records(object_type)
        )
        for object_type in ("contacts", "calls", "tasks")
    }
