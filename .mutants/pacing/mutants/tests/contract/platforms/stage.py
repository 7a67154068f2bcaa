"""What the suite of every source needs of a platform: something that plays it, and a wire that can be disturbed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx

from connector.model import Call, SourceName
from connector.ports import Source
from connector.sandbox.people import ORGANIZATION_ID
from connector.sandbox.platforms import TWINS
from connector.sandbox.site import Sandbox
from connector.sandbox.transport import BASE_URL as SANDBOX_URL
from connector.sandbox.transport import SandboxTransport
from connector.sources.access import Access
from connector.sources.registry import open_source
from tests.stubs.clock import START, VirtualClock

SINCE = START - timedelta(days=30)
REQUESTS_MAX = 20_000
"""More than any walk here needs: a source that asks for ever is stopped."""

CASES = {
    "delete": "a call disappears from the platform while its list is being read",
    "detail": "a call can be asked for by any id, however odd",
    "disorder": "the list is not in the order that the platform claims",
    "insert": "calls are added while the list is being read",
    "number id": "an id that was text is a whole number",
    "ongoing": "a call that is not over yet is on the platform",
    "pages": "the list comes in several answers, one of which repeats another",
    "strange words": "the platform says words that nobody knows yet",
    "tie": "more calls than a page holds have the very same time",
    "unreadable": "an element of the list is no call that can be read",
}
"""What a platform may do to its readers. A maker says of each that cannot happen on its platform why."""

Send = Callable[[], httpx.Response]
Between = Callable[[httpx.Request, Send], httpx.Response]


def undisturbed(_: httpx.Request, send: Send) -> httpx.Response:
    """Let everything through."""
    return send()


@dataclass
class Wire(httpx.BaseTransport):
    """What lies between a source and its platform: it counts, and `between` may change what is answered."""

    inner: httpx.BaseTransport
    between: Between = undisturbed
    requests: int = 0
    hosts: set[str] = field(default_factory=set)
    bytes_taken: int = 0
    """Of all bodies, as far as they were read."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        self.hosts.add(request.url.host)
        assert self.requests < REQUESTS_MAX, "the source asks for ever"
        answer = self.between(request, lambda: self.inner.handle_request(request))
        counted = _Counted(answer.stream, self)
        return httpx.Response(answer.status_code, headers=answer.headers, stream=counted, request=request)


class _Counted(httpx.SyncByteStream):
    def __init__(self, stream: Any, wire: Wire) -> None:
        self._stream = stream
        self._wire = wire

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._stream:
            self._wire.bytes_taken += len(chunk)
            yield chunk

    def close(self) -> None:
        self._stream.close()


def refuse_removal(call_id: str) -> None:
    """For platforms from which nothing disappears."""
    raise AssertionError(call_id)


def refuse_disorder() -> None:
    """For platforms that promise no order."""
    raise AssertionError


@dataclass(kw_only=True)
class Platform:
    """A platform with `many` calls on it, three pages or more where it has pages, and how to speak to it."""

    wire: Wire
    clock: VirtualClock
    open: Callable[[Wire, str], Source]
    """With this key. The source is to read all that the platform has of a call."""
    api_key: str
    many: int
    record: Callable[..., Any]
    """`record(call_id, minutes_ago=…, **fields)`: a call that is over, as `put` takes it, with these fields changed."""
    put: Callable[[Any], None]
    """Put one more record on the platform, as its newest."""
    bare: frozenset[str]
    """The fields of a record that no call is without; any other may be null."""
    is_list: Callable[[httpx.Request], bool]
    """Whether a request asks for (a page of) the list of calls."""
    remove: Callable[[str], None] = refuse_removal
    disorder: Callable[[], None] = refuse_disorder
    page: int = 100
    """Calls in one answer of the list, as the source asks for it."""
    unreadable: Mapping[str, Any] = field(default_factory=dict)
    """What is wrong with it → a record that is no call."""
    strange: Mapping[str, Any] = field(default_factory=dict)
    """Fields of a record with words that nobody knows, …"""
    strange_paths: Mapping[str, Any] = field(default_factory=dict)
    """… and where in the payload of the call they must be found again, by dotted path."""
    ongoing: Mapping[str, Any] = field(default_factory=dict)
    """The fields of a record that say that the call is not over."""
    sources: list[Source] = field(default_factory=list)

    def source(self, api_key: str | None = None) -> Source:
        source = self.open(self.wire, self.api_key if api_key is None else api_key)
        self.sources.append(source)
        return source


