"""Runs that die, ledgers that are lost and answers that go missing: what the next run makes of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from connector.errors import ConnectorError
from connector.sandbox.faults import Fault
from connector.sandbox.hubspot import Choices
from tests.stubs.phone_line import BLANK, NAMED, NUMBER, contacts, die_at, edit_mapping, ends, entry, ring, sync
from tests.stubs.world import World


def test_a_held_call_is_linked_though_the_run_died_before_the_link(world: World) -> None:
    ring(world, **BLANK)
    assert sync(world).calls.held == 1
    world.sandbox.history.put({"id": "c1", **NAMED})
    update = "after POST /crm/v3/objects/calls/batch/update"
    die_at(world, update)
    assert sync(world).status == "ok"
    [call] = world.sandbox.hubspot.records("calls")
    [contact] = contacts(world)
    assert ends(world, "calls", call.id) == [contact.id]


@pytest.mark.parametrize("body", [{"category": "VALIDATION_ERROR", "message": "limit reached"}])
def test_a_link_that_hubspot_refuses_does_not_stop_the_other_calls(world: World, body: Any) -> None:
    ring(world, **BLANK)
    sync(world)
    world.sandbox.history.put({"id": "c1", **NAMED})
    world.wait(minutes=1)
    ring(world, "c2", callerNumber="+447700900198", callerName="Bo Lind", leadData={"name": "Bo Lind"})
    world.sandbox.faults.set(
        [Fault(side="hubspot", action="status", path="associations", times=0, status=400, body=body)]
    )
    summary = sync(world)
    assert summary.calls.created == 1


def test_a_lost_ledger_is_noticed_though_the_history_holds_an_unreadable_element(world: World) -> None:
    ring(world)
    sync(world)
    [contact] = contacts(world)
    world.sandbox.hubspot.edit("archive", record_id=contact.id)
    world.sandbox.history.put({"id": "bad", "organizationId": "org_1", "createdAt": "yesterday"})
    before = world.exported()["objects"]["contacts"] if "objects" in world.exported() else None
    world.lose_the_ledger()
    summary = sync(world)
    assert (summary.calls.unchanged, summary.contacts.created) == (1, 0), (summary, before)
    assert contacts(world) == []


def test_a_known_call_that_is_unreadable_once_is_not_forgotten(world: World) -> None:
    call = ring(world)
    sync(world)
    engagement = entry(world).engagement_id
    world.sandbox.history.put({"id": "c1", "createdAt": None})
    sync(world)
    world.sandbox.history.put({**call, "summary": "Better now."})
    summary = sync(world)
    assert entry(world).engagement_id == engagement
    assert summary.calls.updated == 1


def test_a_call_that_could_not_be_read_is_carried_once_it_can(world: World) -> None:
    call = ring(world, duration="soon")
    assert sync(world).calls.failed == 1
    world.sandbox.history.put({**call, "duration": 60})
    assert sync(world).calls.created == 1


def test_one_call_that_cannot_be_fetched_again_does_not_stop_the_others(world: World) -> None:
    ring(world, "c1")
    die_at(world, "before POST /crm/v3/objects/calls/batch/create")
    world.wait(days=40)
    # No longer in the list's reach: forgotten by the list, and broken by id.
    assert world.sandbox.history._added.pop("c1").call_id == "c1"
    ring(world, "c2")
    world.sandbox.faults.set([Fault(side="source", action="status", path="/calls/c1$", times=0, status=500)])
    assert sync(world).calls.created == 1


def test_a_task_that_stands_without_the_ledger_knowing_is_linked_when_the_call_finds_its_contact(world: World) -> None:
    ring(world, **BLANK)
    sync(world)
    world.lose_the_ledger()
    world.sandbox.history.put({"id": "c1", **NAMED})
    sync(world)
    [task] = world.sandbox.hubspot.records("tasks")
    [contact] = contacts(world)
    assert ends(world, "tasks", task.id) == [contact.id]


def test_a_task_of_an_interrupted_run_is_linked_when_the_call_finds_its_contact(world: World) -> None:
    ring(world, **BLANK)
    die_at(world, "before POST /crm/v3/objects/calls/batch/create")
    world.sandbox.history.put({"id": "c1", **NAMED})
    sync(world)
    [task] = world.sandbox.hubspot.records("tasks")
    [contact] = contacts(world)
    assert ends(world, "tasks", task.id) == [contact.id]


def test_a_task_whose_when_no_longer_holds_is_linked_when_the_call_finds_its_contact(world: World) -> None:
    ring(world, **BLANK)
    sync(world)
    [task] = world.sandbox.hubspot.records("tasks")
    world.sandbox.history.put({"id": "c1", **NAMED, "outcome": "resolved"})
    sync(world)
    [contact] = contacts(world)
    assert ends(world, "tasks", task.id) == [contact.id]


def log_unknown(text: str) -> str:
    return text.replace("  - unknown_caller: hold", "  - unknown_caller: log")


def test_a_logged_call_that_finds_its_contact_is_linked(world: World, tmp_path: Path) -> None:
    edit_mapping(world, tmp_path, log_unknown)
    ring(world, callerName=None, leadData=None, callType="unknown", outcome="resolved")
    sync(world)
    assert entry(world).decision == "logged"
    [contact_id] = world.sandbox.hubspot.seed_contacts([{"firstname": "Ada", "phone": NUMBER}])
    world.sandbox.history.put({"id": "c1", "summary": "Late."})
    sync(world)
    [call] = world.sandbox.hubspot.records("calls")
    assert (entry(world).decision, entry(world).contact_id) == ("matched", contact_id)
    assert ends(world, "calls", call.id) == [contact_id]


def test_a_found_call_is_never_held_again_though_a_second_contact_has_the_number(world: World) -> None:
    ring(world, leadData={"name": "Ada Fern"})
    sync(world)
    world.lose_the_ledger()
    sync(world)
    world.sandbox.hubspot.seed_contacts([{"firstname": "Ada", "lastname": "Fern", "phone": NUMBER}])
    world.sandbox.history.put({"id": "c1", "summary": "Late."})
    sync(world)
    [call] = world.sandbox.hubspot.records("calls")
    assert ends(world, "calls", call.id) != []
    assert not call.properties.get("call_connector_state")


@pytest.mark.parametrize("dies", [False, True])
def test_a_call_that_a_lost_ledger_had_linked_is_never_held(world: World, dies: bool) -> None:
    """Its contact goes by another address by now, so that only the portal knows whom it is linked to."""
    ring(world, callerNumber="withheld")
    sync(world)
    [call] = world.sandbox.hubspot.records("calls")
    linked = ends(world, "calls", call.id)
    assert linked != []
    world.sandbox.hubspot.edit("set", record_id=linked[0], properties={"email": "new@example.com"})
    world.lose_the_ledger()
    world.sandbox.history.put({"id": "c1", "summary": "Late."})
    if dies:
        die_at(world, "after claim")
    sync(world)
    world.sandbox.history.put({"id": "c1", "summary": "Later."})
    sync(world)
    [call] = world.sandbox.hubspot.records("calls")
    assert call.properties["hs_call_body"] == "<p>Later.</p>"
    assert not call.properties.get("call_connector_state")
    assert ends(world, "calls", call.id) == linked


def test_a_deleted_contact_is_not_made_again_for_a_call_found_by_its_key(world: World) -> None:
    ring(world)
    sync(world)
    world.sandbox.hubspot.edit("archive", record_id=contacts(world)[0].id)
    world.lose_the_ledger()
    world.sandbox.history.put({"id": "c1", "summary": "Late."})
    sync(world)
    assert contacts(world) == []


def test_the_ledger_knows_the_contact_of_a_call_whose_run_died_before_it_settled(world: World) -> None:
    ring(world)
    die_at(world, "before settle")
    sync(world)
    assert entry(world).contact_id == contacts(world)[0].id


def test_a_contact_of_which_only_a_refusal_told_is_no_new_one_though_the_run_died(world: World) -> None:
    hubspot = world.sandbox.hubspot
    hubspot.choose(Choices(secondary_email_resolves=False))
    kept, gone = hubspot.seed_contacts([{"email": "ada@example.com"}, {"email": "ada.fern@example.com"}])
    hubspot.edit("merge", record_id=kept, other=gone)
    ring(world, callerNumber="withheld", **NAMED)
    die_at(world, "after POST /crm/v3/objects/contacts/batch/create")
    assert entry(world).decision == "created", "so it was meant"
    sync(world)
    assert entry(world).decision == "matched"


def test_matching_by_phone_only_writes_the_call_though_the_address_is_taken(world: World, tmp_path: Path) -> None:
    edit_mapping(world, tmp_path, lambda text: text.replace("match: [email, phone]", "match: [phone]"))
    world.sandbox.hubspot.seed_contacts([{"firstname": "Eve", "email": "ada.fern@example.com"}])
    ring(world)
    summary = sync(world)
    assert (summary.calls.created, summary.calls.failed) == (1, 0), summary.failures


def test_a_run_that_fails_in_its_second_window_counts_the_first(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from connector.engine import spool

    monkeypatch.setattr(spool, "WINDOW_CALLS_MAX", 1)
    ring(world, "c1")
    world.wait(minutes=1)
    ring(world, "c2", callerNumber="+447700900198", leadData={"name": "Bo Lind"}, callerName="Bo Lind")
    world.sandbox.faults.set(
        [Fault(side="hubspot", action="status", path="contacts/batch/create", nth=2, times=0, status=401, body="{}")]
    )
    with pytest.raises(ConnectorError):
        sync(world)
    written = len(world.sandbox.hubspot.records("calls"))
    assert written == 1
    with world.app() as app:
        [run] = app.runs_list()
    assert run.calls.created == written


def test_a_run_that_was_killed_is_not_listed_as_ok(world: World) -> None:
    ring(world)
    die_at(world, "before claim")
    with world.app() as app:
        [run] = app.runs_list()
    assert run.finished_at is None
    assert run.status != "ok"


def test_a_remap_carries_calls_that_the_old_mapping_skipped(world: World, tmp_path: Path) -> None:
    ring(world, callType="staff")
    assert sync(world).calls.skipped == 1
    edit_mapping(world, tmp_path, lambda text: text.replace("    action: skip\n", "    unknown_caller: log\n"))
    world.wait(minutes=1)
    with world.app() as app:
        summary = app.backfill(since=world.clock.now() - timedelta(days=1), remap=True, force=True)
    assert summary.calls.created == 1


@pytest.mark.parametrize(
    "odd",
    [
        {"leadData": {"name": "A", "callbackTime": "9999-12-31T23:59:59Z"}, "outcome": "callback_scheduled"},
        {"leadData": {"name": "A", "callbackTime": 1e300}, "outcome": "callback_scheduled"},
        {"leadData": {"name": "A", "callbackTime": -1}, "outcome": "callback_scheduled"},
        {"leadData": ["x"]},
        {"leadData": {"name": {"a": 1}, "email": [1, 2]}},
        {"leadData": {"name": "x" * 100_000, "email": "y" * 100_000 + "@example.com"}},
        {"callerNumber": 12345678901234567890},
        {"callerNumber": {"a": 1}},
        {"callType": ["new_enquiry"], "outcome": {"x": 1}},
        {"callType": 5, "outcome": True},
        {"callType": "x" * 70_000, "outcome": "y" * 70_000},
        {"summary": "\u0000\ud800 x"},
        {"summary": {"text": "x"}},
        {"duration": 1e12},
        {"duration": -5},
        {"duration": "60"},
        {"id": "a/b c?#%\n"},
        {"id": "x" * 5000},
        {"createdAt": "2015-01-01T00:00:00+14:00"},
    ],
)
def test_odd_values_stop_nobody(world: World, odd: dict[str, Any]) -> None:
    ring(world, "good", callerNumber="+447700900150")
    world.wait(seconds=5)
    ring(
        world,
        **{
            "call_id": "odd",
            **({"call_id": odd["id"]} if "id" in odd else {}),
            **{k: v for k, v in odd.items() if k != "id"},
        },
    )
    summary = sync(world)
    assert summary.calls.created >= 1
    counts = summary.calls
    assert counts.read == sum(
        (counts.created, counts.updated, counts.unchanged, counts.skipped, counts.held, counts.failed)
    )
    again = sync(world)
    assert again.requests.hubspot == 0, (again, summary)


def test_two_refused_values_cost_two_values_and_not_the_call(world: World) -> None:
    from tests.e2e.test_changes import archive_option

    world.sync()
    ring(world)
    with world.app() as app:
        app.plan()
    [disposition] = ["f240bbac-87c9-4f6e-bf70-924b57d47db7"]
    archive_option(world, "calls", "hs_call_disposition", disposition)
    summary = sync(world)
    assert (summary.calls.created, summary.degraded, summary.calls.failed) == (1, 1, 0), summary.failures


def test_memory_of_settled_entries(world: World, tmp_path: Path) -> None:
    """Known calls under an edited mapping are kept in one list until the walk has ended."""
    from connector.engine.read import Reader

    for n in range(120):
        ring(world, f"c{n}", callType="staff")
        world.wait(seconds=1)
    sync(world)
    edit_mapping(world, tmp_path, lambda text: text.replace("New enquiry", "Fresh enquiry"))
    longest = 0
    take = Reader._take

    def watched(self: Any, chunk: Any, walk: Any, reading: Any) -> None:
        nonlocal longest
        take(self, chunk, walk, reading)
        longest = max(longest, len(reading.settled))

    pytest.MonkeyPatch().setattr(Reader, "_take", watched)
    sync(world)
    assert longest <= 50
