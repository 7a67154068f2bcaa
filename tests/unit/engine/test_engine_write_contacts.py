"""What is asked of the CRM for the contacts of a window, and what becomes of each answer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

import pytest

from connector.engine.directory import Candidate, Directory
from connector.engine.plan import Item
from connector.engine.write_contacts import ContactWriter
from connector.model import (
    UNANSWERED,
    Call,
    CallKey,
    ContactCounts,
    Create,
    CrmRecord,
    Done,
    Entry,
    Exists,
    Gone,
    Outcome,
    Refused,
    State,
    Update,
)

END = datetime(2026, 4, 22, 10, 0, tzinfo=UTC)
KEY, EMAIL = "tel:+447700900123", "Jane@example.com"
NAMES = ("email", "firstname")


class Scripted:
    """A CRM that answers each wish with what comes next; and what it was asked."""

    def __init__(self, *outcomes: Outcome) -> None:
        self._outcomes = list(outcomes)
        self.asked: list[Any] = []

    def create(self, object_type: str, wishes: list[Create]) -> list[Outcome]:
        self.asked.append(("create", object_type, wishes))
        return [self._outcomes.pop(0) for _ in wishes]

    def update(self, object_type: str, wishes: list[Update]) -> list[Outcome]:
        self.asked.append(("update", object_type, wishes))
        return [self._outcomes.pop(0) for _ in wishes]

    def read(self, object_type: str, by: str, values: list[str], properties: Any) -> dict[str, CrmRecord]:
        assert (object_type, by, properties) == ("contacts", "id", NAMES)
        self.asked.append(("read", values))
        return {value: CrmRecord(id=value, properties={"email": EMAIL.lower()}) for value in values}


class Plans:
    """A planner that decides for whom it is told; what it was told of is kept."""

    def __init__(self, *, finds: bool = False) -> None:
        self._finds = finds
        self.taken_keys: set[str] = set()
        self.barred: list[tuple[Candidate, list[str]]] = []
        self.searched: list[str] = []
        self.decided: list[Item] = []
        self.next: Candidate | None = None

    def bar(self, candidate: Candidate, names: Collection[str]) -> None:
        self.barred.append((candidate, list(names)))

    def finds_by_email(self, email: str) -> bool:
        self.searched.append(email)
        return self._finds

    def decide(self, item: Item) -> None:
        assert (item.decision, item.candidate) == ("", None)
        self.decided.append(item)
        item.decision, item.candidate = "matched", self.next


class Stand:
    """One candidate, the items that want it, and what came of writing it."""

    def __init__(self, candidate: Candidate, *outcomes: Outcome, finds: bool = False, attempts: int = 0) -> None:
        self.candidate = candidate
        self.crm = Scripted(*outcomes)
        self.planner = Plans(finds=finds)
        self.directory = Directory(region="GB")
        self.directory.index(candidate)
        self.directory.index_id(candidate)
        self.items = [an_item(candidate, attempts=attempts), an_item(candidate, attempts=attempts)]
        self.written: list[Candidate] = []
        crm: Any = self.crm
        planner: Any = self.planner
        self.writer = ContactWriter(
            crm,
            planner,
            self.directory,
            properties=NAMES,
            perhaps_sent_at=END,
            written=self.written.extend,
        )

    def write(self) -> Stand:
        self.writer.write(self.items)
        return self

    def ends(self) -> set[tuple[Any, ...]]:
        return {(item.state, item.result, item.code, item.message, item.reason) for item in self.items}


def an_item(candidate: Candidate | None, *, attempts: int = 0) -> Item:
    call = Call(key=CallKey("klen", "org", "c1"), started_at=END, ended_at=END, duration_seconds=0)
    entry = Entry(call_id="c1", account="org", state=State.FAILED, ended_at=END, attempts=attempts, fingerprint="v")
    item = Item(call=call, fingerprint="v", entry=entry)
    item.decision, item.candidate = "created", candidate
    return item


def a_new_one() -> Candidate:
    changes = {"firstname": "Jane", "email": EMAIL, "lastname": ""}
    return Candidate(id=None, key=KEY, properties=dict(changes), changes=changes)


def a_known_one(contact_id: str = "7") -> Candidate:
    before: dict[str, str | None] = {"firstname": None, "email": EMAIL}
    return Candidate(
        id=contact_id, properties={**before, "firstname": "Jane"}, before=before, changes={"firstname": "Jane"}
    )


def test_a_new_one_is_asked_for_once_without_blanks_and_known_from_then_on():
    stand = Stand(a_new_one(), Done("9")).write()
    wish = Create(key=KEY, properties={"firstname": "Jane", "email": EMAIL}, perhaps_sent_at=END)
    assert stand.crm.asked == [("create", "contacts", [wish])]
    assert (stand.candidate.id, stand.candidate.changes) == ("9", {})
    assert stand.candidate.before == stand.candidate.properties
    assert stand.directory.by_id("9") is stand.candidate
    assert stand.written == [stand.candidate]
    assert stand.writer.counts == ContactCounts(created=1)
    assert stand.ends() == {(None, "", "", "", "")}


def test_a_known_one_is_sent_what_changed():
    stand = Stand(a_known_one(), Done("7")).write()
    assert stand.crm.asked == [("update", "contacts", [Update(id="7", properties={"firstname": "Jane"})])]
    assert (stand.candidate.changes, stand.candidate.before) == ({}, {"firstname": "Jane", "email": EMAIL})
    assert stand.written == [stand.candidate]
    assert stand.writer.counts == ContactCounts(updated=1)


def test_all_of_a_window_are_sent_together_and_counted():
    stand = Stand(a_new_one(), Done("9"), Done("10"), Done("7"), Done("8"))
    others = [Candidate(id=None, key="tel:+447700900124", properties={}), a_known_one(), a_known_one("8")]
    stand.items += [an_item(candidate) for candidate in others]
    stand.write()
    assert [(asked[0], len(asked[2])) for asked in stand.crm.asked] == [("create", 2), ("update", 2)]
    assert stand.written == [stand.candidate, *others]
    assert stand.writer.counts == ContactCounts(created=2, updated=2)


def test_who_did_not_change_and_whose_calls_have_ended_are_left_alone():
    stand = Stand(Candidate(id="7", properties={}))
    ended, nobody = an_item(a_new_one()), an_item(None)
    ended.skip("staff")
    stand.items += [ended, nobody]
    stand.write()
    assert (stand.crm.asked, stand.written) == ([], [])


@pytest.mark.parametrize(
    ("make", "record", "by", "finds", "taken", "barred"),
    [
        pytest.param(a_new_one, "9", "key", False, set(), False, id="the key, by who has it"),
        pytest.param(a_new_one, "archived", "key", False, {KEY}, False, id="the key, by who was deleted"),
        pytest.param(a_new_one, "archived", "email", True, set(), False, id="the address, by who was deleted"),
        pytest.param(a_new_one, "9", "email", True, set(), False, id="the address, and its owner is found by it"),
        pytest.param(a_new_one, "9", "email", False, set(), True, id="the address, and nobody is found by it"),
        pytest.param(a_known_one, "9", "email", True, set(), True, id="the address of another contact"),
    ],
)
def test_what_is_taken_is_decided_again(make, record, by, finds, taken, barred):
    exists = Exists(CrmRecord(id="9", properties={}, archived=record == "archived"), by)
    candidate = make()
    is_new = candidate.is_new
    stand = Stand(candidate, exists, finds=finds)
    stand.write()
    assert stand.crm.asked[1:] == [("read", ["9"])]
    assert stand.directory.by_id("9") is not None
    assert stand.planner.decided == stand.items
    assert stand.planner.taken_keys == taken
    assert stand.planner.barred == ([(candidate, ["email"])] if barred else [])
    assert stand.planner.searched == ([EMAIL] if by == "email" and is_new else [])
    # What was to be made is forgotten; what is there stands as it was read.
    assert (stand.directory.holder_of(KEY) is candidate) is False
    assert is_new or (candidate.properties, candidate.changes) == ({"firstname": None, "email": EMAIL}, {})
    assert stand.written == []


def test_all_that_met_somebody_are_decided_again():
    exists = Exists(CrmRecord(id="9", properties={}))
    stand = Stand(a_new_one(), exists, exists)
    stand.items.append(an_item(Candidate(id=None, key="tel:+447700900124", properties={})))
    stand.write()
    assert stand.planner.decided == stand.items


def test_one_that_is_gone_is_forgotten_and_its_calls_are_decided_again():
    stand = Stand(a_known_one(), Gone("7")).write()
    assert stand.crm.asked[1:] == [("read", ["7"])]
    assert stand.directory.by_id("7") is not stand.candidate
    assert stand.planner.decided == stand.items


def test_who_asked_to_be_forgotten_is_not_written_of():
    stand = Stand(a_new_one(), Refused("E236", "…", ("email",))).write()
    assert stand.ends() == {(State.SKIPPED, "skipped", "", "", "suppressed")}
    assert stand.planner.decided == []
    assert stand.directory.holder_of(KEY) is None


@pytest.mark.parametrize("make", [a_new_one, a_known_one], ids=["new", "known"])
def test_what_the_crm_refuses_is_left_out_from_then_on(make):
    candidate = make()
    stand = Stand(candidate, Refused("E232", "…", ("firstname", "other"))).write()
    assert stand.planner.barred == [(candidate, ["firstname"])]
    assert stand.planner.decided == stand.items


@pytest.mark.parametrize(
    ("code", "attempts", "state"),
    [
        pytest.param("E231", 0, State.DEAD, id="for good"),
        pytest.param(UNANSWERED, 6, State.FAILED, id="for now"),
        pytest.param(UNANSWERED, 7, State.DEAD, id="once too often"),
    ],
)
def test_a_new_one_that_is_refused_fails_its_calls(code, attempts, state):
    stand = Stand(a_new_one(), Refused(code, "no", ("other",)), attempts=attempts).write()
    assert stand.ends() == {(state, "failed", code, "no", "")}
    assert stand.planner.decided == []
    assert stand.directory.holder_of(KEY) is None


def test_a_known_one_that_is_refused_costs_its_calls_a_note():
    stand = Stand(a_known_one(), Refused("E231", "no")).write()
    assert [item.notes for item in stand.items] == [["W240 contact: not updated, no"]] * 2
    assert (stand.candidate.changes, stand.ends()) == ({}, {(None, "", "", "", "")})


def test_one_that_is_named_and_never_found_is_given_up_after_four_rounds():
    exists = Exists(CrmRecord(id="9", properties={}))
    stand = Stand(a_new_one(), *[exists] * 5)
    stand.planner.next = stand.candidate
    known = an_item(Candidate(id="8", properties={}))
    stand.items.append(known)
    stand.write()
    assert [asked[0] for asked in stand.crm.asked] == ["create", "read"] * 4
    stand.items.remove(known)
    message = "the CRM names a contact that cannot be found again"
    assert stand.ends() == {(State.FAILED, "failed", "E251", message, "")}
    assert known.is_open
