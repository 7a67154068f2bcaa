"""What HubSpot does not take costs that property, not the call, and not a refusal per batch for the rest of the day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from connector.errors import InputError
from connector.model import Entry, State
from connector.sandbox.hubspot import Record
from tests.stubs.admin import Admin, OwnerGone, Wholesale
from tests.stubs.phone_line import contacts, edit_mapping, ring, sync
from tests.stubs.world import World

NAME = "front_desk_note"
PLACES = {
    "contacts": ("contact", "    hs_lead_status:"),
    "calls": ("call", "    hs_call_disposition:"),
    "tasks": ("new_enquiry", "      hs_task_body: {from: summary}\n      hs_task_type: {value: CALL}"),
}  # fmt: skip
SHAPES: dict[str, Callable[[httpx.BaseTransport], httpx.BaseTransport]] = {
    "each by name": lambda inner: inner,
    "the batch by name": Wholesale,
    "the batch without a name": lambda inner: Wholesale(inner, words="Invalid input"),
}
MANY = 12


def ask_for(world: World, folder: Path, object_type: str, wish: str) -> str:
    """Let the mapping write one property more on records of this type; answers what notes call the record."""
    record, anchor = PLACES[object_type]
    edit_mapping(world, folder, lambda text: text.replace(anchor, _indented(anchor, f"{NAME}: {wish}\n") + anchor, 1))
    return record


def _indented(anchor: str, line: str) -> str:
    return re.match(" *", anchor)[0] + line  # type: ignore[index]


def ring_many(world: World, first: int, count: int = MANY, **fields: Any) -> None:
    for number in range(first, first + count):
        word = "".join("abcdefghij"[int(digit)] for digit in f"{number:03}").title()
        lead = {"name": f"Person {word}", "email": f"person{number}@example.com"}
        ring(world, f"c{number}", callerNumber=f"+447700901{number:03}", leadData=lead, **fields)
        world.wait(seconds=1)


def entries(world: World) -> Iterator[Entry]:
    with world.app() as app:
        yield from app.calls_list(limit=1000)


def values(world: World, object_type: str) -> list[str | None]:
    return [each.properties.get(NAME) for each in world.sandbox.hubspot.records(object_type) if _is_ours(each)]


def _is_ours(record: Record) -> bool:
    return "call_connector_key" in record.properties or "call_connector_contact_key" in record.properties


def writes(world: World) -> int:
    return sum(request.endswith(("/batch/create", "/batch/update")) for request in world.requests())


TROUBLES: dict[str, tuple[tuple[Any, ...], str, Callable[[Admin], None], str]] = {
    # what the property is at first, what is written to it, what the admin does, the code of the loss from then on
    "deleted": ((), "{from: summary}", lambda admin: admin.delete(NAME), "W231"),
    "locked": ((), "{from: summary}", lambda admin: admin.lock(NAME), "W232"),
    "without the option": (
        ("enumeration", "select", ("a", "b")), "{value: a}", lambda admin: admin.drop_option(NAME, "a"), "W233"
    ),
    "retyped": ((), "{from: summary}", lambda admin: admin.retype(NAME, "number", "number"), "W235"),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("object_type", PLACES)
@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_property_that_an_admin_changed_costs_that_property_and_a_few_requests_once(
    world: World, tmp_path: Path, trouble: str, object_type: str, shape: str
) -> None:
    definition, wish, change, code = TROUBLES[trouble]
    admin = Admin(world, object_type)
    admin.make(NAME, *definition)
    record = ask_for(world, tmp_path, object_type, wish)
    ring_many(world, 0, 1)
    assert sync(world).degraded == 0
    change(admin)
    world.between = SHAPES[shape]

    ring_many(world, 1)
    world.forget_requests()
    first = sync(world)
    assert (first.calls.created, first.calls.failed, first.degraded, first.status) == (MANY, 0, MANY, "ok")
    assert values(world, object_type)[1:] == [None] * MANY
    noted = [note for entry in entries(world) for note in entry.notes if NAME in note]
    assert len(noted) == MANY
    assert {re.sub(r"left out.*", "", note) for note in noted} == {f"W236 {record} {NAME}: "}

    ring_many(world, MANY + 1)
    assert writes(world) == 4
    world.forget_requests()
    second = sync(world)
    assert (second.calls.created, second.degraded) == (MANY, MANY)
    again = [note for entry in entries(world) for note in entry.notes if note.startswith(f"{code} {record} {NAME}")]
    assert len(again) == MANY
    # By now the portal is known as it is: the first run paid for one refusal, and nobody pays again.
    assert writes(world) == 3


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("object_type", ["contacts", "calls"])
def test_the_same_holds_for_what_is_there_already(world: World, tmp_path: Path, object_type: str, shape: str) -> None:
    admin = Admin(world, object_type)
    admin.make(NAME)
    record = ask_for(world, tmp_path, object_type, "{from: summary, write: always}")
    ring_many(world, 0)
    sync(world)
    admin.lock(NAME)
    world.between = SHAPES[shape]
    ring_many(world, 0, summary="Asked for two quotes.")
    summary = sync(world)
    assert (summary.calls.updated, summary.calls.failed, summary.degraded) == (MANY, 0, MANY)
    bodies = {record.properties["hs_call_body"] for record in world.sandbox.hubspot.records("calls")}
    assert bodies == {"<p>Asked for two quotes.</p>"}
    assert all(any(f"W236 {record} {NAME}" in note for note in entry.notes) for entry in entries(world))
    assert sync(world).requests.hubspot == 0
    ring_many(world, 0, summary="Asked for three quotes.")
    sync(world)
    assert all(any(f"W232 {record} {NAME}" in note for note in entry.notes) for entry in entries(world))


def test_one_bad_value_costs_its_own_call_alone_that_property(world: World, tmp_path: Path) -> None:
    Admin(world, "calls").make(NAME, "number", "number")
    ask_for(world, tmp_path, "calls", "{from: callerName}")
    world.between = Wholesale
    ring_many(world, 0, 30, callerName="12")
    ring_many(world, 30, 1, callerName="1_2")  # a number to Python, none to HubSpot
    summary = sync(world)
    assert (summary.calls.created, summary.degraded) == (31, 1)
    assert [value for value in values(world, "calls") if value] == ["12"] * 30


def test_a_refusal_that_nobody_can_explain_is_not_paid_for_by_every_call(world: World) -> None:
    """Each call for itself is worth a request; all of them together are not, and none is given up unseen."""
    ring_many(world, 0, 100)
    refuse_all_calls(world)
    summary = sync(world)
    assert (summary.calls.read, summary.calls.failed) == (100, 100)
    dead = [entry for entry in entries(world) if entry.state is State.DEAD]
    assert {entry.code for entry in dead} == {"E231"}
    assert len(dead) == 5
    assert {entry.code for entry in entries(world) if entry.state is State.FAILED} == {"E225"}
    assert sum("calls/batch/create" in request for request in world.requests()) < 20


def refuse_all_calls(world: World) -> None:
    from connector.sandbox.faults import Fault

    body = {"status": "error", "message": "A rule of this account forbids it", "category": "VALIDATION_ERROR"}
    path = "calls/batch/create"
    fault = Fault(side="hubspot", action="status", path=path, times=0, status=400, body=body)
    world.sandbox.faults.set([fault])


class TestAddresses:
    BAD = {"name": "Ada Fern", "email": "ada@example.xyzzy"}  # noqa: RUF012 - read only

    def test_that_hubspot_does_not_take_leave_the_contact_without_one(self, world: World) -> None:
        ring(world, leadData=self.BAD)
        summary = sync(world)
        assert (summary.calls.created, summary.contacts.created, summary.degraded) == (1, 1, 1)
        [contact] = contacts(world)
        assert (contact.properties["phone"], contact.properties.get("email")) == ("+447700900199", None)
        assert contact.properties["call_connector_contact_key"] == "tel:+447700900199"
        [entry] = entries(world)
        assert "W237 contact email: left out, HubSpot does not take the address" in entry.notes

    def test_hold_the_call_when_there_is_no_number_to_find_the_caller_by(self, world: World) -> None:
        ring(world, callerNumber="anonymous", leadData=self.BAD)
        summary = sync(world)
        assert (summary.calls.held, summary.contacts.created) == (1, 0)
        [entry] = entries(world)
        assert entry.reason == "HubSpot refused the address and there is no number"

    def test_are_not_filled_in_on_a_contact_that_is_there(self, world: World) -> None:
        [contact] = world.sandbox.hubspot.seed_contacts([{"firstname": "Ada", "phone": "+447700900199"}])
        ring(world, leadData=self.BAD)
        summary = sync(world)
        assert (summary.calls.created, summary.contacts.updated, summary.degraded) == (1, 1, 1)
        [record] = [each for each in world.sandbox.hubspot.records("contacts") if each.id == contact]
        assert (record.properties["lastname"], record.properties.get("email")) == ("Fern", None)


def test_an_owner_who_left_since_costs_the_owner(world: World, tmp_path: Path) -> None:
    edit_mapping(world, tmp_path, lambda text: text.replace("default: null}", "default: tom.okafor@example.com}", 1))
    ring_many(world, 0, 1)
    sync(world)
    assert world.sandbox.hubspot.records("calls")[0].properties["hubspot_owner_id"] == "71002"
    with_owner_gone(world, "71002")
    for first in (1, 6):
        ring_many(world, first, 5)
        summary = sync(world)
        assert (summary.calls.created, summary.degraded, summary.calls.failed) == (5, 5, 0)
    codes = {note.partition(" ")[0] for entry in entries(world) for note in entry.notes}
    assert codes == {"W236", "W238"}


def with_owner_gone(world: World, owner_id: str) -> None:
    """HubSpot takes this owner for nobody's any more, in lists as in values."""
    world.between = lambda inner: OwnerGone(inner, owner_id)


def test_a_text_that_is_too_long_costs_that_property(world: World, tmp_path: Path) -> None:
    Admin(world, "calls").make(NAME)
    ask_for(world, tmp_path, "calls", "{from: summary}")
    world.forget_requests()
    ring(world, summary="👋" * 40_000)
    summary = sync(world)
    assert (summary.calls.created, summary.degraded) == (1, 1)
    assert sum("calls/batch/create" in request for request in world.requests()) == 1
    assert any(note.startswith(f"W234 call {NAME}: left out") for entry in entries(world) for note in entry.notes)


@pytest.mark.parametrize("name", ["call_connector_key", "call_connector_fingerprint"])
def test_without_its_own_property_the_connector_stops_and_says_so(world: World, name: str) -> None:
    ring_many(world, 0, 1)
    sync(world)
    Admin(world, "calls").delete(name)
    ring_many(world, 1)
    world.wait(minutes=10)
    with pytest.raises(InputError) as raised:
        world.sync()
    assert raised.value.code == "E241"
    assert not any(entry.state is State.DEAD for entry in entries(world))
    world.setup()
    assert world.sync().calls.created == MANY
