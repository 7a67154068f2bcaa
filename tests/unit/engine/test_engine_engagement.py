"""What is drafted of the records of one call: those that it asks for, and those that only lack their contact."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
from msgspec import Struct

from connector.engine.directory import COMPANY_ID, Candidate
from connector.engine.engagement import Drafter, written_text
from connector.engine.plan import Item
from connector.mapping.policy import Wish, value_hash
from connector.model import (
    FINGERPRINT,
    KEY,
    STATE,
    WRITTEN,
    Association,
    Call,
    CallKey,
    CrmRecord,
    Owner,
    Portal,
    Property,
)

END = datetime(2026, 4, 22, 10, 0, tzinfo=UTC)
CONTACT = Association("contacts", "7")


class Asked(Struct):
    """A record that a mapping asks for."""

    name: str
    object_type: str
    associate: tuple[str, ...] = ("contact",)
    wishes: tuple[Wish, ...] = (Wish(property="subject", value="Call back", write="always", origin="value"),)
    notes: tuple[str, ...] = ("noted",)


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

    def __init__(self, *asked: Asked, call: Asked | None = None, owner: str | None = None) -> None:
        self._asked = asked
        self._call = call
        self._owner = owner

    def call(self, view: Any) -> Asked | None:
        return self._call

    def records(self, view: Any) -> tuple[Asked, ...]:
        return self._asked

    def owner(self, view: Any) -> str | None:
        return self._owner


class View:
    contact: dict[str, Any]

    def with_contact(self, contact: dict[str, Any]) -> View:
        self.contact = contact
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
        assert not asked or draft.notes == next((each.notes for each in asked if each.name == draft.name), ())
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


# --- the engagement ---

NAMES = ("title", "body", "locked", "hubspot_owner_id", KEY, FINGERPRINT, STATE, WRITTEN)
PORTAL = Portal(
    id="1",
    owners=(Owner(id="11", email="ann@example.com"), Owner(id="12", email="bob@example.com")),
    properties={
        "calls": {name: Property(name=name, label="", type="string", read_only=name == "locked") for name in NAMES}
    },
)
LOCKED = "W232 call locked: left out, the portal does not let it be written"


def wish(name: str, value: str, write: str = "newest") -> Wish:
    return Wish(property=name, value=value, write=write, origin=f"of {name}")


WISHES = (wish("title", "new"), wish("title", "second"), wish("body", "said"), wish("locked", "x"))


def an_engagement(
    item: Item, *wishes: Wish, portal: Portal = PORTAL, owner: str | None = None, notes: tuple[str, ...] = ("noted",)
) -> Any:
    mapping: Any = Mapping(call=Asked("", "calls", wishes=wishes, notes=notes), owner=owner)
    return Drafter(mapping, portal, now=END).engagement(item)


def known(**properties: str | None) -> Item:
    item = an_item()
    item.engagement = CrmRecord(id="5", properties={"title": None, "body": None, **properties})
    return item


def test_a_new_call_gets_everything_and_our_marks() -> None:
    draft = an_engagement(an_item(), *WISHES)
    assert draft.create.properties == {
        "title": "new",
        "body": "said",
        KEY: "klen:org:c1",
        FINGERPRINT: "v",
        WRITTEN: written_text({}, {"title": "new", "body": "said"}),
    }
    assert (draft.create.key, draft.create.associations) == ("klen:org:c1", (CONTACT,))
    assert (draft.name, draft.object_type, draft.key, draft.id) == ("", "calls", "klen:org:c1", None)
    assert draft.origins == {"title": "of title", "body": "of body"}
    assert draft.notes == ("noted", LOCKED)


@pytest.mark.parametrize(
    ("contact_id", "expected"),
    [
        ("7", {"id": "7", "url": "https://app.hubspot.com/contacts/1/record/0-1/7"}),
        (None, {"id": "", "url": ""}),
    ],
)
def test_templates_see_the_contact_with_its_page(contact_id: str | None, expected: dict[str, str]) -> None:
    item = an_item()
    view: Any = item.view
    item.candidate, item.contact_view = Candidate(id=contact_id, properties={}), {"name": "Jane"}
    an_engagement(item)
    assert view.contact == {"name": "Jane", **expected}
    assert item.contact_view == {"name": "Jane"}


def test_templates_see_what_is_known_of_nobody() -> None:
    item = an_item()
    view: Any = item.view
    item.candidate, item.contact_view = None, {"known": False}
    an_engagement(item)
    assert view.contact == {"known": False}


def test_a_held_call_is_marked_and_linked_to_nobody() -> None:
    item = an_item()
    item.candidate = None
    item.hold("unknown caller")
    create = an_engagement(item).create
    assert (create.properties[STATE], create.associations) == ("held", ())


def test_where_the_portal_takes_none_of_our_marks_none_is_sent() -> None:
    portal = Portal(id="1", properties={"calls": {"title": Property(name="title", label="", type="string")}})
    create = an_engagement(an_item(), wish("title", "new"), portal=portal).create
    assert (create.key, create.properties) == ("klen:org:c1", {"title": "new"})


def test_a_known_call_gets_what_changed_and_the_hashes_of_all_that_is_ours() -> None:
    written = written_text({}, {"title": "old", "other": "kept"})
    before: dict[str, Any] = {"title": "old", KEY: "klen:org:c1", FINGERPRINT: "v-0", WRITTEN: written}
    draft = an_engagement(known(**before), *WISHES)
    hashes = {"title": value_hash("old"), "other": value_hash("kept")}
    assert (draft.id, draft.update.id, draft.create) == ("5", "5", None)
    assert draft.update.properties == {
        "title": "new",
        "body": "said",
        FINGERPRINT: "v",
        WRITTEN: written_text(hashes, {"title": "new", "body": "said"}),
    }
    assert draft.before == {"title": "old", "body": None, KEY: "klen:org:c1", FINGERPRINT: "v-0", WRITTEN: written}
    assert draft.origins == {"title": "of title", "body": "of body"}
    assert (draft.notes, draft.links) == (("noted", LOCKED), ())


@pytest.mark.parametrize(
    ("title", "written"),
    [
        pytest.param("theirs", written_text({}, {"title": "old"}), id="changed since"),
        pytest.param("theirs", None, id="never written by us"),
    ],
)
def test_what_a_person_wrote_stays(title: str, written: str | None) -> None:
    item = known(title=title, **{KEY: "klen:org:c1", FINGERPRINT: "v", WRITTEN: written})
    draft = an_engagement(item, wish("title", "new"), notes=())
    assert draft.update is None
    assert draft.notes == ("title: kept, a person changed it since it was last written",)


def test_what_was_not_read_of_a_known_call_is_not_written() -> None:
    item = an_item()
    item.engagement = CrmRecord(id="5", properties={KEY: "klen:org:c1", FINGERPRINT: "v"})
    draft = an_engagement(item, wish("title", "new"), notes=())
    assert (draft.update, draft.notes) == (None, ())


def test_a_held_call_that_found_its_contact_is_linked_and_loses_its_mark() -> None:
    draft = an_engagement(known(**{KEY: "klen:org:c1", FINGERPRINT: "v", STATE: "held"}))
    assert draft.update.properties == {STATE: "", WRITTEN: written_text({}, {})}
    assert draft.links == (CONTACT,)


@pytest.mark.parametrize(
    ("of_contact", "mapped", "wished", "expected", "notes"),
    [
        pytest.param("11", "12", None, "11", (), id="the contact's"),
        pytest.param(None, "bob@example.com", None, "12", (), id="the mapping's"),
        pytest.param("11", "12", "99", "99", (), id="one that the mapping writes itself"),
        pytest.param(None, None, None, None, (), id="nobody's"),
        pytest.param(
            "98",
            None,
            None,
            None,
            ("W238 call hubspot_owner_id: left out, the contact's owner is not an active user",),
            id="of somebody who left",
        ),
    ],
)
def test_whose_the_call_is(
    of_contact: str | None, mapped: str | None, wished: str | None, expected: str | None, notes: tuple[str, ...]
) -> None:
    item = an_item()
    assert item.candidate is not None
    item.candidate.properties["hubspot_owner_id"] = of_contact
    wishes = [wish("hubspot_owner_id", wished)] if wished else []
    draft = an_engagement(item, *wishes, owner=mapped, notes=())
    assert draft.create.properties.get("hubspot_owner_id") == expected
    assert draft.notes == notes
    assert draft.origins.get("hubspot_owner_id") == ("of hubspot_owner_id" if wished else "owner" if expected else None)


@pytest.mark.parametrize(("owner", "expected"), [("12", None), (None, "11")])
def test_a_known_call_gets_an_owner_where_it_has_none(owner: str | None, expected: str | None) -> None:
    item = known(hubspot_owner_id=owner, **{KEY: "klen:org:c1", FINGERPRINT: "v"})
    assert item.candidate is not None
    item.candidate.properties["hubspot_owner_id"] = "11"
    update = an_engagement(item, notes=()).update
    assert (update.properties["hubspot_owner_id"] if update else None) == expected
