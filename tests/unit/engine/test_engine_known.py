"""Calls that the CRM has already: how they are found, and what each needs then."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from connector.engine.erased import ERASED
from connector.engine.known import engagement_properties, is_changed, look_at_engagements
from connector.engine.plan import Item
from connector.mapping.view import Caller
from connector.model import FINGERPRINT, KEY, STATE, WRITTEN, Call, CallKey, CrmRecord, Entry, State

END = datetime(2026, 4, 22, 10, 0, tzinfo=UTC)
MARKS = (KEY, FINGERPRINT, WRITTEN, STATE)
BY_KEY = ("calls", "key", ["klen:org:c1"], MARKS)
ALL = tuple(sorted([*MARKS, "title", "hubspot_owner_id"]))
BY_ID = ("calls", "id", ["5"], ALL)
DELETED = "deleted in the CRM"


class Mapping:
    call_properties = frozenset({"title"})


class Crm:
    """Knows a call by its key, by its id, or not at all; `asked` are its requests."""

    def __init__(self, by_key: CrmRecord | None = None, by_id: CrmRecord | None = None) -> None:
        self._there = {"klen:org:c1": by_key, "5": by_id}
        self.asked: list[Any] = []

    def read(self, object_type: str, by: str, values: list[str], properties: Any) -> dict[str, CrmRecord]:
        self.asked.append((object_type, by, values, properties))
        return {value: record for value in values if (record := self._there.get(value)) is not None}


def an_entry(state: State = State.DONE, **fields: Any) -> Entry:
    return Entry(call_id="c1", account="org", state=state, ended_at=END, **{"fingerprint": "v-1", **fields})


def an_item(entry: Entry | None = None, **fields: Any) -> Item:
    call = Call(key=CallKey("klen", "org", "c1"), started_at=END, ended_at=END, duration_seconds=0)
    item = Item(call=replace(call, **fields), fingerprint="v-1", entry=entry)
    item.engagement_id = entry.engagement_id if entry is not None else None
    item.caller = Caller(number="+442079460123")
    return item


def a_call(fingerprint: str = "v-1", state: str = "", *, archived: bool = False) -> CrmRecord:
    return CrmRecord(id="5", properties={FINGERPRINT: fingerprint, STATE: state}, archived=archived)


def look(item: Item, crm: Crm, *, reads_keys_first: bool = False) -> list[Any]:
    """What the CRM is asked."""
    stand_in: Any = crm
    mapping: Any = Mapping()
    look_at_engagements(stand_in, [item], mapping, reads_keys_first=reads_keys_first)
    return crm.asked


def test_what_is_read_of_an_engagement():
    mapping: Any = Mapping()
    assert engagement_properties(mapping) == ALL


@pytest.mark.parametrize(
    ("entry", "reads_keys_first", "asked"),
    [
        pytest.param(None, False, [], id="a new call"),
        pytest.param(None, True, [BY_KEY], id="a call that a lost ledger may have known"),
        pytest.param(an_entry(State.INTENT), False, [BY_KEY], id="an interrupted run's"),
        pytest.param(an_entry(State.FAILED), False, [BY_KEY], id="one that has failed"),
        pytest.param(an_entry(State.DEAD), False, [BY_KEY], id="a dead letter"),
        pytest.param(an_entry(State.SKIPPED), True, [], id="one that was skipped"),
        pytest.param(an_entry(State.FAILED, engagement_id="5"), True, [BY_ID], id="one that is known by its id"),
    ],
)
def test_how_a_call_is_looked_for(entry, reads_keys_first, asked):
    assert look(an_item(entry), Crm(), reads_keys_first=reads_keys_first) == asked


@pytest.mark.parametrize(
    ("entry", "record", "fields", "expected"),
    [
        pytest.param(None, None, {}, (None, "", "", ""), id="not there"),
        pytest.param(None, a_call(archived=True), {}, (State.GONE, "skipped", "skipped", DELETED), id="deleted"),
        pytest.param(
            None, a_call(), {}, (State.DONE, "unchanged", "matched", "found in the CRM by its key"), id="there"
        ),
        pytest.param(
            None,
            a_call(state="held"),
            {},
            (State.HELD, "unchanged", "held", "found in the CRM by its key"),
            id="there, and held",
        ),
        pytest.param(
            an_entry(State.INTENT, decision="created"),
            a_call(),
            {},
            (State.DONE, "created", "created", "found in the CRM by its key"),
            id="written by an interrupted run",
        ),
        pytest.param(
            None,
            a_call("v-0"),
            {"is_partial": True},
            (State.DONE, "unchanged", "matched", "found in the CRM by its key"),
            id="there, and not known in full here",
        ),
    ],
)
def test_what_becomes_of_a_call_that_is_looked_for_by_its_key(entry, record, fields, expected):
    item = an_item(entry, **fields)
    assert look(item, Crm(record), reads_keys_first=True) == [BY_KEY]
    assert (item.state, item.result, item.decision, item.reason) == expected
    assert (item.engagement, item.engagement_id) == ((record, "5") if record else (None, None))


def test_one_that_is_not_there_keeps_no_other_from_being_found():
    new, found = an_item(), an_item()
    new.call = replace(new.call, key=CallKey("klen", "org", "c0"))
    crm: Any = Crm(a_call())
    mapping: Any = Mapping()
    look_at_engagements(crm, [new, found], mapping, reads_keys_first=True)
    assert (new.is_open, found.result) == (True, "unchanged")


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        pytest.param(a_call(), (None, "", a_call()), id="there"),
        pytest.param(None, (State.GONE, DELETED, a_call("v-0")), id="gone"),
        pytest.param(a_call(archived=True), (State.GONE, DELETED, a_call("v-0")), id="deleted"),
    ],
)
def test_a_call_that_changed_is_read_by_its_id(record, expected):
    item = an_item()
    assert look(item, Crm(a_call("v-0"), record), reads_keys_first=True) == [BY_KEY, BY_ID]
    assert (item.state, item.reason, item.engagement) == expected


@pytest.mark.parametrize("contact_id", ["7", None])
def test_what_a_platform_erased_of_a_call_is_kept(contact_id):
    item = an_item(an_entry(engagement_id="5", contact_id=contact_id), is_wordless=True)
    item.caller = Caller()
    look(item, Crm(by_id=a_call()))
    assert (item.result, item.notes) == (("unchanged", [ERASED]) if contact_id else ("", []))


@pytest.mark.parametrize(
    ("stored", "fingerprint", "expected"),
    [
        pytest.param("v1-aa", "v1-aa", False, id="the same"),
        pytest.param("v1-aa", "v1-bb", True, id="other values"),
        pytest.param("v1-aa", "v2-bb", False, id="another mapping, which says nothing of the values"),
        pytest.param("v1-aa", "v2-aa", False, id="another mapping, the same values"),
        pytest.param("", "v1-aa", False, id="none stored"),
        pytest.param(None, "v1-aa", False, id="no such property"),
        pytest.param("v1-aa-cc", "v1-aa-dd", True, id="only the first dash divides"),
    ],
)
def test_whether_the_sources_values_changed(stored, fingerprint, expected):
    assert is_changed(stored, fingerprint) is expected
