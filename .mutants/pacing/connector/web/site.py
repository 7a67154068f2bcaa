"""What the port of `serve` answers. Nothing here asks the platform or HubSpot: a delivery is kept, and that is all."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple, assert_never

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from connector.errors import ConnectorError
from connector.model import Hint
from connector.web.platforms import Platform
from connector.web.receive import BODY_BYTES_MAX, Accepted, Ignored, Refused, receive, refusal_of_head
from connector.web.rounds import Rounds
from connector.web.signatures import Header, InAddress

ADDRESS = "/webhooks/default"
"""Where deliveries of the connection of that name go."""
BODY_SECONDS_MAX = 10.0
"""How long a delivery may take to arrive, however it trickles."""
RETRY_AFTER_SECONDS = 30
TELL_EVERY_SECONDS = 60.0
"""The log tells of refusals once a minute for each reason: a flood of forged deliveries must not flood the log."""

_SAID = {400: "malformed", 401: "unauthorized", 408: "too slow", 413: "too large", 415: "unsupported type"}

log = logging.getLogger("connector.web")


class Desk(NamedTuple):
    """What the site needs of the product: plain functions, which may block and may raise ConnectorError."""

    address: str
    """The path that deliveries are sent to."""
    platform: Platform | None
    secrets: Sequence[str]
    take_hint: Callable[[Hint], bool]
    """Keep a hint; False when its delivery is known."""
    count_hints: Callable[[], int]
    now: Callable[[], datetime]
    monotonic: Callable[[], float]


class Site:
    """The application behind the port."""

    def __init__(self, desk: Desk, rounds: Rounds, *, body_seconds_max: float = BODY_SECONDS_MAX) -> None:
        self._desk = desk
        self._rounds = rounds
        self._body_seconds_max = body_seconds_max
        self._refusals = Refusals(desk.monotonic)
        addresses = [desk.address]
        if desk.platform is not None and isinstance(desk.platform.proof, InAddress):
            addresses.append(desk.address + "/{secret}")
        self.app = Starlette(
            routes=[
                *(Route(address, self._webhook, methods=["POST"]) for address in addresses),
                Route("/healthz", self._health),
                Route("/readyz", self._ready),
            ]
        )

    async def _webhook(self, request: Request) -> Response:
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers.raw]
        if self._desk.platform is None:
            return self._refuse(Refused(401, "this platform's deliveries cannot be verified"))
        refused = refusal_of_head(headers)
        if refused is not None:
            return self._refuse(refused)
        body = await self._body(request)
        if isinstance(body, Refused):
            return self._refuse(body)
        return await self._judge(body, headers, self._desk.platform, request.path_params.get("secret", ""))

    async def _judge(self, body: bytes, headers: Sequence[Header], platform: Platform, secret: str) -> Response:
        verdict = receive(
            body,
            headers,
            platform=platform,
            secrets=self._desk.secrets,
            address_secret=secret,
            now=self._desk.now(),
        )
        match verdict:
            case Accepted():
                return await self._accept(verdict)
            case Ignored():
                return _answer(200, "ignored")
            case Refused():
                return self._refuse(verdict)
            case _:
                assert_never(verdict)

    async def _accept(self, accepted: Accepted) -> Response:
        try:
            is_new = await run_in_threadpool(self._desk.take_hint, accepted.hint)
        except ConnectorError as error:
            log.warning("delivery_not_kept", extra={"code": error.code})
            return _answer(503, "try again later", retry_after=True)
        if is_new:
            self._rounds.ring()
        return _answer(200, "accepted" if is_new else "known")

    async def _body(self, request: Request) -> bytes | Refused:
        body = bytearray()
        try:
            async with asyncio.timeout(self._body_seconds_max):
                async for chunk in request.stream():
                    body += chunk
                    if len(body) > BODY_BYTES_MAX:
                        return Refused(413, "too long")
        except TimeoutError:
            return Refused(408, "too slow")
        except ClientDisconnect:
            return Refused(400, "broken off")
        return bytes(body)

    def _refuse(self, refused: Refused) -> Response:
        self._refusals.tell(refused.reason)
        return _answer(refused.status, _SAID[refused.status])

    async def _health(self, request: Request) -> Response:
        return _answer(200, "alive")

    async def _ready(self, request: Request) -> Response:
        """Whether deliveries can be kept and runs come to their end."""
        try:
            waiting = await run_in_threadpool(self._desk.count_hints)
        except ConnectorError as error:
            return JSONResponse({"status": "not ready", "ledger": error.code}, status_code=503)
        last = self._rounds.last_run
        is_late = self._rounds.is_late()
        said = {
            "status": "not ready" if is_late else "ready",
            "ledger": "ok",
            "hints": waiting,
            "last_run": last and {"ended_at": last.ended_at.isoformat(), "outcome": last.outcome},
        }
        return JSONResponse(said, status_code=503 if is_late else 200)


class Refusals:
    """Tells the log of refusals: the first of a kind at once, those of the next minute together."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._told_at: dict[str, float] = {}
        self._untold: Counter[str] = Counter()

    def tell(self, reason: str) -> None:
        self._untold[reason] += 1
        now = self._monotonic()
        if reason in self._told_at and now - self._told_at[reason] < TELL_EVERY_SECONDS:
            return
        log.warning("delivery_refused", extra={"reason": reason, "times": self._untold.pop(reason)})
        self._told_at[reason] = now


def _answer(status: int, said: str, *, retry_after: bool = False) -> Response:
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)} if retry_after else {}
    return JSONResponse({"status": said}, status_code=status, headers=headers)
