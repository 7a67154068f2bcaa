from __future__ import annotations

import msgspec
import pytest

from connector.audit.findings import NEVER_READ, Reconciliation, discrepancy
from connector.cli import masking
from connector.reports import Change, Departure
from tests.unit.cli.samples import AT, PERSONAL, a_plan, a_planned_call, a_preview, a_story


@pytest.mark.parametrize(
    "masked",
    [
        pytest.param(masking.plan_report(a_plan(a_planned_call())), id="plan"),
        pytest.param(masking.preview(a_preview()), id="preview"),
        pytest.param(masking.story(a_story()), id="story"),
    ],
)
def test_nothing_personal_is_left(masked):
    said = msgspec.json.encode(masked).decode()
    assert not [text for text in PERSONAL if text in said]


@pytest.mark.parametrize(
    ("name", "value", "origin", "expected"),
    [
        pytest.param("phone", "+447700900123", "callerNumber", "+44 77•• •••123", id="a number"),
        pytest.param("hs_call_to_number", "+442079460000", "set by the connector", "+44 20•• •••000", id="our number"),
        pytest.param("email", "jane@example.com", "leadData.email", "j•••@example.com", id="an address"),
        pytest.param(
            "hs_additional_emails",
            "jane@example.com;jd@example.org",
            "",
            "j•••@example.com; j•••@example.org",
            id="several",
        ),
        pytest.param("firstname", "Jane", "leadData.name", "J•••", id="a name"),
        pytest.param("hs_call_body", "<p>Hello</p>", "template", "(12 characters)", id="a body is its length"),
        pytest.param("hs_call_body", "", "template", "", id="nothing stays nothing"),
        pytest.param("hs_call_duration", "12000", "set by the connector", "12000", id="HubSpot's own field"),
        pytest.param("call_connector_call_type", "new_enquiry", "callType", "new_enquiry", id="our field"),
        pytest.param(
            "call_connector_contact_key", "tel:+447700900123", "", "tel:+44 77•• •••123", id="our contact key"
        ),
        pytest.param(
            "call_connector_contact_key", "mailto:jane@example.com", "", "mailto:j•••@example.com", id="by address"
        ),
        pytest.param(
            "call_connector_contact_key",
            "mailto:j:doe@example.com",
            "",
            "mailto:j•••@example.com",
            id="somebody's own key",
        ),
        pytest.param("call_connector_key", "reception_ai:org:c1", "", "reception_ai:org:c1", id="the call's key"),
        pytest.param("lead_channel", "AI receptionist", "value", "AI receptionist", id="the mapping's own words"),
        pytest.param("date_of_birth", "1990-01-01", "leadData.dob", "(10 characters)", id="a property nobody foresaw"),
        pytest.param(
            "hs_anything", "Jane", "leadData.name", "(4 characters)", id="a field of HubSpot's that may be a name"
        ),
        pytest.param("hs_lead_status", "+447700900123", "x", "+44•••123", id="a number in a strange place"),
    ],
)
def test_property_value(name, value, origin, expected):
    assert masking.property_value(name, value, origin=origin, names=["Jane Doe"]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Message: Jane Doe", "Message: J•••", id="the caller"),
        pytest.param("Call back Jane Doe", "Call back J•••", id="the caller, without a colon"),
        pytest.param("Message: Janet Smith", "Message: J•••", id="the contact's name, which is another"),
        pytest.param("Call Ada Young back", "Call A••• back", id="whole, whatever its parts"),
        pytest.param("Call Priya Prescott back", "Call P••• back", id="the contact, without a colon"),
        pytest.param("Ms Prescott called", "Ms P••• called", id="a part of a name"),
        pytest.param("Message: withheld number", "Message: withheld number", id="nobody's number"),
        pytest.param("Message: +447700900123", "Message: +44•••123", id="a number"),
        pytest.param("Message: +44 77•• •••123", "Message: +44 77•• •••123", id="masked before"),
        pytest.param("Phone call", "Phone call", id="nobody"),
    ],
)
def test_title(text, expected):
    assert masking.title(text, ["Jane Doe", "Priya Prescott", "Ada Young"]) == expected


def test_payload_keeps_what_explains_a_decision():
    assert masking.payload(a_preview().payload) == {
        "id": "c1",
        "callType": "new_enquiry",
        "createdAt": "2026-11-20T10:14:07.000Z",
        "duration": 12,
        "callerNumber": "+44 77•• •••123",
        "callerName": None,
        "summary": "(27 characters)",
        "transcript": "(40 characters)",
        "leadData": {"name": "J•••", "email": "j•••@example.com", "urgent": True, "postcode": "(7 characters)"},
    }


@pytest.mark.parametrize("name", ["summary", "transcript", "recordingUrl", "notes"])
def test_payload_hides_what_was_said_even_if_it_is_one_word(name):
    assert masking.payload({name: "Jane"}) == {name: "(4 characters)"}


def test_payload_of_lists():
    assert masking.payload({"tags": ["vip", "Jane Doe"], "contact": {"phones": ["+447700900123"]}}) == {
        "tags": ["(3 characters)", "(8 characters)"],
        "contact": {"phones": ["+44 77•• •••123"]},
    }


def test_a_plan_keeps_what_explains_it():
    masked = masking.planned_call(a_planned_call(contact_name="Priya Prescott"))
    assert (masked.caller_name, masked.contact_name) == ("J•••", "P•••")
    assert (masked.caller_number, masked.caller_email) == ("+44 77•• •••123", "j•••@example.com")
    assert masked.contact is not None
    assert masked.contact.key == "tel:+44 77•• •••123;mailto:j•••@example.com"
    assert {change.property: change.after for change in masked.contact.changes} == {
        "phone": "+44 77•• •••123",
        "email": "j•••@example.com",
        "firstname": "J•••",
        "lifecyclestage": "lead",
        "post_code": "(8 characters)",
    }
    assert masked.engagement is not None
    assert masked.engagement.key == "reception_ai:org:c1"


def test_what_differs_from_a_plan_names_nobody():
    renamed = Change(
        property="hs_call_title", before="Call Jane Doe back", after="Message: Jane Doe", origin="template"
    )
    constant = Change(property="lead_channel", after="AI receptionist", origin="value")
    said = Departure(what="+447700900123 rang", changes=(renamed, constant), people=("Jane Doe",))
    (masked,) = masking.departures([said])
    assert (masked.what, masked.people) == ("+44•••123 rang", ("J•••",))
    assert [(each.before, each.after) for each in masked.changes] == [
        ("Call J••• back", "Message: J•••"),
        (None, "AI receptionist"),
    ]


def test_an_audit_names_nobody():
    said: dict[str, str] = {
        "caller_name": "Jane Doe",
        "caller_number": "+447700900123",
        "message": "+447700900123 is not there",
    }
    wrong = discrepancy(NEVER_READ, call="klen:org:c1", call_id="c1", ended_at=AT, **said)
    report = Reconciliation(since=AT, until=AT, calls={}, skipped={}, found={}, findings=(wrong,))
    (found,) = masking.reconciliation(report).findings
    assert (found.caller_name, found.caller_number) == ("J•••", "+44 77•• •••123")
    assert found.message == "+44•••123 is not there"


def test_a_story_keeps_its_preview_masked():
    told = masking.story(a_story(preview=a_preview()))
    assert told.preview == masking.preview(a_preview())


def test_details_of_a_platform():
    assert masking.details({"tags": ["vip", 3], "events": [{"kind": "rang"}], "state": "done"}) == {
        "tags": ["(3 characters)", 3],
        "events": [{"kind": "rang"}],
        "state": "done",
    }
