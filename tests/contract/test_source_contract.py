"""What every source promises (`ports.Source`), whatever platform is behind it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any
from urllib.parse import unquote

import httpx
import msgspec
import pytest

from connector.errors import AccessError, ConnectorError, TransientError
from connector.model import BadCall, Call, SourceProfile
from connector.ports import Source
from connector.sandbox.people import ORGANIZATION_ID
from connector.sandbox.site import SOURCE_API_KEY, SOURCE_PREFIX, Sandbox
from connector.sandbox.transport import BASE_URL as SANDBOX_URL
from connector.sandbox.transport import SandboxTransport
from connector.sources.reception_ai import ReceptionAi, reception_ai_http
from tests.stubs.clock import START, VirtualClock

SINCE = START - timedelta(days=30)
KEY = "krai_invented"


@dataclass
class Counting(httpx.BaseTransport):
    """Counts requests and the bytes of bodies that were taken; `is_down` makes the platform fail."""

    inner: httpx.BaseTransport
    is_down: bool = False
    requests: int = 0
    bytes_taken: int = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        if self.is_down:
            return httpx.Response(502)
        answer = self.inner.handle_request(request)
        counted = _Counted(answer.stream, self)
        return httpx.Response(answer.status_code, headers=answer.headers, stream=counted, request=request)


class _Counted(httpx.SyncByteStream):
    def __init__(self, stream: Any, counting: Counting) -> None:
        self._stream = stream
        self._counting = counting

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._stream:
            self._counting.bytes_taken += len(chunk)
            yield chunk

    def close(self) -> None:
        self._stream.close()


@dataclass
class Platform:
    """A platform with some calls on it, and how to speak to it."""

    transport: Counting
    make: Callable[[Counting, str], Source]
    api_key: str
    add: Callable[[Any], None]
    """Put one more element into the list."""
    sources: list[Source] = field(default_factory=list)

    def source(self, api_key: str | None = None) -> Source:
        source = self.make(self.transport, self.api_key if api_key is None else api_key)
        self.sources.append(source)
        return source


class StubReceptionAi(httpx.BaseTransport):
    """The documented API over a list of elements, in-process."""

    def __init__(self, elements: list[Any]) -> None:
        self.elements = elements

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("x-api-key") != KEY:
            return httpx.Response(401, json={"message": "Invalid API key"})
        match request.url.raw_path.decode().removeprefix("/v1").split("/")[1:]:
            case ["calls"]:
                return httpx.Response(200, headers={"Content-Type": "application/json"}, stream=_Listed(self.elements))
            case ["calls", "stats"]:
                return httpx.Response(200, json={"totalCalls": len(self.elements)})
            case ["calls", call_id]:
                for element in self.elements:
                    if isinstance(element, dict) and str(element.get("id")) == unquote(call_id):
                        return httpx.Response(200, json=element)
        return httpx.Response(404, json={"message": "Not found"})


class _Listed(httpx.SyncByteStream):
    def __init__(self, elements: list[Any]) -> None:
        self._elements = elements

    def __iter__(self) -> Iterator[bytes]:
        yield b"["
        for place, element in enumerate(self._elements):
            yield (b"," if place else b"") + json.dumps(element).encode()
        yield b"]"


def a_payload(call_id: Any, *, minutes_ago: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": call_id,
        "organizationId": ORGANIZATION_ID,
        "callerNumber": "+447700900123",
        "callType": "new_enquiry",
        "outcome": "lead_captured",
        "duration": 60,
        "summary": "x" * 500,
        "createdAt": (START - timedelta(minutes=minutes_ago)).isoformat(),
        **changes,
    }


def stub() -> Platform:
    elements = [a_payload(f"call_{number}", minutes_ago=number) for number in range(2000)]

    def make(transport: Counting, api_key: str) -> Source:
        clock = VirtualClock()
        http = reception_ai_http(clock=clock, transport=transport)
        return ReceptionAi(api_key=api_key, http=http, clock=clock, base_url="https://voice.example.com/v1")

    return Platform(Counting(StubReceptionAi(elements)), make, KEY, lambda element: elements.insert(0, element))


def sandbox() -> Platform:
    clock = VirtualClock()
    twin = Sandbox(now=clock.now, calls=2000, limits=False)

    def make(transport: Counting, api_key: str) -> Source:
        http = reception_ai_http(clock=clock, transport=transport)
        return ReceptionAi(api_key=api_key, http=http, clock=clock, base_url=f"{SANDBOX_URL}{SOURCE_PREFIX}")

    return Platform(Counting(SandboxTransport(twin)), make, SOURCE_API_KEY, twin.history.put)


@pytest.fixture(params=[stub, sandbox], ids=["reception_ai over a stub", "reception_ai over the sandbox"])
def platform(request: pytest.FixtureRequest) -> Iterator[Platform]:
    made: Platform = request.param()
    yield made
    for source in made.sources:
        source.close()


def calls_of(source: Source) -> list[Call]:
    return [call for call in source.calls(since=SINCE) if isinstance(call, Call)]


def test_every_call_is_there_once_with_what_the_port_promises(platform):
    source = platform.source()
    calls = calls_of(source)
    assert len(calls) >= 2000
    assert len({call.key for call in calls}) == len(calls)
    assert len({call.key.account for call in calls}) == 1
    for call in calls:
        assert call.key.source == source.name
        assert call.ended_at.utcoffset() == call.started_at.utcoffset() == timedelta(0)
        assert call.ended_at - call.started_at == timedelta(seconds=call.duration_seconds)
        assert call.duration_seconds >= 0
        assert call.ended_at <= START
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(calls), type=list[Call]) == calls


def test_the_order_is_the_one_it_claims(platform):
    source = platform.source()
    ended = [call.ended_at for call in calls_of(source)]
    assert not source.newest_first or ended == sorted(ended, reverse=True)


def test_what_ended_since_is_all_there(platform):
    everything = calls_of(platform.source())
    since = everything[len(everything) // 2].ended_at
    found = {call.key for call in platform.source().calls(since=since)}
    assert {call.key for call in everything if call.ended_at >= since} <= found


def test_nothing_is_asked_before_the_first_call_is_wanted(platform):
    source = platform.source()
    found = source.calls(since=SINCE)
    assert platform.transport.requests == source.requests == 0
    next(found)
    assert platform.transport.requests == source.requests >= 1


def test_an_early_stop_reads_little(platform):
    whole = platform.source()
    count = len(calls_of(whole))
    everything = platform.transport.bytes_taken
    platform.transport.bytes_taken = 0
    found = platform.source().calls(since=SINCE)
    assert len(list(islice(found, count // 10))) == count // 10
    found.close()
    assert 0 < platform.transport.bytes_taken < 0.75 * everything


def test_two_readings_are_equal(platform):
    assert calls_of(platform.source()) == calls_of(platform.source())


def test_a_call_by_its_id_is_the_one_of_the_list(platform):
    source = platform.source()
    listed = list(islice(source.calls(since=SINCE), 3))
    assert [source.call(call.key.id) for call in listed] == listed


@pytest.mark.parametrize("call_id", ["no such call", "", ".", "..", "a/b", "a?b=c#d", "é\n", "%2e%2e", "stats/.."])
def test_a_call_that_is_not_there(platform, call_id):
    assert platform.source().call(call_id) is None


@pytest.mark.parametrize("call_id", ["a/b", "a:b#c", "a\nb", "é😀", "x" * 1000, "a b", "%41", "?", "a%2Fb"])
def test_any_text_may_be_an_id(platform, call_id):
    platform.add(a_payload(call_id, minutes_ago=0))
    source = platform.source()
    (listed,) = [call for call in source.calls(since=SINCE) if call.key.id == call_id]
    assert isinstance(listed, Call)
    assert source.call(call_id) == listed


@pytest.mark.parametrize(
    "element",
    [
        pytest.param(a_payload("bad", minutes_ago=0, createdAt="last week"), id="no time"),
        pytest.param(a_payload("bad", minutes_ago=0, duration="long"), id="no duration"),
        pytest.param(a_payload(None, minutes_ago=0), id="no id"),
        pytest.param(17, id="no object"),
    ],
)
def test_one_bad_element_costs_the_others_nothing(platform, element):
    before = calls_of(platform.source())
    platform.add(element)
    found = list(platform.source().calls(since=SINCE))
    (bad,) = [call for call in found if isinstance(call, BadCall)]
    assert [call for call in found if isinstance(call, Call)] == before
    assert bad.code.startswith("E3")
    assert bad.key.account == before[0].key.account
    again = [call for call in platform.source().calls(since=SINCE) if isinstance(call, BadCall)]
    assert again == [bad], "the same element has the same key every time"


def test_unknown_values_and_fields_pass_through(platform):
    platform.add(a_payload("new", minutes_ago=0, callType="robocall", outcome="sang", mood={"level": [1]}))
    (call,) = [call for call in calls_of(platform.source()) if call.key.id == "new"]
    assert (call.payload["callType"], call.payload["outcome"], call.payload["mood"]) == (
        "robocall",
        "sang",
        {"level": [1]},
    )


ASKS: dict[str, Callable[[Source], object]] = {
    "calls": lambda source: next(source.calls(since=SINCE)),
    "call": lambda source: source.call("call_1"),
    "profile": lambda source: source.profile(),
}


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
def test_a_wrong_key(platform, ask):
    with pytest.raises(AccessError) as failure:
        ask(platform.source(api_key="krai_wrong_0123"))
    assert "krai_wrong_0123" not in f"{failure.value} {failure.value.where} {failure.value.fix}"


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
def test_a_platform_that_is_down(platform, ask):
    platform.transport.is_down = True
    source = platform.source()
    with pytest.raises(TransientError) as failure:
        ask(source)
    assert isinstance(failure.value, ConnectorError)
    assert platform.transport.requests == source.requests > 1, "it was asked again"


def test_the_profile_belongs_to_the_same_account(platform):
    source = platform.source()
    profile = source.profile()
    assert isinstance(profile, SourceProfile)
    assert profile.account in (None, calls_of(source)[0].key.account)


def test_times_are_of_this_century(platform):
    assert all(call.started_at >= datetime(2000, 1, 1, tzinfo=UTC) for call in calls_of(platform.source()))
