from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import httpx
import pytest

from connector.clock import SystemClock
from connector.errors import AccessError, ConnectorError, FatalError, TransientError
from connector.http import Limits
from connector.model import BadCall, Call, SourceProfile
from connector.sources import platform
from connector.sources.reception_ai import ReceptionAi, read_payload, reception_ai_http
from tests.stubs.clock import VirtualClock
from tests.stubs.server import says, serving, silent
from tests.stubs.web import Said

BASE = "https://voice.example.com/api/integrations/v1"
SINCE = datetime(2026, 4, 1, tzinfo=UTC)
KEY = "krai_invented_0123456789"
PAYLOAD: dict[str, Any] = {
    "id": "call_1",
    "organizationId": "org_1",
    "callerNumber": "+447700900123",
    "callerName": "Ada Example",
    "callType": "new_enquiry",
    "outcome": "lead_captured",
    "duration": 142,
    "summary": "Asked about delivery.",
    "transcript": "Assistant: Hello",
    "recordingUrl": "https://voice.example.com/call_1.mp3?sig=1",
    "leadData": {"name": "Ada Example", "email": "ada@example.com", "note": "50 units", "size": [1, 2]},
    "createdAt": "2026-04-22T10:14:07.000Z",
}


def a_payload(**changes: Any) -> dict[str, Any]:
    return {**PAYLOAD, **changes}


def a_source(*said: Any, account: str | None = None, base_url: str = BASE) -> ReceptionAi:
    clock = VirtualClock()
    http = reception_ai_http(clock=clock, transport=Said(*said))
    return ReceptionAi(api_key=KEY, http=http, clock=clock, base_url=base_url, account=account)


def ok(body: Any, **headers: str) -> Callable[[httpx.Request], httpx.Response]:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return lambda _: httpx.Response(200, headers={"Content-Type": "application/json", **headers}, content=content)


def listed(*elements: Any, **options: Any) -> list[Call | BadCall]:
    return list(a_source(ok(list(elements)), **options).calls(since=SINCE))


# --- one record ------------------------------------------------------------------------------------------------


def test_a_record_becomes_a_call():
    call = read_payload(PAYLOAD, account=None)
    assert isinstance(call, Call)
    assert str(call.key) == "reception_ai:org_1:call_1"
    assert call.ended_at == datetime(2026, 4, 22, 10, 14, 7, tzinfo=UTC)
    assert call.started_at == call.ended_at - timedelta(seconds=142), "createdAt is the end of the call"
    assert (call.duration_seconds, call.direction, call.status) == (142, "INBOUND", "COMPLETED")
    assert (call.summary, call.transcript) == ("Asked about delivery.", "Assistant: Hello")
    assert call.recording_url == "https://voice.example.com/call_1.mp3?sig=1"
    assert (call.call_type, call.outcome) == ("new_enquiry", "lead_captured")
    assert call.payload == PAYLOAD


OPTIONAL = sorted(PAYLOAD.keys() - {"id", "createdAt"})


@pytest.mark.parametrize("name", OPTIONAL)
@pytest.mark.parametrize("how", ["null", "absent", "another type"])
def test_every_field_but_id_and_created_at_may_be_missing(name, how):
    payload = a_payload(**{name: {"unexpected": 1} if how == "another type" and name != "duration" else None})
    if how == "absent":
        del payload[name]
    call = read_payload(payload, account=None)
    assert isinstance(call, Call)
    assert call.key.account == ("default" if name == "organizationId" else "org_1")


def test_what_the_schema_does_not_name_passes_through():
    payload = a_payload(callType="robocall", outcome="moon_landing", newField={"x": [1]}, leadData=["free", "form"])
    call = read_payload(payload, account=None)
    assert isinstance(call, Call)
    assert call.payload == payload


@pytest.mark.parametrize(
    ("configured", "organization", "account"),
    [
        (None, "org_1", "org_1"),
        ("mine", "org_1", "mine"),
        (None, None, "default"),
        (None, 7, "7"),
        ("mine", None, "mine"),
    ],
)
def test_whose_call_it_is(configured, organization, account):
    assert read_payload(a_payload(organizationId=organization), account=configured).key.account == account


