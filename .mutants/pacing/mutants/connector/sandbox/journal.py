"""The request log: what reached HubSpot and the platform, so that a test can count, compare and prove."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Any

from msgspec import Struct

from connector.sandbox.wire import Request

BODY_BYTES_MAX = 512 * 1024
"""Of one request's body, kept for comparison."""
BODIES_BYTES_MAX = 64 * 1024 * 1024
"""Of all bodies together; the oldest are forgotten first."""


class Exchange(Struct, kw_only=True):
    """One request and what became of it. `status` is 0 while unanswered and stays so for a reset connection."""

    number: int
    at: datetime
    side: str
    method: str
    path: str
    query: dict[str, list[str]]
    body: bytes | None
    """None once forgotten; the first `BODY_BYTES_MAX` bytes of it."""
    body_bytes: int
    status: int = 0
    bytes_sent: int = 0
    complete: bool = False
    """Whether the whole answer was taken; False for a client that stopped early."""
    fault: str = ""

    def plain(self) -> dict[str, Any]:
        """As control answers it."""
        return {
            "number": self.number,
            "at": self.at.isoformat().replace("+00:00", "Z"),
            "side": self.side,
            "method": self.method,
            "path": self.path,
            "query": self.query,
            "body": None if self.body is None else self.body.decode("utf-8", "replace"),
            "body_bytes": self.body_bytes,
            "status": self.status,
            "bytes": self.bytes_sent,
            "complete": self.complete,
            "fault": self.fault,
        }


class Journal:
    """Every exchange since the last reset, oldest first. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._exchanges: list[Exchange] = []
        self._kept_bytes = 0
        self._forgotten = 0

    def open(self, side: str, request: Request, at: datetime) -> Exchange:
        """Write a request down; the caller fills in what becomes of it."""
        body = request.body[:BODY_BYTES_MAX]
        with self._lock:
            exchange = Exchange(
                number=len(self._exchanges) + 1,
                at=at,
                side=side,
                method=request.method,
                path=request.path,
                query=request.query,
                body=body,
                body_bytes=len(request.body),
            )
            self._exchanges.append(exchange)
            self._kept_bytes += len(body)
            self._forget()
        return exchange

    def _forget(self) -> None:
        while self._kept_bytes > BODIES_BYTES_MAX:
            oldest = self._exchanges[self._forgotten]
            self._kept_bytes -= len(oldest.body or b"")
            oldest.body = None
            self._forgotten += 1

    def exchanges(self, side: str = "", after: int = 0) -> list[Exchange]:
        """Those of one side, or of both, whose number is greater than `after`."""
        with self._lock:
            return [each for each in self._exchanges[after:] if not side or each.side == side]

    def count(self, side: str = "") -> int:
        """How many requests reached this side, or both."""
        return len(self.exchanges(side))

    def clear(self) -> None:
        """Forget all and count from 1 again."""
        with self._lock:
            self._exchanges = []
            self._kept_bytes = 0
            self._forgotten = 0
