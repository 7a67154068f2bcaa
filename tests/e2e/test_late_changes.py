"""A call that changes late changes the same records, and nobody's work is undone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from connector.model import RunSummary, State
from connector.sandbox.hubspot import Record
from tests.stubs.phone_line import BLANK, NAMED, contacts, die_at, edit_mapping, ends, entry, ring, sync
from tests.stubs.world import World

SAID = "Assistant: Hello\nCaller: A quote, please"
MORE = f"{SAID}\nAssistant: Of course"
LINK = "https://recordings.example.com/c1.mp3?sig="


def mapping_with(world: World, folder: Path, **asked: str) -> None:
    def change(text: str) -> str:
        for name, how in asked.items():
            text = text.replace(f"{name}: none", f"{name}: {how}")
        return text

    edit_mapping(world, folder, change)
    world.setup()


def change(world: World, **fields: Any) -> RunSummary:
    world.sandbox.history.put({"id": "c1", **fields})
    return sync(world)


def the(world: World, object_type: str) -> Record:
    [record] = world.sandbox.hubspot.records(object_type)
    return record


def edit(world: World, object_type: str, **properties: str) -> None:
    record_id = the(world, object_type).id
    world.sandbox.hubspot.edit("set", object_type=object_type, record_id=record_id, properties=properties)


class TestATranscript:
    def test_that_comes_late_stands_in_the_same_engagement(self, world: World, tmp_path: Path) -> None:
        mapping_with(world, tmp_path, transcript="inline")
        ring(world)
        sync(world)
        before = the(world, "calls").id
        assert change(world, transcript=SAID).calls.updated == 1
        assert the(world, "calls").id == before
        assert "A quote, please" in (the(world, "calls").properties["hs_call_body"] or "")
        change(world, transcript=MORE)
        assert "Of course" in (the(world, "calls").properties["hs_call_body"] or "")
        assert sync(world).requests.hubspot == 0

    def test_that_comes_late_becomes_one_note_that_follows_its_changes(self, world: World, tmp_path: Path) -> None:
        mapping_with(world, tmp_path, transcript="note")
        ring(world)
        sync(world)
        assert world.sandbox.hubspot.records("notes") == []
        assert change(world, transcript=SAID).records.created == 1
        note = the(world, "notes")
        assert ends(world, "notes", note.id) == [contacts(world)[0].id]
        assert change(world, transcript=MORE).records.updated == 1
        assert the(world, "notes").id == note.id
        assert "Of course" in (the(world, "notes").properties["hs_note_body"] or "")

    def test_that_a_person_edited_stays(self, world: World, tmp_path: Path) -> None:
        mapping_with(world, tmp_path, transcript="note")
        ring(world, transcript=SAID)
        sync(world)
        edit(world, "notes", hs_note_body="Not what I heard")
        change(world, transcript=MORE, summary="Two quotes.")
        assert the(world, "notes").properties["hs_note_body"] == "Not what I heard"
        assert the(world, "calls").properties["hs_call_body"] == "<p>Two quotes.</p>"

    def test_that_nobody_asked_for_changes_nothing(self, world: World) -> None:
        ring(world)
        sync(world)
        for text in (SAID, MORE):
            summary = change(world, transcript=text)
            assert (summary.calls.unchanged, summary.requests.hubspot) == (1, 0)

    def test_that_goes_takes_nothing_away(self, world: World, tmp_path: Path) -> None:
        """Deleted on the platform for its own reasons: a blank is never written."""
        mapping_with(world, tmp_path, transcript="note")
        ring(world, transcript=SAID)
        sync(world)
        change(world, transcript=None)
        assert "A quote, please" in (the(world, "notes").properties["hs_note_body"] or "")


class TestARecording:
    def test_signed_anew_changes_nothing(self, world: World, tmp_path: Path) -> None:
        mapping_with(world, tmp_path, recording="link")
        ring(world, recordingUrl=f"{LINK}1")
        sync(world)
        summary = change(world, recordingUrl=f"{LINK}2")
        assert (summary.calls.unchanged, summary.requests.hubspot) == (1, 0)

    def test_that_comes_late_or_moves_is_linked(self, world: World, tmp_path: Path) -> None:
        mapping_with(world, tmp_path, recording="link")
        ring(world)
        sync(world)
        for address in (f"{LINK}1", "https://recordings.example.com/moved.mp3?sig=1"):
            assert change(world, recordingUrl=address).calls.updated == 1
            assert address in (the(world, "calls").properties["hs_call_body"] or "")


class TestWhatAPersonDid:
    def test_to_the_body_stays_and_the_rest_follows(self, world: World) -> None:
        ring(world)
        sync(world)
        edit(world, "calls", hs_call_body="Rang her back")
        assert change(world, summary="Two quotes.", outcome="message_taken").calls.updated == 1
        after = the(world, "calls").properties
        assert (after["hs_call_body"], after["hs_call_title"]) == ("Rang her back", "Message: Ada Fern")
        change(world, summary="Three quotes.")
        assert the(world, "calls").properties["hs_call_body"] == "Rang her back"

    def test_to_the_task_stays(self, world: World) -> None:
        ring(world)
        sync(world)
        edit(world, "tasks", hs_task_subject="Ask about the roof", hs_task_status="COMPLETED")
        change(world, summary="Two quotes.")
        after = the(world, "tasks").properties
        assert (after["hs_task_subject"], after["hs_task_status"]) == ("Ask about the roof", "COMPLETED")

    def test_a_deleted_task_stays_deleted(self, world: World) -> None:
        ring(world)
        sync(world)
        world.sandbox.hubspot.edit("archive", object_type="tasks", record_id=the(world, "tasks").id)
        world.forget_requests()
        assert change(world, summary="Two quotes.").calls.updated == 1
        assert world.sandbox.hubspot.records("tasks") == []
        # Not even tried: whether a deleted record still keeps its key is for HubSpot to say.
        assert "POST /crm/v3/objects/tasks/batch/create" not in world.requests()

    def test_a_deleted_note_stays_deleted(self, world: World, tmp_path: Path) -> None:
        mapping_with(world, tmp_path, transcript="note")
        ring(world, transcript=SAID)
        sync(world)
        world.sandbox.hubspot.edit("archive", object_type="notes", record_id=the(world, "notes").id)
        assert change(world, transcript=MORE).calls.failed == 0
        assert world.sandbox.hubspot.records("notes") == []

    @pytest.mark.parametrize("is_winner", [True, False], ids=["into another", "with another into it"])
    def test_a_merged_contact_is_followed(self, world: World, is_winner: bool) -> None:
        ring(world)
        sync(world)
        [other] = world.sandbox.hubspot.seed_contacts([{"firstname": "Ada", "lastname": "F", "phone": "0"}])
        ours = contacts(world)[0].id
        kept, gone = (other, ours) if is_winner else (ours, other)
        merged = world.sandbox.hubspot.edit("merge", record_id=kept, other=gone)["id"]
        summary = change(world, summary="Two quotes.", outcome="message_taken")
        assert (summary.calls.updated, summary.contacts.created) == (1, 0)
        assert ends(world, "calls", the(world, "calls").id) == [merged]
        assert entry(world).contact_id == merged
        new_task = next(
            each
            for each in world.sandbox.hubspot.records("tasks")
            if (each.properties["hs_task_subject"] or "").startswith("Message")
        )
        assert ends(world, "tasks", new_task.id) == [merged]


class TestAnotherDecision:
    def test_what_was_skipped_is_logged_when_it_is_no_staff_call_after_all(self, world: World) -> None:
        ring(world, callType="staff")
        assert sync(world).calls.skipped == 1
        summary = change(world, callType="new_enquiry")
        assert (summary.calls.created, summary.contacts.created, entry(world).state) == (1, 1, State.DONE)

    def test_what_was_logged_stays_logged_when_it_is_a_staff_call_after_all(self, world: World) -> None:
        ring(world)
        sync(world)
        before = the(world, "calls").properties["hs_call_body"]
        assert change(world, callType="staff", summary="Asked for leave.").calls.skipped == 1
        assert the(world, "calls").properties["hs_call_body"] == before
        assert entry(world).engagement_id == the(world, "calls").id
        assert change(world, callType="new_enquiry", summary="A quote.").calls.updated == 1
        assert the(world, "calls").properties["hs_call_body"] == "<p>A quote.</p>"

    def test_a_held_call_that_names_its_caller_finds_the_contact_and_its_follow_up_too(self, world: World) -> None:
        ring(world, **BLANK)
        assert sync(world).calls.held == 1
        assert change(world, **NAMED).calls.updated == 1
        [contact] = contacts(world)
        assert ends(world, "calls", the(world, "calls").id) == [contact.id]
        assert ends(world, "tasks", the(world, "tasks").id) == [contact.id]

    def test_an_enquiry_that_was_a_clients_call_leaves_the_contact_as_it_is(self, world: World) -> None:
        ring(world)
        sync(world)
        before = contacts(world)[0].properties
        assert change(world, callType="existing_client").calls.updated == 1
        after = contacts(world)[0].properties
        assert (after["lifecyclestage"], after["email"]) == (before["lifecyclestage"], before["email"])
        assert the(world, "calls").properties["call_connector_call_type"] == "existing_client"
        assert ends(world, "calls", the(world, "calls").id) == [contacts(world)[0].id]

    def test_another_outcome_asks_for_its_own_follow_up_and_takes_none_away(self, world: World) -> None:
        ring(world)
        sync(world)
        assert change(world, outcome="callback_scheduled").records.created == 1
        subjects = sorted(each.properties["hs_task_subject"] or "" for each in world.sandbox.hubspot.records("tasks"))
        assert subjects == ["Call Ada Fern about their enquiry", "Call back Ada Fern"]
        assert the(world, "calls").properties["call_connector_outcome"] == "callback_scheduled"

    def test_an_old_call_that_changes_gets_no_task(self, world: World) -> None:
        ring(world)
        sync(world)
        world.wait(days=8)
        world.sandbox.history.put({"id": "c1", "outcome": "callback_scheduled"})
        with world.app() as app:
            summary = app.backfill(since=world.clock.now().replace(day=1))
        assert (summary.calls.updated, summary.records.created) == (1, 0)


@pytest.mark.parametrize(
    "at",
    [
        "after claim",
        "after POST /crm/v3/objects/contacts/batch/create",
        "after POST /crm/v3/objects/tasks/batch/create",
        "after POST /crm/v3/objects/calls/batch/create",
    ],
)
def test_a_change_while_the_run_lay_dead_ends_as_if_it_had_not(world: World, at: str) -> None:
    ring(world)
    die_at(world, at)
    change(world, summary="Two quotes.")
    assert the(world, "calls").properties["hs_call_body"] == "<p>Two quotes.</p>"
    assert len(contacts(world)) == len(world.sandbox.hubspot.records("tasks")) == 1
    assert ends(world, "calls", the(world, "calls").id) == [contacts(world)[0].id]
    quiet = sync(world)
    assert (quiet.calls.unchanged, quiet.requests.hubspot) == (1, 0)


@pytest.mark.parametrize("at", ["after POST /crm/v3/objects/calls/batch/update", "before settle"])
def test_a_run_that_dies_while_it_writes_a_change_is_finished_by_the_next(world: World, at: str) -> None:
    ring(world)
    sync(world)
    world.sandbox.history.put({"id": "c1", "summary": "Two quotes."})
    die_at(world, at)
    sync(world)
    assert the(world, "calls").properties["hs_call_body"] == "<p>Two quotes.</p>"
    assert sync(world).requests.hubspot == 0
