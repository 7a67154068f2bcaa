"""What every CRM promises: HubSpot behind each of its API versions, one request at a time and many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pytest

from connector.draft.crm import DraftCrm
from connector.model import (
    CONTACT_KEY,
    FINGERPRINT,
    KEY,
    Association,
    Create,
    CrmRecord,
    Done,
    Exists,
    Gone,
    Outcome,
    Update,
)
from connector.ports import Crm
from tests.stubs.portal import Stand

JANE = {"firstname": "Jane", "lastname": "Doe", "phone": "07700 900123", "email": "jane.doe@example.com"}
TOM = {"firstname": "Tom", "lastname": "Ray", "mobilephone": "+442079460123"}


@dataclass
class World:
    """A CRM, and a person who works in it."""

    crm: Crm
    seed: Callable[[Mapping[str, str]], str]
    """Put in a contact as if it had always been there; answers its id."""
    archive: Callable[[str, str], object]
    live: Callable[[str], int]
    """How many live records of a type there are."""


@pytest.fixture(
    params=[
        pytest.param(("v3", 1), id="HubSpot v3"),
        pytest.param(("v3", 16), id="HubSpot v3, 16 in flight"),
        pytest.param(("2026-09", 1), id="HubSpot 2026-09"),
        pytest.param(("2026-09", 16), id="HubSpot 2026-09, 16 in flight"),
        pytest.param(None, id="in memory"),
    ]
)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    if request.param is None:
        yield _in_memory()
        return
    api_version, concurrency = request.param
    stand = Stand(api_version=api_version, concurrency=concurrency)
    yield World(
        crm=stand.crm,
        seed=lambda person: stand.portal.seed_contacts([person])[0],
        archive=lambda object_type, record_id: stand.edit("archive", object_type, record_id),
        live=stand.count,
    )
    stand.crm.close()


def _in_memory() -> World:
    crm = DraftCrm()

    def seed(person: Mapping[str, str]) -> str:
        crm.seed("contacts", [person])
        return crm.records("contacts")[-1].id

    return World(
        crm=crm,
        seed=seed,
        archive=crm.archive,
        live=lambda object_type: sum(not record.archived for record in crm.records(object_type)),
    )


def a_call(key: str = "reception_ai:org:1", **properties: str) -> Create:
    return Create(
        key=key, properties={"hs_timestamp": "2026-04-22T10:00:00Z", "hs_call_title": "New enquiry", **properties}
    )


def a_contact(key: str = "tel:+447700900123", **properties: str) -> Create:
    return Create(key=key, properties={"firstname": "Jane", "phone": "+447700900123", **properties})


def id_of(outcome: Outcome) -> str:
    assert isinstance(outcome, Done)
    return outcome.id


def existing(outcome: Outcome) -> CrmRecord:
    assert isinstance(outcome, Exists)
    return outcome.record


class TestCreate:
    def test_outcomes_stand_in_the_order_of_the_wishes(self, world: World):
        wishes = [a_call(f"reception_ai:org:{number}", hs_call_title=f"Call {number}") for number in range(230)]
        ids = [id_of(outcome) for outcome in world.crm.create("calls", wishes)]
        assert len(set(ids)) == world.live("calls") == 230
        titles = world.crm.read("calls", "id", ids, ["hs_call_title"])
        assert [titles[record_id].properties["hs_call_title"] for record_id in ids] == [
            f"Call {number}" for number in range(230)
        ]

    def test_the_key_is_set(self, world: World):
        [outcome] = world.crm.create("calls", [a_call("reception_ai:org:a%3Ab")])
        found = world.crm.read("calls", "key", ["reception_ai:org:a%3Ab"], [KEY])
        assert found["reception_ai:org:a%3Ab"].id == id_of(outcome)
        assert found["reception_ai:org:a%3Ab"].properties == {KEY: "reception_ai:org:a%3Ab"}

    def test_a_second_one_is_not_made(self, world: World):
        [first] = world.crm.create("calls", [a_call(hs_call_title="As written first", call_connector_fingerprint="f1")])
        [second] = world.crm.create(
            "calls", [a_call(hs_call_title="As written again", call_connector_fingerprint="f2")]
        )
        assert isinstance(second, Exists)
        assert (second.by, second.record.id, second.record.archived) == ("key", id_of(first), False)
        assert second.record.properties["hs_call_title"] == "As written first"
        assert second.record.properties[FINGERPRINT] == "f1"
        assert world.live("calls") == 1

    def test_old_and_new_ones_in_one_go(self, world: World):
        world.crm.create("calls", [a_call(f"reception_ai:org:{number}") for number in range(0, 120, 2)])
        outcomes = world.crm.create("calls", [a_call(f"reception_ai:org:{number}") for number in range(120)])
        assert [isinstance(outcome, Exists) for outcome in outcomes] == [number % 2 == 0 for number in range(120)]
        assert world.live("calls") == 120

    def test_what_a_person_deleted_is_not_made_again(self, world: World):
        [first] = world.crm.create("calls", [a_call()])
        world.archive("calls", id_of(first))
        [second] = world.crm.create("calls", [a_call()])
        assert existing(second).archived
        assert world.live("calls") == 0

    def test_wishes_with_one_key_are_one_wish(self, world: World):
        first, other, again = world.crm.create("calls", [a_call("k:o:1"), a_call("k:o:2"), a_call("k:o:1")])
        assert id_of(other) not in (first.id if isinstance(first, Done) else "", "")
        assert isinstance(again, Done | Exists)
        assert (again.id if isinstance(again, Done) else again.record.id) == id_of(first)
        assert world.live("calls") == 2

    def test_an_address_that_another_contact_has(self, world: World):
        jane = world.seed(JANE)
        [outcome] = world.crm.create(
            "contacts", [a_contact("mailto:jane.doe@example.com", email="jane.doe@example.com")]
        )
        assert isinstance(outcome, Exists)
        assert (outcome.by, outcome.record.id) == ("email", jane)
        assert outcome.record.properties["firstname"] == "Jane"
        assert world.live("contacts") == 1

    def test_contacts_carry_their_own_key(self, world: World):
        [outcome] = world.crm.create("contacts", [a_contact()])
        found = world.crm.read("contacts", "key", ["tel:+447700900123"], [CONTACT_KEY, "phone", "email"])
        assert found["tel:+447700900123"] == CrmRecord(
            id=id_of(outcome),
            properties={CONTACT_KEY: "tel:+447700900123", "phone": "+447700900123", "email": None},
        )

    def test_links_to_contacts(self, world: World):
        jane = world.seed(JANE)
        links = (Association("contacts", jane),)
        task = Create(key="k:o:1#follow-up", properties={"hs_timestamp": "2026-04-22T10:00:00Z"}, associations=links)
        call = Create(key="k:o:1", properties={"hs_timestamp": "2026-04-22T10:00:00Z"}, associations=links)
        assert isinstance(world.crm.create("tasks", [task])[0], Done)
        assert isinstance(world.crm.create("calls", [call])[0], Done)


class TestRead:
    def test_by_id_and_by_address(self, world: World):
        jane = world.seed(JANE)
        asked = ["firstname", "mobilephone"]
        expected = CrmRecord(id=jane, properties={"firstname": "Jane", "mobilephone": None})
        assert world.crm.read("contacts", "id", [jane], asked) == {jane: expected}
        by_email = world.crm.read("contacts", "email", ["jane.doe@example.com", "nobody@example.com"], asked)
        assert by_email == {"jane.doe@example.com": expected}

    def test_what_is_not_there_is_absent(self, world: World):
        assert world.crm.read("contacts", "id", ["999999"], ["phone"]) == {}
        assert world.crm.read("calls", "key", ["k:o:none"], [KEY]) == {}

    def test_archived_records_are_found_by_key_only(self, world: World):
        [outcome] = world.crm.create("calls", [a_call("k:o:1")])
        world.archive("calls", id_of(outcome))
        assert world.crm.read("calls", "id", [id_of(outcome)], [KEY]) == {}
        assert world.crm.read("calls", "key", ["k:o:1"], [KEY])["k:o:1"].archived

    def test_archived_contacts_have_no_address(self, world: World):
        world.archive("contacts", world.seed(JANE))
        assert world.crm.read("contacts", "email", ["jane.doe@example.com"], ["phone"]) == {}


class TestFindByNumber:
    @pytest.mark.parametrize(
        ("person", "number"),
        [
            pytest.param(JANE, "+447700900123", id="as typed in its country"),
            pytest.param(TOM, "+442079460123", id="a mobile phone, in E.164"),
            pytest.param({"firstname": "Ann", "phone": "+1 (212) 555-0123"}, "+12125550123", id="from abroad"),
            pytest.param({"firstname": "Bob", "phone": "+44 7700 900456"}, "+447700900456", id="with its country"),
        ],
    )
    def test_however_it_is_written(self, world: World, person: dict[str, str], number: str):
        record_id = world.seed(person)
        assert ids_found(world, [number]) == [record_id]

    def test_values_come_with_it(self, world: World):
        jane = world.seed(JANE)
        [found] = world.crm.find_by_number(["+447700900123"], ["lastname", "email"])
        assert found == CrmRecord(
            id=jane,
            properties={
                "lastname": "Doe",
                "email": "jane.doe@example.com",
                "phone": "07700 900123",
                "mobilephone": None,
            },
        )

    def test_a_number_that_several_have(self, world: World):
        ids = [world.seed({"firstname": name, "phone": "020 7946 0123"}) for name in ("Jane", "Tom", "Ann")]
        assert sorted(ids_found(world, ["+442079460123", "+447700900123"])) == sorted(ids)

    def test_archived_contacts_are_not_proposed(self, world: World):
        world.archive("contacts", world.seed(JANE))
        assert ids_found(world, ["+447700900123"]) == []


def ids_found(world: World, numbers: Sequence[str]) -> list[str]:
    return [record.id for record in world.crm.find_by_number(numbers, [])]


class TestUpdate:
    def test_new_values(self, world: World):
        jane = world.seed(JANE)
        [outcome] = world.crm.update("contacts", [Update(id=jane, properties={"lastname": "Roe", "phone": ""})])
        assert id_of(outcome) == jane
        [found] = world.crm.read("contacts", "id", [jane], ["firstname", "lastname", "phone"]).values()
        assert found.properties == {"firstname": "Jane", "lastname": "Roe", "phone": None}

    def test_outcomes_stand_in_the_order_of_the_wishes(self, world: World):
        ids = [id_of(o) for o in world.crm.create("calls", [a_call(f"k:o:{number}") for number in range(150)])]
        ids.insert(70, "999999")
        outcomes = world.crm.update("calls", [Update(id=i, properties={"hs_call_title": f"Call {i}"}) for i in ids])
        assert outcomes[70] == Gone("999999")
        assert [id_of(outcome) for outcome in outcomes if outcome != Gone("999999")] == [
            i for i in ids if i != "999999"
        ]
        titles = world.crm.read("calls", "id", ids, ["hs_call_title"])
        assert all(record.properties["hs_call_title"] == f"Call {i}" for i, record in titles.items())

    def test_a_deleted_record_is_gone(self, world: World):
        [outcome] = world.crm.create("calls", [a_call()])
        world.archive("calls", id_of(outcome))
        wish = Update(id=id_of(outcome), properties={"hs_call_title": "Too late"})
        assert world.crm.update("calls", [wish]) == [Gone(id_of(outcome))]

    def test_an_address_that_another_contact_has(self, world: World):
        jane, tom = world.seed(JANE), world.seed(TOM)
        wishes = [
            Update(id=tom, properties={"email": "jane.doe@example.com"}),
            Update(id=jane, properties={"lastname": "Roe"}),
        ]
        taken, done = world.crm.update("contacts", wishes)
        assert isinstance(taken, Exists)
        assert (taken.by, taken.record.id) == ("email", jane)
        assert id_of(done) == jane

    def test_a_record_that_is_wished_twice_ends_as_wished_last(self, world: World):
        jane = world.seed(JANE)
        wishes = [Update(id=jane, properties={"lastname": name}) for name in ("Roe", "Poe")]
        assert [id_of(outcome) for outcome in world.crm.update("contacts", wishes)] == [jane, jane]
        assert world.crm.read("contacts", "id", [jane], ["lastname"])[jane].properties["lastname"] == "Poe"


def test_linking_twice_is_linking_once(world: World):
    jane = world.seed(JANE)
    [call] = world.crm.create("calls", [a_call()])
    link = (id_of(call), Association("contacts", jane))
    world.crm.associate("calls", [link, link])
    world.crm.associate("calls", [link])


def test_whether_the_portal_holds_our_keys(world: World):
    assert not world.crm.holds_keys()
    [call] = world.crm.create("calls", [a_call()])
    assert world.crm.holds_keys()
    world.archive("calls", id_of(call))
    assert world.crm.holds_keys()


def test_nothing_asked_costs_nothing(world: World):
    before = world.crm.requests
    assert world.crm.read("contacts", "id", [], ["phone"]) == {}
    assert world.crm.find_by_number([], ["phone"]) == []
    assert world.crm.create("calls", []) == []
    assert world.crm.update("calls", []) == []
    world.crm.associate("calls", [])
    assert world.crm.requests == before
