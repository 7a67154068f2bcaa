"""The sandbox's HubSpot without a socket, and a connector that speaks to it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import httpx
import msgspec

from connector.draft.ledger import DraftLedger
from connector.hubspot.crm import HubSpotCrm
from connector.hubspot.limits import hubspot_http
from connector.ports import BeforeWrite, Facts
from connector.sandbox.hubspot import KINDS, HubSpot
from connector.sandbox.wire import Dropped, Request, Response
from tests.stubs.clock import VirtualClock

TOKEN = "pat-eu1-invented"
BASE_URL = "http://hubspot.example.com"
STEPS: dict[str, dict[str, Any]] = {
    "unique": {},
    "plain": {"unique": dict.fromkeys(KINDS, False)},
    "external": {"unique": dict.fromkeys(KINDS, False), "custom": {"calls": False}},
}
"""What a portal takes of our keys, by the step that its calls then stand on; all else stands on `plain` or `unique`."""
SEARCH_LAG_SECONDS = {"unique": 3.0, "plain": 240.0, "external": 3.0}
"""How long the search of a portal on each step lags where a test plays whole runs: below a unique key once far, once
a little, and both times within the bound of five minutes."""
Interrupt = Callable[[Request, Callable[[], Response]], Response]


class Asked(msgspec.Struct, frozen=True):
    """One request as it was sent."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: Any

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


class PortalTransport(httpx.BaseTransport):
    """Hands requests to the sandbox's HubSpot and keeps them. `interrupt` may answer in its place."""

    def __init__(self, portal: HubSpot) -> None:
        self._portal = portal
        self._lock = threading.Lock()
        self.asked: list[Asked] = []
        self.interrupt: Interrupt | None = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        body = request.read()
        headers = {name.lower(): value for name, value in request.headers.items()}
        query: dict[str, list[str]] = {}
        for name, value in request.url.params.multi_items():
            query.setdefault(name, []).append(value)
        wired = Request(request.method, request.url.path, query, headers, body)
        with self._lock:
            asked = Asked(
                request.method,
                request.url.path,
                request.url.query.decode(),
                headers,
                msgspec.json.decode(body) if body else None,
            )
            self.asked.append(asked)
            try:
                if self.interrupt is None:
                    answer = self._portal.handle(wired)
                else:
                    answer = self.interrupt(wired, lambda: self._portal.handle(wired))
            except Dropped as error:
                raise httpx.ReadError("the connection was reset", request=request) from error
        return httpx.Response(answer.status, headers=list(answer.headers), content=b"".join(answer.chunks()))

    def sent(self, ending: str) -> list[Asked]:
        """The requests whose path ends so."""
        return [asked for asked in self.asked if asked.path.endswith(ending)]


class Stand:
    """A portal, the transport to it, and a connector."""

    def __init__(
        self,
        *,
        api_version: str = "v3",
        concurrency: int = 1,
        prepared: bool = True,
        facts: Facts | None = None,
        before_write: BeforeWrite = lambda: None,
        step: str = "unique",
        **portal: Any,
    ) -> None:
        """`step` is one of `STEPS`."""
        self.clock = VirtualClock()
        self.step = step
        self.portal = HubSpot(now=self.clock.now, token=TOKEN, **{**STEPS[step], **portal})
        self.transport = PortalTransport(self.portal)
        self.facts = facts or DraftLedger()
        self.api_version = api_version
        self.concurrency = concurrency
        self.before_write = before_write
        self.crm = self.connector()
        if prepared:
            self.crm.setup(["tasks"], dry_run=False)
            self.forget_requests()

    def connector(self, **arguments: Any) -> HubSpotCrm:
        """Another connector to the same portal."""
        given: dict[str, Any] = {
            "token": TOKEN,
            "base_url": BASE_URL,
            "api_version": self.api_version,
            "facts": self.facts,
            "clock": self.clock,
            "concurrency": self.concurrency,
            "before_write": self.before_write,
        }
        http = hubspot_http(clock=self.clock, transport=self.transport, concurrency=self.concurrency)
        return HubSpotCrm(**{**given, "http": http, **arguments})

    def forget_requests(self) -> None:
        self.transport.asked.clear()
        self.clock.slept.clear()

    def edit(self, action: str, object_type: str, record_id: str, **more: Any) -> dict[str, Any]:
        """Do something as a person would."""
        return self.portal.edit(action, object_type=object_type, record_id=record_id, **more)

    def count(self, object_type: str) -> int:
        return len(self.portal.records(object_type))

    def requests(self) -> Sequence[str]:
        return [str(asked) for asked in self.transport.asked]


def answering(*steps: str | Response, only: str = "") -> Interrupt:
    """Play one step per request whose path contains `only`, then let everything pass.

    `pass`; `lost` (carried out, connection reset), `cut` (not carried out, reset), `502` (carried out, bad gateway),
    `503` (not carried out); or a response to give instead.
    """
    left: Iterator[str | Response] = iter(steps)

    def interrupt(request: Request, carry_out: Callable[[], Response]) -> Response:
        step = next(left, "pass") if only in request.path else "pass"
        match step:
            case "pass":
                return carry_out()
            case "lost":
                carry_out()
                raise Dropped("lost on the way back")
            case "cut":
                raise Dropped("cut on the way there")
            case "502":
                carry_out()
                return said(502, {"status": "error", "message": "Bad gateway"})
            case "503":
                return said(503, {"status": "error", "message": "Unavailable"})
            case Response():
                return step
            case _:
                raise ValueError(step)

    return interrupt


def said(status: int, body: Any, **headers: str) -> Response:
    """A JSON answer."""
    named = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return Response(status, (("Content-Type", "application/json;charset=utf-8"), *named), msgspec.json.encode(body))
