"""What a window stores of its calls before and after each write, entry by entry."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from connector.draft.ledger import DraftLedger
from connector.engine.carry import Carrier, Window
from connector.engine.directory import Candidate
from connector.engine.doubt import Doubt
from connector.engine.known import full_fingerprint
from connector.engine.people import keyed_hash
from connector.engine.plan import NOT_YET_LINKED
from connector.mapping.compile import CompiledMapping, compile_mapping
from connector.mapping.load import load_mapping
from connector.model import (
    STATE,
    Association,
    Call,
    CallKey,
    ContactCounts,
    Create,
    CrmRecord,
    Done,
    Entry,
    Lane,
    Outcome,
    Owner,
    Portal,
    RecordCounts,
    Refused,
    State,
    Update,
)
from tests.stubs.clock import START, VirtualClock
from tests.stubs.world import MAPPINGS

END = START - timedelta(hours=1)
BEFORE = START - timedelta(hours=3)
NUMBER, EMAIL = "+447700900123", "jane@example.com"
LEAD = {"name": "Jane Doe", "email": EMAIL}


@pytest.fixture(scope="module")
def mapping() -> CompiledMapping:
    return compile_mapping(load_mapping(MAPPINGS / "reception_ai.yaml"))


class Events:
    """A CRM and a ledger that keep what is asked of either, in one order."""

    def __init__(self) -> None:
        self.told: list[Any] = []
        self.there: dict[str, CrmRecord] = {}
        self.outcomes: dict[str, Outcome] = {}

    # --- the CRM

    def portal(self, object_types: Any = ()) -> Portal:
        return Portal(id="1", owners=(Owner(id="11", email="ann@example.com"),))

    def read(self, object_type: str, by: str, values: list[str], properties: Any) -> dict[str, CrmRecord]:
        return {value: self.there[value] for value in values if value in self.there}

    def find_by_number(self, numbers: list[str], properties: Any) -> list[CrmRecord]:
        return [record for record in self.there.values() if record.properties.get("phone") in numbers]

    def create(self, object_type: str, wishes: list[Create]) -> list[Outcome]:
        self.told.append(("create", object_type, [(wish.key, wish.perhaps_sent_at) for wish in wishes]))
        return [self.outcomes.get(object_type) or Done(f"{object_type}-{n}") for n, _ in enumerate(wishes)]

    def update(self, object_type: str, wishes: list[Update]) -> list[Outcome]:
        self.told.append(("update", object_type, [wish.id for wish in wishes]))
        return [self.outcomes.get(object_type) or Done(wish.id) for wish in wishes]

    def associate(self, object_type: str, links: list[tuple[str, Association]]) -> dict[Any, Refused]:
        self.told.append(("link", object_type, links))
        return {}


class Ledger(DraftLedger):
    def __init__(self, events: Events) -> None:
        super().__init__()
        self._events = events
        lane = self.take_lane("1", owner="me", lease_seconds=60.0)
        assert lane is not None
        self.lane: Lane = lane

    def claim(self, connection: str, entries: Any, *, lane: Lane) -> None:
        super().claim(connection, entries, lane=lane)
        self._events.told.append(("claim", _as_now(entries)))

    def settle(self, connection: str, entries: Any, *, lane: Lane, people: Any = None) -> None:
        super().settle(connection, entries, lane=lane, people=people)
        self._events.told.append(("settle", _as_now(entries), people))

    def remember_people(self, portal_id: str, people: Any, *, lane: Lane) -> None:
        super().remember_people(portal_id, people, lane=lane)
        self._events.told.append(("people", portal_id, people))


def _as_now(entries: Any) -> list[Entry]:
    """The entries as they are now: what is known of a call's records grows in one table."""
    return [replace(entry, records=dict(entry.records)) for entry in entries]


