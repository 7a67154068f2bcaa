"""Klen AI's records and requests, against answers as its documentation shows them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from connector.errors import AccessError, ConnectorError, FatalError, TransientError
from connector.model import BadCall, Call, OngoingCall
from connector.sources.klen import REQUESTS_PER_MINUTE, Klen, klen_http
from connector.sources.klen_record import do_not_call, read_record
from connector.sources.rate import Rate
from tests.stubs.clock import START, VirtualClock

BASE = "https://klen.example.com/api/v1"
KEY = "klen_invented_0123456789"
SINCE = datetime(2025, 4, 1, tzinfo=UTC)
ROW: dict[str, Any] = {
    "id": "call_def456",
    "agent_id": "assistant_abc123",
    "agent_name": "Sales Representative",
    "status": "completed",
    "type": "outbound",
    "phone_number": "+15555550123",
    "started_at": "2025-04-23T14:30:45Z",
    "ended_at": "2025-04-23T14:35:12Z",
    "duration_seconds": 267,
    "summary": "Asked about the premium package.",
    "recording_url": "https://storage.example.com/recordings/call_def456.mp3",
    "contact": {"id": 789, "name": "Ada Fern", "email": "ada@example.com", "company": "Fern & Co"},
}
DETAILS: dict[str, Any] = {
    "id": 123,
    "agent": {"id": 456, "name": "Sales Representative", "assistant_id": "assistant_abc123"},
    "call_id": "call_def456",
    **{name: ROW[name] for name in ("status", "type", "phone_number", "started_at", "ended_at", "duration_seconds")},
    "summary": "Asked about the premium package, and for a call next week.",
    "transcript": "Agent: Hello.\nCustomer: Hello.",
    "recording_url": ROW["recording_url"],
    "contact": {**ROW["contact"], "status": "contacted", "stage": "qualified_lead"},
    "team": {"id": 101, "name": "Sales Team"},
}
CONTACT = {
    "id": 789,
    "first_name": "Ada",
    "tags": ["warm"],
    "phone_numbers": [
        {"phone_number": "+1 555-555-0123", "primary": True, "do_not_call": True},
        {"phone_number": "+15555550199", "primary": False, "do_not_call": False},
    ],
}
AGENTS = {"agents": [{"id": 456, "assistant_id": "assistant_abc123", "phone_number": "+15555550100"}]}

Answers = dict[str, Any]


def a_page(*rows: Any, **changes: Any) -> dict[str, Any]:
    return {"count": len(rows), "page": 1, "limit": 100, "pages": 1, "calls": list(rows), **changes}


class Web(httpx.BaseTransport):
    """Answers by path; a status in place of a body, or a function of the request."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.asked: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.get(request.url.path.removeprefix("/api/v1"), 404)
        if callable(answer):
            answer = answer(request)
        if isinstance(answer, httpx.Response):
            return answer
        if isinstance(answer, int):
            return httpx.Response(answer, json={"error": "some_word", "message": "no"})
        return httpx.Response(200, json=answer)

    @property
    def paths(self) -> list[str]:
        return [request.url.raw_path.decode().removeprefix("/api/v1") for request in self.asked]


def a_source(answers: Answers, **options: Any) -> tuple[Klen, Web, VirtualClock]:
    web, clock = Web(answers), VirtualClock()
    http = klen_http(clock=clock, transport=web)
    rate = Rate(REQUESTS_PER_MINUTE, seconds=60, clock=clock)
    return Klen(api_key=KEY, http=http, clock=clock, rate=rate, base_url=BASE, **options), web, clock


def whole(answers: Answers | None = None, call_id: str = "call_def456", **options: Any) -> Any:
    given: Answers = {"/calls/call_def456": DETAILS, "/agents": AGENTS, "/contacts/789": CONTACT, **(answers or {})}
    return a_source(given, **options)[0].call(call_id)


def listed(*rows: Any, answers: Answers | None = None) -> list[Any]:
    return list(a_source({"/calls": a_page(*rows), **(answers or {})})[0].calls(since=SINCE))