@pytest.mark.parametrize(("duration", "seconds"), [(None, 0), (-9, 0), (95.5, 96), ("61", 61), (315_360_000, 86_400)])
def test_durations_that_cannot_be_are_clamped(duration, seconds):
    call = read_payload(a_payload(duration=duration), account=None)
    assert isinstance(call, Call)
    assert call.duration_seconds == seconds
    assert call.ended_at - call.started_at == timedelta(seconds=seconds)


def test_a_call_that_ends_in_the_future_is_a_call():
    assert isinstance(read_payload(a_payload(createdAt="2031-01-01T00:00:00Z"), account=None), Call)


@pytest.mark.parametrize(
    ("changes", "code", "key"),
    [
        ({"id": None}, "E321", "unreadable-"),
        ({"id": ""}, "E321", "unreadable-"),
        ({"id": True}, "E321", "unreadable-"),
        ({"id": ["call_1"]}, "E321", "unreadable-"),
        ({"createdAt": None}, "E322", "call_1"),
        ({"createdAt": "last week"}, "E322", "call_1"),
        ({"createdAt": "1970-01-01T00:00:00Z"}, "E322", "call_1"),
        ({"duration": "long"}, "E322", "call_1"),
        ({"duration": []}, "E322", "call_1"),
        ({"leadData": {"budget": 2**70}}, "E320", "call_1"),
    ],
)
def test_what_cannot_be_a_call(changes, code, key):
    bad = read_payload(a_payload(**changes), account=None)
    assert isinstance(bad, BadCall)
    assert (bad.code, bad.key.source, bad.key.account) == (code, "reception_ai", "org_1")
    assert bad.key.id.startswith(key)
    assert "Ada" not in bad.message


def test_numbers_as_ids_are_the_text_they_would_be():
    assert read_payload(a_payload(id=17), account=None).key == read_payload(a_payload(id="17"), account=None).key


@pytest.mark.parametrize("call_id", ["a/b", "a:b#c", "a\nb", "é😀", "x" * 10_000, "A", "a", " a"])
def test_ids_are_kept_byte_for_byte(call_id):
    assert read_payload(a_payload(id=call_id), account=None).key.id == call_id


# --- the list ----------------------------------------------------------------------------------------------------


def test_one_malformed_element_costs_the_others_nothing():
    good = json.dumps(PAYLOAD).encode()
    bad = {
        "not JSON": b'{"id":"bad","cost":NaN}',
        "not UTF-8": b'{"id":"bad","summary":"\xff"}',
        "nested deeply": b'{"id":"bad","x":' + b"[" * 5000 + b"]" * 5000 + b"}",
        "a huge number": b'{"id":"bad","x":' + b"9" * 5000 + b"}",
        "no id": b'{"createdAt":"2026-04-22T10:14:07.000Z"}',
        "a number": b"17",
        "null": b"null",
        "a list": b"[]",
        "nothing": b"",
    }
    body = b"[" + good + b"," + b",".join(raw + b"," + good for raw in bad.values()) + b"]"
    found = list(a_source(ok(body)).calls(since=SINCE))
    assert [isinstance(call, BadCall) for call in found] == [False, *[True, False] * len(bad)]
    assert [call.key.id for call in found[1::2]][:4] == ["bad"] * 4
    assert all(call.key.id.startswith("unreadable-") for call in found[9::2])
    assert len({call.key.id for call in found[9::2]}) == 5
    assert {call.key.account for call in found} == {"org_1"}


def test_an_element_that_is_too_large_is_set_aside_by_its_id(monkeypatch):
    large = a_payload(id="large", transcript="x" * 20_000_000)
    first, second = listed(large, PAYLOAD)
    assert isinstance(first, BadCall)
    assert (first.code, first.key.id) == ("E323", "large")
    assert isinstance(second, Call)


def test_text_is_freed_of_what_cannot_be_stored():
    body = b'[{"id":"c\\u00001","createdAt":"2026-04-22T10:14:07Z","summary":"a\\ud800b","organizationId":"o"}]'
    (call,) = a_source(ok(body)).calls(since=SINCE)
    assert isinstance(call, Call)
    assert (call.key.id, call.summary) == ("c1", "a\ufffdb")