def a_call(call_id: str = "c1", *, ended_at: datetime = END, **fields: Any) -> Call:
    payload = {
        "id": call_id,
        "callerNumber": NUMBER,
        "callType": "new_enquiry",
        "outcome": "lead_captured",
        "leadData": LEAD,
        "summary": "She asked.",
        "transcript": "Hello.",
        "recordingUrl": "https://example.com/r",
        **fields,
    }
    return Call(
        key=CallKey("reception_ai", "org", call_id),
        started_at=ended_at - timedelta(seconds=60),
        ended_at=ended_at,
        duration_seconds=60,
        call_type=payload["callType"],
        outcome=payload["outcome"],
        payload=payload,
    )


class Stand:
    """A carrier, what is asked of its CRM and its ledger, and its windows."""

    def __init__(self, mapping: CompiledMapping, *, keeps_state: bool = True, **doubt: Any) -> None:
        self.mapping = mapping
        self.events = Events()
        self.ledger = Ledger(self.events)
        self.windows: list[Window] = []
        self.clock = VirtualClock()
        crm: Any = self.events
        lane: Any = self.ledger
        self.carrier = Carrier(
            connection="main",
            run_id="r2",
            mapping=mapping,
            crm=crm,
            ledger=self.ledger,
            lane=lane,
            clock=self.clock,
            now=START,
            portal_id="1",
            keeps_state=keeps_state,
            doubt=Doubt(**{"fresh_since": BEFORE, "held_before": BEFORE, "reads_keys_first": False, **doubt}),
            observe=self.windows.append,
        )

    def carry(self, *calls: Call, before: Entry | None = None) -> Window:
        """One window; `before` is what the ledger has of its call."""
        if before is not None:
            self.ledger.claim("main", [before], lane=self.ledger.lane)
            self.events.told.clear()
        window = self.carrier.finish(self.carrier.open(calls))
        assert self.windows.pop() is window
        return window

    def entry(self, call: Call, **fields: Any) -> Entry:
        """As this run stores a call."""
        return Entry(
            call_id=call.key.id,
            account="org",
            ended_at=call.ended_at,
            fingerprint=full_fingerprint(self.mapping, call),
            mapping_version=self.mapping.version,
            run_id="r2",
            updated_at=START,
            **fields,
        )

    def steps(self) -> list[str]:
        return [" ".join(part for part in step[:2] if isinstance(part, str)) for step in self.events.told]

    def people(self, contact_id: str) -> dict[str, str]:
        secret = self.ledger.secret
        return {keyed_hash(secret, "tel", NUMBER): contact_id, keyed_hash(secret, "mailto", EMAIL): contact_id}

    @property
    def settled(self) -> list[Entry]:
        entries: list[Entry] = self.events.told[-1][1]
        return entries


INTENT: dict[str, Any] = {"state": State.INTENT, "perhaps_sent_at": START}
NEW: dict[str, Any] = {"decision": "created", "reason": "new caller"}
TASK = {"new_enquiry": "tasks-0"}


def test_everything_is_known_before_what_hangs_on_it_is_written(mapping: CompiledMapping) -> None:
    stand = Stand(mapping)
    call = a_call()
    window = stand.carry(call)
    task = f"{call.key}#new_enquiry"
    decided = stand.entry(call, **INTENT, **NEW)
    assert stand.events.told == [
        ("claim", [decided]),
        ("create", "contacts", [(f"tel:{NUMBER}", None)]),
        ("people", "1", stand.people("contacts-0")),
        ("claim", [replace(decided, contact_id="contacts-0")]),
        ("create", "tasks", [(task, None)]),
        ("claim", [replace(decided, contact_id="contacts-0", records=TASK)]),
        ("create", "calls", [(str(call.key), None)]),
        (
            "settle",
            [
                stand.entry(
                    call, state=State.DONE, **NEW, contact_id="contacts-0", engagement_id="calls-0", records=TASK
                )
            ],
            stand.people("contacts-0"),
        ),
    ]
    assert (window.contacts, window.records) == (ContactCounts(created=1), RecordCounts(created=1))


