"""Who has the address that HubSpot says is taken, however little it says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from connector.hubspot.names import ADDITIONAL_EMAILS
from connector.hubspot.taken import has_address
from connector.model import CONTACT_KEY, Create, CrmRecord, Exists, Outcome, Refused
from connector.sandbox.hubspot import Choices
from connector.sandbox.wire import Request, Response
from tests.stubs.portal import Interrupt, Stand, said

NAMELESS = {"category": "CONFLICT", "message": "Contact already exists."}


def a_contact(number: int = 1, **properties: str) -> Create:
    return Create(key=f"tel:+4477009001{number:02}", properties={"firstname": "Jane", **properties})


def refusing(marker: str, body: dict[str, str]) -> Interrupt:
    """Every creation that carries the marker is refused as a whole."""

    def interrupt(request: Request, carry_out: Callable[[], Response]) -> Response:
        is_met = request.path.endswith("batch/create") and marker.encode() in request.body
        return said(409, body) if is_met else carry_out()

    return interrupt


def found(outcome: Outcome) -> tuple[str, str]:
    """By what a record was found, and its id."""
    assert isinstance(outcome, Exists)
    return outcome.by, outcome.record.id


def looks(stand: Stand) -> list[object]:
    """What contacts were read by address."""
    reads = stand.transport.sent("contacts/batch/read")
    return [asked.body["inputs"] for asked in reads if asked.body.get("idProperty") == "email"]


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        ("jane@example.com", True),
        ("J.Doe@Example.com", True),
        ("doe@example.com", True),
        ("tom@example.com", False),
        ("", False),
    ],
)
def test_whose_an_address_is(email: str, expected: bool):
    held: dict[str, str | None] = {"email": "Jane@example.com", ADDITIONAL_EMAILS: "j.doe@example.com;Doe@example.com"}
    assert has_address(CrmRecord(id="1", properties=held), email) is expected


@pytest.mark.parametrize("neighbours", [0, 3])
def test_an_owner_that_hubspot_does_not_name_is_looked_for_by_the_address(neighbours: int):
    stand = Stand()
    [jane] = stand.portal.seed_contacts([{"email": "jane@example.com"}])
    stand.transport.interrupt = refusing("Jane@Example.com", NAMELESS)
    wishes = [a_contact(0, email="Jane@Example.com"), *(a_contact(n) for n in range(1, 1 + neighbours))]
    outcomes = stand.crm.create("contacts", wishes)
    assert found(outcomes[0]) == ("email", jane)
    assert stand.count("contacts") == 1 + neighbours
    assert looks(stand) == [[{"id": "jane@example.com"}]]


def test_who_has_no_address_is_not_looked_for_by_one():
    stand = Stand()
    stand.transport.interrupt = refusing("tel:", NAMELESS)
    [outcome] = stand.crm.create("contacts", [a_contact()])
    assert isinstance(outcome, Refused)
    assert outcome.code == "E235"
    assert looks(stand) == []


def test_a_secondary_address_that_hubspot_does_not_find_itself():
    """The contact that it names is believed, once it is seen to have the address."""
    stand = Stand(choices=Choices(secondary_email_resolves=False, merge_keeps_primary_id=True))
    first, second = stand.portal.seed_contacts([{"email": "jane@example.com"}, {"email": "j.doe@example.com"}])
    stand.edit("merge", "contacts", first, other=second)
    named = {**NAMELESS, "message": f"Contact already exists. Existing ID: {first}"}
    stand.transport.interrupt = refusing("j.doe@example.com", named)
    wishes = [a_contact(0, email="j.doe@example.com"), a_contact(1, email="tom@example.com"), a_contact(2)]
    taken, *others = stand.crm.create("contacts", wishes)
    assert found(taken) == ("email", first)
    assert not any(isinstance(other, Exists) for other in others)
    assert len(stand.transport.sent("batch/create")) == 2


def test_who_has_both_key_and_address_is_found_by_the_key():
    stand = Stand()
    wish = a_contact(0, email="jane@example.com")
    [jane] = stand.portal.seed_contacts([{**wish.properties, CONTACT_KEY: wish.key}])
    named = {**NAMELESS, "message": f"Contact already exists. Existing ID: {jane}"}
    stand.transport.interrupt = refusing("jane@example.com", named)
    taken, _ = stand.crm.create("contacts", [wish, a_contact(1)])
    assert found(taken) == ("key", jane)
