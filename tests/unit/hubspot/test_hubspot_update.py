from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec
import pytest

from connector.errors import TransientError
from connector.model import Done, Exists, Gone, Refused, Update
from connector.sandbox.hubspot import Choices
from connector.sandbox.wire import Request, Response
from tests.stubs.portal import Interrupt, Stand, answering, said

NAMELESS = {"category": "VALIDATION_ERROR", "message": "Invalid input"}
CONFLICT = {"category": "CONFLICT", "message": "Contact already exists."}


def people(stand: Stand, count: int) -> list[str]:
    return stand.portal.seed_contacts([{"firstname": f"P{n}", "email": f"p{n}@example.com"} for n in range(count)])


def renamed(ids: Sequence[str], name: str = "Roe") -> list[Update]:
    return [Update(id=record_id, properties={"lastname": name}) for record_id in ids]


def kinds(outcomes: Sequence[object]) -> list[str]:
    return [type(outcome).__name__ for outcome in outcomes]


def refusing(marker: str, status: int, body: Mapping[str, object]) -> Interrupt:
    """Every update that carries the marker is refused as a whole."""

    def interrupt(request: Request, carry_out: Callable[[], Response]) -> Response:
        is_met = request.path.endswith("batch/update") and marker.encode() in request.body
        return said(status, body) if is_met else carry_out()

    return interrupt


def sizes(stand: Stand) -> list[int]:
    """How many inputs each update carried, in their order."""
    return [len(asked.body["inputs"]) for asked in stand.transport.sent("batch/update")]


def test_hundred_at_a_time():
    stand = Stand()
    ids = people(stand, 250)
    assert set(kinds(stand.crm.update("contacts", renamed(ids)))) == {"Done"}
    assert [len(asked.body["inputs"]) for asked in stand.transport.asked] == [100, 100, 50]


@pytest.mark.parametrize("trace_ids", [True, False], ids=["trace ids echoed", "no trace ids"])
def test_done_tells_the_values_that_hubspot_has_otherwise(trace_ids: bool):
    stand = Stand(choices=Choices(echo_trace_ids=trace_ids))
    call = stand.edit("create", "calls", "", properties={"hs_timestamp": "2026-04-22T10:00:00Z"})["id"]
    outcomes = stand.crm.update("calls", [Update(id=call, properties={"hs_timestamp": "2026-04-22T11:00:00Z"})])
    assert outcomes == [Done(call, {"hs_timestamp": "2026-04-22T11:00:00.000Z"})]


@pytest.mark.parametrize("fault", ["lost", "502", "cut", "503"])
@pytest.mark.parametrize(("times", "expected"), [(1, [3, 3]), (2, [3, 3, 1, 1, 1])])
def test_an_update_without_an_answer_is_sent_again(fault: str, times: int, expected: list[int]):
    stand = Stand()
    ids = people(stand, 3)
    stand.transport.interrupt = answering(*[fault] * times, only="batch/update")
    assert kinds(stand.crm.update("contacts", renamed(ids))) == ["Done"] * 3
    assert {r.properties["lastname"] for r in stand.portal.records("contacts")} == {"Roe"}
    assert sizes(stand) == expected


def test_it_is_given_up_after_three_times():
    stand = Stand()
    ids = people(stand, 1)
    stand.transport.interrupt = answering(*["503"] * 9)
    with pytest.raises(TransientError) as raised:
        stand.crm.update("contacts", renamed(ids))
    assert raised.value.code == "E221"
    assert len(stand.transport.asked) == 3
    assert stand.clock.slept == [1.0, 2.0]


def test_answers_that_say_nothing_are_given_up_after_three_times():
    stand = Stand()
    ids = people(stand, 3)
    stand.transport.interrupt = answering(*[said(200, {"status": "COMPLETE", "results": []})] * 9)
    with pytest.raises(TransientError) as raised:
        stand.crm.update("contacts", renamed(ids))
    assert raised.value.code == "E221"
    assert sizes(stand) == [3, 3, 3]
    assert stand.clock.slept == [1.0, 2.0]


@pytest.mark.parametrize("status", [502, 503])
def test_neighbours_that_hubspot_takes_say_that_it_fails_on_one(status: int):
    """Nothing else was written a moment ago that could say so."""
    stand = Stand()
    ids = people(stand, 9)
    wishes = [*renamed(ids[:8]), *renamed(ids[8:], "poison")]
    stand.transport.interrupt = refusing("poison", status, {})
    outcomes = stand.crm.update("contacts", wishes)
    assert kinds(outcomes) == ["Done"] * 8 + ["Refused"]
    assert isinstance(outcomes[8], Refused)
    assert outcomes[8].code == "E222"


