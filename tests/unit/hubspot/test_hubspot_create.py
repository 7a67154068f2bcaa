"""Each record once, whatever becomes of the answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import pytest

from connector.errors import AccessError, LaneError, TransientError
from connector.hubspot.creation import asked_of_existing, is_as_wished
from connector.model import (
    CONTACT_KEY,
    FINGERPRINT,
    KEY,
    STATE,
    WRITTEN,
    Association,
    Create,
    CrmRecord,
    Done,
    Exists,
    Refused,
)
from connector.sandbox.hubspot import Choices
from connector.sandbox.wire import Request, Response
from tests.stubs.portal import Stand, answering, said

AT = "2026-04-22T10:00:00Z"


def a_call(number: int = 1, *, links: tuple[Association, ...] = (), **properties: str) -> Create:
    wished = {"hs_timestamp": AT, FINGERPRINT: f"f{number}", **properties}
    return Create(key=f"reception_ai:org:{number}", properties=wished, associations=links)


def calls(count: int) -> list[Create]:
    return [a_call(number) for number in range(count)]


def a_contact(number: int = 123, **properties: str) -> Create:
    e164 = f"+447700900{number:03d}"
    return Create(key=f"tel:{e164}", properties={"phone": e164, "firstname": "Jane", **properties})


def kinds(outcomes: Sequence[object]) -> list[str]:
    return [type(outcome).__name__ for outcome in outcomes]


class TestWhatIsSent:
    def test_hundred_at_a_time_each_with_its_key_and_a_trace_of_its_own(self):
        stand = Stand()
        stand.crm.create("calls", calls(250))
        bodies = [asked.body["inputs"] for asked in stand.transport.asked]
        assert [len(inputs) for inputs in bodies] == [100, 100, 50]
        assert all(len({entry["objectWriteTraceId"] for entry in inputs}) == len(inputs) for inputs in bodies)
        assert bodies[2][49]["properties"][KEY] == "reception_ai:org:249"

    def test_wishes_with_one_key_are_sent_as_one_though_a_batch_lies_between_them(self):
        stand = Stand()
        outcomes = stand.crm.create("calls", [*calls(100), a_call(0)])
        [asked] = stand.transport.asked
        assert len(asked.body["inputs"]) == 100
        assert outcomes[0] == outcomes[100]

    def test_a_link_is_part_of_it(self):
        stand = Stand()
        [jane] = stand.portal.seed_contacts([{"firstname": "Jane"}])
        [outcome] = stand.crm.create("calls", [a_call(links=(Association("contacts", jane),))])
        assert isinstance(outcome, Done)
        assert stand.portal.associations("calls", outcome.id) == [Association("contacts", jane)]
        [asked] = stand.transport.asked
        assert str(asked) == "POST /crm/v3/objects/calls/batch/create"
        assert asked.body["inputs"][0]["associations"] == [
            {"to": {"id": jane}, "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 194}]}
        ]

    def test_done_tells_the_values_that_hubspot_has_otherwise(self):
        [outcome] = Stand().crm.create("calls", [a_call()])
        assert isinstance(outcome, Done)
        assert outcome.otherwise == {"hs_timestamp": "2026-04-22T10:00:00.000Z"}

    def test_even_where_the_answer_was_lost(self):
        stand = Stand()
        stand.transport.interrupt = answering("lost", only="batch/create")
        [outcome] = stand.crm.create("calls", [a_call()])
        assert isinstance(outcome, Done)
        assert outcome.otherwise == {"hs_timestamp": "2026-04-22T10:00:00.000Z"}


class TestLostAnswers:
    """Written or not? Only a look at the key can tell."""

    @pytest.mark.parametrize("concurrency", [1, 16])
    @pytest.mark.parametrize("fault", ["lost", "502", "cut", "503"])
    def test_each_record_stands_once(self, fault: str, concurrency: int):
        stand = Stand(concurrency=concurrency)
        # Two at most for any one batch, which has three rounds.
        stand.transport.interrupt = answering("pass", fault, fault, only="batch/create")
        outcomes = stand.crm.create("calls", calls(450))
        assert set(kinds(outcomes)) == {"Done"}
        assert stand.count("calls") == 450
        held = {r.properties[KEY]: r.id for r in stand.portal.records("calls")}
        assert [outcome.id for outcome in outcomes if isinstance(outcome, Done)] == [held[w.key] for w in calls(450)]

    @pytest.mark.parametrize("fault", ["lost", "502"])
    def test_what_was_written_is_not_sent_again(self, fault: str):
        stand = Stand()
        stand.transport.interrupt = answering(fault, only="batch/create")
        [outcome] = stand.crm.create("calls", [a_call()])
        assert isinstance(outcome, Done)
        assert stand.requests() == ["POST /crm/v3/objects/calls/batch/create", "POST /crm/v3/objects/calls/batch/read"]

    @pytest.mark.parametrize("fault", ["cut", "503"])
    def test_what_was_not_written_is_sent_again_after_a_look(self, fault: str):
        stand = Stand()
        stand.transport.interrupt = answering(fault, only="batch/create")
        assert kinds(stand.crm.create("calls", [a_call()])) == ["Done"]
        assert [path.rpartition("/")[2] for path in stand.requests()] == ["create", "read", "create"]

    def test_a_write_that_arrives_late_is_met_as_a_conflict(self):
        """HubSpot gave up waiting, we looked too early, then it committed."""
        stand = Stand()
        late: list[Callable[[], Response]] = []

        def interrupt(request: Request, carry_out: Callable[[], Response]) -> Response:
            if request.path.endswith("batch/create"):
                if not late:
                    late.append(carry_out)
                    return said(504, {"status": "error"})
                late[0]()
            return carry_out()

        stand.transport.interrupt = interrupt
        assert kinds(stand.crm.create("calls", calls(3))) == ["Done", "Done", "Done"]
        assert stand.count("calls") == 3

    def test_a_record_of_another_run_is_not_taken_for_ours(self):
        stand = Stand()
        stand.connector().create("calls", [a_call(1, call_connector_fingerprint="of another run")])
        stand.transport.interrupt = answering("cut", only="batch/create")
        assert kinds(stand.crm.create("calls", [a_call(1), a_call(2)])) == ["Exists", "Done"]

    def test_a_contact_is_known_by_who_it_is(self):
        stand = Stand()
        stand.transport.interrupt = answering("lost", only="batch/create")
        wish = a_contact(email="Jane.Doe@example.com", call_connector_first_call_at=AT)
        assert kinds(stand.crm.create("contacts", [wish])) == ["Done"]

    def test_one_that_was_said_to_be_taken_first_and_was_written_after_that_is_ours(self):
        """Who was in its way has gone by then; the answer to the second attempt was lost."""
        stand = Stand()
        taken = said(409, {"status": "error", "category": "CONFLICT", "message": "call_connector_key exists already"})
        stand.transport.interrupt = answering(taken, "lost", only="batch/create")
        assert kinds(stand.crm.create("calls", [a_call()])) == ["Done"]

    def test_it_is_given_up_after_three_rounds(self):
        stand = Stand()
        stand.transport.interrupt = answering(*["503"] * 9, only="batch/create")
        with pytest.raises(TransientError) as raised:
            stand.crm.create("calls", [a_call()])
        assert raised.value.code == "E221"
        assert len(stand.transport.sent("batch/create")) == 3
        assert stand.clock.slept == [1.0, 2.0]

    def test_answers_that_say_nothing_are_given_up_after_three_rounds(self):
        stand = Stand()
        stand.transport.interrupt = answering(
            *[said(201, {"status": "COMPLETE", "results": []})] * 9, only="batch/create"
        )
        with pytest.raises(TransientError) as raised:
            stand.crm.create("calls", calls(2))
        assert raised.value.code == "E221"
        assert [len(asked.body["inputs"]) for asked in stand.transport.sent("batch/create")] == [2, 2, 2]
        assert stand.clock.slept == [1.0, 2.0]

    def test_what_was_written_by_then_is_found_by_the_next_run(self):
        stand = Stand()
        stand.transport.interrupt = answering("pass", *["503"] * 20, only="batch/create")
        with pytest.raises(TransientError):
            stand.crm.create("calls", calls(200))
        stand.transport.interrupt = None
        outcomes = stand.connector().create("calls", calls(200))
        assert kinds(outcomes) == ["Exists"] * 100 + ["Done"] * 100

    def test_an_answer_that_says_nothing_is_looked_into(self):
        """A 2xx without results or errors: nothing was written, nothing was said."""
        stand = Stand()
        empty = said(201, {"status": "COMPLETE", "results": []})
        stand.transport.interrupt = answering(empty, only="batch/create")
        assert kinds(stand.crm.create("calls", calls(2))) == ["Done", "Done"]
        assert stand.count("calls") == 2

    def test_an_input_in_neither_list_is_looked_into(self):
        stand = Stand()

        def interrupt(request: Request, carry_out: Callable[[], Response]) -> Response:
            answer = carry_out()
            if not request.path.endswith("batch/create"):
                return answer
            body = msgspec.json.decode(answer.body)
            return said(answer.status, {**body, "results": body["results"][1:]})

        stand.transport.interrupt = interrupt
        assert kinds(stand.crm.create("calls", calls(5))) == ["Done"] * 5
        assert stand.count("calls") == 5

    def test_a_page_in_place_of_json_is_looked_into(self):
        stand = Stand()
        page = Response(200, (("Content-Type", "text/html"),), b"<html>please log in</html>")
        stand.transport.interrupt = answering(page, only="batch/create")
        assert kinds(stand.crm.create("calls", [a_call()])) == ["Done"]


class TestTaken:
    def test_by_key(self):
        stand = Stand()
        stand.crm.create("calls", [a_call(1, call_connector_state="held", hs_call_title="Before")])
        [outcome] = stand.crm.create("calls", [a_call(1, hs_call_title="After")])
        assert isinstance(outcome, Exists)
        assert outcome.by == "key"
        assert outcome.record.properties.keys() == {"hs_timestamp", "hs_call_title", KEY, FINGERPRINT, WRITTEN, STATE}
        assert outcome.record.properties["hs_call_title"] == "Before"
        assert outcome.record.properties[STATE] == "held"

    @pytest.mark.parametrize("trace_ids", [True, False], ids=["trace ids echoed", "no trace ids"])
    def test_some_of_a_hundred(self, trace_ids: bool):
        stand = Stand(choices=Choices(echo_trace_ids=trace_ids))
        stand.crm.create("calls", [a_call(n) for n in range(0, 100, 3)])
        stand.forget_requests()
        outcomes = stand.crm.create("calls", calls(100))
        assert kinds(outcomes) == ["Exists" if n % 3 == 0 else "Done" for n in range(100)]
        assert stand.count("calls") == 100
        assert len(stand.transport.asked) <= 3

    def test_an_address_as_a_409(self):
        stand = Stand()
        [jane] = stand.portal.seed_contacts([{"email": "jane@example.com", "firstname": "Janet", "phone": "1"}])
        [outcome] = stand.crm.create("contacts", [a_contact(email="jane@example.com")])
        assert isinstance(outcome, Exists)
        assert (outcome.by, outcome.record.id) == ("email", jane)
        assert outcome.record.properties == {
            "email": "jane@example.com",
            "firstname": "Janet",
            "lastname": None,
            "phone": "1",
            "mobilephone": None,
            "hs_additional_emails": None,
            "hubspot_owner_id": None,
            CONTACT_KEY: None,
        }

    @pytest.mark.parametrize("resolves", [True, False], ids=["HubSpot resolves it", "HubSpot does not resolve it"])
    def test_a_secondary_address_as_a_400_with_two_ids(self, resolves: bool):
        stand = Stand(choices=Choices(secondary_email_resolves=resolves, merge_keeps_primary_id=True))
        first, second = stand.portal.seed_contacts([{"email": "jane@example.com"}, {"email": "j.doe@example.com"}])
        stand.edit("merge", "contacts", first, other=second)
        [outcome] = stand.crm.create("contacts", [a_contact(email="j.doe@example.com")])
        assert isinstance(outcome, Exists)
        assert (outcome.by, outcome.record.id) == ("email", first)
        assert stand.count("contacts") == 1

    def test_key_and_address_at_once_is_the_key(self):
        stand = Stand()
        stand.crm.create("contacts", [a_contact(email="jane@example.com")])
        [outcome] = stand.crm.create("contacts", [a_contact(email="jane@example.com")])
        assert isinstance(outcome, Exists)
        assert outcome.by == "key"

    def test_two_wishes_with_one_address(self):
        stand = Stand()
        wishes = [a_contact(1, email="jane@example.com"), a_contact(2, email="jane@example.com")]
        first, second = stand.crm.create("contacts", wishes)
        assert isinstance(first, Done)
        assert isinstance(second, Exists)
        assert (second.by, second.record.id) == ("email", first.id)

    @pytest.mark.parametrize(
        ("status", "body"),
        [
            pytest.param(
                409,
                {"category": "CONFLICT", "message": "Contact already exists. Existing ID: {id}"},
                id="409 for the whole batch",
            ),
            pytest.param(
                400,
                {
                    "category": "VALIDATION_ERROR",
                    "message": "Cannot set PropertyValueCoordinates{{portalId=1, objectTypeId=ObjectTypeId{{"
                    "legacyObjectType=CONTACT}}, propertyName=email, value=x@example.com}} on 1. {id} already has "
                    "that value.",
                },
                id="400 with two ids for the whole batch",
            ),
            pytest.param(409, {"category": "CONFLICT", "message": "Contact already exists."}, id="409 without an id"),
        ],
    )
    def test_a_whole_batch_refused_for_one_address(self, status: int, body: dict[str, str]):
        stand = Stand()
        [jane] = stand.portal.seed_contacts([{"email": "jane@example.com"}])
        refusal = {**body, "message": body["message"].format(id=jane)}

        def interrupt(request: Request, carry_out: Callable[[], Response]) -> Response:
            return (
                said(status, refusal)
                if b"jane@example.com" in request.body and "create" in request.path
                else carry_out()
            )

        stand.transport.interrupt = interrupt
        wishes = [a_contact(n) for n in range(99)]
        wishes.insert(40, a_contact(400, email="jane@example.com"))
        outcomes = stand.crm.create("contacts", wishes)
        taken = outcomes.pop(40)
        assert isinstance(taken, Exists)
        assert (taken.by, taken.record.id) == ("email", jane)
        assert set(kinds(outcomes)) == {"Done"}
        assert len(stand.transport.sent("batch/create")) == 2

    def test_a_whole_batch_refused_for_keys(self):
        stand = Stand()
        stand.crm.create("calls", [a_call(n) for n in (3, 50, 99)])
        stand.forget_requests()

        def interrupt(request: Request, carry_out: Callable[[], Response]) -> Response:
            if request.path.endswith("create") and any(f'org:{n}"'.encode() in request.body for n in (3, 50, 99)):
                return said(400, {"category": "VALIDATION_ERROR", "errors": [{"code": "CONFLICTING_UNIQUE_VALUE"}]})
            return carry_out()

        stand.transport.interrupt = interrupt
        outcomes = stand.crm.create("calls", calls(100))
        assert [n for n, kind in enumerate(kinds(outcomes)) if kind == "Exists"] == [3, 50, 99]
        assert len(stand.transport.sent("batch/create")) == 2

    def test_a_unique_property_of_the_portals_own(self):
        stand = Stand()
        definition = {
            "name": "patient_number",
            "label": "Patient",
            "type": "string",
            "fieldType": "text",
            "groupName": "contactinformation",
            "hasUniqueValue": True,
        }
        stand.portal.handle(
            Request(
                "POST",
                "/crm/v3/properties/contacts",
                {},
                {"authorization": "Bearer pat-eu1-invented"},
                msgspec.json.encode(definition),
            )
        )
        stand.portal.seed_contacts([{"patient_number": "7"}])
        [outcome] = stand.crm.create("contacts", [a_contact(patient_number="7")])
        assert isinstance(outcome, Refused)
        assert (outcome.code, outcome.properties) == ("E234", ("patient_number",))

    def test_a_holder_that_nobody_can_see_costs_only_this_wish(self):
        stand = Stand()
        hidden = {
            "category": "VALIDATION_ERROR",
            "message": "Cannot set PropertyValueCoordinates{propertyName=call_connector_key, value=x} on 1. 2 already "
            "has that value.",
            "context": {"objectWriteTraceId": ["0"]},
        }

        def interrupt(request: Request, carry_out: Callable[[], Response]) -> Response:
            if not request.path.endswith("create"):
                return carry_out()
            entries = msgspec.json.decode(request.body)["inputs"]
            others = [e for e in entries if e["properties"][KEY] != "reception_ai:org:0"]
            if len(others) == len(entries):
                return carry_out()
            results = [{"id": str(n), "properties": e["properties"]} for n, e in enumerate(others, 1000)]
            return said(207, {"results": results, "errors": [hidden]})

        stand.transport.interrupt = interrupt
        outcomes = stand.crm.create("calls", calls(3))
        assert kinds(outcomes) == ["Refused", "Done", "Done"]
        assert isinstance(outcomes[0], Refused)
        assert outcomes[0].code == "E235"
        assert len(stand.transport.sent("batch/create")) == 3

    def test_a_key_that_is_seen_a_moment_later(self):
        """The index that refuses is ahead of the one that reads."""
        stand = Stand()
        stand.crm.create("calls", [a_call()])
        nothing = said(207, {"results": []})
        stand.transport.interrupt = answering(nothing, nothing, only="batch/read")
        assert kinds(stand.crm.create("calls", [a_call()])) == ["Exists"]


class TestRefused:
    def test_one_bad_value_harms_no_neighbour(self):
        stand = Stand()
        wishes = [a_contact(n) for n in range(100)]
        wishes[57] = a_contact(57, email="jane@example")
        outcomes = stand.crm.create("contacts", wishes)
        refused = outcomes.pop(57)
        assert refused == Refused("E232", "HubSpot refused email (INVALID_EMAIL)", ("email",))
        assert set(kinds(outcomes)) == {"Done"}
        assert len(stand.transport.asked) == 1

    def test_a_property_that_is_not_there(self):
        [outcome] = Stand().crm.create("calls", [a_call(no_such_property="x")])
        assert isinstance(outcome, Refused)
        assert (outcome.code, outcome.properties) == ("E232", ("no_such_property",))

    def test_a_property_that_is_not_there_and_that_the_refusal_does_not_name(self):
        stand = Stand()

        def interrupt(request: Request, carry_out: Callable[[], Response]) -> Response:
            is_met = request.path.endswith("create") and b"no_such_property" in request.body
            return said(400, {"category": "VALIDATION_ERROR", "message": "Invalid input"}) if is_met else carry_out()

        stand.transport.interrupt = interrupt
        outcomes = stand.crm.create("calls", [a_call(1, no_such_property="x"), *calls(20)[2:]])
        assert outcomes.pop(0) == Refused("E232", "HubSpot refused no_such_property", ("no_such_property",))
        assert set(kinds(outcomes)) == {"Done"}
        assert len(stand.transport.sent("batch/create")) == 2

    def test_a_required_property_that_is_missing(self):
        [outcome] = Stand().crm.create("calls", [Create(key="k:o:1", properties={})])
        assert isinstance(outcome, Refused)
        assert (outcome.code, outcome.properties) == ("E232", ("hs_timestamp",))

    def test_a_contact_that_is_gone(self):
        """Its own code, so that the engine may look for the contact anew."""
        stand = Stand()
        [jane] = stand.portal.seed_contacts([{"firstname": "Jane"}])
        stand.edit("archive", "contacts", jane)
        outcomes = stand.crm.create("calls", [a_call(1, links=(Association("contacts", jane),)), a_call(2)])
        assert kinds(outcomes) == ["Refused", "Done"]
        assert isinstance(outcomes[0], Refused)
        assert outcomes[0].code == "E233"

    def test_types_that_hubspot_does_not_link(self):
        stand = Stand()
        outcomes = stand.crm.create("calls", [a_call(1, links=(Association("owls", "1"),)), a_call(2)])
        assert outcomes[0] == Refused("E233", "HubSpot has no link from calls to owls")
        assert kinds(outcomes) == ["Refused", "Done"]
        assert len(stand.transport.asked) == 1

    def test_an_address_that_may_not_return(self):
        stand = Stand()
        [jane] = stand.portal.seed_contacts([{"email": "jane@example.com"}])
        stand.edit("gdpr_delete", "contacts", jane)
        [outcome] = stand.crm.create("contacts", [a_contact(email="jane@example.com")])
        assert isinstance(outcome, Refused)
        assert (outcome.code, outcome.properties) == ("E236", ("email",))

    def test_errors_that_name_nobody_are_told_apart_one_by_one(self):
        stand = Stand()

        def interrupt(request: Request, carry_out: Callable[[], Response]) -> Response:
            answer = carry_out()
            if not request.path.endswith("create"):
                return answer
            body: dict[str, Any] = msgspec.json.decode(answer.body)
            for problem in body.get("errors", ()):
                problem.pop("context", None)
            return said(answer.status, body)

        stand.transport.interrupt = interrupt
        outcomes = stand.crm.create(
            "contacts", [a_contact(n, email=f"bad{n}" if n in (3, 5) else "") for n in range(20)]
        )
        assert [n for n, kind in enumerate(kinds(outcomes)) if kind == "Refused"] == [3, 5]
        assert len(stand.transport.sent("batch/create")) == 3


class TestStops:
    def test_a_lost_lane_writes_nothing(self):
        def lost() -> None:
            raise LaneError("E522", "the lane was lost")

        stand = Stand(concurrency=4)
        crm = stand.connector(before_write=lost)
        with pytest.raises(LaneError):
            crm.create("calls", calls(500))
        assert stand.requests() == []

    def test_the_lane_is_looked_at_before_each_attempt(self):
        looks: list[float] = []
        stand = Stand()
        crm = stand.connector(before_write=lambda: looks.append(stand.clock.monotonic()))
        limited = said(429, {"policyName": "TEN_SECONDLY_ROLLING", "message": "…"})
        stand.transport.interrupt = answering(limited, only="batch/create")
        crm.create("calls", [a_call()])
        assert len(looks) == 2
        assert looks[1] - looks[0] >= 10

    def test_a_refused_key(self):
        stand = Stand()
        with pytest.raises(AccessError):
            stand.connector(token="pat-eu1-other").create("calls", [a_call()])

    def test_a_scope_that_is_missing(self):
        stand = Stand(prepared=False, scopes=["crm.objects.contacts.read"])
        with pytest.raises(AccessError) as raised:
            stand.crm.create("calls", [a_call()])
        assert raised.value.code == "E202"
        assert "crm.objects." in raised.value.message


class TestTold:
    @pytest.mark.parametrize(
        ("sent", "read", "expected"),
        [
            ({FINGERPRINT: "f1", "hs_call_title": "x"}, {FINGERPRINT: "f1", "hs_call_title": "y"}, True),
            ({FINGERPRINT: "f1"}, {FINGERPRINT: "f2"}, False),
            ({FINGERPRINT: "f1", WRITTEN: "w"}, {FINGERPRINT: "f1", WRITTEN: "v"}, False),
            ({FINGERPRINT: "f1"}, {FINGERPRINT: None}, False),
            ({"email": "Jane@example.com", "phone": "+1"}, {"email": "jane@example.com", "phone": "+1"}, True),
            ({"phone": "+1"}, {"phone": "+2"}, False),
            ({"lifecyclestage": "lead"}, {"lifecyclestage": "customer"}, True),
            pytest.param(
                {"phone": "+1", "lastname": " "}, {"phone": "+1", "lastname": None}, True, id="a blank is none"
            ),
        ],
    )
    def test_what_is_as_wished(self, sent, read, expected):
        assert is_as_wished(Create(key="k", properties=sent), CrmRecord(id="1", properties=read)) is expected

    def test_what_is_asked_of_a_record_that_is_there(self):
        wish = Create(key="k", properties={"hs_task_subject": "x"})
        assert asked_of_existing("tasks", KEY, [wish]) == {"hs_task_subject", KEY, FINGERPRINT, WRITTEN}
        assert STATE in asked_of_existing("calls", KEY, [wish])
        assert {"email", "phone", "hubspot_owner_id", CONTACT_KEY} <= asked_of_existing("contacts", CONTACT_KEY, [wish])
