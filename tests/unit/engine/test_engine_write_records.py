"""What is asked of the CRM for the records and calls of a window, in which order, and what becomes of each answer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest
from msgspec.structs import replace

from connector.engine.drafts import Draft
from connector.engine.engagement import read_written, written_text
from connector.engine.plan import Item
from connector.engine.write_records import RecordWriter
from connector.errors import RecordError, TransientError
from connector.mapping.policy import value_hash
from connector.model import (
    FINGERPRINT,
    KEY,
    STATE,
    UNANSWERED,
    WRITTEN,
    Association,
    Call,
    CallKey,
    Create,
    CrmRecord,
    Done,
    Entry,
    Exists,
    Gone,
    Outcome,
    RecordCounts,
    Refused,
    State,
    Update,
)

END = datetime(2026, 4, 22, 10, 0, tzinfo=UTC)
BEFORE = datetime(2026, 4, 22, 9, 0, tzinfo=UTC)
JANE = Association("contacts", "7")
CALL = "klen:org:c1"
DELETED = "deleted in the CRM"


class Mapping:
    record_types: ClassVar = {"callback": "tasks", "deal": "deals"}
    record_links: ClassVar = {"callback": ("contact", "deal"), "deal": ("contact",)}
    object_types = frozenset({"tasks", "deals"})
    record_properties = frozenset({"subject"})
    call_properties = frozenset({"title"})


class Crm:
    """Answers each wish as told by its key or id, and Done otherwise. `asked` is all that it was asked, in order."""

    def __init__(self) -> None:
        self.outcomes: dict[str, list[Outcome]] = {}
        self.refused: dict[tuple[str, Association], Refused] = {}
        self.there: dict[str, CrmRecord] = {}
        self.asked: list[tuple[Any, ...]] = []

    def create(self, object_type: str, wishes: list[Create]) -> list[Outcome]:
        # What was sent, as it was then: what is refused is taken out of the same wish.
        self.asked.append(("create", object_type, [(wish.key, dict(wish.properties)) for wish in wishes]))
        self.sent_at = [wish.perhaps_sent_at for wish in wishes]
        return [self._outcome(wish.key, f"new-{n}") for n, wish in enumerate(wishes)]

    def update(self, object_type: str, wishes: list[Update]) -> list[Outcome]:
        self.asked.append(("update", object_type, [(wish.id, dict(wish.properties)) for wish in wishes]))
        return [self._outcome(wish.id, wish.id) for wish in wishes]

    def associate(self, object_type: str, links: list[tuple[str, Association]]) -> Any:
        self.asked.append(("link", object_type, links))
        return {link: self.refused[link] for link in links if link in self.refused}

    def read(self, object_type: str, by: str, values: list[str], properties: list[str]) -> dict[str, CrmRecord]:
        self.asked.append(("read", object_type, by, values, properties))
        return {value: self.there[value] for value in values if value in self.there}

    def _outcome(self, name: str, done: str) -> Outcome:
        answers = self.outcomes.get(name)
        return answers.pop(0) if answers else Done(done)


class Drafts:
    """A drafter that gives what it was told, and keeps what it was told of."""

    def __init__(self, calls: dict[Item, list[Draft]], records: dict[Item, list[Draft]]) -> None:
        self._calls = calls
        self._records = records
        self.current: list[Any] = []

    def engagement(self, item: Item) -> Draft:
        if not self._calls.get(item):
            raise RecordError("E441", "a template fails")
        return self._calls[item].pop(0)

    def records(self, item: Item, current: Any, *, object_types: Collection[str]) -> list[Draft]:
        self.current.append(current)
        return [draft for draft in self._records.get(item, []) if draft.object_type in object_types]


class Stand:
    """Items with what is drafted of them, and what came of writing it."""

    def __init__(self) -> None:
        self.crm = Crm()
        self.items: list[Item] = []
        self.calls: dict[Item, list[Draft]] = {}
        self.records: dict[Item, list[Draft]] = {}
        self.recorded: list[Any] = []
        self.drafter = Drafts(self.calls, self.records)
        crm: Any = self.crm
        drafter: Any = self.drafter
        mapping: Any = Mapping()
        self.writer = RecordWriter(crm, drafter, mapping)

    def add(self, call: Draft | None = None, *records: Draft, **fields: Any) -> Item:
        name = f"c{len(self.items) + 1}"
        about = Call(key=CallKey("klen", "org", name), started_at=END, ended_at=END, duration_seconds=0)
        item = Item(call=about, fingerprint="v-1")
        item.decision, item.perhaps_sent_at = "created", BEFORE
        for field, value in fields.items():
            setattr(item, field, value)
        self.items.append(item)
        self.calls[item] = [a_creation(f"klen:org:{name}") if call is None else call]
        self.records[item] = list(records)
        return item

    def write(self) -> Stand:
        self.writer.write(self.items, recorded=lambda items: self.recorded.append((list(items), len(self.crm.asked))))
        return self


def a_creation(key: str = CALL, *, name: str = "", object_type: str = "calls", **values: str) -> Draft:
    properties = {**values, KEY: key, WRITTEN: written_text({}, values)}
    create = Create(key=key, properties=properties, associations=(JANE,))
    return Draft(name=name, object_type=object_type, key=key, create=create, notes=("drafted",))


def a_change(record_id: str, *, name: str = "", object_type: str = "calls", links: Any = (), **values: str) -> Draft:
    properties = {**values, WRITTEN: written_text({}, values)}
    update = Update(id=record_id, properties=properties) if values else None
    return Draft(name=name, object_type=object_type, key=CALL, id=record_id, update=update, links=links)


def a_task(**values: str) -> Draft:
    return a_creation(f"{CALL}#callback", name="callback", object_type="tasks", **values)


def an_entry(**fields: Any) -> Entry:
    return Entry(call_id="c1", account="org", state=State.INTENT, ended_at=END, **fields)


def ended(item: Item) -> tuple[Any, ...]:
    return (item.state, item.result, item.engagement_id)


def operations(stand: Stand) -> list[tuple[str, str]]:
    return [(asked[0], asked[1]) for asked in stand.crm.asked]


# --- order ---


def test_what_others_are_linked_to_comes_first_and_the_call_last():
    stand = Stand()
    deal = a_creation(f"{CALL}#deal", name="deal", object_type="deals")
    item = stand.add(None, a_task(), deal)
    stand.write()
    assert operations(stand) == [("create", "deals"), ("create", "tasks"), ("create", "calls")]
    assert stand.recorded == [([item], 2)], "told when the records are there, and the call is not"
    assert (item.records, item.engagement_id) == ({"deal": "new-0", "callback": "new-0"}, "new-0")
    assert item.notes == ["drafted"] * 3
    assert [draft.object_type for draft in item.drafts] == ["calls", "deals", "tasks"]
    assert stand.writer.counts == RecordCounts(created=2)
    assert stand.crm.sent_at == [BEFORE]


def test_calls_are_written_together():
    stand = Stand()
    stand.add()
    stand.add()
    stand.write()
    assert [[key for key, _ in asked[2]] for asked in stand.crm.asked] == [["klen:org:c1", "klen:org:c2"]]


def test_a_call_that_cannot_be_drafted_leaves_no_records_and_the_others_go_on():
    stand = Stand()
    bad = stand.add(None, a_task())
    stand.calls[bad] = []
    good = stand.add()
    stand.write()
    assert operations(stand) == [("create", "calls")]
    assert (bad.state, bad.code, bad.message) == (State.DEAD, "E441", "a template fails")
    assert good.result == "created"


def test_records_that_are_known_are_read_by_their_ids():
    stand = Stand()
    item = stand.add(None, records={"callback": "3", "deal": "", "forgotten": "5"})
    other = stand.add(None, records={"callback": "4"})
    stand.crm.there = {
        "3": CrmRecord(id="3", properties={}),
        "4": CrmRecord(id="4", properties={}, archived=True),
    }
    stand.write()
    names = sorted(["subject", "hubspot_owner_id", KEY, WRITTEN])
    assert stand.crm.asked[0] == ("read", "tasks", "id", ["3", "4"], names)
    assert stand.drafter.current == [{"callback": stand.crm.there["3"]}, {}] * 2
    assert (item.result, other.result) == ("created", "created")


# --- records ---


def test_a_record_that_changed_is_sent_what_changed():
    stand = Stand()
    stand.add(None, a_change("3", name="callback", object_type="tasks", subject="x"))
    stand.add(None, a_change("4", name="callback", object_type="tasks"))
    stand.add(None, a_change("5", name="callback", object_type="tasks", subject="y"))
    stand.write()
    changes = [("3", {"subject": "x"}), ("5", {"subject": "y"})]
    sent = [(record_id, {**values, WRITTEN: written_text({}, values)}) for record_id, values in changes]
    assert stand.crm.asked[0] == ("update", "tasks", sent)
    assert stand.writer.counts == RecordCounts(updated=2)


@pytest.mark.parametrize(
    ("fields", "archived", "is_linked"),
    [
        pytest.param({}, False, True, id="of an earlier run"),
        pytest.param({}, True, False, id="deleted by a person"),
        pytest.param({"engagement": CrmRecord(id="5", properties={STATE: ""})}, False, False, id="of a known call"),
        pytest.param({"engagement": CrmRecord(id="5", properties={STATE: "held"})}, False, True, id="of a held call"),
    ],
)
def test_a_record_that_is_there_already_is_linked_where_it_may_lack_the_link(fields, archived, is_linked):
    stand = Stand()
    item = stand.add(a_change("5"), a_task(), **fields)
    stand.crm.outcomes = {f"{CALL}#callback": [Exists(CrmRecord(id="3", properties={}, archived=archived))]}
    stand.write()
    assert item.records == {"callback": "3"}
    assert ("link", "tasks", [("3", JANE)]) in stand.crm.asked or not is_linked
    assert (("link", "tasks") in operations(stand)) is is_linked
    assert stand.writer.counts == RecordCounts()


def test_a_record_that_is_gone_is_left_alone():
    stand = Stand()
    item = stand.add(None, a_change("3", name="callback", object_type="tasks", subject="x"))
    stand.crm.outcomes = {"3": [Gone("3")]}
    stand.write()
    assert item.notes == ["drafted", "callback: left alone, a person deleted it"]
    assert item.result == "created"


@pytest.mark.parametrize(("code", "state"), [("E231", State.DEAD), (UNANSWERED, State.FAILED)])
def test_a_call_whose_record_is_refused_is_not_written(code, state):
    stand = Stand()
    item = stand.add(None, a_task())
    stand.crm.outcomes = {f"{CALL}#callback": [Refused(code, "no")]}
    stand.write()
    assert operations(stand) == [("create", "tasks")]
    assert (item.state, item.result, item.code, item.message) == (state, "failed", code, "callback: no")


# --- calls ---

HELD = {"decision": "held"}
LATER = {"entry": an_entry()}


@pytest.mark.parametrize(
    ("fields", "outcome", "expected"),
    [
        pytest.param({}, Done("9"), (State.DONE, "created", "9"), id="created"),
        pytest.param(HELD, Done("9"), (State.HELD, "held", "9"), id="held"),
        pytest.param(
            {}, Exists(CrmRecord(id="8", properties={}, archived=True)), (State.GONE, "skipped", "8"), id="deleted"
        ),
        pytest.param(
            {}, Exists(CrmRecord(id="8", properties={FINGERPRINT: "v-1"})), (State.DONE, "unchanged", "8"), id="found"
        ),
        pytest.param(
            {},
            Exists(CrmRecord(id="8", properties={FINGERPRINT: "v-1", STATE: "held"})),
            (State.HELD, "unchanged", "8"),
            id="found held",
        ),
        pytest.param(
            LATER,
            Exists(CrmRecord(id="8", properties={FINGERPRINT: "v-1"})),
            (State.DONE, "created", "8"),
            id="made by an interrupted run",
        ),
        pytest.param(
            {**LATER, **HELD},
            Exists(CrmRecord(id="8", properties={FINGERPRINT: "v-1"})),
            (State.HELD, "held", "8"),
            id="held by an interrupted run",
        ),
    ],
)
def test_what_becomes_of_a_new_call(fields, outcome, expected):
    stand = Stand()
    item = stand.add(**fields)
    stand.crm.outcomes = {CALL: [outcome]}
    stand.write()
    assert ended(item) == expected
    assert operations(stand) == [("create", "calls")]


def test_a_call_that_is_found_held_is_nobody_s():
    stand = Stand()
    item = stand.add(candidate="somebody")
    stand.crm.outcomes = {CALL: [Exists(CrmRecord(id="8", properties={FINGERPRINT: "v-1", STATE: "held"}))]}
    stand.write()
    assert (item.candidate, item.decision, item.reason) == (None, "held", "found held in the CRM")


def test_a_call_that_a_person_deleted_says_so():
    stand = Stand()
    item = stand.add()
    stand.crm.outcomes = {CALL: [Exists(CrmRecord(id="8", properties={}, archived=True))]}
    stand.write()
    assert item.reason == DELETED


@pytest.mark.parametrize("values", [{"title": "x"}, {}], ids=["changed", "as it is"])
def test_a_call_that_is_known(values):
    stand = Stand()
    item = stand.add(a_change("5", **values), engagement_id="5")
    stand.write()
    assert ended(item) == (State.DONE, "updated" if values else "unchanged", "5")
    assert operations(stand) == ([("update", "calls")] if values else [])


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Gone("5"), (State.GONE, "skipped", "", "", DELETED)),
        (Refused("E231", "no"), (State.DEAD, "failed", "E231", "no", "")),
        (Refused(UNANSWERED, "no"), (State.FAILED, "failed", UNANSWERED, "no", "")),
    ],
)
def test_a_known_call_that_cannot_be_changed(outcome, expected):
    stand = Stand()
    item = stand.add(a_change("5", title="x"))
    stand.crm.outcomes = {"5": [outcome]}
    stand.write()
    assert (item.state, item.result, item.code, item.message, item.reason) == expected


def test_a_call_that_an_earlier_run_made_from_older_values_is_read_and_brought_up_to_date():
    stand = Stand()
    item = stand.add()
    stand.calls[item].append(a_change("8", title="new"))
    gone = stand.add()
    older = CrmRecord(id="8", properties={FINGERPRINT: "v-0"})
    stand.crm.outcomes = {
        CALL: [Exists(older)],
        "klen:org:c2": [Exists(replace(older, id="9"))],
    }
    stand.crm.there = {"8": replace(older, properties={"title": "old"})}
    stand.write()
    names = tuple(sorted(["title", "hubspot_owner_id", KEY, FINGERPRINT, WRITTEN, STATE]))
    assert stand.crm.asked[1] == ("read", "calls", "id", ["8", "9"], names)
    assert operations(stand)[2:] == [("update", "calls")]
    assert ended(item) == (State.DONE, "updated", "8")
    assert item.engagement == stand.crm.there["8"]
    assert (*ended(gone), gone.reason) == (State.GONE, "skipped", "9", DELETED)


# --- what HubSpot refuses of a record, and keeps otherwise ---


def test_what_is_named_is_left_out_and_the_rest_is_sent_again():
    stand = Stand()
    item = stand.add(a_creation(title="x", body="y"))
    neighbour = stand.add()
    stand.crm.outcomes = {CALL: [Refused("E232", "…", ("title", KEY, "unknown", "title")), Done("9")]}
    stand.write()
    [(key, sent)] = stand.crm.asked[1][2]
    assert (key, sent) == (CALL, {"body": "y", KEY: CALL, WRITTEN: written_text({}, {"body": "y"})})
    assert item.notes == ["drafted", "W236 call title: left out, HubSpot refused the value"]
    assert (ended(item), neighbour.result) == ((State.DONE, "created", "9"), "created")


def test_of_a_record_what_is_named_is_noted_by_the_records_name():
    stand = Stand()
    item = stand.add(None, a_task(subject="x"))
    stand.crm.outcomes = {f"{CALL}#callback": [Refused("E232", "…", ("subject",))]}
    stand.write()
    assert item.notes[-1] == "W236 callback subject: left out, HubSpot refused the value"
    assert item.result == "created"


def test_a_refusal_that_names_nothing_of_the_mapping_s_is_final():
    stand = Stand()
    item = stand.add(a_creation(title="x"))
    stand.crm.outcomes = {CALL: [Refused("E232", "no", (KEY,))]}
    stand.write()
    assert (item.state, item.code, len(stand.crm.asked)) == (State.DEAD, "E232", 1)


def test_what_hubspot_keeps_in_its_own_way_is_remembered_as_ours():
    stand = Stand()
    stand.add(a_creation(title="x", body="y"))
    stand.add(a_change("5", title="z"))
    stand.add()
    stand.crm.outcomes = {CALL: [Done("9", {"title": "X"})], "5": [Done("5", {"title": "z"})]}
    stand.write()
    assert operations(stand) == [("create", "calls"), ("update", "calls"), ("update", "calls")]
    [(record_id, properties)] = stand.crm.asked[2][2]
    assert (record_id, list(properties)) == ("9", [WRITTEN])
    assert read_written(properties[WRITTEN]) == {"title": value_hash("X"), "body": value_hash("y")}


# --- links ---


def test_a_call_that_was_held_is_linked_before_its_mark_is_taken_away():
    stand = Stand()
    stand.add(a_change("5", links=(JANE,), title="x"))
    stand.add(a_change("6", title="x"))
    stand.write()
    assert operations(stand) == [("link", "calls"), ("update", "calls")]
    assert stand.crm.asked[0][2] == [("5", JANE)]


@pytest.mark.parametrize(("name", "of"), [("", "call"), ("callback", "callback")])
def test_a_link_that_is_refused_costs_the_call_a_note(name, of):
    stand = Stand()
    if name:
        item = stand.add(None, a_change("3", name=name, object_type="tasks", links=(JANE,)))
    else:
        item = stand.add(a_change("3", links=(JANE,)))
    stand.crm.refused = {("3", JANE): Refused("E233", "no")}
    stand.write()
    assert f"W239 {of}: not linked, HubSpot refused the link" in item.notes
    assert item.state is State.DONE


@pytest.mark.parametrize(("name", "of"), [("", "call"), ("callback", "callback")])
def test_a_link_that_goes_unanswered_sets_the_call_aside(name, of):
    stand = Stand()
    if name:
        item = stand.add(None, a_change("3", name=name, object_type="tasks", links=(JANE,), subject="x"))
    else:
        item = stand.add(a_change("3", links=(JANE,), title="x"))
    other = stand.add()
    stand.crm.refused = {("3", JANE): Refused(UNANSWERED, "no answer")}
    stand.write()
    assert (item.state, item.code, item.message) == (State.FAILED, UNANSWERED, f"{of}: no answer")
    assert "update" not in [operation for operation, _ in operations(stand)]
    assert other.result == "created"


@pytest.mark.parametrize(
    ("outcome", "is_down"),
    [(None, True), (Refused("E231", "no"), True), (Done("9"), False)],
    ids=["nothing else was asked", "it took nothing", "it took something"],
)
def test_where_nothing_is_taken_the_crm_is_down(outcome, is_down):
    stand = Stand()
    stand.add(a_change("3", links=(JANE,)))
    if outcome is not None:
        stand.add()
        stand.crm.outcomes = {"klen:org:c2": [outcome]}
    stand.crm.refused = {("3", JANE): Refused(UNANSWERED, "no answer")}
    if is_down:
        with pytest.raises(TransientError) as raised:
            stand.write()
        message = "HubSpot did not say whether records were linked, and took nothing else"
        assert (raised.value.code, raised.value.message) == ("E221", message)
    else:
        stand.write()


@pytest.mark.parametrize("refusal", [None, Refused("E233", "no")], ids=["made", "refused"])
def test_an_answer_about_another_link_says_that_the_crm_is_up(refusal):
    stand = Stand()
    stand.add(a_change("3", links=(JANE,)))
    stand.add(a_change("4", links=(JANE,)))
    stand.crm.refused = {("3", JANE): Refused(UNANSWERED, "no answer")}
    if refusal:
        stand.crm.refused["4", JANE] = refusal
    stand.write()
    assert [item.state for item in stand.items] == [State.FAILED, State.DONE]