@pytest.mark.parametrize("count", [1, 250])
def test_unreadable_elements_wait_to_learn_whose_they_are(count):
    found = listed(*[{"id": number} for number in range(count)], PAYLOAD)
    assert [call.key.id for call in found] == [*map(str, range(count)), "call_1"]
    assert {call.key.account for call in found} == {"org_1"}


def test_a_call_without_an_organization_ends_the_waiting():
    payload = a_payload(organizationId=None)
    found = a_source(ok([{"id": 1}, payload, {"id": 2}])).calls(since=SINCE)
    assert [call.key.account for call in found] == ["default"] * 3


def test_unreadable_elements_alone_are_still_told():
    assert [call.key.account for call in listed({"id": 1}, 5)] == ["default", "default"]


def test_unreadable_elements_come_before_the_error_that_follows():
    found = a_source(ok(b'[{"id":1},{"id":2},')).calls(since=SINCE)
    assert [call.key.id for call in islice(found, 2)] == ["1", "2"]
    with pytest.raises(TransientError, match="E315"):
        next(found)


def test_a_configured_account_needs_no_waiting():
    found = a_source(ok(b'[{"id":1},{"id":2},'), account="mine").calls(since=SINCE)
    assert next(found).key.account == "mine"


@pytest.mark.parametrize("text", [b"[]", b" [ ] ", b"\xef\xbb\xbf[]"])
def test_no_calls_at_all(text):
    assert list(a_source(ok(text)).calls(since=SINCE)) == []


def test_the_list_may_be_compressed():
    body = gzip.compress(json.dumps([PAYLOAD] * 3).encode())

    def compressed(_: httpx.Request) -> httpx.Response:
        headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
        return httpx.Response(200, headers=headers, stream=httpx.ByteStream(body))

    assert len(list(a_source(compressed).calls(since=SINCE))) == 3


def test_what_is_asked():
    transport = Said(ok([]))
    http = reception_ai_http(clock=VirtualClock(), transport=transport)
    source = ReceptionAi(api_key=f" {KEY}\n", http=http, clock=VirtualClock(), base_url=f"{BASE}/")
    list(source.calls(since=SINCE))
    (request,) = transport.asked
    assert str(request.url) == f"{BASE}/calls"
    assert request.headers["x-api-key"] == KEY
    assert source.requests == 1


# --- what can go wrong with the list ---------------------------------------------------------------------------------


def status(number: int, body: bytes = b"{}", **headers: str) -> Callable[[httpx.Request], httpx.Response]:
    return lambda _: httpx.Response(number, headers=headers, content=body)


WRONG = {
    "401": (status(401), AccessError, "E310", platform.KEY_SETTING),
    "403": (status(403), AccessError, "E310", platform.KEY_SETTING),
    "404": (status(404), FatalError, "E311", platform.ADDRESS_SETTING),
    "418": (status(418), FatalError, "E312", platform.ADDRESS_SETTING),
    "429": (status(429), TransientError, "E307", f"GET {BASE}/calls"),
    "500": (status(500), TransientError, "E308", f"GET {BASE}/calls"),
    "503": (status(503), TransientError, "E308", f"GET {BASE}/calls"),
    "204": (status(204, b""), TransientError, "E313", platform.ADDRESS_SETTING),
    "206": (status(206, b"[]"), TransientError, "E313", platform.ADDRESS_SETTING),
    "an empty body": (ok(b""), TransientError, "E313", platform.ADDRESS_SETTING),
    "white space": (ok(b"  \n"), TransientError, "E313", platform.ADDRESS_SETTING),
    "a login page": (ok(b"<html>", **{"Content-Type": "text/html"}), FatalError, "E313", platform.ADDRESS_SETTING),
    "a page said to be JSON": (ok(b"<html>"), FatalError, "E313", platform.ADDRESS_SETTING),
    "UTF-16": (ok("[]".encode("utf-16")), FatalError, "E313", platform.ADDRESS_SETTING),
    "an object": (ok({"calls": []}), FatalError, "E314", platform.ADDRESS_SETTING),
    "null": (ok(None), FatalError, "E314", platform.ADDRESS_SETTING),
    "cut short": (ok(b"[{"), TransientError, "E315", "/calls"),
    "two lists": (ok(b"[][]"), TransientError, "E315", "/calls"),
    "a redirect": (
        status(302, Location="https://login.example.org/?next=1"),
        FatalError,
        "E306",
        f"GET {BASE}/calls",
    ),
    "no connection": (httpx.ConnectError("refused"), TransientError, "E301", f"GET {BASE}/calls"),
    "a stall": (httpx.ReadTimeout("slow"), TransientError, "E303", f"GET {BASE}/calls"),
}