def test_errors_that_name_nobody_are_told_apart_one_by_one():
    stand = Stand()
    ids = people(stand, 20)
    wishes = renamed(ids)
    for n in (3, 5):
        wishes[n] = Update(id=ids[n], properties={"email": f"bad{n}"})

    def interrupt(request: Request, carry_out: Callable[[], Response]) -> Response:
        body = msgspec.json.decode((answer := carry_out()).body)
        for problem in body.get("errors", ()):
            problem.pop("context", None)
        return said(answer.status, body)

    stand.transport.interrupt = interrupt
    outcomes = stand.crm.update("contacts", wishes)
    assert [n for n, kind in enumerate(kinds(outcomes)) if kind == "Refused"] == [3, 5]
    assert sizes(stand) == [20, 1, 1]


def test_what_the_portal_no_longer_takes_explains_a_refusal_without_a_word():
    stand = Stand()
    ids = people(stand, 20)
    wishes = renamed(ids)
    wishes[7] = Update(id=ids[7], properties={"no_such_property": "x"})
    stand.transport.interrupt = refusing("no_such_property", 400, NAMELESS)
    outcomes = stand.crm.update("contacts", wishes)
    assert outcomes.pop(7) == Refused("E232", "HubSpot refused no_such_property", ("no_such_property",))
    assert set(kinds(outcomes)) == {"Done"}
    assert sizes(stand) == [20, 19]


def test_one_that_is_gone_harms_no_neighbour():
    stand = Stand()
    ids = people(stand, 100)
    stand.edit("archive", "contacts", ids[40])
    outcomes = stand.crm.update("contacts", renamed(ids))
    assert outcomes.pop(40) == Gone(ids[40])
    assert set(kinds(outcomes)) == {"Done"}


@pytest.mark.parametrize("names_it", [True, False], ids=["names it", "names nobody"])
def test_a_404_for_the_whole_batch(names_it: bool):
    stand = Stand()
    ids = people(stand, 10)
    gone = ids[4]
    context = {"context": {"ids": [gone]}} if names_it else {}
    refusal = {"category": "OBJECT_NOT_FOUND", "message": "no such object", **context}

    def interrupt(request: Request, carry_out: Callable[[], Response]) -> Response:
        return said(404, refusal) if gone.encode() in request.body else carry_out()

    stand.transport.interrupt = interrupt
    outcomes = stand.crm.update("contacts", renamed(ids))
    assert outcomes.pop(4) == Gone(gone)
    assert set(kinds(outcomes)) == {"Done"}


def test_one_bad_value_harms_no_neighbour():
    stand = Stand()
    ids = people(stand, 20)
    wishes = renamed(ids)
    wishes[7] = Update(id=ids[7], properties={"email": "jane@example"})
    outcomes = stand.crm.update("contacts", wishes)
    assert outcomes.pop(7) == Refused("E232", "HubSpot refused email (INVALID_EMAIL)", ("email",))
    assert set(kinds(outcomes)) == {"Done"}


@pytest.mark.parametrize("whole", [True, False], ids=["whole batch refused", "one refused"])
def test_an_address_that_another_has(whole: bool):
    stand = Stand()
    ids = people(stand, 20)
    wishes = renamed(ids)
    wishes[7] = Update(id=ids[7], properties={"email": "p3@example.com"})

    named = {"category": "CONFLICT", "message": f"Contact already exists. Existing ID: {ids[3]}"}
    stand.transport.interrupt = refusing("p3@example.com", 409, named) if whole else None
    outcomes = stand.crm.update("contacts", wishes)
    taken = outcomes.pop(7)
    assert isinstance(taken, Exists)
    assert (taken.by, taken.record.id) == ("email", ids[3])
    assert taken.record.properties["firstname"] == "P3"
    assert set(kinds(outcomes)) == {"Done"}


def test_who_only_keeps_an_address_is_not_refused_with_who_wants_another_s():
    stand = Stand()
    ids = people(stand, 4)
    wishes = [Update(id=ids[n], properties={"email": f"p{n}@example.com"}) for n in (0, 1)]
    wishes.append(Update(id=ids[2], properties={"email": "p3@example.com"}))

    stand.transport.interrupt = refusing("p3@example.com", 409, CONFLICT)
    assert kinds(stand.crm.update("contacts", wishes)) == ["Done", "Done", "Exists"]


