"""Whom the CRM is asked for before a window is decided, and for whom not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from connector.engine.directory import Directory
from connector.engine.gather import CONTACT_FACTS, contact_properties, gather, recall
from connector.engine.people import keyed_hash
from connector.engine.plan import Item
from connector.mapping.compile import compile_mapping
from connector.mapping.load import load_mapping
from connector.mapping.view import Caller
from connector.model import Call, CallKey, CrmRecord, Entry, State
from tests.stubs.world import MAPPINGS

END = datetime(2026, 4, 22, 10, 0, tzinfo=UTC)
SECRET = b"secret"
NAMES = ("email", "phone")
JANE, JOHN = "jane@example.com", "john@example.com"
FIRST, SECOND = "+442079460123", "+442079460124"


class Contacts:
    """A CRM that answers with what it was given, by id, address or number; and what it was asked."""

    def __init__(self, *records: CrmRecord, merged: dict[str, str] | None = None) -> None:
        self._records = {record.id: record for record in records}
        self._merged = merged or {}
        self.asked: list[Any] = []

    def read(self, object_type: str, by: str, values: list[str], properties: Any) -> dict[str, CrmRecord]:
        assert (object_type, properties) == ("contacts", NAMES)
        self.asked.append((by, values))
        if by == "id":
            there = {value: self._records.get(self._merged.get(value, value)) for value in values}
        else:
            there = {record.properties["email"] or "": record for record in self._records.values()}
        return {value: record for value in values if (record := there.get(value)) is not None}

    def find_by_number(self, numbers: list[str], properties: Any) -> list[CrmRecord]:
        assert properties == NAMES
        self.asked.append(("number", numbers))
        return [record for record in self._records.values() if record.properties["phone"] in numbers]


def an_item(number: str | None = None, email: str | None = None, *, contact_id: str | None = None) -> Item:
    call = Call(key=CallKey("klen", "org", "c1"), started_at=END, ended_at=END, duration_seconds=0)
    entry = Entry(call_id="c1", account="org", state=State.DONE, ended_at=END, contact_id=contact_id)
    item = Item(call=call, fingerprint="v-1", entry=entry if contact_id else None)
    item.caller = Caller(number=number, email=email)
    return item


def a_contact(contact_id: str, email: str | None, phone: str | None) -> CrmRecord:
    return CrmRecord(id=contact_id, properties={"email": email, "phone": phone})


@pytest.mark.parametrize(
    ("items", "asked"),
    [
        pytest.param([], [], id="nobody"),
        pytest.param([an_item()], [], id="a caller without number and address"),
        pytest.param([an_item(SECOND), an_item(FIRST), an_item(SECOND)], [("number", [FIRST, SECOND])], id="numbers"),
        pytest.param([an_item(email=JOHN), an_item(email=JANE)], [("email", [JANE, JOHN])], id="addresses"),
        pytest.param(
            [an_item(FIRST, JANE)], [("email", [JANE])], id="a number that the contact of the address has, too"
        ),
        pytest.param(
            [an_item(SECOND, JANE)], [("email", [JANE]), ("number", [SECOND])], id="one that somebody else may have"
        ),
        pytest.param([an_item(FIRST, JOHN)], [("email", [JOHN]), ("number", [FIRST])], id="an address that nobody has"),
        pytest.param(
            [an_item(FIRST, JANE), an_item(FIRST)], [("email", [JANE]), ("number", [FIRST])], id="by another call"
        ),
    ],
)
def test_who_is_looked_for(items, asked):
    crm: Any = Contacts(a_contact("1", JANE, FIRST))
    directory = Directory(region="GB")
    gather(crm, items, directory, properties=NAMES)
    assert crm.asked == asked
    assert (directory.by_id("1") is not None) == any(FIRST in values or JANE in values for _, values in asked)


@pytest.mark.parametrize(
    ("items", "hints", "asked"),
    [
        pytest.param([an_item(FIRST)], {}, [], id="nobody is remembered"),
        pytest.param([an_item(FIRST, contact_id="2")], {}, [("id", ["2"])], id="the contact of a known call"),
        pytest.param(
            [an_item(FIRST, JANE), an_item(FIRST)],
            {keyed_hash(SECRET, "tel", FIRST): "3", keyed_hash(SECRET, "mailto", JANE): "1"},
            [("id", ["1", "3"])],
            id="whom a number and an address led to last",
        ),
    ],
)
def test_who_is_remembered(items, hints, asked):
    crm: Any = Contacts()
    recall(crm, items, Directory(region="GB"), hints, secret=SECRET, properties=NAMES)
    assert crm.asked == asked


def test_a_contact_that_was_merged_away_answers_as_what_it_became():
    crm: Any = Contacts(a_contact("9", JANE, FIRST), merged={"2": "9"})
    directory = Directory(region="GB")
    recall(crm, [an_item(contact_id="2")], directory, {}, secret=SECRET, properties=NAMES)
    assert directory.by_id("2") is directory.by_id("9") is not None


def test_what_is_read_of_a_contact():
    mapping = compile_mapping(load_mapping(MAPPINGS / "reception_ai.yaml"))
    names = contact_properties(mapping)
    assert list(names) == sorted({*CONTACT_FACTS, *mapping.contact_properties})