class TestRecord:
    def test_a_row_of_the_list(self):
        (call,) = listed(ROW)
        assert isinstance(call, Call)
        assert str(call.key) == "klen:default:call_def456"
        assert (call.started_at, call.ended_at) == (
            datetime(2025, 4, 23, 14, 30, 45, tzinfo=UTC),
            datetime(2025, 4, 23, 14, 35, 12, tzinfo=UTC),
        )
        assert (call.duration_seconds, call.direction, call.status) == (267, "OUTBOUND", "COMPLETED")
        assert (call.agent_name, call.agent_number) == ("Sales Representative", None)
        assert call.is_partial
        assert call.payload["contact"]["company"] == "Fern & Co"

    def test_the_details_are_the_same_call_in_full(self):
        (row,), call = listed(ROW), whole()
        assert call.key == row.key
        assert (call.started_at, call.ended_at, call.duration_seconds) == (
            row.started_at,
            row.ended_at,
            row.duration_seconds,
        )
        assert not call.is_partial
        assert call.transcript == DETAILS["transcript"]
        assert call.summary == DETAILS["summary"]
        assert call.agent_number == "+15555550100"
        for name in ("id", "agent_id", "agent_name", "phone_number"):
            assert call.payload[name] == row.payload[name], "one mapping reads both"

    @pytest.mark.parametrize(
        ("changes", "started", "ended", "seconds"),
        [
            ({"started_at": None}, "14:30:45", "14:35:12", 267),
            ({"ended_at": None}, "14:30:45", "14:35:12", 267),
            ({"duration_seconds": None}, "14:30:45", "14:35:12", 267),
            ({"ended_at": None, "duration_seconds": None}, "14:30:45", "14:30:45", 0),
            ({"started_at": None, "duration_seconds": None}, "14:35:12", "14:35:12", 0),
            ({"ended_at": "2025-04-23T14:30:00Z"}, "14:30:45", "14:35:12", 267),
        ],
    )
    def test_times_that_are_not_told_follow_from_the_others(
        self, changes: dict[str, Any], started: str, ended: str, seconds: int
    ) -> None:
        call = read_record({**ROW, **changes}, account=None)
        assert isinstance(call, Call)
        assert (f"{call.started_at:%H:%M:%S}", f"{call.ended_at:%H:%M:%S}") == (started, ended)
        assert call.duration_seconds == seconds

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"started_at": None, "ended_at": None, "status": "failed"}, "E322"),
            ({"duration_seconds": "long"}, "E322"),
            ({"id": None}, "E321"),
            ({"id": 123}, "E321"),
            ({"id": " "}, "E321"),
            ({"status": "in-progress"}, "E332"),
            ({"billing": {"total_charge": 10**30}}, "E320"),
        ],
    )
    def test_what_cannot_be_a_finished_call(self, changes: dict[str, Any], code: str) -> None:
        call = read_record({**ROW, **changes}, account=None)
        assert isinstance(call, BadCall)
        assert call.code == code

    @pytest.mark.parametrize(
        ("word", "status"),
        [
            ("completed", "COMPLETED"),
            ("Failed", "FAILED"),
            ("no-answer", "NO_ANSWER"),
            ("busy", "BUSY"),
            ("sung", "COMPLETED"),
            (None, "COMPLETED"),
        ],
    )
    def test_words_for_how_it_ended(self, word: str | None, status: str) -> None:
        call = read_record({**ROW, "status": word}, account=None)
        assert isinstance(call, Call)
        assert call.status == status

    @pytest.mark.parametrize(
        ("word", "direction"), [("inbound", "INBOUND"), ("outbound", "OUTBOUND"), ("web", "INBOUND"), (None, "INBOUND")]
    )
    def test_directions(self, word: str | None, direction: str) -> None:
        call = read_record({**ROW, "type": word}, account=None)
        assert isinstance(call, Call)
        assert call.direction == direction

    @pytest.mark.parametrize("status", ["in-progress", "queued", "ringing", "IN-PROGRESS"])
    def test_a_call_that_goes_on(self, status: str) -> None:
        row = {**ROW, "status": status, "ended_at": None, "duration_seconds": None}
        (call,) = listed(row)
        assert isinstance(call, OngoingCall)
        assert call.started_at == datetime(2025, 4, 23, 14, 30, 45, tzinfo=UTC)
        (unstarted,) = listed({**row, "started_at": None})
        assert abs(unstarted.started_at - START) < timedelta(minutes=1)

    @pytest.mark.parametrize("contact", [None, {}, [], "Ada"])
    def test_nobody_may_be_known(self, contact: Any) -> None:
        (call,) = listed({**ROW, "contact": contact})
        assert isinstance(call, Call)
        assert isinstance(whole({"/calls/call_def456": {**DETAILS, "contact": contact}}), Call)

    @pytest.mark.parametrize(
        ("numbers", "expected"),
        [
            (CONTACT["phone_numbers"], True),
            (
                [{"phone_number": "+15555550123", "do_not_call": False}, {"phone_number": "1", "do_not_call": True}],
                False,
            ),
            ([{"phone_number": "+15555550100", "do_not_call": True}], True),
            ([{"phone_number": "+15555550100", "do_not_call": False}], False),
            ([{"phone_number": "+15555550123"}], None),
            ([], None),
            (None, None),
            ("+15555550123", None),
        ],
    )
    def test_who_is_not_to_be_called(self, numbers: Any, expected: bool | None) -> None:
        assert do_not_call({"phone_numbers": numbers}, "+15555550123") is expected


