from __future__ import annotations

from typing import Any

import msgspec
import pytest

from connector.errors import AccessError, TransientError
from connector.hubspot.shape import GROUP, wanted
from connector.model import CONTACT_KEY, KEY, STATE, Create, key_property
from connector.reports import SetupReport
from connector.sandbox.hubspot import Choices
from connector.sandbox.wire import Request
from tests.stubs.portal import TOKEN, Stand, answering, said

WHAT_THE_PORTAL_GETS = {
    "contacts": {
        "call_connector_contact_key",
        "call_connector_first_call_at",
        "call_connector_last_call_at",
        "call_connector_last_call_type",
        "call_connector_last_outcome",
        "call_connector_source",
    },
    "calls": {
        "call_connector_key",
        "call_connector_fingerprint",
        "call_connector_written",
        "call_connector_state",
        "call_connector_call_type",
        "call_connector_outcome",
    },
    "tasks": {"call_connector_key", "call_connector_fingerprint", "call_connector_written"},
}


def actions(report: SetupReport) -> dict[str, str]:
    return {f"{step.object_type}.{step.name}": step.action for step in report.steps}


def test_what_the_portal_gets():
    stand = Stand(prepared=False)
    report = stand.crm.setup(["tasks"], dry_run=False)
    assert report.is_ready
    assert report.portal_id == "48121107"
    assert set(actions(report).values()) == {"created"}
    portal = stand.crm.require_ready(["tasks"])
    for object_type, names in WHAT_THE_PORTAL_GETS.items():
        there = {name: p for name, p in portal.properties[object_type].items() if name.startswith("call_connector_")}
        assert there.keys() == names
        assert [name for name, entry in there.items() if entry.unique] == [key_property(object_type)]
        assert {entry.type for name, entry in there.items() if name.endswith("_at")} <= {"datetime"}


def test_everything_is_labelled_and_explained():
    for object_type in WHAT_THE_PORTAL_GETS:
        for entry in wanted(object_type):
            assert entry.label[:1].isupper()
            assert entry.description.endswith(".")


def test_again_it_creates_nothing():
    stand = Stand(prepared=False)
    stand.crm.setup(["tasks"], dry_run=False)
    before = stand.portal.export()
    stand.forget_requests()
    report = stand.crm.setup(["tasks"], dry_run=False)
    assert set(actions(report).values()) == {"exists"}
    assert {asked.method for asked in stand.transport.asked} == {"GET"}
    assert stand.portal.export() == before


def test_a_dry_run_only_reads():
    stand = Stand(prepared=False)
    report = stand.crm.setup(["tasks"], dry_run=True)
    assert set(actions(report).values()) == {"create"}
    assert not report.is_ready
    assert {asked.method for asked in stand.transport.asked} == {"GET"}
    created = stand.crm.setup(["tasks"], dry_run=False)
    assert actions(created).keys() == actions(report).keys()


def test_only_what_is_missing_is_created():
    stand = Stand()
    stand.forget_requests()
    report = stand.crm.setup(["tasks", "notes"], dry_run=False)
    created = {name for name, action in actions(report).items() if action == "created"}
    assert created == {f"notes.{name}" for name in (GROUP, *(entry.name for entry in wanted("notes")))}


def test_it_tells_how_to_see_held_calls():
    notes = Stand().crm.setup(dry_run=True).notes
    assert any(STATE in note and "held" in note and "view" in note for note in notes)


def test_a_property_that_is_seen_a_moment_later():
    stand = Stand(prepared=False, choices=Choices(property_lag_seconds=0.7))
    assert stand.crm.setup(dry_run=False).is_ready
    stand.crm.require_ready()


def test_a_property_that_is_never_seen():
    stand = Stand(prepared=False, choices=Choices(property_lag_seconds=3600))
    report = stand.crm.setup(dry_run=False)
    assert not report.is_ready
    assert any("run setup again" in step.detail for step in report.steps)
    assert sum(stand.clock.slept) < 60