@dataclass(frozen=True)
class Maker:
    """How one adapter of the suite is made. `absent`: the cases that cannot happen on this platform, and why."""

    title: str
    make: Callable[[], Platform]
    absent: Mapping[str, str] = field(default_factory=dict)


def opened(name: SourceName, *, clock: VirtualClock, base_url: str) -> Callable[[Wire, str], Source]:
    """The product's own source of this name."""

    def open_it(wire: Wire, api_key: str) -> Source:
        wants = ("summary", "transcript", "recording_url")
        access = Access(api_key=api_key, clock=clock, base_url=base_url, wants=lambda: wants, transport=wire)
        return open_source(name, access)

    return open_it


def on_the_sandbox(
    name: SourceName, *, is_list: Callable[[httpx.Request], bool], many: int = 500, **platform: Any
) -> Platform:
    """The sandbox's twin of a platform with so many calls. Records are those of its history, whatever it plays.

    Its time stands still while the source's goes on, so that two readings can be compared.
    """
    clock = VirtualClock()
    sandbox = Sandbox(now=lambda: START, source=name, calls=many, limits=False)
    return Platform(
        **{
            "wire": Wire(SandboxTransport(sandbox)),
            "clock": clock,
            "open": opened(name, clock=clock, base_url=f"{SANDBOX_URL}/{name}"),
            "api_key": TWINS[name].api_key,
            "many": many,
            "record": history_record,
            "put": sandbox.history.put,
            "bare": frozenset(("id", "createdAt")),
            "is_list": is_list,
            **platform,
        }
    )


def history_record(call_id: Any, *, minutes_ago: float, **fields: Any) -> dict[str, Any]:
    """One call of the sandbox's history; the twins tell it in their platforms' words."""
    return {
        "id": call_id,
        "organizationId": ORGANIZATION_ID,
        "callerNumber": "+447700900123",
        "callType": "new_enquiry",
        "outcome": "lead_captured",
        "duration": 60,
        "summary": "x" * 500,
        "createdAt": (START - timedelta(minutes=minutes_ago)).isoformat(),
        **fields,
    }


# --- disturbances ----------------------------------------------------------------------------------------------


def answering(*answers: httpx.Response, to: Callable[[httpx.Request], bool] = lambda request: True) -> Between:
    """The first requests get these answers in turn, the others what they ask for."""
    left = list(answers)
    return lambda request, send: left.pop(0) if left and to(request) else send()


def always(status: int, body: Any = None, **headers: str) -> Between:
    """Every request gets this answer."""
    return lambda request, send: an_answer(status, body, **headers)


def an_answer(status: int, body: Any = None, **headers: str) -> httpx.Response:
    """An answer with this body: bytes as they are, anything else as JSON. Underscores stand for hyphens in names."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, headers={"content-type": "application/json", **named}, content=content)


def rewritten(change: Callable[[Any], bytes], *, of: Callable[[httpx.Request], bool], nth: int = 1) -> Between:
    """From the nth request for the list on, its JSON is what `change` makes of it."""
    seen = 0

    def between(request: httpx.Request, send: Send) -> httpx.Response:
        nonlocal seen
        answer = send()
        seen += of(request)
        if not of(request) or seen < nth or answer.status_code != 200:
            return answer
        return an_answer(200, change(json.loads(answer.read())))

    return between


def repeating(*, of: Callable[[httpx.Request], bool], times: int) -> Between:
    """So many answers of the list after the first are the first one again."""
    first: bytes | None = None
    left = times

    def between(request: httpx.Request, send: Send) -> httpx.Response:
        nonlocal first, left
        if not of(request):
            return send()
        if first is None:
            first = send().read()
        elif left == 0:
            return send()
        else:
            left -= 1
        return an_answer(200, first)

    return between


class _Cut(httpx.SyncByteStream):
    def __init__(self, start: bytes) -> None:
        self._start = start

    def __iter__(self) -> Iterator[bytes]:
        yield self._start
        raise httpx.RemoteProtocolError("peer closed connection without sending complete message body")


def cut(*, of: Callable[[httpx.Request], bool]) -> Between:
    """The connection ends in the middle of every answer of the list."""

    def between(request: httpx.Request, send: Send) -> httpx.Response:
        answer = send()
        if not of(request):
            return answer
        body = answer.read()
        headers = {"content-type": answer.headers.get("content-type", ""), "content-length": str(len(body))}
        return httpx.Response(answer.status_code, headers=headers, stream=_Cut(body[: len(body) // 2]))

    return between


def calls_of(source: Source) -> list[Call]:
    """All that the list gives and that is over."""
    return [call for call in source.calls(since=SINCE) if isinstance(call, Call)]
