"""What happens after a call was carried: it changes on the platform, people work in the CRM, the mapping is edited."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from connector.errors import InputError
from connector.model import State
from connector.sandbox.hubspot import Record
from tests.stubs.crash import Crashed
from tests.stubs.phone_line import edit_mapping, ring, sync
from tests.stubs.world import World


def only(world: World, object_type: str) -> Record:
    [record] = [each for each in world.sandbox.hubspot.records(object_type) if _is_of_the_test(each)]
    return record


def _is_of_the_test(record: Record) -> bool:
    return record.object_type != "contacts" or "0199" in (record.properties.get("phone") or "")


def state_of(world: World, call_id: str = "c1") -> State:
    with world.app() as app:
        [entry] = [entry for entry in app.calls_list(limit=100) if entry.call_id == call_id]
    return entry.state


class TestACallThatChanges:
    def test_changes_the_same_engagement(self, world: World) -> None:
        ring(world)
        sync(world)
        before = only(world, "calls")
        world.sandbox.history.put({"id": "c1", "summary": "Asked for two quotes."})
        assert sync(world).calls.updated == 1
        after = only(world, "calls")
        assert after.id == before.id
        assert after.properties["hs_call_body"] == "<p>Asked for two quotes.</p>"
        quiet = sync(world)
        assert (quiet.calls.unchanged, quiet.requests.hubspot) == (1, 0)

    def test_keeps_what_a_person_edited_meanwhile(self, world: World) -> None:
        ring(world)
        sync(world)
        call = only(world, "calls")
        world.sandbox.hubspot.edit(
            "set", object_type="calls", record_id=call.id, properties={"hs_call_title": "Ada, the big one"}
        )
        world.sandbox.history.put({"id": "c1", "summary": "Two quotes.", "outcome": "message_taken"})
        assert sync(world).calls.updated == 1
        after = only(world, "calls").properties
        assert after["hs_call_title"] == "Ada, the big one"
        assert after["hs_call_body"] == "<p>Two quotes.</p>"

    def test_keeps_what_a_person_filled_in_where_we_wrote_nothing(self, world: World) -> None:
        ring(world, summary="")
        sync(world)
        call = only(world, "calls")
        world.sandbox.hubspot.edit(
            "set", object_type="calls", record_id=call.id, properties={"hs_call_body": "My own notes"}
        )
        world.sandbox.history.put({"id": "c1", "summary": "A late summary."})
        sync(world)
        assert only(world, "calls").properties["hs_call_body"] == "My own notes"

    def test_an_unread_new_field_or_a_newly_signed_link_is_no_change(self, world: World) -> None:
        ring(world, recordingUrl="https://example.com/r.mp3?sig=1")
        sync(world)
        world.sandbox.history.put({"id": "c1", "recordingUrl": "https://example.com/r.mp3?sig=2", "sentiment": "good"})
        summary = sync(world)
        assert (summary.calls.unchanged, summary.requests.hubspot) == (1, 0)

    def test_a_held_call_whose_caller_gets_known_finds_its_contact(self, world: World) -> None:
        ring(world, callerName=None, leadData=None, outcome="callback_scheduled")
        assert sync(world).calls.held == 1
        task = only(world, "tasks")
        assert world.sandbox.hubspot.associations("tasks", task.id) == []
        world.sandbox.history.put({"id": "c1", "leadData": {"name": "Ada Fern", "email": "ada.fern@example.com"}})
        assert sync(world).calls.updated == 1
        contact, call = only(world, "contacts"), only(world, "calls")
        assert [end.id for end in world.sandbox.hubspot.associations("calls", call.id)] == [contact.id]
        assert contact.id in [end.id for end in world.sandbox.hubspot.associations("tasks", task.id)]
        assert not call.properties.get("call_connector_state")
        assert state_of(world) is State.DONE


class TestAPersonInTheCrm:
    def test_a_deleted_call_is_never_made_again(self, world: World) -> None:
        ring(world)
        sync(world)
        world.sandbox.hubspot.edit("archive", object_type="calls", record_id=only(world, "calls").id)
        world.sandbox.history.put({"id": "c1", "summary": "Something new."})
        assert sync(world).calls.skipped == 1
        assert world.sandbox.hubspot.records("calls") == []
        assert state_of(world) is State.GONE

    def test_a_deleted_call_asks_for_nothing_more(self, world: World) -> None:
        ring(world, outcome="message_taken")
        sync(world)
        world.sandbox.hubspot.edit("archive", object_type="calls", record_id=only(world, "calls").id)
        world.sandbox.history.put({"id": "c1", "outcome": "callback_scheduled"})
        summary = sync(world)
        assert (summary.calls.skipped, summary.records.created, summary.contacts.updated) == (1, 0, 0)

    def test_a_deleted_call_is_not_revived_by_a_lost_ledger(self, world: World) -> None:
        ring(world)
        sync(world)
        world.sandbox.hubspot.edit("archive", object_type="calls", record_id=only(world, "calls").id)
        world.lose_the_ledger()
        assert sync(world).calls.skipped == 1
        assert world.sandbox.hubspot.records("calls") == []

    def test_a_deleted_contact_is_not_made_again_for_the_same_call(self, world: World) -> None:
        ring(world)
        sync(world)
        world.sandbox.hubspot.edit("archive", record_id=only(world, "contacts").id)
        world.sandbox.history.put({"id": "c1", "summary": "Something new."})
        assert sync(world).calls.updated == 1
        assert not [each for each in world.sandbox.hubspot.records("contacts") if _is_of_the_test(each)]

    def test_a_merged_contact_is_followed(self, world: World) -> None:
        ring(world)
        sync(world)
        [other] = world.sandbox.hubspot.seed_contacts([{"firstname": "Ada", "lastname": "F", "phone": "0"}])
        merged = world.sandbox.hubspot.edit("merge", record_id=only(world, "contacts").id, other=other)
        world.wait(minutes=1)
        ring(world, "c2", leadData=None, callerName=None)
        assert sync(world).contacts.created == 0
        calls = [each for each in world.sandbox.hubspot.records("calls") if each.properties["hs_call_title"]]
        assert len(calls) == 2
        for call in calls:
            ends = world.sandbox.hubspot.associations("calls", call.id)
            assert [end.id for end in ends] == [only(world, "contacts").id], merged

    def test_what_a_person_wrote_on_the_contact_stays(self, world: World) -> None:
        ring(world)
        sync(world)
        contact = only(world, "contacts")
        world.sandbox.hubspot.edit(
            "set", record_id=contact.id, properties={"firstname": "Adelaide", "lifecyclestage": "customer"}
        )
        ring(world, "c2")
        sync(world)
        after = only(world, "contacts").properties
        assert (after["firstname"], after["lifecyclestage"]) == ("Adelaide", "customer")

    def test_a_number_that_moved_on_makes_a_second_contact_with_a_key_of_its_own(self, world: World) -> None:
        ring(world)
        sync(world)
        first = only(world, "contacts")
        world.sandbox.hubspot.edit("set", record_id=first.id, properties={"phone": "", "email": ""})
        ring(world, "c2", callerName="Bo Lind", leadData={"name": "Bo Lind", "email": "bo.lind@example.com"})
        assert sync(world).contacts.created == 1
        second = only(world, "contacts")
        assert second.id != first.id
        assert second.properties["call_connector_contact_key"] == "tel:+447700900199;mailto:bo.lind@example.com"

    def test_a_number_that_moved_on_holds_the_call_when_there_is_no_address(self, world: World) -> None:
        ring(world)
        sync(world)
        world.sandbox.hubspot.edit("set", record_id=only(world, "contacts").id, properties={"phone": "", "email": ""})
        ring(world, "c2", callerName="Bo Lind", leadData={"name": "Bo Lind"})
        assert sync(world).calls.held == 1


class TestTheMapping:
    def test_an_own_number_is_skipped(self, world: World, tmp_path: Path) -> None:
        edit_mapping(
            world, tmp_path, lambda text: re.sub(r"(?m)^own_numbers: \[\]", 'own_numbers: ["+447700900199"]', text)
        )
        ring(world)
        assert sync(world).calls.skipped == 1
        with world.app() as app:
            assert [entry.reason for entry in app.calls_list()] == ["own_number"]

    def test_an_edit_applies_to_new_and_changed_calls_and_a_remap_to_old_ones(
        self, world: World, tmp_path: Path
    ) -> None:
        ring(world)
        sync(world)
        edit_mapping(world, tmp_path, lambda text: text.replace("New enquiry", "Fresh enquiry"))
        quiet = sync(world)
        assert (quiet.calls.unchanged, quiet.requests.hubspot) == (1, 0)
        assert only(world, "calls").properties["hs_call_title"] == "New enquiry: Ada Fern"
        world.wait(minutes=1)
        with world.app() as app:
            remapped = app.backfill(since=world.clock.now().replace(hour=0), remap=True)
        assert remapped.calls.updated == 1
        assert only(world, "calls").properties["hs_call_title"] == "Fresh enquiry: Ada Fern"
        with world.app() as app:
            again = app.backfill(since=world.clock.now().replace(hour=0), remap=True)
        assert (again.calls.unchanged, again.requests.hubspot) == (1, 0)

    @pytest.mark.parametrize("asked", ["inline", "note"])
    def test_a_transcript_when_the_mapping_asks(self, world: World, tmp_path: Path, asked: str) -> None:
        edit_mapping(world, tmp_path, lambda text: text.replace("transcript: none", f"transcript: {asked}"))
        world.setup()
        ring(world, transcript="Assistant: <b>Hello</b>\nCaller: Hi 👋\n" * 3_000)
        assert sync(world).calls.created == 1
        carrier = only(world, "calls" if asked == "inline" else "notes")
        text = carrier.properties["hs_call_body" if asked == "inline" else "hs_note_body"] or ""
        assert "Assistant: &lt;b&gt;Hello&lt;/b&gt;" in text
        assert len(text) < 65_536

    def test_a_recording_link_when_the_mapping_asks(self, world: World, tmp_path: Path) -> None:
        edit_mapping(world, tmp_path, lambda text: text.replace("recording: none", "recording: link"))
        ring(world, recordingUrl="https://recordings.example.com/c1.mp3?sig=1&exp=1777000000")
        sync(world)
        body = only(world, "calls").properties["hs_call_body"] or ""
        assert 'href="https://recordings.example.com/c1.mp3?sig=1&amp;exp=1777000000"' in body
        assert "recordings.example.com" in body


class TestTime:
    def test_no_task_for_a_call_older_than_seven_days(self, world: World) -> None:
        ring(world)
        world.wait(days=8)
        summary = world.sync()
        assert (summary.calls.created, summary.records.created) == (1, 0)

    def test_a_first_sync_starts_at_since_and_a_backfill_takes_what_is_older(self, world: World) -> None:
        ring(world, "old")
        world.wait(days=10)
        ring(world, "new")
        world.wait(minutes=5)
        with world.app(since=world.clock.now().replace(hour=0)) as app:
            assert app.sync().calls.read == 1
        watermark = world.sync().watermark
        with world.app() as app:
            summary = app.backfill(since=world.clock.now().replace(day=1, month=4))
        assert (summary.calls.read, summary.calls.created, summary.calls.unchanged) == (2, 1, 1)
        assert summary.watermark == watermark
        assert len(world.sandbox.hubspot.records("calls")) == 2


class TestWhatHubSpotRefuses:
    def test_in_one_property_costs_that_property(self, world: World, tmp_path: Path) -> None:
        edit_mapping(
            world,
            tmp_path,
            lambda text: text.replace(
                "    hs_call_disposition:", "    no_such_thing: {value: x}\n    hs_call_disposition:"
            ),
        )
        ring(world)
        summary = sync(world)
        assert (summary.calls.created, summary.degraded, summary.status) == (1, 1, "ok")
        with world.app() as app:
            assert "W231 call no_such_thing: left out, the portal has no such property" in app.calls_list()[0].notes

    def test_a_person_who_asked_to_be_forgotten_is_suppressed_and_nothing_is_written(self, world: World) -> None:
        [contact] = world.sandbox.hubspot.seed_contacts([{"firstname": "Ada", "email": "ada.fern@example.com"}])
        world.sandbox.hubspot.edit("gdpr_delete", record_id=contact)
        ring(world)
        assert sync(world).calls.skipped == 1
        assert world.sandbox.hubspot.records("calls") == world.sandbox.hubspot.records("tasks") == []
        with world.app() as app:
            assert [entry.reason for entry in app.calls_list()] == ["suppressed"]

    def test_when_it_says_so_itself_costs_that_property(self, world: World) -> None:
        world.sync()
        # An admin removes an option after the portal's facts were read.
        ring(world)
        with world.app() as app:
            app.plan()
        archive_option(world, "contacts", "hs_lead_status", "NEW")
        summary = sync(world)
        assert (summary.calls.created, summary.degraded, summary.calls.failed) == (1, 1, 0)
        assert not only(world, "contacts").properties.get("hs_lead_status")


def archive_option(world: World, object_type: str, name: str, value: str) -> None:
    import json

    from connector.sandbox.site import HUBSPOT_TOKEN
    from connector.sandbox.wire import Request

    headers = {"authorization": f"Bearer {HUBSPOT_TOKEN}", "content-type": "application/json"}
    path = f"/crm/v3/properties/{object_type}/{name}"
    definition = json.loads(world.sandbox.hubspot.handle(Request("GET", path, {}, headers, b"")).body)
    options = [option for option in definition["options"] if option["value"] != value]
    body = json.dumps({"options": options}).encode()
    assert world.sandbox.hubspot.handle(Request("PATCH", path, {}, headers, body)).status == 200


class TestAnInterruptedBackfill:
    def test_goes_on_with_its_own_window(self, world: World) -> None:
        for day in range(4):
            ring(world, f"c{day}", callerNumber=f"+4477009001{day}0", leadData={"name": f"Person {'ABCD'[day]}x"})
            world.wait(days=1)
        since = world.clock.now() - timedelta(days=3, hours=1)
        world.crash.arm(60)
        with pytest.raises(Crashed), world.app() as app:
            app.backfill(since=since)
        world.crash.arm(None)
        with world.app() as app:
            summary = app.backfill(since=None, resume=True)
        assert summary.status == "ok"
        assert len(world.sandbox.hubspot.records("calls")) == 3
        with world.app() as app, pytest.raises(InputError) as raised:
            app.backfill(since=None, resume=True)
        assert raised.value.code == "E122"


class TestUnreadableElements:
    def test_are_set_aside_and_counted_once_and_the_others_go_on(self, world: World) -> None:
        world.sandbox.history.put("no call at all")
        world.sandbox.history.put({"id": "bad", "createdAt": "yesterday"})
        ring(world)
        first = sync(world)
        assert (first.calls.read, first.calls.created, first.calls.failed) == (3, 1, 2)
        assert first.status == "partial"
        assert not any(failure.retryable for failure in first.failures)
        second = sync(world)
        assert (second.calls.read, second.calls.unchanged, second.calls.skipped) == (3, 1, 2)
        assert (second.status, second.requests.hubspot) == ("ok", 0)

    def test_alone_say_nothing_of_the_account(self, world: World) -> None:
        world.sandbox.history.put("no call at all")
        sync(world)
        ring(world)
        assert sync(world).calls.created == 1


DEAL_AND_TASK = """
records:
  - name: opportunity
    object: deals
    properties:
      dealname: {template: "{{ caller.name }}"}
      pipeline: {value: default}
      dealstage: {value: appointmentscheduled}
    associate: [contact]
  - name: chase
    object: tasks
    properties:
      hs_task_subject: {value: Chase}
      hs_timestamp: {from: call.ended_at}
    associate: [contact, company, deal]
"""


def test_a_record_is_linked_to_what_the_same_call_made(world: World, tmp_path: Path) -> None:
    edit_mapping(world, tmp_path, lambda text: re.sub(r"(?ms)^records:.*?(?=^\w|\Z)", "", text) + DEAL_AND_TASK)
    world.setup()
    ring(world)
    summary = sync(world)
    assert (summary.records.created, summary.calls.created, summary.degraded) == (2, 1, 0)
    ends = {(end.object_type, end.id) for end in world.sandbox.hubspot.associations("tasks", only(world, "tasks").id)}
    assert ends == {("contacts", only(world, "contacts").id), ("deals", only(world, "deals").id)}
    assert sync(world).requests.hubspot == 0