class TestTheLadder:
    @pytest.mark.parametrize("refusing", ["contacts", "calls", "tasks"])
    def test_a_plain_key_where_a_unique_one_is_refused(self, refusing: str):
        stand = Stand(prepared=False, unique={refusing: False})
        report = stand.crm.setup(["tasks"], dry_run=False)
        assert report.is_ready
        assert report.keys == {"contacts": "unique", "calls": "unique", "tasks": "unique", refusing: "plain"}
        [key] = [step for step in report.steps if (step.object_type, step.name) == (refusing, key_property(refusing))]
        assert (key.action, key.detail) == ("created", "not unique")
        assert [note for note in report.notes if note.startswith("W241") and refusing in note]
        assert not stand.crm.require_ready(["tasks"]).properties[refusing][key_property(refusing)].unique

    def test_hubspots_own_property_where_calls_take_none_of_ours(self):
        stand = Stand(prepared=False, step="external")
        for report in (stand.crm.setup(dry_run=False), stand.crm.setup(dry_run=True), stand.crm.setup(dry_run=False)):
            assert report.is_ready
            assert report.keys == {"contacts": "plain", "calls": "external"}
            assert {name for name in actions(report) if name.startswith("calls.")} <= {
                "calls.hs_call_external_id",
                f"calls.{GROUP}",
            }
            assert [note for note in report.notes if note.startswith("W241") and "calls" in note]
        stand.crm.require_ready()

    @pytest.mark.parametrize("refusing", ["contacts", "tasks"])
    def test_no_step_is_left_where_the_others_take_no_property(self, refusing: str):
        stand = Stand(prepared=False, custom={refusing: False})
        report = stand.crm.setup(["tasks"], dry_run=False)
        refused = [step for step in report.steps if step.action == "refused"]
        assert [(step.object_type, step.name) for step in refused] == [(refusing, key_property(refusing))]
        assert refused[0].detail
        assert any("no property for our key" in note and refusing in note for note in report.notes)
        made = [asked.body for asked in stand.transport.asked if asked.method == "POST" and "groups" not in asked.path]
        assert {body["name"] for body in made} <= {KEY, CONTACT_KEY}, "nothing else, which would stand there to no use"
        left = {name for name, action in actions(report).items() if action == "create"}
        assert f"calls.{STATE}" in left
        assert any("left out" in step.detail for step in report.steps)

    def test_a_dry_run_does_not_know_what_hubspot_will_take(self):
        report = Stand(prepared=False).crm.setup(dry_run=True)
        assert report.keys == {}
        assert [step.detail for step in report.steps if step.name == KEY] == [
            "unique if HubSpot takes that, plain if not"
        ]

    def test_a_portal_that_takes_properties_by_now(self):
        stand = Stand(prepared=False, step="external")
        stand.crm.setup(dry_run=False)
        stand.portal.allow(unique={"calls": True}, custom={"calls": True})
        assert stand.crm.setup(dry_run=False).keys["calls"] == "unique"
        stand.crm.require_ready()

    def test_calls_whose_keys_are_somewhere_else_already(self):
        """A new property would hide them: nobody would find them by their keys again."""
        stand = Stand(step="external")
        stand.crm.create("calls", [Create(key="k:o:1", properties={"hs_timestamp": "2026-04-22T10:00:00Z"})])
        stand.portal.allow(unique={"calls": True}, custom={"calls": True})
        assert stand.crm.setup(dry_run=False).keys["calls"] == "external"
        assert stand.crm.read("calls", "key", ["k:o:1"], []).keys() == {"k:o:1"}

    def test_a_key_that_somebody_made_without_uniqueness(self):
        stand = Stand(prepared=False)
        a_property(stand, "calls", KEY)
        report = stand.crm.setup(dry_run=False)
        assert actions(report)[f"calls.{KEY}"] == "exists"
        assert report.keys["calls"] == "plain"
        assert any(note.startswith("W241") for note in report.notes)


def test_a_property_of_another_type():
    stand = Stand(prepared=False)
    a_property(stand, "contacts", "call_connector_last_call_at")
    report = stand.crm.setup(dry_run=False)
    assert actions(report)["contacts.call_connector_last_call_at"] == "refused"
    assert actions(report)["contacts.call_connector_first_call_at"] == "created"


class TestGroups:
    def test_hubspots_own_where_ours_is_refused(self):
        stand = Stand(prepared=False)
        refusal = said(400, {"category": "VALIDATION_ERROR", "message": "no groups here"})
        stand.transport.interrupt = lambda request, carry_out: (
            refusal if request.method == "POST" and request.path.endswith("calls/groups") else carry_out()
        )
        report = stand.crm.setup(dry_run=False)
        assert report.is_ready
        groups = [asked.body["groupName"] for asked in stand.transport.sent("/properties/calls") if asked.body]
        assert len(groups) == len(wanted("calls"))
        assert set(groups) <= set(groups_of(stand, "calls"))
        assert GROUP not in groups
        assert any("property group" in note for note in report.notes)

    def test_one_that_another_run_made_meanwhile(self):
        stand = Stand(prepared=False)
        taken = said(409, {"category": "OBJECT_ALREADY_EXISTS", "message": "A property group named …"})
        stand.transport.interrupt = answering("pass", "pass", taken, only="properties/contacts")
        created = stand.crm.setup(dry_run=False)
        assert actions(created)[f"contacts.{GROUP}"] == "created"


class TestWhatGoesWrong:
    @pytest.mark.parametrize("fault", ["lost", "cut", "502"])
    def test_a_lost_answer(self, fault: str):
        stand = Stand(prepared=False)
        stand.transport.interrupt = answering(*["pass"] * 2, fault, fault, "pass", fault, only="properties/contacts")
        assert stand.crm.setup(dry_run=False).is_ready

    def test_an_outage(self):
        stand = Stand(prepared=False)
        stand.transport.interrupt = answering(*["pass"] * 2, *["503"] * 20, only="properties/contacts")
        with pytest.raises(TransientError):
            stand.crm.setup(dry_run=False)

    def test_a_scope_that_is_missing(self):
        stand = Stand(prepared=False, scopes=["crm.schemas.contacts.read", "crm.schemas.calls.read"])
        with pytest.raises(AccessError) as raised:
            stand.crm.setup(dry_run=False)
        assert raised.value.code == "E202"


def a_property(stand: Stand, object_type: str, name: str) -> None:
    """Somebody made a property of our name: a text, not unique."""
    body = {"name": name, "label": name, "type": "string", "fieldType": "text"}
    group = groups_of(stand, object_type)[0]
    assert ask(stand, "POST", f"/crm/v3/properties/{object_type}", {**body, "groupName": group})["name"] == name


def groups_of(stand: Stand, object_type: str) -> list[str]:
    return [group["name"] for group in ask(stand, "GET", f"/crm/v3/properties/{object_type}/groups")["results"]]


def ask(stand: Stand, method: str, path: str, body: Any = None) -> Any:
    headers = {"authorization": f"Bearer {TOKEN}"}
    encoded = msgspec.json.encode(body) if body is not None else b""
    return msgspec.json.decode(stand.portal.handle(Request(method, path, {}, headers, encoded)).body)