class TestIds:
    def test_a_number_in_the_list_is_resolved_through_the_details(self):
        answers = {"/calls/123": DETAILS, "/agents": AGENTS}
        (call,) = listed({**ROW, "id": 123}, answers=answers)
        assert call.key.id == "call_def456"
        assert not call.is_partial

    def test_a_number_whose_call_is_gone_is_no_call(self):
        assert listed({**ROW, "id": 123}) == []

    def test_details_without_the_id_are_no_call(self):
        (call,) = listed({**ROW, "id": 123}, answers={"/calls/123": {**DETAILS, "call_id": None}})
        assert isinstance(call, BadCall)
        assert call.code == "E321"

    def test_another_call_than_the_one_asked_for(self):
        call = whole({"/calls/call_def456": {**DETAILS, "call_id": "call_other"}})
        assert isinstance(call, BadCall)

    def test_the_account_is_the_configured_one(self):
        call = whole(account="acme")
        assert str(call.key) == "klen:acme:call_def456"


class TestRequests:
    def test_the_key_and_the_pages(self):
        source, web, _ = a_source({"/calls": a_page(ROW)})
        assert web.asked == []
        list(source.calls(since=SINCE))
        assert web.paths == ["/calls?page=1&limit=100"]
        assert web.asked[0].headers["authorization"] == f"Bearer {KEY}"

    def test_nothing_is_joined_that_nobody_reads(self):
        source, web, _ = a_source({"/calls/call_def456": DETAILS, "/agents": AGENTS})
        source.call("call_def456")
        source.call("call_def456")
        assert web.paths == ["/calls/call_def456", "/agents", "/calls/call_def456"]

    def test_the_contact_is_joined_where_it_is_read(self):
        call = whole(wants=lambda: {"contact.do_not_call"})
        assert call.payload["contact"]["do_not_call"] is True
        assert call.payload["contact"]["first_name"] == "Ada"
        assert call.payload["contact"]["stage"] == "qualified_lead"

    def test_a_contact_that_is_gone_is_not_joined(self):
        call = whole({"/contacts/789": 404}, wants=lambda: {"contact.do_not_call"})
        assert call.payload["contact"]["do_not_call"] is None

    def test_no_more_than_fifty_requests_in_any_minute(self):
        source, web, clock = a_source({"/calls/call_def456": DETAILS, "/agents": AGENTS})
        sent = []
        for _ in range(160):
            source.call("call_def456")
            sent.append(clock.monotonic())
        assert all(late - early >= 60 for early, late in zip(sent, sent[50:], strict=False))
        assert len(web.asked) == source.requests == 161

    @pytest.mark.parametrize("retry_after", ["2", "1.5", format_datetime(START + timedelta(seconds=5), usegmt=True)])
    def test_a_limit_is_waited_for(self, retry_after: str) -> None:
        refusals = iter((httpx.Response(429, headers={"Retry-After": retry_after}, json={"error": "x"}),))
        source, web, _ = a_source({"/calls": lambda request: next(refusals, a_page(ROW))})
        assert len(list(source.calls(since=SINCE))) == 1
        assert len(web.asked) == 2

    def test_a_limit_without_end(self):
        source, _, _ = a_source({"/calls": lambda request: httpx.Response(429, json={"error": "rate_limit_exceeded"})})
        with pytest.raises(TransientError) as failure:
            list(source.calls(since=SINCE))
        assert failure.value.code == "E307"


ASKS: dict[str, Callable[[Klen], Any]] = {
    "can_read_calls": lambda source: list(source.calls(since=SINCE)),
    "can_read_contacts": lambda source: source.contact("789"),
    "can_read_agents": lambda source: source.agents(),
}


