"""KaiCalls: what its records mean, who called, and what is asked for and what is not."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

import httpx
import pytest

from connector.errors import AccessError, ConnectorError, FatalError, TransientError
from connector.model import BadCall, Call, OngoingCall
from connector.sources import kaicalls_transcripts
from connector.sources.access import Access
from connector.sources.kaicalls import KaiCalls
from connector.sources.kaicalls_api import BASE_URL, REQUESTS_A_MINUTE
from connector.sources.kaicalls_record import read_payload
from tests.contract.platforms.kaicalls import KEY, LEAD, Stub, record
from tests.contract.platforms.stage import Between, Send, Wire, always, an_answer, answering
from tests.stubs.clock import START, VirtualClock

SINCE = START - timedelta(days=30)
PERSON = ("person_id",)
ALL = ("person_id", "transcript", "recording_url")
LINE = {"name": "Kai", "phone_number": "+15550100"}


class Line:
    """A stub platform and a source on it."""

    def __init__(
        self, *calls: Any, wants: Collection[str] = PERSON, account: str | None = None, base_url: str | None = None
    ) -> None:
        self.clock = VirtualClock()
        self.stub = Stub(list(calls))
        self.wire = Wire(self.stub)
        access = Access(
            api_key=KEY,
            clock=self.clock,
            account=account,
            base_url=base_url,
            wants=lambda: wants,
            transport=self.wire,
        )
        self.source = KaiCalls.open(access)

    def listed(self) -> list[Call | BadCall | OngoingCall]:
        return list(self.source.calls(since=SINCE))

    def only(self) -> Call:
        (call,) = self.listed()
        assert isinstance(call, Call)
        return call

    def whole(self, call_id: str) -> Call:
        call = self.source.call(call_id)
        assert isinstance(call, Call)
        return call

    @property
    def asked(self) -> list[str]:
        """The paths, and the queries that say what was asked for."""
        return [each.replace("limit=100", "").rstrip("?&") for each in self.stub.asked]


def a_transcript(call_id: str, *, minutes_ago: float, text: str = "Agent: Hi\nCaller: Hi") -> dict[str, Any]:
    at = START - timedelta(minutes=minutes_ago, seconds=60)
    return {"call_id": call_id, "transcript": text, "created_at": at.isoformat().replace("+00:00", "Z")}


def read_call(**fields: Any) -> Call:
    call = read_payload(record("c1", minutes_ago=1, **fields), account=None)
    assert isinstance(call, Call)
    return call


class TestOneRecord:
    def test_began_at_created_at_and_ended_its_duration_later(self):
        call = read_call(duration=127, created_at="2026-04-18T14:32:00Z")
        assert str(call.started_at) == "2026-04-18 14:32:00+00:00"
        assert call.ended_at - call.started_at == timedelta(seconds=call.duration_seconds) == timedelta(seconds=127)

    @pytest.mark.parametrize(
        ("said", "read"), [("inbound", "INBOUND"), ("outbound", "OUTBOUND"), (None, "INBOUND"), ("sideways", "INBOUND")]
    )
    def test_direction(self, said, read):
        assert read_call(direction=said).direction == read

    @pytest.mark.parametrize(
        ("said", "read"),
        [
            ("completed", "COMPLETED"),
            ("ended", "COMPLETED"),
            ("No-Answer", "NO_ANSWER"),
            ("busy", "BUSY"),
            (7, "COMPLETED"),
        ],
    )
    def test_status(self, said, read):
        assert read_call(status=said).status == read

    @pytest.mark.parametrize(
        ("account", "business", "whose"),
        [("set", "b1", "set"), (None, "b1", "b1"), (None, None, "default"), (None, "", "default")],
    )
    def test_whose_it_is(self, account, business, whose):
        call = read_payload(record("c1", minutes_ago=1, business_id=business), account=account)
        assert call.key.account == whose

    @pytest.mark.parametrize("status", ["queued", "ringing", "in-progress", "in_progress", "started", " Ringing "])
    def test_that_is_active_is_no_call_yet(self, status):
        line = Line(record("c1", minutes_ago=1, status=status, duration=None))
        assert [type(call) for call in line.listed()] == [OngoingCall]
        assert isinstance(line.source.call("c1"), OngoingCall)


class TestTheCaller:
    def test_is_the_lead_that_the_list_names_and_costs_one_request(self):
        line = Line(record("c1", minutes_ago=1))
        listed = line.only()
        assert (listed.is_partial, listed.is_callerless, listed.person_id) == (True, True, None)
        call = line.whole("c1")
        assert (call.person_id, call.payload["lead"]) == (LEAD["id"], LEAD)
        assert (call.is_partial, call.is_callerless, call.key) == (False, False, listed.key)
        assert line.asked == ["/calls", "/leads?id=lead_1", "/agents"]

    def test_is_found_by_the_calls_id_where_the_list_does_not_name_it(self):
        line = Line(record("c1", minutes_ago=1))
        line.wire.between = hiding("lead_id")
        line.listed()
        assert line.whole("c1").person_id == LEAD["id"]
        assert "/calls?id=c1" in line.asked

    def test_is_asked_for_once_a_run(self):
        line = Line(record("c1", minutes_ago=1), record("c2", minutes_ago=2))
        line.listed()
        assert line.whole("c1").payload["lead"] == line.whole("c2").payload["lead"]
        assert line.asked.count("/leads?id=lead_1") == 1

    @pytest.mark.parametrize(
        "lead_id", [pytest.param(None, id="no lead"), pytest.param("gone", id="a lead that is gone"), ""]
    )
    def test_is_nobody_where_no_lead_says_who(self, lead_id):
        line = Line(record("c1", minutes_ago=1, lead_id=lead_id))
        line.listed()
        call = line.whole("c1")
        assert (call.person_id, call.payload["lead"]) == (None, None)

    def test_is_nobody_when_the_platform_answers_with_another_lead(self):
        line = Line(record("c1", minutes_ago=1))
        line.stub.leads = [{**LEAD, "id": "lead_2"}]
        line.wire.between = answering_leads({"leads": line.stub.leads, "has_more": False})
        line.listed()
        assert line.whole("c1").person_id is None

    @pytest.mark.parametrize("body", [{}, {"status": "ok"}, {"lead": {}}, {"leads": [{"name": "Ada"}]}])
    def test_is_not_nobody_when_the_answer_is_no_lead(self, body):
        line = Line(record("c1", minutes_ago=1))
        line.wire.between = answering_leads(body)
        with pytest.raises(FatalError, match="E314"):
            line.whole("c1")

    def test_is_not_asked_for_where_nobody_reads_it(self):
        line = Line(record("c1", minutes_ago=1), wants=())
        listed = line.only()
        assert not listed.is_callerless
        assert line.whole("c1").payload["lead"] is None
        assert not any(asked.startswith("/leads") for asked in line.asked)

    def test_that_cannot_be_asked_for_fails_the_call_and_is_not_guessed(self):
        line = Line(record("c1", minutes_ago=1))
        line.listed()
        line.wire.between = always(500, {"error": {"code": "internal_error", "message": "no"}})
        with pytest.raises(TransientError):
            line.source.call("c1")


class TestWhatElseIsRead:
    def test_a_transcript_is_found_by_the_calls_id(self):
        calls = [record(f"c{number}", minutes_ago=number) for number in range(250)]
        line = Line(*calls, wants=ALL)
        line.stub.transcripts = [
            a_transcript(f"c{number}", minutes_ago=number, text=f"t{number}") for number in range(250)
        ]
        line.listed()
        assert [line.whole(f"c{number}").transcript for number in (0, 99, 249)] == ["t0", "t99", "t249"]
        transcripts = [asked for asked in line.asked if asked.startswith("/transcripts")]
        assert len(transcripts) == 3
        assert all("days=1" in asked for asked in transcripts)

    def test_a_transcript_that_is_not_there_yet_costs_no_walk_through_all(self):
        line = Line(record("c1", minutes_ago=1), wants=ALL)
        line.stub.transcripts = [a_transcript(f"old{number}", minutes_ago=10 + number) for number in range(500)]
        line.listed()
        assert line.whole("c1").transcript is None
        assert sum(asked.startswith("/transcripts") for asked in line.asked) == 1

    def test_older_calls_are_asked_for_with_more_days(self):
        line = Line(record("c1", minutes_ago=1), record("c2", minutes_ago=60 * 24 * 5), wants=ALL)
        line.stub.transcripts = [a_transcript("c2", minutes_ago=60 * 24 * 5)]
        line.listed()
        line.whole("c1")
        assert line.whole("c2").transcript == "Agent: Hi\nCaller: Hi"
        assert any("days=8" in asked for asked in line.asked)

    def test_a_transcript_that_is_no_longer_kept_is_read_again(self, monkeypatch):
        monkeypatch.setattr(kaicalls_transcripts, "TEXTS_MAX", 120)
        line = Line(*(record(f"c{number}", minutes_ago=number) for number in range(250)), wants=ALL)
        line.stub.transcripts = [
            a_transcript(f"c{number}", minutes_ago=number, text=f"t{number}") for number in range(250)
        ]
        assert [line.whole(f"c{number}").transcript for number in (249, 0, 249)] == ["t249", "t0", "t249"]

    @pytest.mark.parametrize(
        "body",
        [
            {"recording_url": "https://r.example.com/1.mp3", "status": "ready"},
            {"url": "https://r.example.com/1.mp3"},
            {"recording": {"signed_url": "https://r.example.com/1.mp3"}},
            {"recordings": [{"url": "https://r.example.com/1.mp3"}]},
        ],
    )
    def test_a_recording_under_whatever_name(self, body):
        line = Line(record("c1", minutes_ago=1), wants=ALL)
        line.stub.recordings = {"c1": body}
        line.listed()
        assert line.whole("c1").recording_url == "https://r.example.com/1.mp3"

    @pytest.mark.parametrize("body", [{"status": "pending"}, {"recordings": []}, {"url": "javascript:alert(1)"}, None])
    def test_no_recording(self, body):
        line = Line(record("c1", minutes_ago=1), wants=ALL)
        line.stub.recordings = {"c1": body} if body else {}
        line.listed()
        assert line.whole("c1").recording_url is None

    def test_nothing_is_asked_for_that_nobody_reads(self):
        line = Line(record("c1", minutes_ago=1))
        line.listed()
        line.whole("c1")
        assert not any(asked.startswith(("/transcripts", "/recordings")) for asked in line.asked)

    def test_one_that_cannot_be_had_does_not_keep_the_call(self):
        line = Line(record("c1", minutes_ago=1), record("c2", minutes_ago=2), wants=ALL)
        line.listed()
        line.wire.between = failing("/transcripts", "/recordings", "/agents")
        assert (line.whole("c1").person_id, line.whole("c1").transcript) == (LEAD["id"], None)
        before = line.wire.requests
        assert line.whole("c2").person_id == LEAD["id"]
        assert line.wire.requests == before, "what failed once is not asked for again in this run"

    def test_the_agent_is_known_by_its_id_and_asked_for_once(self):
        line = Line(record("c1", minutes_ago=1), record("c2", minutes_ago=2, agent_id="nobody"))
        line.listed()
        call, other = line.whole("c1"), line.whole("c2")
        assert (call.agent_name, call.agent_number) == (LINE["name"], LINE["phone_number"])
        assert (other.agent_name, other.agent_number) == (None, None)
        assert line.asked.count("/agents") == 1


class TestTheAccount:
    def test_that_is_set_is_sent_along_and_in_every_key(self):
        line = Line(record("c1", minutes_ago=1, business_id="b1"), account="b9")
        listed = line.only()
        assert {listed.key.account, line.whole("c1").key.account} == {"b9"}
        assert all("business_id=b9" in asked for asked in line.stub.asked)

    def test_is_the_same_where_only_asking_by_id_tells_the_business(self):
        line = Line(record("c1", minutes_ago=1, business_id="b1", lead_id=None))
        line.wire.between = hiding("business_id")
        listed = line.only()
        assert (listed.key.account, line.whole("c1").key.account) == ("default", "default")

    def test_is_learnt_from_the_list_before_a_call_is_told_by_its_id(self):
        line = Line(record("c1", minutes_ago=1, business_id="b1"))
        assert line.whole("c1").key.account == "b1"

    def test_is_the_lists_for_what_cannot_be_read(self):
        line = Line(17, record("c1", minutes_ago=1, business_id="b1"))
        assert {call.key.account for call in line.listed()} == {"b1"}


class TestTheWayThere:
    def test_is_the_host_with_www_and_the_key_as_a_bearer(self):
        line = Line(record("c1", minutes_ago=1))
        line.listed()
        assert line.wire.hosts == {"www.kaicalls.com"}
        assert BASE_URL.startswith("https://www.")

    @pytest.mark.parametrize("status", [301, 302, 307, 308])
    def test_does_not_lead_to_another_host_with_the_key(self, status):
        line = Line(base_url="https://kaicalls.com/api/v1")
        line.wire.between = always(status, {}, location="https://www.kaicalls.com/api/v1/calls")
        with pytest.raises(ConnectorError) as failure:
            line.listed()
        assert failure.value.code == "E306"
        assert "www.kaicalls.com" in failure.value.message
        assert line.wire.hosts == {"kaicalls.com"}

    @pytest.mark.parametrize(
        ("ask", "scope"),
        [
            (lambda source: list(source.calls(since=SINCE)), "calls:read"),
            (lambda source: source.call("c1"), "calls:read"),
            (lambda source: source.api.lead("lead_1"), "leads:read"),
            (lambda source: source.api.transcripts(days=1), "calls:read"),
            (lambda source: source.api.recording("c1"), "calls:read"),
            (lambda source: source.profile(), "agents:read"),
        ],
    )
    def test_a_403_names_the_missing_scope(self, ask, scope):
        line = Line()
        line.wire.between = always(403, {"error": {"code": "forbidden", "message": "no"}})
        with pytest.raises(AccessError) as failure:
            ask(line.source)
        assert scope in failure.value.message
        assert scope in failure.value.fix

    def test_a_402_says_that_the_platform_asks_to_be_paid(self):
        line = Line()
        line.wire.between = always(402, {"error": {"code": "payment_required", "message": "no"}})
        with pytest.raises(FatalError) as failure:
            line.listed()
        assert failure.value.code == "E317"

    @pytest.mark.parametrize("code", ["rate_limited", "rate_limit_exceeded", "anything"])
    def test_a_429_is_waited_for_whatever_it_is_called(self, code):
        line = Line(record("c1", minutes_ago=1))
        line.wire.between = answering(an_answer(429, {"error": {"code": code, "message": "no"}}, retry_after="7"))
        assert len(line.listed()) == 1
        assert line.clock.monotonic() >= 1007

    def test_is_never_used_faster_than_the_pace(self):
        line = Line(*(record(f"c{number}", minutes_ago=number, lead_id=f"l{number}") for number in range(400)))
        line.listed()
        for number in range(400):
            line.whole(f"c{number}")
        minutes = (line.clock.monotonic() - 1000) / 60
        assert line.source.requests <= REQUESTS_A_MINUTE * (minutes + 1)
        assert minutes > 2


class TestEveryReadEndpoint:
    def test_leads_by_the_platforms_own_filters(self):
        line = Line()
        assert list(line.source.api.leads(status="new,contacted", updated_after="2026-04-01T00:00:00Z")) == [[LEAD]]
        assert "status=new%2Ccontacted" in line.stub.asked[0]
        assert "updated_after=2026-04-01T00%3A00%3A00Z" in line.stub.asked[0]

    def test_calls_of_one_agent(self):
        line = Line(record("c1", minutes_ago=1))
        list(line.source.api.calls(agent_id="agent_1", status="completed"))
        assert "agent_id=agent_1&status=completed" in line.stub.asked[0]

    def test_the_profile_is_the_agent_who_answers(self):
        line = Line()
        profile = line.source.profile()
        assert (profile.account, profile.name, profile.phone_number) == (None, "Kai", "+15550100")
        line.stub.agents.append({"id": "agent_2", "name": "Mia"})
        profile = line.source.profile()
        assert (profile.name, profile.phone_number) == ("2 agents", None)


def test_the_walk_goes_on_to_the_longest_call_that_may_have_ended_since():
    """A page that began before what is wanted may be followed by a call that took most of a day."""
    short = [record(f"c{number}", minutes_ago=20 * 60 + number) for number in range(100)]
    line = Line(*short, record("long", minutes_ago=23 * 60, duration=23 * 3600))
    found = [call.key.id for call in line.source.calls(since=START - timedelta(hours=1))]
    assert "long" in found


def test_the_walk_ends_a_day_before_what_is_wanted():
    line = Line(*(record(f"c{hours}", minutes_ago=60 * hours) for hours in range(1000)))
    found = list(line.source.calls(since=START - timedelta(hours=10)))
    assert 34 <= len(found) <= 200


def hiding(*names: str) -> Between:
    """The list does not give these fields; asking by id does."""

    def between(request: httpx.Request, send: Send) -> httpx.Response:
        answer = send()
        if request.url.path.endswith("/calls") and "id" not in request.url.params:
            found = answer.json()
            calls = [{name: call[name] for name in call if name not in names} for call in found["calls"]]
            return an_answer(200, {**found, "calls": calls})
        return answer

    return between


def answering_leads(body: Any) -> Between:
    def between(request: httpx.Request, send: Send) -> httpx.Response:
        return an_answer(200, body) if request.url.path.endswith("/leads") else send()

    return between


def failing(*paths: str) -> Between:
    def between(request: httpx.Request, send: Send) -> httpx.Response:
        return an_answer(500, {}) if request.url.path.endswith(paths) else send()

    return between