def test_two_calls_of_one_known_contact_match_it_once(mapping: CompiledMapping) -> None:
    stand = Stand(mapping)
    stand.events.there = {"7": CrmRecord(id="7", properties={"phone": NUMBER, "email": None})}
    window = stand.carry(a_call(outcome="resolved"), a_call("c2", outcome="resolved"))
    assert (window.contacts.matched, window.contacts.created) == (1, 0)
    assert stand.steps() == ["claim", "update contacts", "people 1", "create calls", "settle"]
    assert [(entry.decision, entry.contact_id) for entry in stand.settled] == [("matched", "7")] * 2


def test_a_call_that_is_none_of_the_crm_s_is_settled_at_once(mapping: CompiledMapping) -> None:
    stand = Stand(mapping)
    call = a_call(callType="staff")
    stand.carry(call)
    expected = stand.entry(call, state=State.SKIPPED, decision="skipped", reason="staff")
    assert stand.events.told == [("settle", [expected], {})]


def test_a_held_call_is_looked_at_again(mapping: CompiledMapping) -> None:
    stand = Stand(mapping)
    call = a_call(callType="existing_client", leadData=None, ended_at=START - timedelta(minutes=30))
    stand.carry(call)
    assert stand.steps() == ["claim", "create calls", "settle"]
    assert stand.settled == [
        stand.entry(
            call,
            state=State.HELD,
            decision="held",
            reason="unknown caller",
            engagement_id="calls-0",
            look_again_at=call.ended_at + timedelta(hours=1),
        )
    ]


@pytest.mark.parametrize(
    ("attempts", "fingerprint", "expected"),
    [
        pytest.param(2, None, (State.FAILED, 3), id="the third time"),
        pytest.param(7, None, (State.DEAD, 8), id="the last time"),
        pytest.param(7, "another", (State.FAILED, 1), id="as it is now for the first time"),
    ],
)
def test_a_call_that_fails_counts_its_attempts(
    mapping: CompiledMapping, attempts: int, fingerprint: str | None, expected: tuple[State, int]
) -> None:
    stand = Stand(mapping)
    call = a_call(outcome="resolved")
    before = stand.entry(call, state=State.FAILED, attempts=attempts, perhaps_sent_at=BEFORE, listed="l-1")
    stand.events.outcomes = {"calls": Refused("E222", "no answer")}
    stand.carry(call, before=replace(before, fingerprint=fingerprint or before.fingerprint))
    [claimed] = stand.events.told[0][1]
    assert (claimed.attempts, claimed.perhaps_sent_at) == (0 if fingerprint else attempts, START)
    [settled] = stand.settled
    assert (settled.state, settled.attempts) == expected
    assert (settled.code, settled.message) == ("E222", "no answer")
    assert (settled.perhaps_sent_at, settled.listed) == (BEFORE, "l-1"), "what was known before stays known"


def test_what_may_have_been_sent_before_is_said_of_each_wish(mapping: CompiledMapping) -> None:
    stand = Stand(mapping, is_of_contacts=True)
    call, other = a_call(), a_call("c2", callerNumber="+447700900124", leadData=None, callerName="John Roe")
    stand.carry(call, other, before=stand.entry(call, state=State.FAILED, perhaps_sent_at=START))
    created = {step[1]: step[2] for step in stand.events.told if step[0] == "create"}
    assert [at for _, at in created["contacts"]] == [BEFORE] * len(created["contacts"])
    assert dict(created["calls"]) == {str(call.key): BEFORE, str(other.key): None}


@pytest.mark.parametrize(
    ("fields", "before", "listed"),
    [
        pytest.param({"listed": "l-2"}, "l-1", "l-2", id="as the list gives it now"),
        pytest.param({}, "l-1", "l-1", id="as it gave it before"),
        pytest.param({"is_partial": True}, "l-1", None, id="as it is, where the list gave no more"),
    ],
)
def test_what_the_list_is_compared_with(
    mapping: CompiledMapping, fields: dict[str, Any], before: str, listed: str | None
) -> None:
    stand = Stand(mapping)
    call = replace(a_call(outcome="resolved"), **fields)
    stand.carry(call, before=stand.entry(call, state=State.FAILED, listed=before))
    [settled] = stand.settled
    assert settled.listed == (listed or settled.fingerprint)