@pytest.mark.parametrize(("said", "kind", "code", "where"), WRONG.values(), ids=WRONG)
def test_a_list_that_cannot_be_read(said, kind, code, where):
    with pytest.raises(ConnectorError) as failure:
        list(a_source(said).calls(since=SINCE))
    error = failure.value
    assert (type(error), error.code, error.where) == (kind, code, where)
    assert error.fix
    assert KEY not in str(error)


def test_a_redirect_names_the_other_host_without_its_query():
    with pytest.raises(FatalError, match=r"points to https://login\.example\.org/$"):
        list(a_source(status(302, Location="https://login.example.org/?next=1")).calls(since=SINCE))


def test_a_list_that_breaks_off_gives_what_arrived():
    body = json.dumps([PAYLOAD, PAYLOAD]).encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999\r\n\r\n"
    with serving(says(head + body[:-20])) as server:
        clock = SystemClock()
        source = ReceptionAi(api_key=KEY, http=reception_ai_http(clock=clock), clock=clock, base_url=server.url)
        found = source.calls(since=SINCE)
        assert isinstance(next(found), Call)
        with pytest.raises(TransientError, match="E304"):
            next(found)
        source.close()


def test_a_list_that_stalls(monkeypatch):
    monkeypatch.setattr(platform, "LIST_LIMITS", Limits(idle_seconds=0.3, total_seconds=60))
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999\r\n\r\n["

    def stalls(connection: socket.socket) -> None:
        connection.sendall(head + json.dumps(PAYLOAD).encode() + b",")
        silent(connection)

    with serving(stalls) as server:
        clock = SystemClock()
        source = ReceptionAi(api_key=KEY, http=reception_ai_http(clock=clock), clock=clock, base_url=server.url)
        found = source.calls(since=SINCE)
        assert isinstance(next(found), Call)
        with pytest.raises(TransientError, match=r"E303 Reception AI was silent for 0\.3 s"):
            next(found)
        source.close()


def test_stopping_early_closes_the_connection():
    element = json.dumps(a_payload(transcript="x" * 2000)).encode() + b","
    sent = []

    def endless(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n[")
        while True:
            connection.sendall(element)
            sent.append(len(element))

    with serving(endless) as server:
        clock = SystemClock()
        source = ReceptionAi(api_key=KEY, http=reception_ai_http(clock=clock), clock=clock, base_url=server.url)
        found = source.calls(since=SINCE)
        assert len(list(islice(found, 100))) == 100
        found.close()  # type: ignore[attr-defined]
        server.wait()
        source.close()
    assert sum(sent) < 20_000_000, "what the sockets' buffers took at most"


# --- one call ----------------------------------------------------------------------------------------------


def test_one_call():
    assert a_source(ok(PAYLOAD)).call("call_1") == read_payload(PAYLOAD, account=None)
    assert a_source(ok(PAYLOAD), account="mine").call("call_1") == read_payload(PAYLOAD, account="mine")


def test_an_unknown_call():
    assert a_source(status(404, b'{"message":"Call not found."}')).call("call_1") is None


@pytest.mark.parametrize(
    ("call_id", "path"),
    [("a/b", "/calls/a%2Fb"), ("../x", "/calls/..%2Fx"), ("a?b#c", "/calls/a%3Fb%23c"), ("é\n", "/calls/%C3%A9%0A")],
)
def test_ids_are_encoded(call_id, path):
    transport = Said(ok(a_payload(id=call_id)))
    http = reception_ai_http(clock=VirtualClock(), transport=transport)
    source = ReceptionAi(api_key=KEY, http=http, clock=VirtualClock(), base_url=BASE)
    assert isinstance(source.call(call_id), Call)
    assert transport.asked[0].url.raw_path.decode().endswith(path)


@pytest.mark.parametrize("call_id", ["", " ", ".", ".."])
def test_ids_that_would_name_another_resource_are_unknown(call_id):
    source = a_source(ok([PAYLOAD]))
    assert source.call(call_id) is None
    assert source.requests == 0


@pytest.mark.parametrize(
    "body",
    [b'{"id":"call_1","x":NaN}', b"[]", b"null", b'{"totalCalls":3}', b'{"id":"call_2"}', b'{"id":"call_1'],
)
def test_one_call_that_cannot_be_read(body):
    bad = a_source(ok(body)).call("call_1")
    assert isinstance(bad, BadCall)
    assert (bad.code, str(bad.key)) == ("E320", "reception_ai:default:call_1")


def test_one_bad_call_belongs_to_the_account_seen_before():
    source = a_source(ok([PAYLOAD]), ok(b"null"))
    list(source.calls(since=SINCE))
    bad = source.call("call_2")
    assert bad is not None
    assert bad.key.account == "org_1"


@pytest.mark.parametrize("name", ["401", "418", "500", "204", "a login page", "an empty body", "a redirect", "a stall"])
def test_one_call_when_the_platform_fails(name):
    said, kind, code, _ = WRONG[name]
    with pytest.raises(ConnectorError) as failure:
        a_source(said).call("call_1")
    assert (type(failure.value), failure.value.code) == (kind, code)


def test_a_failing_platform_is_asked_again():
    source = a_source(status(500), status(429), httpx.ReadError("reset"), ok(PAYLOAD))
    assert isinstance(source.call("call_1"), Call)
    assert source.requests == 4


# --- profile and statistics --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (
            {"organizationId": "org_1", "name": "Acme", "phoneNumber": "+442079460001", "plan": "pro"},
            SourceProfile(account="org_1", name="Acme", phone_number="+442079460001"),
        ),
        ({"id": 7, "businessName": "Acme", "assignedPhoneNumber": None}, SourceProfile(account="7", name="Acme")),
        ({}, SourceProfile()),
        ({"name": {"first": "A"}, "phoneNumber": 5}, SourceProfile()),
    ],
)
def test_profile(profile, expected):
    assert a_source(ok(profile)).profile() == expected


