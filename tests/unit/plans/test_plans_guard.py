"""Only what the plan names is sent."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from connector.draft.crm import DraftCrm
from connector.draft.ids import placeholder
from connector.engine.engagement import written_text
from connector.model import WRITTEN, Association, Create, CrmRecord, Done, Exists, Outcome, Refused, Update
from connector.plans.document import Write
from connector.plans.errors import UnplannedWriteError
from connector.plans.guard import Guarded
from connector.plans.watch import Recorded, Watched

KEY = "reception_ai:org_1:c1"
JANE = "tel:+447700900123"
THOUGHT = placeholder("contacts", JANE)


class Scripted(DraftCrm):
    """A CRM that gives real ids, and answers creations as it is told."""

    def __init__(self, *answers: Outcome) -> None:
        super().__init__()
        self.answers = list(answers)
        self.sent: list[str] = []

    def create(self, object_type: str, wishes: Sequence[Create]) -> list[Outcome]:
        self.sent += [wish.key for wish in wishes]
        return [self.answers.pop(0) if self.answers else Done(f"{len(self.sent)}") for _ in wishes]

    def update(self, object_type: str, wishes: Sequence[Update]) -> list[Outcome]:
        self.sent += [wish.id for wish in wishes]
        return [self.answers.pop(0) if self.answers else Done(wish.id) for wish in wishes]

    def associate(
        self, object_type: str, links: Sequence[tuple[str, Association]]
    ) -> dict[tuple[str, Association], Refused]:
        self.sent += [record_id for record_id, _ in links]
        return {}


def create(name: str = KEY, object_type: str = "calls", *ends: str, **properties: str) -> Write:
    links = tuple(Association("contacts", end) for end in ends)
    return Write(operation="create", object_type=object_type, name=name, properties=properties, links=links)


def update(name: str, object_type: str = "contacts", **properties: str) -> Write:
    return Write(operation="update", object_type=object_type, name=name, properties=properties)


def wish(write: Write) -> Create:
    return Create(key=write.name, properties=dict(write.properties), associations=write.links)


def test_what_is_planned_is_sent() -> None:
    base = Scripted()
    crm = Guarded(base, [create(title="x"), update("51", phase="lead")])
    assert crm.update("contacts", [Update(id="51", properties={"phase": "lead"})]) == [Done("51")]
    assert crm.create("calls", [wish(create(title="x"))]) == [Done("2")]
    assert base.sent == ["51", KEY]


@pytest.mark.parametrize(
    ("object_type", "unplanned"),
    [
        pytest.param("calls", create(title="y"), id="another value"),
        pytest.param("calls", create(title="x", body="y"), id="a property more"),
        pytest.param("calls", create(), id="a property less"),
        pytest.param("calls", create(KEY, "calls", "51", title="x"), id="a link more"),
        pytest.param("calls", create("other", title="x"), id="another key"),
        pytest.param("notes", create(title="x"), id="another type"),
    ],
)
def test_what_is_not_planned_is_not_sent(object_type: str, unplanned: Write) -> None:
    base = Scripted()
    crm = Guarded(base, [create(title="x")])
    with pytest.raises(UnplannedWriteError) as caught:
        crm.create(object_type, [wish(unplanned)])
    assert (caught.value.code, caught.value.exit_code) == ("E146", 6)
    assert base.sent == []


def test_once_and_not_twice_and_after_the_first_write_it_is_no_longer_nothing() -> None:
    base = Scripted()
    crm = Guarded(base, [create(title="x")])
    crm.create("calls", [wish(create(title="x"))])
    with pytest.raises(UnplannedWriteError) as caught:
        crm.create("calls", [wish(create(title="x"))])
    assert caught.value.exit_code == 1
    assert base.sent == [KEY]


def test_of_a_batch_with_one_that_is_not_planned_nothing_is_sent() -> None:
    base = Scripted()
    crm = Guarded(base, [create(title="x")])
    with pytest.raises(UnplannedWriteError):
        crm.create("calls", [wish(create(title="x")), wish(create("other"))])
    assert base.sent == []


def test_changes_of_one_record_come_in_the_plans_order() -> None:
    crm = Guarded(Scripted(), [update("51", phase="lead"), update("51", phase="customer")])
    with pytest.raises(UnplannedWriteError):
        crm.update("contacts", [Update(id="51", properties={"phase": "customer"})])


def test_ids_to_come_are_filled_in_wherever_they_stand() -> None:
    text = f"see /0-1/{THOUGHT}."
    written = written_text({"old": "00"}, {"body": text, "title": "x"})
    crm = Guarded(
        Scripted(Done("901")),
        [
            create(JANE, "contacts", phone="+447700900123"),
            create(KEY, "calls", THOUGHT, **{"body": text, "title": "x", WRITTEN: written}),
            update(THOUGHT, phase="lead"),
            Write(operation="link", object_type="notes", name="71", links=(Association("contacts", THOUGHT),)),
        ],
    )
    crm.create("contacts", [wish(create(JANE, "contacts", phone="+447700900123"))])
    real = {"body": "see /0-1/901.", "title": "x"}
    crm.create("calls", [wish(create(KEY, "calls", "901", **real, **{WRITTEN: written_text({"old": "00"}, real)}))])
    crm.update("contacts", [Update(id="901", properties={"phase": "lead"})])
    crm.associate("notes", [("71", Association("contacts", "901"))])


def test_the_id_of_a_record_that_was_there_already_counts_as_well() -> None:
    there = Exists(CrmRecord(id="901", properties={}))
    crm = Guarded(Scripted(there), [create(JANE, "contacts"), create(KEY, "calls", THOUGHT)])
    crm.create("contacts", [wish(create(JANE, "contacts"))])
    crm.create("calls", [wish(create(KEY, "calls", "901"))])


@pytest.mark.parametrize("answer", [Refused("E231", "x", ("b",)), Exists(CrmRecord(id="9", properties={}), by="email")])
def test_what_was_refused_is_sent_again_with_less_and_never_with_more(answer: Outcome) -> None:
    whole = create(a="1", b="2", **{WRITTEN: written_text({}, {"a": "1", "b": "2"})})
    less = create(a="1", **{WRITTEN: written_text({}, {"a": "1"})})
    crm = Guarded(Scripted(answer, answer), [whole])
    crm.create("calls", [wish(whole)])
    crm.create("calls", [wish(less)])
    with pytest.raises(UnplannedWriteError):
        crm.create("calls", [wish(create(a="1", c="3"))])
    crm.create("calls", [wish(less)])
    with pytest.raises(UnplannedWriteError):
        crm.create("calls", [wish(less)])


def test_hashes_of_what_was_just_written_may_be_stored_again_and_nothing_else_may() -> None:
    crm = Guarded(Scripted(Done("71")), [create(title="x")])
    with pytest.raises(UnplannedWriteError):
        crm.update("calls", [Update(id="71", properties={WRITTEN: "{}"})])
    crm.create("calls", [wish(create(title="x"))])
    crm.update("calls", [Update(id="71", properties={WRITTEN: "{}"})])
    for properties in ({WRITTEN: "{}", "title": "y"}, {"title": "y"}):
        with pytest.raises(UnplannedWriteError):
            crm.update("calls", [Update(id="71", properties=properties)])


def test_a_link_that_is_not_planned_is_not_made() -> None:
    base = Scripted()
    crm = Guarded(base, [])
    with pytest.raises(UnplannedWriteError):
        crm.associate("calls", [("71", Association("contacts", "51"))])
    assert base.sent == []


def test_a_record_keeps_the_wish_as_it_was_sent() -> None:
    crm = Recorded(DraftCrm())
    sent = Create(key=KEY, properties={"title": "x"})
    crm.create("calls", [sent])
    sent.properties.pop("title")
    assert crm.writes == [create(title="x")]


def test_of_every_record_that_is_read_the_time_of_its_last_change_is_kept() -> None:
    base = DraftCrm()
    base.seed(
        "contacts", [{"id": "51", "email": "jane.doe@example.com", "phone": "07700 900123", "lastmodifieddate": "a"}]
    )
    base.seed("calls", [{"id": "71", "hs_lastmodifieddate": "b"}, {"id": "72"}])
    crm = Watched(base)
    assert crm.read("contacts", "email", ["jane.doe@example.com"], ["phone"])["jane.doe@example.com"].properties == {
        "phone": "07700 900123"
    }
    assert set(crm.find_by_number(["+447700900123"], ["email"])[0].properties) == {"email", "phone", "mobilephone"}
    crm.read("calls", "id", ["71", "72", "73"], [])
    assert crm.reads == {"contacts": {"51": "a"}, "calls": {"71": "b", "72": ""}}
    base.seed("calls", [{"id": "71", "hs_lastmodifieddate": "c"}])
    crm.read("calls", "id", ["71"], [])
    assert crm.reads["calls"]["71"] == "b", "what a record had been changed at when it was first read"
