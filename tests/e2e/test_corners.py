"""Corners: odd orders of events, and what the looking commands say of them."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from connector.engine import spool
from connector.errors import AccessError, ConnectorError, FatalError
from connector.model import State
from connector.sandbox.faults import Fault
from connector.sandbox.site import HUBSPOT_TOKEN
from connector.sandbox.wire import Request
from tests.stubs.crash import Crashed
from tests.stubs.frozen import prepared
from tests.stubs.phone_line import BLANK, NAMED, NUMBER, contacts, edit_mapping, ends, entry, ring, sync
from tests.stubs.world import World

for _name in [n for n in globals() if n.startswith("test_")]:
    del globals()[_name]


def carried(folder: Path, window: int, monkeypatch: pytest.MonkeyPatch) -> tuple[bytes, Any]:
    monkeypatch.setattr(spool, "WINDOW_CALLS_MAX", window)
    folder.mkdir()
    world = prepared(folder, calls=120, search_lag_seconds=3.0)
    summary = world.sync()
    return world.export(), summary


@pytest.mark.parametrize("window", [1, 7, 50])
def test_window_size_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, window: int) -> None:
    export, one = carried(tmp_path / "a", 1000, monkeypatch)
    other, two = carried(tmp_path / "b", window, monkeypatch)
    assert one.calls == two.calls
    assert other == export


def other_ledger(world: World, name: str) -> None:
    world.ledger = world.ledger.with_name(name)


def test_notes_once_when_a_found_call_changed(world: World) -> None:
    ring(world, "c0", callType="staff")
    other_ledger(world, "b.db")
    sync(world)
    other_ledger(world, "a.db")
    ring(world, leadData={"name": "Ada Fern", "email": "ada dot fern at gmial dot com"})
    sync(world)
    world.sandbox.history.put({"id": "c1", "summary": "New."})
    other_ledger(world, "b.db")
    summary = sync(world)
    assert summary.calls.updated == 1
    notes = entry(world).notes
    assert len(notes) == len(set(notes)), notes


def test_second_deployment_agrees_about_held(world: World) -> None:
    ring(world, "c0", callType="staff")
    other_ledger(world, "b.db")
    sync(world)
    other_ledger(world, "a.db")
    ring(world, **BLANK)
    sync(world)
    world.sandbox.hubspot.seed_contacts([{"firstname": "Ada", "phone": NUMBER}])
    other_ledger(world, "b.db")
    sync(world)
    [call] = world.sandbox.hubspot.records("calls")
    state = entry(world).state
    assert (state is State.HELD) == (call.properties.get("call_connector_state") == "held"), (
        state,
        ends(world, "calls", call.id),
    )


def test_calls_show_without_the_source(world: World) -> None:
    ring(world)
    sync(world)
    world.sandbox.faults.set([Fault(side="source", action="status", times=0, status=500)])
    with world.app() as app:
        assert app.calls_show("c1").entry is not None


def test_calls_show_by_key(world: World) -> None:
    ring(world)
    sync(world)
    with world.app() as app:
        assert app.calls_show("reception_ai:org_1:c1").entry is not None


def test_calls_show_tells_record_pages(world: World) -> None:
    ring(world)
    sync(world)
    with world.app() as app:
        assert "new_enquiry" in app.calls_show("c1").urls


def test_preview_writes_nothing(world: World) -> None:
    ring(world)
    world.forget_requests()
    with world.app() as app:
        app.preview("c1")
    assert not [r for r in world.requests() if "create" in r or "update" in r]


def test_setup_dry_run_makes_no_ledger(world: World) -> None:
    world.lose_the_ledger()
    with world.app() as app:
        app.setup(dry_run=True)
    assert not world.ledger.exists()


def test_log_has_the_run_summary(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    ring(world)
    sync(world)
    [record] = [r for r in caplog.records if r.getMessage() == "run_finished"]
    assert hasattr(record, "calls") or "calls" in record.__dict__


def no_room(at: str) -> None:
    if at == "before finish_run":
        raise FatalError("E513", "the disk is full")


def test_how_a_run_ended_that_cannot_be_remembered_hides_no_error(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    ring(world)
    world.sandbox.faults.set([Fault(side="hubspot", action="refuse", status=401, times=0)])
    world.crash.watch = no_room
    with caplog.at_level(logging.INFO), pytest.raises(AccessError) as raised:
        sync(world)
    assert raised.value.code == "E201"
    [record] = [each for each in caplog.records if each.message == "run_not_remembered"]
    assert record.__dict__["code"] == "E513"
    assert "run_finished" in {each.message for each in caplog.records}


def test_a_run_that_cannot_be_remembered_did_not_end_well(world: World) -> None:
    ring(world)
    world.crash.watch = no_room
    with pytest.raises(FatalError) as raised:
        sync(world)
    assert raised.value.code == "E513"


def test_no_pii_in_logs_and_ledger(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    ring(world)
    sync(world)
    text = " ".join(str(r.__dict__) for r in caplog.records)
    for secret in ("447700900199", "7700900199", "ada.fern", "Fern"):
        assert secret not in text
        blob = b"".join(p.read_bytes() for p in world.ledger.parent.glob("connector.db*"))
        assert secret.encode() not in blob


def test_call_deleted_between_read_and_link(world: World) -> None:
    """A held call's contact is found, and a person deletes the call's task meanwhile."""
    ring(world, **BLANK)
    sync(world)
    [task] = world.sandbox.hubspot.records("tasks")
    world.sandbox.history.put({"id": "c1", **NAMED})
    done: list[bool] = []

    def watch(point: str) -> None:
        if point.startswith("before POST") and "associations" in point and not done:
            done.append(True)
            world.sandbox.hubspot.edit("archive", object_type="tasks", record_id=task.id)

    world.crash.watch = watch
    assert sync(world).status == "ok"


def test_task_deleted_during_run(world: World) -> None:
    """An engagement archived between its read and the update."""
    ring(world)
    sync(world)
    [call] = world.sandbox.hubspot.records("calls")
    world.sandbox.history.put({"id": "c1", "summary": "x"})

    def watch(point: str) -> None:
        if point == "before POST /crm/v3/objects/calls/batch/update":
            world.sandbox.hubspot.edit("archive", object_type="calls", record_id=call.id)

    world.crash.watch = watch
    assert sync(world).calls.skipped == 1
    assert entry(world).state is State.GONE


def test_contact_deleted_between_read_and_create_of_call(world: World) -> None:
    [contact] = world.sandbox.hubspot.seed_contacts([{"firstname": "Ada", "phone": NUMBER}])
    ring(world)
    ring(world, "c2", callerNumber="+447700900150", leadData={"name": "Bo Lind"})
    done: list[bool] = []

    def watch(point: str) -> None:
        if point == "before POST /crm/v3/objects/tasks/batch/create" and not done:
            done.append(True)
            world.sandbox.hubspot.edit("archive", record_id=contact)

    world.crash.watch = watch
    summary = sync(world)
    assert summary.calls.failed == 1
    assert summary.failures[0].retryable
    assert sync(world).calls.created == 1


def test_remap_with_newest_does_not_take_back(world: World, tmp_path: Path) -> None:
    edit_mapping(
        world,
        tmp_path,
        lambda t: t.replace("    hs_lead_status:", "    jobtitle: {from: summary, write: newest}\n    hs_lead_status:"),
    )
    ring(world, "c1", summary="old")
    world.wait(minutes=5)
    ring(world, "c2", summary="new")
    sync(world)
    assert contacts(world)[0].properties["jobtitle"] == "new"
    world.sandbox.history.put({"id": "c1", "summary": "old but changed"})
    sync(world)
    assert contacts(world)[0].properties["jobtitle"] == "new"


def test_a_changed_call_that_is_staff_now(world: World) -> None:
    ring(world)
    sync(world)
    world.sandbox.history.put({"id": "c1", "callType": "staff"})
    assert sync(world).calls.skipped == 1
    assert entry(world).state is State.SKIPPED
    world.sandbox.history.put({"id": "c1", "callType": "new_enquiry"})
    assert sync(world).calls.created == 0


def test_a_dead_letter_whose_values_changed(world: World, tmp_path: Path) -> None:
    edit_mapping(world, tmp_path, lambda t: t.replace("{% if summary %}", "{% if 1 // duration %}"))
    ring(world, duration=0)
    with world.app() as app:
        world.wait(minutes=5)
        assert app.sync(force=True).calls.failed == 1
    world.sandbox.history.put({"id": "c1", "duration": 60})
    with world.app() as app:
        assert app.sync(force=True).calls.created == 1


def test_failing_call_keeps_others(world: World, tmp_path: Path) -> None:
    edit_mapping(world, tmp_path, lambda t: t.replace("{% if summary %}", "{% if 1 // duration %}"))
    ring(world, "c0", duration=0)
    ring(world, "c1")
    world.wait(minutes=5)
    with world.app() as app:
        summary = app.sync(force=True)
    assert (summary.calls.failed, summary.calls.created) == (1, 1)
    assert len(world.sandbox.hubspot.records("tasks")) == 1, "no task for a call that cannot be written"


def test_backfill_with_until_before_since(world: World) -> None:
    ring(world)
    world.wait(minutes=5)
    with world.app() as app, pytest.raises(ConnectorError):
        app.backfill(since=world.clock.now(), until=world.clock.now() - timedelta(days=3))


def test_backfill_resume_is_kept_when_another_backfill_ends(world: World) -> None:
    ring(world)
    world.wait(minutes=5)
    world.sandbox.faults.set(
        [Fault(side="hubspot", action="status", path="calls/batch/create", times=0, status=401, body="{}")]
    )
    with world.app() as app, pytest.raises(ConnectorError):
        app.backfill(since=world.clock.now() - timedelta(days=3), until=None)
    world.sandbox.faults.set([])
    with world.app() as app:
        s = app.backfill(since=None, resume=True)
    assert s.calls.created == 1


def test_a_remap_does_not_overwrite_and_makes_no_doubles(world: World, tmp_path: Path) -> None:
    ring(world)
    sync(world)
    [call] = world.sandbox.hubspot.records("calls")
    world.sandbox.hubspot.edit("set", object_type="calls", record_id=call.id, properties={"hs_call_title": "Mine"})
    edit_mapping(
        world,
        tmp_path,
        lambda text: text.replace("New enquiry", "Fresh enquiry").replace("name: new_enquiry\n", "name: fresh\n"),
    )
    with world.app() as app:
        app.backfill(since=world.clock.now() - timedelta(days=1), remap=True, force=True)
    [call] = world.sandbox.hubspot.records("calls")
    assert call.properties["hs_call_title"] == "Mine"


def test_refused_two_at_once(world: World) -> None:
    """HubSpot names one bad property per answer."""
    ring(world)
    world.sandbox.faults.set(
        [
            Fault(
                side="hubspot",
                action="status",
                path="calls/batch/create",
                nth=n,
                status=400,
                body={
                    "status": "error",
                    "category": "VALIDATION_ERROR",
                    "message": f'Property values were not valid: [{{"error":"INVALID_OPTION","name":"{name}"}}]',
                    "errors": [{"message": "x", "code": "INVALID_OPTION", "context": {"propertyName": [name]}}],
                },
            )
            for n, name in ((1, "hs_call_disposition"), (2, "hs_call_title"))
        ]
    )
    summary = sync(world)
    assert (summary.calls.created, summary.degraded) == (1, 1), summary.failures


def test_idle_after_dead_and_held(world: World) -> None:
    ring(world, **BLANK)
    sync(world)
    world.forget_requests()
    sync(world)
    assert world.requests() == []


def test_a_call_in_the_future_is_not_past_by_the_watermark(world: World) -> None:
    world.sandbox.history.put(["x"])
    s = sync(world)
    assert s.watermark is None


def test_killed_backfill_is_finished_by_resume(world: World) -> None:
    ring(world)
    world.wait(days=9)
    world.crash.arm(None)

    def watch(point: str) -> None:
        if point == "after POST /crm/v3/objects/contacts/batch/create":
            world.crash.is_dead = True
            raise Crashed(point)

    world.crash.watch = watch
    with world.app() as app, pytest.raises(Crashed):
        app.backfill(since=world.clock.now() - timedelta(days=20))
    world.crash.arm(None)
    world.wait(minutes=1)
    with world.app() as app:
        s = app.backfill(since=None, resume=True)
    assert s.calls.created == 1
    assert len(contacts(world)) == 1


def test_a_call_that_the_mapping_could_not_take_is_tried_with_the_next_mapping(world: World, tmp_path: Path) -> None:
    good = world.mapping
    edit_mapping(world, tmp_path, lambda text: text.replace("{% if summary %}", "{% if 1 // (duration - 60) %}"))
    ring(world)
    world.wait(minutes=5)
    with world.app() as app:
        assert app.sync(force=True).calls.failed == 1
    with world.app() as app:
        assert app.sync(force=True).calls.skipped == 1
    world.mapping = good
    assert sync(world).calls.created == 1


def test_a_check_asks_the_portal_anew(world: World, tmp_path: Path) -> None:
    edit_mapping(
        world,
        tmp_path,
        lambda text: text.replace("    hs_call_disposition:", "    my_own: {value: x}\n    hs_call_disposition:"),
    )
    with world.app() as app:
        assert [finding.code for finding in app.check().findings] == ["E431"]
    headers = {"authorization": f"Bearer {HUBSPOT_TOKEN}", "content-type": "application/json"}
    body = (
        b'{"name": "my_own", "label": "My own", "type": "string", "fieldType": "text", "groupName": "call_connector"}'
    )
    assert world.sandbox.hubspot.handle(Request("POST", "/crm/v3/properties/calls", {}, headers, body)).status == 201
    with world.app() as app:
        assert app.check().findings == ()
