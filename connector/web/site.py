"""What the port of `serve` answers: deliveries, and how the process is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from connector.errors import ConnectorError
from connector.web.answering import (
    ADDRESS,
    Desk,
    Refusals,
    Reply,
    answer,
    answer_to_head,
    has_secret_in_address,
    refusal,
)
from connector.web.receive import BODY_BYTES_MAX, Refused
from connector.web.rounds import Rounds

BODY_SECONDS_MAX = 10.0
"""How long a delivery may take to arrive, however it trickles."""


class Site:
    """The application behind the port. `count_hints` may block, and may raise ConnectorError."""

    def __init__(
        self,
        desk: Desk,
        rounds: Rounds,
        *,
        count_hints: Callable[[], int],
        monotonic: Callable[[], float],
        body_seconds_max: float = BODY_SECONDS_MAX,
    ) -> None:
        self._desk = desk
        self._rounds = rounds
        self._count_hints = count_hints
        self._body_seconds_max = body_seconds_max
        self._refusals = Refusals(monotonic)
        addresses = [ADDRESS, *([ADDRESS + "/{secret}"] if has_secret_in_address(desk.platform) else [])]
        self.app = Starlette(
            routes=[
                *(Route(address, self._webhook, methods=["POST"]) for address in addresses),
                Route("/healthz", self._health),
                Route("/readyz", self._ready),
            ]
        )

    async def _webhook(self, request: Request) -> Response:
        reply = await self._reply(request)
        if reply.refused:
            self._refusals.tell(reply.refused)
        if reply.is_new:
            self._rounds.ring()
        after = reply.retry_after_seconds
        return _answer(reply.status, reply.said, headers={} if after is None else {"Retry-After": str(after)})

    async def _reply(self, request: Request) -> Reply:
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers.raw]
        reply = answer_to_head(self._desk, headers)
        if reply is not None:
            return reply
        body = await self._body(request)
        if isinstance(body, Refused):
            return refusal(body)
        secret = request.path_params.get("secret", "")
        return await run_in_threadpool(partial(answer, self._desk, body, headers, address_secret=secret))

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

    async def _health(self, request: Request) -> Response:
        return _answer(200, "alive")

    async def _ready(self, request: Request) -> Response:
        """Whether deliveries can be kept and runs come to their end."""
        try:
            waiting = await run_in_threadpool(self._count_hints)
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


def _answer(status: int, said: str, *, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"status": said}, status_code=status, headers=headers)
