"""What a platform erased is not taken from the CRM: what counts as erased, and what the call is said to be then."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from connector.engine.erased import ERASED, is_erased, is_wordless, keep
from connector.engine.plan import Item
from connector.mapping.view import Caller
from connector.model import STATE, Call, CallKey, CrmRecord, Entry, State

END = datetime(2026, 4, 22, 10, 0, tzinfo=UTC)


def a_call(**fields: Any) -> Call:
    return Call(key=CallKey("klen", "org", "c1"), started_at=END, ended_at=END, duration_seconds=0, **fields)


def an_entry(**fields: Any) -> Entry:
    return Entry(call_id="c1", account="org", state=State.DONE, ended_at=END, **fields)


def an_item(entry: Entry | None = None, engagement: dict[str, str | None] | None = None, **caller: Any) -> Item:
    item = Item(call=a_call(is_wordless=True), fingerprint="v", entry=entry)
    item.caller = Caller(**caller)
    item.engagement = None if engagement is None else CrmRecord(id="5", properties=engagement)
    return item


@pytest.mark.parametrize(
    ("summary", "transcript", "expected"),
    [
        (None, None, True),
        ("", " \n", True),
        ("[REDACTED]", "** deleted **", True),
        ("anonymised", "Anonymized.", True),
        ("She asked.", None, False),
        (None, "Hello", False),
        ("[deleted]", "Hello", False),
        ("The record was deleted", None, False),
    ],
)
def test_what_tells_nothing(summary: str | None, transcript: str | None, expected: bool) -> None:
    assert is_wordless(a_call(summary=summary, transcript=transcript)) is expected


KNOWN = an_entry(contact_id="7")


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        pytest.param(an_item(KNOWN), True, id="one whose caller was known"),
        pytest.param(an_item(an_entry()), False, id="one whose caller never was"),
        pytest.param(an_item(), False, id="a new one"),
        pytest.param(an_item(KNOWN, number="+442079460123"), False, id="the number is left"),
        pytest.param(an_item(KNOWN, email="jane@example.com"), False, id="the address is left"),
        pytest.param(an_item(KNOWN, name="Jane Doe"), False, id="the name is left"),
        pytest.param(an_item(None, {"hs_call_body": "Hello"}), True, id="the CRM has what was said"),
        pytest.param(an_item(None, {"hs_call_from_number": "+44"}), True, id="the CRM has who called"),
        pytest.param(an_item(an_entry(), {"hs_call_body": "Hello"}), True, id="the CRM has what the ledger has not"),
        pytest.param(an_item(None, {"hs_call_body": "", "hs_call_title": "Call"}), False, id="the CRM has nothing"),
    ],
)
def test_what_was_erased(item: Item, expected: bool) -> None:
    assert is_erased(item) is expected


def test_a_call_that_still_says_something_is_not_erased() -> None:
    item = an_item(KNOWN)
    item.call = a_call(is_wordless=False)
    assert not is_erased(item)


@pytest.mark.parametrize(
    ("entry", "engagement", "decision", "reason", "notes"),
    [
        pytest.param(
            an_entry(decision="created", reason="new caller", notes=("W236 …",)),
            None,
            "created",
            "new caller",
            ["W236 …", ERASED],
            id="as it was decided",
        ),
        pytest.param(
            an_entry(decision="held", reason="unknown caller", notes=(ERASED,)),
            None,
            "held",
            "unknown caller",
            [ERASED],
            id="and noted before",
        ),
        pytest.param(None, None, "matched", "found in the CRM by its key", [ERASED], id="by a lost ledger"),
        pytest.param(None, {STATE: ""}, "matched", "found in the CRM by its key", [ERASED], id="found"),
        pytest.param(None, {STATE: "held"}, "held", "found in the CRM by its key", [ERASED], id="found held"),
    ],
)
def test_it_is_kept_as_it_stands(
    entry: Entry | None, engagement: dict[str, str | None] | None, decision: str, reason: str, notes: list[str]
) -> None:
    item = an_item(entry, engagement)
    keep(item)
    assert (item.decision, item.reason, item.notes, item.result) == (decision, reason, notes, "unchanged")
    assert item.state is (State.HELD if decision == "held" else State.DONE)
