"""One call on its way through a window: how it ends, and how often it is tried."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from connector.engine.directory import Candidate
from connector.engine.plan import LINK_REFUSED, NOT_YET_LINKED, Item, was_not_linked
from connector.mapping.view import Caller
from connector.model import UNANSWERED, UNSENT, Call, CallKey, Entry, State

END = datetime(2026, 4, 22, 10, 0, tzinfo=UTC)


def an_entry(*, attempts: int = 0, fingerprint: str = "v-1", notes: tuple[str, ...] = ()) -> Entry:
    return Entry(
        call_id="c1",
        account="org",
        state=State.FAILED,
        ended_at=END,
        attempts=attempts,
        fingerprint=fingerprint,
        notes=notes,
    )


def an_item(entry: Entry | None = None) -> Item:
    call = Call(key=CallKey("reception_ai", "org", "c1"), started_at=END, ended_at=END, duration_seconds=0)
    return Item(call=call, fingerprint="v-1", entry=entry)


@pytest.mark.parametrize(
    ("code", "attempts", "expected"),
    [
        pytest.param(LINK_REFUSED, 1, True, id="a link, the second time"),
        pytest.param(LINK_REFUSED, 2, False, id="a link, the third time"),
        pytest.param(UNANSWERED, 6, True, id="no answer, the seventh time"),
        pytest.param(UNANSWERED, 7, False, id="no answer, the eighth time"),
        pytest.param(UNSENT, 7, False, id="not sent, the eighth time"),
        pytest.param("E231", 0, False, id="a value that is refused, at once"),
    ],
)
def test_how_often_a_refused_call_is_tried(code: str, attempts: int, expected: bool) -> None:
    assert an_item(an_entry(attempts=attempts)).may_pass(code) is expected


def test_a_call_that_changed_has_all_its_attempts_ahead() -> None:
    assert an_item(an_entry(attempts=7, fingerprint="v-0")).may_pass(LINK_REFUSED)
    assert an_item().may_pass(LINK_REFUSED)


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        pytest.param((), False, id="no note"),
        pytest.param(("W236 contact email: left out",), False, id="another note"),
        pytest.param(("W236 contact email: left out", NOT_YET_LINKED), True, id="one of its notes"),
    ],
)
def test_a_note_tells_that_a_call_was_not_linked(notes: tuple[str, ...], expected: bool) -> None:
    assert was_not_linked(an_entry(notes=notes)) is expected


class TestTheEnd:
    @pytest.mark.parametrize(("retry", "state"), [(False, State.DEAD), (True, State.FAILED)])
    def test_failed(self, retry: bool, state: State) -> None:
        item = an_item()
        item.fail("E231", "refused", retry=retry)
        assert (item.state, item.result, item.code, item.message) == (state, "failed", "E231", "refused")

    def test_failed_for_good_unless_said_otherwise(self) -> None:
        item = an_item()
        item.fail("E231", "refused")
        assert item.state is State.DEAD

    def test_skipped(self) -> None:
        item = an_item()
        item.skip("staff")
        assert (item.decision, item.reason, item.state, item.result) == ("skipped", "staff", State.SKIPPED, "skipped")

    @pytest.mark.parametrize(("decision", "state"), [("held", State.HELD), ("created", State.DONE)])
    def test_written(self, decision: str, state: State) -> None:
        item = an_item()
        item.decision = decision
        item.finish("updated")
        assert (item.state, item.result) == (state, "updated")


def test_a_decision_that_is_taken_back_leaves_nothing_but_what_the_caller_brought() -> None:
    item, fresh = an_item(), an_item()
    item.caller = Caller(notes=("W341 guessed",))
    item.decision, item.reason, item.makes_contact = "created", "new caller", True
    item.candidate = Candidate(id="7", properties={})
    item.contact_view, item.contact_before = {"known": False}, {"phone": None}
    item.notes = ["W341 guessed", "W236 contact email: left out"]
    item.undecide()
    names = ("decision", "reason", "makes_contact", "candidate", "contact_view", "contact_before")
    assert [getattr(item, name) for name in names] == [getattr(fresh, name) for name in names]
    assert item.notes == ["W341 guessed"]
