from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
import pytest

from connector.errors import TransientError
from connector.model import Done, Exists, Gone, Refused, Update
from connector.sandbox.hubspot import Choices
from connector.sandbox.wire import Request, Response
from tests.stubs.portal import Stand, answering, said


def people(stand: Stand, count: int) -> list[str]:
    return stand.portal.seed_contacts([{"firstname": f"P{n}", "email": f"p{n}@example.com"} for n in range(count)])


def renamed(ids: Sequence[str], name: str = "Roe") -> list[Update]:
    return [Update(id=record_id, properties={"lastname": name}) for record_id in ids]


def kinds(outcomes: Sequence[object]) -> list[str]:
    return [type(outcome).__name__ for outcome in outcomes]


def test_hundred_at_a_time():
    stand = Stand()
    ids = people(stand, 250)
    assert set(kinds(stand.crm.update("contacts", renamed(ids)))) == {"Done"}
    assert [len(asked.body["inputs"]) for asked in stand.transport.asked] == [100, 100, 50]


@pytest.mark.parametrize("fault", ["lost", "502", "cut", "503"])
@pytest.mark.parametrize(("times", "sizes"), [(1, [3, 3]), (2, [3, 3, 1, 1, 1])])
def test_an_update_without_an_answer_is_sent_again(fault: str, times: int, sizes: list[int]):
    stand = Stand()
    ids = people(stand, 3)
    stand.transport.interrupt = answering(*[fault] * times, only="batch/update")
    assert kinds(stand.crm.update("contacts", renamed(ids))) == ["Done"] * 3
    assert {r.properties["lastname"] for r in stand.portal.records("contacts")} == {"Roe"}
    assert [len(asked.body["inputs"]) for asked in stand.transport.asked] == sizes


def test_it_is_given_up_after_three_times():
    stand = Stand()
    ids = people(stand, 1)
    stand.transport.interrupt = answering(*["503"] * 9)
    with pytest.raises(TransientError) as raised:
        stand.crm.update("contacts", renamed(ids))
    assert raised.value.code == "E221"
    assert len(stand.transport.asked) == 3


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

    def interrupt(request: Request, carry_out: Callable[[], Response]) -> Response:
        if request.path.endswith("update") and b"p3@example.com" in request.body:
            return said(409, {"category": "CONFLICT", "message": f"Contact already exists. Existing ID: {ids[3]}"})
        return carry_out()

    stand.transport.interrupt = interrupt if whole else None
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

    def interrupt(request: Request, carry_out: Callable[[], Response]) -> Response:
        if request.path.endswith("update") and b"p3@example.com" in request.body:
            return said(409, {"category": "CONFLICT", "message": "Contact already exists."})
        return carry_out()

    stand.transport.interrupt = interrupt
    assert kinds(stand.crm.update("contacts", wishes)) == ["Done", "Done", "Exists"]


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
    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.properties) == ("E235", ("email",))


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
