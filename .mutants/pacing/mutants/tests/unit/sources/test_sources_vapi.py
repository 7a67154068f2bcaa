"""What Vapi's records say, and how its list is asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from connector.errors import ConnectorError
from connector.model import BadCall, Call, OngoingCall
from connector.sources.access import Access
from connector.sources.registry import read_record
from connector.sources.vapi import Vapi, read_payload
from tests.stubs.clock import VirtualClock

CREATED, STARTED, ENDED = (datetime(2026, 4, 22, 10, 13, second, tzinfo=UTC) for second in (4, 7, 59))


def a_record(**fields: Any) -> dict[str, Any]:
    return {
        "id": "c1",
        "orgId": "org_1",
        "type": "inboundPhoneCall",
        "status": "ended",
        "endedReason": "customer-ended-call",
        "createdAt": "2026-04-22T10:13:04.000Z",
        "startedAt": "2026-04-22T10:13:07.000Z",
        "endedAt": "2026-04-22T10:13:59.000Z",
        "updatedAt": "2026-04-22T10:14:20.000Z",
        **fields,
    }


def read(**fields: Any) -> Call:
    call = read_payload(a_record(**fields), account=None)
    assert isinstance(call, Call), call
    return call


def test_a_call_as_it_usually_is():
    call = read(
        customer={"number": "+447700900123"},
        analysis={"summary": "Asked.", "structuredData": {"callType": "new_enquiry", "outcome": "lead_captured"}},
        artifact={"transcript": "AI: Hello.", "recordingUrl": "https://storage.example.com/c1.wav"},
        phoneNumber={"number": "+442079460000"},
        assistant={"name": "Front desk"},
    )
    assert str(call.key) == "vapi:org_1:c1"
    assert (call.started_at, call.ended_at, call.duration_seconds) == (STARTED, ENDED, 52)
    assert (call.direction, call.status) == ("INBOUND", "COMPLETED")
    assert (call.summary, call.transcript) == ("Asked.", "AI: Hello.")
    assert call.recording_url == "https://storage.example.com/c1.wav"
    assert (call.call_type, call.outcome) == ("new_enquiry", "lead_captured")
    assert (call.agent_number, call.agent_name) == ("+442079460000", "Front desk")


@pytest.mark.parametrize("status", ["scheduled", "queued", "ringing", "in-progress", "forwarding"])
def test_a_call_that_is_not_over(status):
    call = read_payload(a_record(status=status, endedAt=None), account=None)
    assert isinstance(call, OngoingCall)
    assert call.started_at == STARTED


def test_a_call_that_is_planned_begins_when_it_is_planned_for():
    plan = {"earliestAt": "2026-05-01T09:00:00Z"}
    call = read_payload(a_record(status="scheduled", startedAt=None, endedAt=None, schedulePlan=plan), account=None)
    assert isinstance(call, OngoingCall)
    assert call.started_at == datetime(2026, 5, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize("status", ["ended", "not-found", "deletion-failed", "sung", None])
def test_any_other_status_is_that_of_a_call_that_is_over(status):
    assert read(status=status).ended_at == ENDED


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        pytest.param({"endedReason": "customer-busy", "startedAt": None}, "BUSY", id="busy"),
        pytest.param({"endedReason": "customer-did-not-answer", "startedAt": None}, "NO_ANSWER", id="no answer"),
        pytest.param({"endedReason": "manually-canceled", "startedAt": None}, "CANCELED", id="canceled"),
        pytest.param({"endedReason": "assistant-not-found", "startedAt": None}, "FAILED", id="it never began"),
        pytest.param({"endedReason": "silence-timed-out"}, "COMPLETED", id="silence"),
        pytest.param({"endedReason": None}, "COMPLETED", id="no reason"),
        pytest.param({"endedReason": ["?"]}, "COMPLETED", id="a reason that is no word"),
    ],
)
def test_how_a_call_ended(fields, status):
    assert read(**fields).status == status


def test_a_call_that_never_got_through_has_the_time_of_its_making():
    call = read(startedAt=None, endedAt=None)
    assert (call.started_at, call.ended_at, call.duration_seconds) == (CREATED, CREATED, 0)


def test_an_end_before_the_start_lasts_nothing():
    assert read(endedAt="2026-04-22T10:13:05.000Z").duration_seconds == 0


@pytest.mark.parametrize(
    ("kind", "direction"),
    [("outboundPhoneCall", "OUTBOUND"), ("webCall", "INBOUND"), ("vapi.websocketCall", "INBOUND"), (None, "INBOUND")],
)
def test_the_direction(kind, direction):
    assert read(type=kind).direction == direction


def test_links_that_are_made_for_each_answer_are_no_part_of_a_call():
    signed = {"presignedMonoUrl": "https://x.example.com/?sig=1", "presignedUrlsExpiresAt": "2026-04-22T11:00:00Z"}
    call = read(artifact={"transcript": "AI: Hello.", **signed})
    assert call.payload["artifact"] == {"transcript": "AI: Hello."}


@pytest.mark.parametrize(
    "fields",
    [
        {"analysis": "none"},
        {"analysis": {"summary": 7, "structuredData": ["?"]}},
        {"artifact": []},
        {"customer": "somebody"},
        {"phoneNumber": 7, "assistant": None},
    ],
)
def test_parts_of_another_shape_are_as_good_as_none(fields):
    call = read(**fields)
    assert (call.summary, call.transcript, call.call_type, call.agent_number) == (None, None, None, None)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"id": None}, "E321"),
        ({"createdAt": None, "startedAt": None}, "E322"),
        ({"startedAt": "soon"}, "E322"),
        ({"endedAt": "soon"}, "E322"),
        ({"cost": 10**30}, "E320"),
    ],
)
def test_a_record_that_cannot_be_read(fields, code):
    call = read_payload(a_record(**fields), account=None)
    assert isinstance(call, BadCall)
    assert call.code == code


def test_a_record_of_a_call_that_is_not_over_is_no_call_yet():
    told = read_record("vapi", a_record(status="ringing"), account=None)
    assert isinstance(told, BadCall)
    assert told.code == "E332"


class Recorded(httpx.BaseTransport):
    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked: list[httpx.URL] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url)
        return httpx.Response(200, json=self.answers.pop(0))


def a_source(*answers: Any) -> tuple[Vapi, Recorded]:
    transport = Recorded(*answers)
    return Vapi.open(Access(api_key="k", clock=VirtualClock(), transport=transport)), transport


def test_what_changed_since_is_asked_for_and_no_more():
    source, transport = a_source([a_record()])
    since = datetime(2026, 4, 1, 8, 30, 0, 123_900, tzinfo=UTC)
    assert len(list(source.calls(since=since))) == 1
    (url,) = transport.asked
    assert (url.host, url.path) == ("api.vapi.ai", "/call")
    # Cut, not rounded: what lies between is asked for too.
    assert dict(url.params) == {"limit": "100", "updatedAtGe": "2026-04-01T08:30:00.123Z"}


def test_a_full_answer_is_followed_by_the_calls_before_its_oldest():
    times = [CREATED - timedelta(minutes=number) for number in range(150)]
    records = [a_record(id=f"c{number}", createdAt=at.isoformat()) for number, at in enumerate(times)]
    source, transport = a_source(records[:100], records[99:])
    assert [call.key.id for call in source.calls(since=CREATED)] == [f"c{number}" for number in range(150)]
    assert transport.asked[1].params["createdAtLt"] == "2026-04-22T08:34:04.001Z"


def test_the_profile_is_that_of_the_newest_call():
    source, transport = a_source([a_record()])
    assert source.profile().account == "org_1"
    assert dict(transport.asked[0].params) == {"limit": "1"}


def test_a_key_without_calls_tells_nothing():
    source, _ = a_source([])
    assert source.profile().account is None


def test_a_list_that_goes_on_in_circles_is_said_to():
    times = [CREATED - timedelta(minutes=number) for number in range(100)]
    page = [a_record(id=f"c{number}", createdAt=at.isoformat()) for number, at in enumerate(times)]
    source, _ = a_source(page, page)
    with pytest.raises(ConnectorError) as failure:
        list(source.calls(since=CREATED))
    assert failure.value.code == "E316"


class FineTimes(httpx.BaseTransport):
    """A list that writes its times to the microsecond."""

    def __init__(self, count: int) -> None:
        times = [CREATED - timedelta(microseconds=150 * number) for number in range(count)]
        self.records = [a_record(id=f"c{number}", createdAt=at.isoformat()) for number, at in enumerate(times)]

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        asked = request.url.params
        low, high = (datetime.fromisoformat(asked.get(name, at)) for name, at in BOUNDS.items())
        found = [each for each in self.records if low <= datetime.fromisoformat(each["createdAt"]) < high]
        return httpx.Response(200, json=found[: int(asked["limit"])])


BOUNDS = {"createdAtGe": "2000-01-01T00:00:00Z", "createdAtLt": "2100-01-01T00:00:00Z"}


def test_bounds_lie_between_milliseconds_however_finely_times_are_written():
    source = Vapi.open(Access(api_key="k", clock=VirtualClock(), transport=FineTimes(450)))
    assert [call.key.id for call in source.calls(since=CREATED)] == [f"c{number}" for number in range(450)]
