"""What calls do to a contact: one after the other, as if each had been carried by a run of its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from connector.engine.contacts import contact_key, fold, second_key
from connector.engine.directory import Candidate
from connector.mapping.policy import Wish
from connector.model import CONTACT_KEY, Call, CallKey, Option, Property

AT = datetime(2026, 4, 22, 10, 0, tzinfo=UTC)
LIFECYCLE = Property(
    name="lifecyclestage",
    label="Lifecycle stage",
    type="enumeration",
    options=tuple(Option(value, value.title()) for value in ("subscriber", "lead", "customer")),
)
PROPERTIES = {
    name: Property(name=name, label=name, type="string")
    for name in ("firstname", "lastname", "email", "phone", "hs_lead_status")
} | {"lifecyclestage": LIFECYCLE}


def a_call(minutes: int = 0, call_type: str = "new_enquiry", outcome: str = "lead_captured") -> Call:
    start = AT + timedelta(minutes=minutes)
    return Call(
        key=CallKey("reception_ai", "org", f"c{minutes}"),
        started_at=start,
        ended_at=start + timedelta(seconds=60),
        duration_seconds=60,
        call_type=call_type,
        outcome=outcome,
    )


def wish(name: str, value: str, write: str = "if_empty") -> Wish:
    return Wish(property=name, value=value, write=write, origin="value")


def a_new_contact() -> Candidate:
    return Candidate(id=None, key="tel:+447700900123", properties={})


@pytest.mark.parametrize(
    ("number", "email", "expected"),
    [
        ("+447700900123", "jane@example.com", "tel:+447700900123"),
        (None, "jane@example.com", "mailto:jane@example.com"),
        (None, None, None),
    ],
)
def test_the_key_that_guards_a_creation(number: str | None, email: str | None, expected: str | None) -> None:
    assert contact_key(number, email) == expected


@pytest.mark.parametrize(
    ("number", "email", "expected"),
    [
        ("+447700900123", "jane@example.com", "tel:+447700900123;mailto:jane@example.com"),
        ("+447700900123", None, None),
        (None, "jane@example.com", None),
    ],
)
def test_the_key_when_the_first_one_belongs_to_somebody_else(
    number: str | None, email: str | None, expected: str | None
) -> None:
    assert second_key(number, email) == expected


def test_a_new_contact_gets_everything_and_the_owner() -> None:
    candidate = a_new_contact()
    fold(
        candidate,
        a_call(),
        [
            wish("firstname", "Jane"),
            wish("hs_lead_status", "NEW", "on_create"),
            wish("lifecyclestage", "lead", "forward"),
        ],
        PROPERTIES,
        owner_id="11",
    )
    assert candidate.changes == {
        "firstname": "Jane",
        "hs_lead_status": "NEW",
        "lifecyclestage": "lead",
        "hubspot_owner_id": "11",
        CONTACT_KEY: "tel:+447700900123",
        "call_connector_first_call_at": "2026-04-22T10:00:00.000Z",
        "call_connector_last_call_at": "2026-04-22T10:00:00.000Z",
        "call_connector_last_call_type": "new_enquiry",
        "call_connector_last_outcome": "lead_captured",
        "call_connector_source": "reception_ai",
    }


def test_a_new_contact_belongs_to_whom_the_mapping_names_for_contacts_before_anybody_else() -> None:
    candidate = a_new_contact()
    fold(candidate, a_call(), [wish("hubspot_owner_id", "50102", "on_create")], {}, owner_id="50101")
    assert candidate.changes["hubspot_owner_id"] == "50102"


def test_a_second_call_of_a_new_contact_fills_blanks_only() -> None:
    candidate = a_new_contact()
    fold(candidate, a_call(0), [wish("firstname", "Jane")], PROPERTIES)
    fold(
        candidate,
        a_call(5, outcome="resolved"),
        [wish("firstname", "Joan"), wish("lastname", "Doe"), wish("hs_lead_status", "NEW", "on_create")],
        PROPERTIES,
    )
    assert candidate.changes["firstname"] == "Jane"
    assert candidate.changes["lastname"] == "Doe"
    assert "hs_lead_status" not in candidate.changes
    assert candidate.changes["call_connector_first_call_at"] == "2026-04-22T10:00:00.000Z"
    assert candidate.changes["call_connector_last_call_at"] == "2026-04-22T10:05:00.000Z"
    assert candidate.changes["call_connector_last_outcome"] == "resolved"


def test_an_existing_contact_keeps_what_it_has_and_its_owner() -> None:
    candidate = Candidate(id="7", properties={"firstname": "J", "lifecyclestage": "customer", "hubspot_owner_id": None})
    fold(
        candidate,
        a_call(),
        [wish("firstname", "Jane"), wish("lifecyclestage", "lead", "forward")],
        PROPERTIES,
        owner_id="11",
    )
    assert set(candidate.changes) == {
        "call_connector_first_call_at",
        "call_connector_last_call_at",
        "call_connector_last_call_type",
        "call_connector_last_outcome",
        "call_connector_source",
    }


def test_of_two_calls_of_one_moment_the_second_is_the_newest() -> None:
    candidate = Candidate(id="7", properties={})
    fold(candidate, a_call(), (), PROPERTIES)
    candidate.changes.clear()
    fold(candidate, a_call(call_type="support"), (), PROPERTIES)
    assert candidate.changes == {"call_connector_last_call_type": "support"}


def test_what_a_platform_does_not_tell_is_blank_and_no_change_of_what_is_blank() -> None:
    silent = replace(a_call(), call_type=None, outcome=None)
    names = ["call_connector_last_call_type", "call_connector_last_outcome"]
    candidate = Candidate(id="7", properties={})
    fold(candidate, silent, (), PROPERTIES)
    assert not candidate.changes.keys() & set(names)
    candidate.properties |= dict.fromkeys(names, "x")
    fold(candidate, silent, (), PROPERTIES)
    assert {name: candidate.changes[name] for name in names} == dict.fromkeys(names, "")


def test_an_older_call_moves_the_first_call_back_and_no_newer_fact() -> None:
    candidate = Candidate(
        id="7",
        properties={
            "call_connector_first_call_at": "2026-04-22T10:00:00.000Z",
            "call_connector_last_call_at": "2026-04-22T10:00:00.000Z",
            "call_connector_last_outcome": "resolved",
        },
    )
    fold(candidate, a_call(-30), [wish("hs_lead_status", "OPEN", "newest")], PROPERTIES)
    assert candidate.changes == {"call_connector_first_call_at": "2026-04-22T09:30:00.000Z"}


def test_the_same_call_again_changes_nothing() -> None:
    candidate = a_new_contact()
    fold(candidate, a_call(), [wish("firstname", "Jane")], PROPERTIES)
    known = Candidate(id="7", properties=dict(candidate.properties))
    fold(known, a_call(), [wish("firstname", "Jane")], PROPERTIES)
    assert known.changes == {}


def test_what_the_portal_cannot_take_is_left_out_and_noted() -> None:
    candidate = a_new_contact()
    folded = fold(candidate, a_call(), [wish("no_such_thing", "x"), wish("lifecyclestage", "nonsense")], PROPERTIES)
    assert folded.notes == (
        "W231 contact no_such_thing: left out, the portal has no such property",
        "W233 contact lifecyclestage: left out, the value is not one of the portal's options",
    )
    assert "no_such_thing" not in candidate.changes