@pytest.mark.parametrize(
    ("keeps_state", "decision", "state", "notes"),
    [
        pytest.param(True, "held", "held", (), id="the CRM's own mark says it"),
        pytest.param(False, "held", None, (NOT_YET_LINKED,), id="nothing in the CRM says it"),
        pytest.param(True, "logged", "", (NOT_YET_LINKED,), id="it was logged, which is no mark"),
    ],
)
def test_until_the_link_is_made_something_says_that_it_is_not(
    mapping: CompiledMapping, keeps_state: bool, decision: str, state: str | None, notes: tuple[str, ...]
) -> None:
    stand = Stand(mapping, keeps_state=keeps_state)
    call = a_call(outcome="resolved")
    stand.events.there = {
        "7": CrmRecord(id="7", properties={"phone": NUMBER, "email": EMAIL}),
        "5": CrmRecord(id="5", properties={STATE: state}),
    }
    before = stand.entry(call, state=State.HELD, decision=decision, reason="unknown caller", engagement_id="5")
    stand.carry(call, before=replace(before, fingerprint="another"))
    [claimed] = stand.events.told[0][1]
    assert (claimed.decision, claimed.contact_id, claimed.notes) == ("matched", "7", notes)
    assert ("link", "calls", [("5", Association("contacts", "7"))]) in stand.events.told
    [settled] = stand.settled
    assert (settled.state, settled.engagement_id, settled.notes) == (State.DONE, "5", ())


def test_a_held_call_that_cannot_be_written_still_says_that_it_is_not_linked(mapping: CompiledMapping) -> None:
    stand = Stand(mapping, keeps_state=False)
    call = a_call(outcome="resolved")
    stand.events.there = {
        "7": CrmRecord(id="7", properties={"phone": NUMBER, "email": EMAIL}),
        "5": CrmRecord(id="5", properties={"hs_call_title": None}),
    }
    stand.events.outcomes = {"calls": Refused("E222", "no answer")}
    before = stand.entry(call, state=State.HELD, decision="held", reason="unknown caller", engagement_id="5")
    stand.carry(call, before=replace(before, fingerprint="another"))
    [settled] = stand.settled
    assert (settled.state, settled.notes) == (State.FAILED, (NOT_YET_LINKED,))


def test_a_call_that_was_not_linked_before_keeps_what_was_noted(mapping: CompiledMapping) -> None:
    stand = Stand(mapping)
    call = a_call(outcome="resolved")
    stand.events.there = {"5": CrmRecord(id="5", properties={})}
    notes = ("W236 call x: left out", NOT_YET_LINKED)
    before = stand.entry(call, state=State.DONE, decision="logged", engagement_id="5", notes=notes)
    stand.carry(call, before=replace(before, fingerprint="another"))
    assert stand.events.told[0][1][0].notes == notes


def test_people_are_remembered_by_every_contact_that_is_there(mapping: CompiledMapping) -> None:
    stand = Stand(mapping)
    refused = Candidate(id=None, properties={"phone": "+447700900124"})
    there = Candidate(id="7", properties={"phone": NUMBER, "email": EMAIL})
    assert stand.carrier._people([refused, there]) == stand.people("7")


def test_the_review_of_held_calls_is_one_of_the_windows_records(tmp_path: Path) -> None:
    path = tmp_path / "reception_ai.yaml"
    shipped = (MAPPINGS / "reception_ai.yaml").read_text()
    path.write_text(shipped.replace("default: null}", "default: ann@example.com}"))
    stand = Stand(compile_mapping(load_mapping(path)), is_of_contacts=True)
    window = stand.carry(a_call(callType="existing_client", leadData=None))
    assert window.review is not None
    assert window.records == RecordCounts(created=1)
    assert ("create", "tasks", [(window.review.key, BEFORE)]) in stand.events.told
