"""What should be in the CRM: every row and edge of the outcomes, seen in the portal after one sync.

The sandbox's first sixty calls show each edge once, by name; here is what a sales person must find for each.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from connector.model import Entry
from connector.sandbox.edges import edge_names
from connector.sandbox.hubspot import Record
from tests.stubs.frozen import prepared
from tests.stubs.world import World

CONNECTED = "f240bbac-87c9-4f6e-bf70-924b57d47db7"


@dataclass
class Seen:
    """One call as it stands in the portal."""

    entry: Entry
    call: Record | None
    contact: Record | None
    tasks: list[Record]
    payload: dict[str, Any]

    def of_call(self, name: str) -> str:
        assert self.call is not None
        return self.call.properties.get(name) or ""

    def of_contact(self, name: str) -> str:
        assert self.contact is not None
        return self.contact.properties.get(name) or ""


class Portal:
    def __init__(self, world: World) -> None:
        self._world = world
        with world.app() as app:
            self._entries = {entry.call_id: entry for entry in app.calls_list(limit=1000)}
        self._calls = {call.properties["call_connector_key"]: call for call in world.sandbox.hubspot.records("calls")}
        self.contacts = {contact.id: contact for contact in world.sandbox.hubspot.records("contacts")}
        self._tasks = {task.id: task for task in world.sandbox.hubspot.records("tasks")}

    def see(self, edge: str) -> Seen:
        call_id = self._world.sandbox.history.edge_id(edge)
        call = self._calls.get(f"reception_ai:org_finchmarlow:{call_id}")
        payload = json.loads(self._world.sandbox.history.find(call_id) or b"{}")
        entry = self._entries[call_id]
        tasks = [self._tasks[task_id] for task_id in entry.records.values()]
        if call is None:
            return Seen(entry, None, None, tasks, payload)
        ends = self._world.sandbox.hubspot.associations("calls", call.id)
        contact_ids = [end.id for end in ends if end.object_type == "contacts"]
        assert len(contact_ids) <= 1, "always one engagement on one contact"
        contact = self.contacts[contact_ids[0]] if contact_ids else None
        for task in tasks:
            task_ends = self._world.sandbox.hubspot.associations("tasks", task.id)
            assert [end.id for end in task_ends if end.object_type == "contacts"] == contact_ids
        return Seen(entry, call, contact, tasks, payload)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = prepared(tmp_path_factory.mktemp("outcomes"), search_lag_seconds=3.0)
    summary = world.sync()
    assert (summary.status, summary.calls.read) == ("ok", 60)
    return world


@pytest.fixture(scope="module")
def portal(world: World) -> Portal:
    return Portal(world)


DECISIONS = {
    # By type, known and unknown
    "new_enquiry": ("created", "new caller"),
    "referral": ("created", "new caller"),
    "existing_client_known": ("matched", "phone"),
    "existing_client_unknown": ("held", "unknown caller"),
    "staff": ("skipped", "staff"),
    "unknown_message": ("created", "new caller"),
    "unknown_known_caller": ("matched", "phone"),
    "unknown_resolved_held": ("held", "unknown caller"),
    "new_enquiry_without_identity": ("held", "unknown caller"),
    "new_enquiry_resolved": ("created", "new caller"),
    "no_identity_resolved": ("skipped", "no_identity"),
    "no_identity_transferred": ("skipped", "no_identity"),
    "no_identity_message": ("held", "unknown caller"),
    # Who is it?
    "known_by_formatted_phone": ("matched", "phone"),
    "known_by_mobilephone": ("matched", "phone"),
    "known_by_secondary_email": ("matched", "email"),
    "email_only_known": ("matched", "email"),
    "email_only_enquiry": ("created", "new caller"),
    "email_and_phone_disagree": ("matched", "email"),
    "email_misheard_phone_and_name_agree": ("matched", "phone"),
    "shared_phone_named": ("matched", "name"),
    "shared_phone_unnamed": ("held", "2 contacts by phone"),
    "two_at_once_first": ("created", "new caller"),
    "two_at_once_second": ("matched", "phone"),
    "repeat_second": ("matched", "phone"),
    "lifecycle_customer": ("matched", "email"),
    "placeholder_contact": ("matched", "phone"),
    "owner_active": ("matched", "phone"),
    "owner_inactive": ("matched", "phone"),
    # Edges
    "withheld_anonymous": ("created", "new caller"),
    "withheld_empty": ("skipped", "no_identity"),
    "withheld_private": ("held", "unknown caller"),
    "withheld_restricted": ("held", "unknown caller"),
    "withheld_unavailable": ("matched", "email"),
    "withheld_unknown_word": ("held", "unknown caller"),
    "withheld_blocked": ("held", "unknown caller"),
    "withheld_sip": ("skipped", "no_identity"),
    "withheld_sentinel_number": ("held", "unknown caller"),
    "number_with_extension": ("created", "new caller"),
    "number_short_code": ("skipped", "no_identity"),
    "number_without_country": ("created", "new caller"),
    "number_unreadable": ("created", "new caller"),
    "name_unknown": ("held", "unknown caller"),
    "name_digits": ("held", "unknown caller"),
    "email_as_heard": ("created", "new caller"),
    "email_unreadable": ("created", "new caller"),
    "email_typo": ("created", "new caller"),
    "text_html": ("created", "new caller"),
    "text_control_characters": ("created", "new caller"),
    "text_long_transcript": ("created", "new caller"),
    "enum_new_values": ("held", "unknown caller"),
    "nulls_everywhere": ("skipped", "no_identity"),
    "gdpr_deleted": ("held", "unknown caller"),
}


@pytest.mark.parametrize(("edge", "expected"), DECISIONS.items(), ids=list(DECISIONS))
def test_the_decision(portal: Portal, edge: str, expected: tuple[str, str]) -> None:
    seen = portal.see(edge)
    assert (seen.entry.decision, seen.entry.reason) == expected
    assert (seen.call is None) == (expected[0] == "skipped")
    assert (seen.contact is None) == (expected[0] in ("held", "skipped"))
    if seen.call is not None:
        assert seen.of_call("call_connector_state") == ("held" if expected[0] == "held" else "")


def test_every_edge_of_the_sandbox_is_looked_at(world: World) -> None:
    looked_at = {world.sandbox.history.edge_id(edge) for edge in (*DECISIONS, "own_number", "repeat_first")}
    assert {world.sandbox.history.edge_id(edge) for edge in edge_names()} <= looked_at | {
        world.sandbox.history.edge_id(edge) for edge in ("callback_scheduled", "message_taken", "transferred")
    }


@pytest.mark.parametrize(
    ("edge", "title"),
    [
        pytest.param("new_enquiry", "New enquiry: Jane Doe", id="lead_captured"),
        pytest.param("transferred", "Transferred to team: Margaret Ellis", id="transferred"),
        pytest.param("callback_scheduled", "Callback requested: Walter Brandt", id="callback_scheduled"),
        pytest.param("repeat_first", "Message: Gareth Pryce", id="message_taken"),
        pytest.param("new_enquiry_resolved", "Resolved by AI: Cordelia Shaw", id="resolved"),
        pytest.param("held_number_only", "Callback requested: +44 20•• •••021", id="nobody's name"),
        pytest.param("withheld_private", "Message: withheld number", id="nobody at all"),
        pytest.param("enum_new_values", "Call: Orla Keane", id="a word that we do not know"),
    ],
)
def test_the_title_of_each_outcome_and_connected(portal: Portal, edge: str, title: str) -> None:
    seen = portal.see(edge)
    assert seen.of_call("hs_call_title") == title
    assert seen.of_call("hs_call_disposition") == CONNECTED


@pytest.mark.parametrize(
    ("edge", "expected"),
    [
        # Wednesday 22 April 2026 is today; every due time is worked out from the end of the call.
        pytest.param("new_enquiry", ("CALL", "HIGH"), id="lead_captured of a new enquiry"),
        pytest.param("number_without_country", ("CALL", "HIGH"), id="lead_captured of a referral"),
        pytest.param("callback_without_time", ("CALL", "HIGH"), id="callback_scheduled"),
        pytest.param("message_taken", ("TODO", "MEDIUM"), id="message_taken"),
        pytest.param("shared_phone_unnamed", ("TODO", "MEDIUM"), id="a message that is held"),
        pytest.param("transferred", None, id="transferred"),
        pytest.param("new_enquiry_resolved", None, id="resolved"),
        pytest.param("staff", None, id="staff"),
    ],
)
def test_the_follow_up_task_of_each_outcome(portal: Portal, edge: str, expected: tuple[str, str] | None) -> None:
    tasks = [(task.properties["hs_task_type"], task.properties["hs_task_priority"]) for task in portal.see(edge).tasks]
    assert tasks == ([] if expected is None else [expected])


def test_a_callback_is_due_at_the_agreed_time(portal: Portal) -> None:
    seen = portal.see("callback_with_time")
    assert seen.tasks[0].properties["hs_timestamp"] == seen.payload["leadData"]["callbackTime"]


@pytest.mark.parametrize(
    ("edge", "lifecycle", "lead_status"),
    [
        pytest.param("new_enquiry", "lead", "NEW", id="new_enquiry"),
        pytest.param("referral", "lead", "NEW", id="referral"),
        pytest.param("unknown_message", "", "", id="unknown never"),
        pytest.param("lifecycle_customer", "customer", "", id="never backwards, and NEW only on create"),
        pytest.param("email_misheard_phone_and_name_agree", "", "", id="existing_client never"),
    ],
)
def test_lifecycle_and_lead_status(portal: Portal, edge: str, lifecycle: str, lead_status: str) -> None:
    seen = portal.see(edge)
    assert (seen.of_contact("lifecyclestage"), seen.of_contact("hs_lead_status")) == (lifecycle, lead_status)


@pytest.mark.parametrize(
    ("edge", "name", "value"),
    [
        pytest.param("new_enquiry", "phone", "+447700900101", id="the number of a new contact in E.164"),
        pytest.param("known_by_formatted_phone", "phone", "07700 900123", id="a number as people wrote it stays"),
        pytest.param("number_without_country", "phone", "+447700900109", id="a number read in the region"),
        pytest.param("withheld_anonymous", "phone", "", id="a withheld number is never written"),
        pytest.param("number_with_extension", "phone", "", id="an extension is not for matching"),
        pytest.param("number_unreadable", "phone", "", id="an unreadable number is not written"),
        pytest.param("email_as_heard", "email", "priya.sharma@example.com", id="an address as it was heard"),
        pytest.param("email_unreadable", "email", "", id="no address"),
        pytest.param("email_typo", "email", "", id="a typo is suggested and never corrected"),
        pytest.param("placeholder_contact", "firstname", "Imogen", id="a placeholder counts as empty"),
        pytest.param("text_html", "firstname", "Zoë", id="a name without tags"),
        pytest.param("email_and_phone_disagree", "phone", "07700 900130", id="the other's number is not copied"),
        pytest.param("email_misheard_phone_and_name_agree", "email", "", id="the other's address is not copied"),
        pytest.param("two_at_once_second", "email", "b.lowe@example.org", id="a later call fills blanks"),
    ],
)
def test_what_stands_on_the_contact(portal: Portal, edge: str, name: str, value: str) -> None:
    assert portal.see(edge).of_contact(name) == value


def test_two_calls_a_second_apart_make_one_contact_and_two_engagements(portal: Portal) -> None:
    first, second = portal.see("two_at_once_first"), portal.see("two_at_once_second")
    assert first.contact is not None
    assert first.contact == second.contact
    assert first.call != second.call


def test_possible_duplicates_are_noted_and_nobody_is_merged(portal: Portal) -> None:
    for edge in ("email_and_phone_disagree", "email_misheard_phone_and_name_agree"):
        assert "possible_duplicate" in portal.see(edge).entry.notes


def test_only_contacts_that_we_create_carry_the_contact_key(portal: Portal) -> None:
    assert portal.see("new_enquiry").of_contact("call_connector_contact_key") == "tel:+447700900101"
    assert portal.see("email_only_enquiry").of_contact("call_connector_contact_key") == "mailto:dora.finlay@example.org"
    for edge, decision in DECISIONS.items():
        if decision[0] == "matched" and not portal.see(edge).of_contact("createdate").startswith("2026-04-22"):
            assert portal.see(edge).of_contact("call_connector_contact_key") == ""


def test_the_contacts_active_owner_owns_call_and_task_and_an_inactive_one_nothing(portal: Portal) -> None:
    seen = portal.see("owner_active")
    owner = seen.of_contact("hubspot_owner_id")
    assert owner
    assert seen.of_call("hubspot_owner_id") == owner
    assert [task.properties["hubspot_owner_id"] for task in seen.tasks] == [owner]
    left = portal.see("owner_inactive")
    assert left.of_contact("hubspot_owner_id")
    assert left.of_call("hubspot_owner_id") == ""
    assert "W238 call hubspot_owner_id: left out, the contact's owner is not an active user" in left.entry.notes


def test_the_call_says_when_how_long_and_from_whom(portal: Portal) -> None:
    seen = portal.see("new_enquiry")
    assert seen.of_call("hs_timestamp") < seen.payload["createdAt"], "createdAt is the end of the call"
    assert seen.of_call("hs_call_duration") == str(seen.payload["duration"] * 1000)
    assert seen.of_call("hs_call_direction") == "INBOUND"
    assert seen.of_call("hs_call_status") == "COMPLETED"
    assert seen.of_call("hs_call_from_number") == "+447700900101"
    assert seen.of_call("call_connector_call_type") == "new_enquiry"
    assert seen.of_call("call_connector_outcome") == "lead_captured"


def test_the_contact_knows_its_first_and_its_newest_call(portal: Portal) -> None:
    first, second = portal.see("repeat_first"), portal.see("repeat_second")
    assert first.contact == second.contact
    assert first.of_contact("call_connector_first_call_at") == first.of_call("hs_timestamp")
    assert first.of_contact("call_connector_last_call_at") >= second.of_call("hs_timestamp")
    assert first.of_contact("call_connector_source") == "reception_ai"


def test_the_contact_tells_what_its_newest_call_was_about(portal: Portal) -> None:
    seen = portal.see("repeat_second")
    assert seen.of_contact("call_connector_last_call_type") == seen.payload["callType"] != ""
    assert seen.of_contact("call_connector_last_outcome") == seen.payload["outcome"] != ""


def test_text_is_escaped_and_without_control_characters(portal: Portal) -> None:
    html = portal.see("text_html").of_call("hs_call_body")
    assert "<script" not in html
    assert "&lt;" in html
    assert 'href="javascript:' not in html
    control = portal.see("text_control_characters").of_call("hs_call_body")
    assert not [character for character in control if ord(character) < 32 and character not in "\n\t"]
    assert "\u202e" not in portal.see("text_control_characters").of_call("hs_call_title")


def test_no_transcript_and_no_recording_unless_the_mapping_asks(portal: Portal) -> None:
    seen = portal.see("recording_signed")
    assert seen.payload["recordingUrl"]
    assert len(seen.payload["transcript"]) > 60_000
    assert "sig=" not in seen.of_call("hs_call_body")
    assert seen.of_call("hs_call_recording_url") == ""
    assert len(seen.of_call("hs_call_body")) < 2_000