def test_a_deployment_without_a_profile_still_proves_the_key():
    source = a_source(status(404), ok({"totalCalls": 3}), account="mine")
    assert source.profile() == SourceProfile(account="mine")
    assert source.requests == 2
    with pytest.raises(AccessError, match="E310"):
        a_source(status(404), status(401)).profile()
    with pytest.raises(FatalError, match="E311"):
        a_source(status(404), status(404)).profile()


def test_stats():
    assert a_source(ok({"totalCalls": 3, "averageDuration": 95.5})).stats() == {
        "totalCalls": 3,
        "averageDuration": 95.5,
    }


@pytest.mark.parametrize(("total", "count"), [(0, 0), (42, 42), ("42", None), (True, None), (-1, None), (None, None)])
def test_how_many_calls_the_platform_counts(total, count):
    assert a_source(ok({"totalCalls": total})).call_count() == count


@pytest.mark.parametrize(
    ("body", "code"), [(b"[]", "E314"), (b"null", "E314"), (b"<html>", "E313"), (b"", "E313"), (b'{"a":NaN}', "E313")]
)
def test_stats_that_cannot_be_read(body, code):
    with pytest.raises(ConnectorError) as failure:
        a_source(ok(body)).stats()
    assert failure.value.code == code


@pytest.mark.parametrize("key", ["", " ", "krai_\x00", "krai_é", "krai one", "krai_\none"])
def test_a_key_that_cannot_be_one(key):
    http = reception_ai_http(clock=VirtualClock(), transport=Said(ok([])))
    with pytest.raises(AccessError, match="E310") as failure:
        ReceptionAi(api_key=key, http=http, clock=VirtualClock())
    assert failure.value.where == platform.KEY_SETTING
    assert "krai" not in str(failure.value)