@pytest.mark.parametrize("neighbours", [0, 3])
def test_an_owner_that_hubspot_does_not_name_is_looked_for_by_the_address_alone(neighbours: int):
    stand = Stand()
    ids = people(stand, 5)
    wishes = [Update(id=ids[4], properties={"email": "P0@Example.com"}), *renamed(ids[1 : 1 + neighbours])]
    stand.transport.interrupt = refusing("P0@Example.com", 409, CONFLICT)
    taken, *others = stand.crm.update("contacts", wishes)
    assert isinstance(taken, Exists)
    assert (taken.by, taken.record.id) == ("email", ids[0])
    assert kinds(others) == ["Done"] * neighbours
    looks = stand.transport.sent("contacts/batch/read")
    assert [asked.body["inputs"] for asked in looks] == [[{"id": "p0@example.com"}]]


@pytest.mark.parametrize(
    ("properties", "taken", "expected"),
    [
        pytest.param(("email",), ("email",), "E235", id="the address, by name"),
        pytest.param(("email",), (), "E235", id="the address, which it may well be"),
        pytest.param(("patient_number",), ("patient_number",), "E234", id="another property"),
        pytest.param(("email", "patient_number"), ("patient_number",), "E234", id="another property, not the address"),
        pytest.param(("patient_number",), (), "E234", id="no address was sent"),
    ],
)
def test_what_is_taken_by_nobody_to_be_seen(properties: tuple[str, ...], taken: tuple[str, ...], expected: str):
    stand = Stand()
    [jane] = people(stand, 1)
    problem = {"code": "CONFLICTING_UNIQUE_VALUE", **({"context": {"propertyName": taken}} if taken else {})}
    stand.transport.interrupt = refusing(jane, 400, {"category": "VALIDATION_ERROR", "errors": [problem]})
    wish = Update(id=jane, properties={name: f"{name}@example.com" for name in properties})
    [outcome] = stand.crm.update("contacts", [wish])
    assert isinstance(outcome, Refused)
    assert outcome.code == expected


def test_its_own_address_is_no_conflict():
    stand = Stand()
    [jane] = people(stand, 1)
    assert kinds(stand.crm.update("contacts", [Update(id=jane, properties={"email": "p0@example.com"})])) == ["Done"]


def test_an_owner_of_an_address_that_nobody_can_see():
    stand = Stand()
    [jane] = people(stand, 1)
    conflict = {"category": "CONFLICT", "message": "Contact already exists. Existing ID: 999999"}
    stand.transport.interrupt = answering(said(409, conflict), only="batch/update")
    [outcome] = stand.crm.update("contacts", [Update(id=jane, properties={"email": "free@example.com"})])
    assert outcome == Refused("E235", "the e-mail address is taken by a contact that is not shown", ("email",))


def test_a_record_that_is_wished_twice_is_never_twice_in_one_batch():
    stand = Stand()
    jane, tom = people(stand, 2)
    wishes = [*renamed([jane, tom, jane], "Roe"), *renamed([jane], "Poe")]
    assert kinds(stand.crm.update("contacts", wishes)) == ["Done"] * 4
    batches = [[entry["id"] for entry in asked.body["inputs"]] for asked in stand.transport.asked]
    assert batches == [[jane, tom], [jane], [jane]]
    assert stand.portal.records("contacts")[0].properties["lastname"] == "Poe"


def test_a_merged_contact_answers_for_its_old_id():
    stand = Stand(choices=Choices(merged_ids_resolve=True))
    first, second = people(stand, 2)
    merged = stand.edit("merge", "contacts", first, other=second)["id"]
    [outcome] = stand.crm.update("contacts", renamed([second]))
    assert isinstance(outcome, Done)
    assert outcome.id == merged


def test_values_are_cleared_with_nothing():
    stand = Stand()
    [jane] = people(stand, 1)
    stand.crm.update("contacts", [Update(id=jane, properties={"firstname": ""})])
    assert msgspec.to_builtins(stand.transport.asked[0].body["inputs"][0]["properties"]) == {"firstname": ""}
    assert "firstname" not in stand.portal.records("contacts")[0].properties