class TestRefusals:
    @pytest.mark.parametrize("word", ["authentication_required", "invalid_key"])
    def test_a_key_that_opens_nothing(self, word: str) -> None:
        source, web, _ = a_source({"/calls": lambda _: httpx.Response(401, json={"error": word, "message": "No."})})
        with pytest.raises(AccessError) as failure:
            source.profile()
        assert word in failure.value.message
        assert KEY not in str(failure.value)
        assert len(web.asked) == 1

    @pytest.mark.parametrize("permission", ASKS)
    def test_the_missing_permission_is_named(self, permission: str) -> None:
        body = {"error": "permission_denied", "message": "No."}
        refused = {path: lambda _: httpx.Response(403, json=body) for path in ("/calls", "/agents", "/contacts/789")}
        with pytest.raises(AccessError) as failure:
            ASKS[permission](a_source(refused)[0])
        assert permission in failure.value.message
        assert permission in (failure.value.fix or "")

    def test_the_platforms_own_naming_wins(self):
        body = {"error": "permission_denied", "message": "This needs the can_read_everything permission."}
        source, _, _ = a_source({"/calls": lambda _: httpx.Response(403, json=body)})
        with pytest.raises(AccessError, match="can_read_everything"):
            source.profile()

    @pytest.mark.parametrize("body", [b"", b"<html>", b'{"error": {}}', b"[]", b'{"error": "A person said no"}'])
    def test_a_refusal_in_no_known_shape(self, body: bytes) -> None:
        source, _, _ = a_source({"/calls": lambda _: httpx.Response(403, content=body)})
        with pytest.raises(AccessError) as failure:
            source.profile()
        assert "can_read_calls" in failure.value.message
        assert "person" not in failure.value.message

    def test_a_key_that_may_not_read_agents_still_reads_calls(self):
        call = whole({"/agents": 403})
        assert isinstance(call, Call)
        assert call.agent_number is None

    def test_an_answer_that_is_no_list_of_agents_is_not_a_firm_without_lines(self):
        with pytest.raises(FatalError, match="E314"):
            whole({"/agents": {}})

    def test_a_key_that_may_not_read_contacts_is_told_when_they_are_read(self):
        with pytest.raises(AccessError, match="can_read_contacts"):
            whole({"/contacts/789": 403}, wants=lambda: {"contact.do_not_call"})

    @pytest.mark.parametrize(
        ("answer", "code"),
        [
            (404, "E311"),
            (400, "E312"),
            (500, "E308"),
            ([], "E314"),
            ({"calls": {}}, "E314"),
            ({"error": "x"}, "E314"),
            (httpx.Response(200, content=b'{"count": 1, "calls": [{"id"'), "E313"),
            (httpx.Response(200, content=b"<html>", headers={"Content-Type": "text/html"}), "E313"),
            (httpx.Response(302, headers={"Location": "https://elsewhere.example.com/"}), "E306"),
        ],
    )
    def test_answers_that_are_no_page(self, answer: Any, code: str) -> None:
        source, _, _ = a_source({"/calls": answer})
        with pytest.raises(ConnectorError) as failure:
            list(source.calls(since=SINCE))
        assert failure.value.code == code

    def test_pages_that_do_not_turn(self):
        rows = [{**ROW, "id": f"call_{number}"} for number in range(100)]
        source, web, _ = a_source({"/calls": a_page(*rows, count=300, pages=3)})
        with pytest.raises(FatalError) as failure:
            list(source.calls(since=SINCE))
        assert failure.value.code == "E316"
        assert len(web.asked) == 3

    @pytest.mark.parametrize("row", [17, "call", None, [], ["call_1"]])
    def test_one_bad_row_costs_the_others_nothing(self, row: Any) -> None:
        bad, good = sorted(listed(row, ROW), key=lambda call: isinstance(call, Call))
        assert isinstance(good, Call)
        assert isinstance(bad, BadCall)
        assert bad.code == "E320"

    @pytest.mark.parametrize("count", [None, "2", 2.0])
    def test_a_list_that_does_not_count_is_read_to_its_end(self, count: Any) -> None:
        def answer(request: httpx.Request) -> Any:
            page = int(request.url.params["page"])
            rows = [{**ROW, "id": f"call_{page}_{number}"} for number in range(100)] if page < 3 else []
            return httpx.Response(200, content=json.dumps({"calls": rows, "count": count}))

        assert len(list(a_source({"/calls": answer})[0].calls(since=SINCE))) == 200
