"""What is drafted of the records of one call: those that it asks for, and those that only lack their contact."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
from msgspec import Struct

from connector.engine.directory import COMPANY_ID, Candidate
from connector.engine.engagement import Drafter
from connector.engine.plan import Item
from connector.mapping.policy import Wish
from connector.model import KEY, STATE, Association, Call, CallKey, CrmRecord, Portal

END = datetime(2026, 4, 22, 10, 0, tzinfo=UTC)
CONTACT = Association("contacts", "7")


class Asked(Struct):
    """A record that a mapping asks for."""

    name: str
    object_type: str
    associate: tuple[str, ...] = ("contact",)
    wishes: tuple[Wish, ...] = (Wish(property="subject", value="Call back", write="always", origin="value"),)
    notes: tuple[str, ...] = ()


class Mapping:
    """A mapping that asks for these records, and knows of more."""

    record_types: ClassVar = {
        "callback": "tasks",
        "note": "notes",
        "deal": "deals",
        "firm": "companies",
        "second": "deals",
    }
    record_links: ClassVar = {
        "callback": ("contact",),
        "note": ("deal", "contact"),
        "deal": ("company",),
        "firm": (),
        "second": ("contact",),
    }

    def __init__(self, *asked: Asked) -> None:
        self._asked = asked

    def records(self, view: Any) -> tuple[Asked, ...]:
        return self._asked

    def owner(self, view: Any) -> None:
        return None


class View:
    def with_contact(self, contact: dict[str, Any]) -> View:
        return self


def an_item(*, is_bare: bool = False, is_known: bool = False, company: str | None = None, **records: Any) -> Item:
    call = Call(key=CallKey("klen", "org", "c1"), started_at=END, ended_at=END, duration_seconds=0)
    item = Item(call=call, fingerprint="v")
    view: Any = View()
    item.view = view
    item.candidate = Candidate(id="7", properties={COMPANY_ID: company})
    item.records = dict(records)
    if is_bare or is_known:
        item.engagement = CrmRecord(id="5", properties={STATE: "held" if is_bare else ""})
    return item


TYPES = ("tasks", "notes", "deals", "companies")


def drafted(
    item: Item, *asked: Asked, types: tuple[str, ...] = TYPES, days: float = 0, **current: Any
) -> list[tuple[Any, ...]]:
    """Name, id, what is done and the links of each draft."""
    mapping: Any = Mapping(*asked)
    drafter = Drafter(mapping, Portal(id="1"), now=END + timedelta(days=days))
    there = {name: CrmRecord(id=record_id, properties={"subject": None}) for name, record_id in current.items()}
    drafts = drafter.records(item, there, object_types=types)
    for draft in drafts:
        assert draft.key == f"klen:org:c1#{draft.name}"
        assert draft.object_type == Mapping.record_types[draft.name]
        if draft.create is not None:
            assert draft.create.key == draft.key
            assert draft.create.properties[KEY] == draft.key
    return [
        (
            draft.name,
            draft.id,
            "create" if draft.create else "update" if draft.update else "",
            draft.create.associations if draft.create else draft.links,
        )
        for draft in drafts
    ]


CALLBACK, DEAL = Asked("callback", "tasks"), Asked("deal", "deals", ("company",))


@pytest.mark.parametrize(
    ("item", "current", "expected"),
    [
        pytest.param(an_item(), {}, [("callback", None, "create", (CONTACT,))], id="of a new call"),
        pytest.param(an_item(is_known=True), {}, [("callback", None, "create", (CONTACT,))], id="new of a known call"),
        pytest.param(an_item(is_known=True, callback="3"), {}, [], id="deleted by a person"),
        pytest.param(
            an_item(is_known=True, callback="3"), {"callback": "3"}, [("callback", "3", "update", ())], id="there"
        ),
        pytest.param(
            an_item(is_bare=True, callback="3"),
            {"callback": "3"},
            [("callback", "3", "update", (CONTACT,))],
            id="there, and the call was held until now",
        ),
        pytest.param(
            an_item(callback="3"),
            {"callback": "3"},
            [("callback", "3", "update", (CONTACT,))],
            id="of a run that did not get as far as the call",
        ),
        pytest.param(an_item(callback="3"), {}, [], id="of such a run, and deleted since"),
    ],
)
def test_a_record_that_a_call_asks_for(item: Item, current: dict[str, Any], expected: list[Any]) -> None:
    assert drafted(item, CALLBACK, **current) == expected


def test_only_records_of_the_types_that_are_due() -> None:
    assert [draft[0] for draft in drafted(an_item(), CALLBACK, DEAL, types=("deals",))] == ["deal"]


@pytest.mark.parametrize(("days", "names"), [(7, ["callback", "deal"]), (7.001, ["deal"])])
def test_an_older_call_gets_no_task(days: float, names: list[str]) -> None:
    assert [draft[0] for draft in drafted(an_item(), CALLBACK, DEAL, days=days)] == names


def test_a_task_that_is_there_is_kept_up_to_date_whatever_its_age() -> None:
    item = an_item(is_known=True, callback="3")
    assert drafted(item, CALLBACK, days=8, callback="3") == [("callback", "3", "update", ())]


def test_records_of_an_earlier_state_of_a_held_call_get_its_contact_and_nothing_else() -> None:
    current: dict[str, Any] = {"callback": "1", "note": "2", "deal": "3", "second": "4"}
    item = an_item(is_bare=True, **current)
    assert drafted(item, CALLBACK, types=("tasks", "notes"), **current) == [
        ("callback", "1", "update", (CONTACT,)),
        ("note", "2", "", (CONTACT,)),
    ]
    assert drafted(an_item(is_known=True, **current), types=("tasks", "notes"), **current) == []


@pytest.mark.parametrize(
    ("item", "kinds", "links"),
    [
        pytest.param(an_item(), ("contact",), (CONTACT,), id="the contact"),
        pytest.param(an_item(company="20"), ("company",), (Association("companies", "20"),), id="its company"),
        pytest.param(an_item(), ("company",), (), id="a contact without a company"),
        pytest.param(
            an_item(company="20", firm="21"), ("company",), (Association("companies", "21"),), id="a company of its own"
        ),
        pytest.param(
            an_item(company="20", deal="30", second="31"),
            ("deal", "contact"),
            (Association("deals", "30"), Association("deals", "31"), CONTACT),
            id="deals of this call, in the order of the mapping",
        ),
        pytest.param(an_item(company="20"), ("ticket", "deal"), (), id="what the call did not make"),
        pytest.param(an_item(deal="", unknown="9"), ("deal",), (), id="one that is not known by its id"),
    ],
)
def test_what_a_record_is_linked_to(item: Item, kinds: tuple[str, ...], links: tuple[Association, ...]) -> None:
    [(_, _, _, drafted_links)] = drafted(item, Asked("callback", "tasks", kinds))
    assert drafted_links == links
