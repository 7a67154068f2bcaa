"""What becomes of each call: known, unknown and held callers, and what an interrupted run had decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from connector.engine.directory import Candidate, Directory
from connector.engine.plan import Item, Planner, skip_reason
from connector.mapping.compile import CompiledMapping, compile_mapping
from connector.mapping.load import load_mapping
from connector.mapping.people import GUESSED
from connector.model import Call, CallKey, CrmRecord, Entry, Owner, Portal, Property, State
from tests.stubs.world import MAPPINGS

END = datetime(2026, 4, 22, 10, 0, tzinfo=UTC)
NUMBER = "+447700900123"


@pytest.fixture(scope="module")
def mapping() -> CompiledMapping:
    return compile_mapping(load_mapping(MAPPINGS / "reception_ai.yaml"))


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., CompiledMapping]:
    """The shipped mapping with one text in it replaced by another."""

    def compile_changed(old: str, new: str) -> CompiledMapping:
        shipped = (MAPPINGS / "reception_ai.yaml").read_text()
        assert old in shipped
        path = tmp_path / "reception_ai.yaml"
        path.write_text(shipped.replace(old, new))
        return compile_mapping(load_mapping(path))

    return compile_changed


def an_item(mapping: CompiledMapping, entry: Entry | None = None, **fields: Any) -> Item:
    payload = {
        "id": "c1",
        "callerNumber": NUMBER,
        "callType": "new_enquiry",
        "outcome": "lead_captured",
        "leadData": {"name": "Jane Doe", "email": "jane@example.com"},
        **fields,
    }
    call = Call(
        key=CallKey("reception_ai", "org", "c1"),
        started_at=END - timedelta(seconds=60),
        ended_at=END,
        duration_seconds=60,
        call_type=payload["callType"],
        outcome=payload["outcome"],
        payload=payload,
    )
    item = Item(call=call, fingerprint="v-1", entry=entry)
    item.see(mapping, connection="main")
    return item


def an_entry(state: State = State.INTENT, **fields: Any) -> Entry:
    return Entry(call_id="c1", account="org", state=state, ended_at=END, **{"fingerprint": "v-1", **fields})


def decided(mapping: CompiledMapping, item: Item, *contacts: CrmRecord, taken: str = "") -> Item:
    directory = Directory(region="GB")
    directory.learn(contacts)
    planner = Planner(mapping, Portal(id="1"), directory)
    if taken:
        planner.taken_keys.add(taken)
    planner.decide(item)
    return item


JANE = CrmRecord(id="7", properties={"phone": NUMBER, "email": None, "firstname": "Jane", "lastname": "Doe"})
OTHER = CrmRecord(id="8", properties={"email": "jane@example.com", "firstname": "Joan", "phone": None})
NO_LEAD: dict[str, Any] = {"leadData": None}


@pytest.mark.parametrize(
    ("fields", "contacts", "expected"),
    [
        pytest.param({}, [], ("created", "new caller"), id="new enquiry, unknown"),
        pytest.param({}, [JANE], ("matched", "phone"), id="new enquiry, known"),
        pytest.param({"callerNumber": "anonymous"}, [], ("created", "new caller"), id="no number, an address"),
        pytest.param({"callType": "existing_client"}, [], ("held", "unknown caller"), id="existing client, unknown"),
        pytest.param({"callType": "existing_client"}, [JANE], ("matched", "phone"), id="existing client, known"),
        pytest.param(
            {**NO_LEAD, "outcome": "resolved", "callType": "unknown"}, [], ("held", "unknown caller"), id="unknown type"
        ),
    ],
)
def test_the_decision(
    mapping: CompiledMapping, fields: dict[str, Any], contacts: list[CrmRecord], expected: tuple[str, str]
) -> None:
    item = decided(mapping, an_item(mapping, **fields), *contacts)
    assert (item.decision, item.reason) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({}, "", id="a call for the CRM"),
        pytest.param({"callType": "staff"}, "staff", id="staff"),
        pytest.param(
            {**NO_LEAD, "callerNumber": "anonymous", "outcome": "resolved"}, "no_identity", id="nobody, nothing asked"
        ),
        pytest.param({**NO_LEAD, "callerNumber": "anonymous", "outcome": "message_taken"}, "", id="nobody, a message"),
    ],
)
def test_why_a_call_has_no_business_in_the_crm(mapping: CompiledMapping, fields: dict[str, Any], expected: str) -> None:
    assert skip_reason(an_item(mapping, **fields), mapping) == expected


def test_a_call_from_a_number_of_the_business_is_skipped(changed: Callable[..., CompiledMapping]) -> None:
    mapping = changed("own_numbers: []", f'own_numbers: ["{NUMBER}"]')
    assert skip_reason(an_item(mapping), mapping) == "own_number"


UNKNOWN_CLIENT: dict[str, Any] = {"callType": "existing_client"}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param("log", ("logged", "unknown caller", None), id="logged"),
        pytest.param("skip", ("skipped", "known clients", State.SKIPPED), id="skipped"),
    ],
)
def test_what_the_mapping_wants_of_an_unknown_caller(
    changed: Callable[..., CompiledMapping], answer: str, expected: tuple[str, str, State | None]
) -> None:
    rule = 'when: callType == "existing_client"\n    unknown_caller: '
    mapping = changed(f"{rule}hold", f"{rule}{answer}")
    item = an_item(mapping, **UNKNOWN_CLIENT)
    assert item.rule == "known clients"
    assert skip_reason(item, mapping) == "", "somebody in the CRM may have the number"
    assert skip_reason(an_item(mapping, **UNKNOWN_CLIENT, **NO_LEAD), mapping) == "", "the number alone is enough"
    decided(mapping, item)
    assert (item.decision, item.reason.replace("_", " "), item.state) == expected


def test_nobody_is_created_who_could_not_be_found_again(changed: Callable[..., CompiledMapping]) -> None:
    mapping = changed("  - unknown_caller: hold", "  - unknown_caller: create")
    item = decided(mapping, an_item(mapping, callerNumber="anonymous", callType="other", leadData={"name": "Jane Doe"}))
    assert (item.decision, item.reason) == ("held", "no number or address to find the contact again")


def test_a_new_contact_gets_the_owner_of_the_mapping_and_a_known_one_keeps_its_own(
    changed: Callable[..., CompiledMapping],
) -> None:
    mapping = changed("default: null", "default: sam@example.com")
    owners = (Owner(id="31", email="sam@example.com"),)
    planner = Planner(mapping, Portal(id="1", owners=owners), Directory(region="GB"))
    new, later = an_item(mapping), an_item(mapping)
    planner.decide(new)
    planner.decide(later)
    assert new.makes_contact
    assert not later.makes_contact
    assert new.contact_before["hubspot_owner_id"] is None
    assert new.candidate is not None
    assert new.candidate.changes["hubspot_owner_id"] == "31"
    assert new.contact_view["name"] == "Jane Doe"
    known = decided(mapping, an_item(mapping), JANE)
    assert known.candidate is not None
    assert "hubspot_owner_id" not in known.candidate.changes


@pytest.mark.parametrize(
    ("match", "email", "expected"),
    [
        pytest.param("[email, phone]", "Jane@Example.com", True, id="however it is written"),
        pytest.param("[email, phone]", "joan@example.com", False, id="nobody's"),
        pytest.param("[phone]", "jane@example.com", False, id="addresses do not count"),
    ],
)
def test_whether_an_address_leads_to_a_contact(
    changed: Callable[..., CompiledMapping], match: str, email: str, expected: bool
) -> None:
    directory = Directory(region="GB")
    directory.learn([OTHER])
    planner = Planner(changed("match: [email, phone]", f"match: {match}"), Portal(id="1"), directory)
    assert planner.finds_by_email(email) is expected


def test_a_second_call_of_a_new_caller_finds_the_contact_that_the_first_will_create(mapping: CompiledMapping) -> None:
    planner = Planner(mapping, Portal(id="1"), Directory(region="GB"))
    first, second = an_item(mapping), an_item(mapping, callType="existing_client", **NO_LEAD)
    planner.decide(first)
    planner.decide(second)
    assert first.candidate is second.candidate
    assert (first.decision, second.decision) == ("created", "matched")
    assert (first.contact_view["known"], second.contact_view["known"]) == (False, True)


class TestTheContactKey:
    def test_of_someone_without_the_number_by_now_gives_way_to_number_and_address(
        self, mapping: CompiledMapping
    ) -> None:
        moved_on = CrmRecord(id="9", properties={"call_connector_contact_key": f"tel:{NUMBER}", "phone": "0"})
        item = decided(mapping, an_item(mapping), moved_on)
        assert item.candidate is not None
        assert item.candidate.key == f"tel:{NUMBER};mailto:jane@example.com"

    @pytest.mark.parametrize(
        ("lead", "taken"),
        [
            pytest.param({"name": "Jane Doe"}, f"tel:{NUMBER}", id="no address to tell them apart"),
            pytest.param({"name": "Jane Doe", "email": "jane@example.com"}, "", id="both keys are taken"),
        ],
    )
    def test_holds_the_call_when_there_is_no_other(
        self, mapping: CompiledMapping, lead: dict[str, str], taken: str
    ) -> None:
        holders = [
            CrmRecord(id=str(number), properties={"call_connector_contact_key": key, "phone": None, "email": None})
            for number, key in enumerate((f"tel:{NUMBER}", f"tel:{NUMBER};mailto:jane@example.com"))
        ]
        item = decided(mapping, an_item(mapping, leadData=lead), *([] if taken else holders), taken=taken)
        assert (item.decision, item.reason) == ("held", "the contact key belongs to someone else by now")


class TestAnInterruptedRun:
    @pytest.mark.parametrize("engagement_id", [None, "55"], ids=["new", "in the CRM"])
    @pytest.mark.parametrize("decision", ["held", "logged"])
    def test_without_a_contact_it_stays_though_the_caller_is_known_by_now(
        self, mapping: CompiledMapping, decision: str, engagement_id: str | None
    ) -> None:
        entry = an_entry(decision=decision, reason="unknown caller", engagement_id=engagement_id)
        item = decided(mapping, an_item(mapping, entry, callType="existing_client"), JANE)
        assert (item.decision, item.reason, item.candidate) == (decision, "unknown caller", None)

    @pytest.mark.parametrize(
        ("key", "decision"),
        [
            pytest.param(f"tel:{NUMBER}", "created", id="that it made"),
            pytest.param("", "matched", id="that was there, as only the refusal of a new one told"),
        ],
    )
    def test_meant_to_make_the_contact_that_is_there_by_now(
        self, mapping: CompiledMapping, key: str, decision: str
    ) -> None:
        there = replace(JANE, properties={**JANE.properties, "call_connector_contact_key": key})
        item = decided(mapping, an_item(mapping, an_entry(decision="created")), there)
        assert (item.decision, item.reason, item.contact_view["known"]) == (decision, "phone", decision == "matched")

    def test_of_older_values_is_decided_anew(self, mapping: CompiledMapping) -> None:
        entry = an_entry(decision="held", fingerprint="v-0")
        assert decided(mapping, an_item(mapping, entry), JANE).decision == "matched"

    def test_does_not_copy_an_address_that_the_first_decision_left_out(self, mapping: CompiledMapping) -> None:
        entry = an_entry(decision="matched", reason="phone", contact_id="7")
        item = decided(mapping, an_item(mapping, entry), JANE, OTHER)
        assert item.candidate is not None
        assert (item.candidate.id, "email" in item.candidate.changes) == ("7", False)


class TestAChangedCall:
    def test_stays_with_its_contact_whoever_has_the_number_now(self, mapping: CompiledMapping) -> None:
        entry = an_entry(State.DONE, decision="matched", reason="email", contact_id="8", engagement_id="55")
        item = decided(mapping, an_item(mapping, entry), JANE, OTHER)
        assert item.candidate is not None
        assert (item.candidate.id, item.reason) == ("8", "email")
        assert "phone" not in item.candidate.changes

    def test_whose_contact_was_deleted_makes_no_new_one(self, mapping: CompiledMapping) -> None:
        entry = an_entry(State.DONE, decision="created", contact_id="7", engagement_id="55")
        item = decided(mapping, an_item(mapping, entry))
        assert (item.decision, item.reason, item.candidate) == ("logged", "the contact was deleted", None)

    @pytest.mark.parametrize(("before", "is_known"), [("created", False), ("matched", True)])
    def test_is_decided_as_before(self, mapping: CompiledMapping, before: str, is_known: bool) -> None:
        entry = an_entry(
            State.DONE, decision=before, reason="phone", contact_id="7", engagement_id="55", fingerprint="v-0"
        )
        item = an_item(mapping, entry)
        item.engagement_id = "55"
        decided(mapping, item, JANE)
        assert (item.decision, item.reason, item.contact_view["known"]) == (before, "phone", is_known)

    def test_takes_no_address_over_that_is_another_contacts(self, mapping: CompiledMapping) -> None:
        entry = an_entry(State.DONE, decision="matched", reason="phone", contact_id="7", engagement_id="55")
        alone = decided(mapping, an_item(mapping, entry), JANE)
        beside = decided(mapping, an_item(mapping, entry), JANE, OTHER)
        assert alone.candidate is not None
        assert beside.candidate is not None
        assert ("email" in alone.candidate.changes, "email" in beside.candidate.changes) == (True, False)

    def test_takes_no_mobile_number_over_that_is_another_contacts(
        self, changed: Callable[..., CompiledMapping]
    ) -> None:
        mapping = changed("    lifecyclestage:", "    mobilephone: {from: callerNumber}\n    lifecyclestage:")
        entry = an_entry(State.DONE, decision="matched", reason="email", contact_id="8", engagement_id="55")
        alone = decided(mapping, an_item(mapping, entry), OTHER)
        beside = decided(mapping, an_item(mapping, entry), JANE, OTHER)
        assert alone.candidate is not None
        assert beside.candidate is not None
        assert ("mobilephone" in alone.candidate.changes, "mobilephone" in beside.candidate.changes) == (True, False)

    def test_takes_its_own_number_over_where_it_is_missing(self, mapping: CompiledMapping) -> None:
        entry = an_entry(State.DONE, decision="matched", reason="phone", contact_id="7", engagement_id="55")
        mobile = CrmRecord(id="7", properties={"mobilephone": NUMBER, "phone": None})
        item = decided(mapping, an_item(mapping, entry), mobile)
        assert item.candidate is not None
        assert item.candidate.changes["phone"] == NUMBER


class TestACallThatTheLedgerLost:
    TWO = (JANE, CrmRecord(id="9", properties={"phone": NUMBER}))

    @pytest.mark.parametrize(
        ("contacts", "properties", "expected"),
        [
            pytest.param((), {}, ("logged", "its contact is not known any more"), id="unknown by now"),
            pytest.param(TWO, {}, ("logged", "its contact is not known any more"), id="several by now"),
            pytest.param((JANE,), {}, ("matched", "phone"), id="known"),
            pytest.param((), {"call_connector_state": "held"}, ("created", "new caller"), id="was held"),
        ],
    )
    def test_is_given_to_nobody_else(
        self,
        mapping: CompiledMapping,
        contacts: tuple[CrmRecord, ...],
        properties: dict[str, str | None],
        expected: tuple[str, str],
    ) -> None:
        item = an_item(mapping, leadData={"email": "jane@example.com"})
        item.engagement, item.engagement_id = CrmRecord(id="55", properties=properties), "55"
        decided(mapping, item, *contacts)
        assert (item.decision, item.reason) == expected


def test_a_call_of_several_contacts_is_held(mapping: CompiledMapping) -> None:
    item = decided(mapping, an_item(mapping, leadData=None), *TestACallThatTheLedgerLost.TWO)
    assert (item.decision, item.reason) == ("held", "2 contacts by phone")


def test_a_guessed_caller_is_noted_and_nothing_was_lost(mapping: CompiledMapping) -> None:
    item = Item(call=replace(an_item(mapping).call, is_caller_guessed=True), fingerprint="f")
    item.see(mapping, connection="main")
    assert [note.partition(" ")[0] for note in item.notes] == [GUESSED]
    assert not item.is_degraded
    decided(mapping, item, JANE)
    assert [note.partition(" ")[0] for note in item.notes] == [GUESSED], "the decision keeps the note"


def test_the_mapping_sees_the_connection(mapping: CompiledMapping) -> None:
    assert an_item(mapping).view.connection["name"] == "main"


def test_what_the_crm_refused_is_left_out_and_noted(mapping: CompiledMapping) -> None:
    planner = Planner(mapping, Portal(id="1"), Directory(region="GB"))
    planner.bar(Candidate(id=None, key=f"tel:{NUMBER}", properties={}), ["email"])
    item = an_item(mapping)
    planner.decide(item)
    assert item.candidate is not None
    assert "email" not in item.candidate.changes
    assert item.is_degraded
    assert item.notes == ["W237 contact email: left out, HubSpot does not take the address"]


def test_a_contact_is_made_to_fit_the_portal(mapping: CompiledMapping) -> None:
    read_only = Property(name="firstname", label="First name", type="string", read_only=True)
    portal = Portal(id="1", properties={"contacts": {"firstname": read_only}})
    item = an_item(mapping)
    Planner(mapping, portal, Directory(region="GB")).decide(item)
    assert item.candidate is not None
    assert "firstname" not in item.candidate.changes


def test_a_refused_address_without_a_number_leaves_nothing_to_find_the_caller_by(mapping: CompiledMapping) -> None:
    planner = Planner(mapping, Portal(id="1"), Directory(region="GB"))
    planner.bar(Candidate(id=None, key="mailto:jane@example.com", properties={}), ["email"])
    item = an_item(mapping, callerNumber="anonymous")
    planner.decide(item)
    assert (item.decision, item.reason) == ("held", "HubSpot refused the address and there is no number")
