"""A process that dies at a chosen point: before or after any request, before or after any commit of the ledger."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import httpx

from connector.ledger.open import open_ledger
from connector.ports import Ledger

COMMITS = frozenset(
    {
        "connection", "pin", "advance", "claim", "settle", "remember_people", "remember", "start_run", "finish_run",
        "take_lane", "renew_lane", "release_lane", "take_hint", "keep_hints",
    }
)  # fmt: skip
"""The methods of a ledger that write."""


class Crashed(BaseException):
    """The process is dead: nothing catches this, and nothing else gets out either."""


def _nothing(name: str) -> None:
    """For those who do not watch."""


class CrashPoints:
    """Counts the points of a run, and kills it at one of them once armed. Unarmed, it only counts."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._armed_at: int | None = None
        self.names: list[str] = []
        self.is_dead = False
        self.watch: Callable[[str], None] = _nothing
        """Called at every point that is passed."""

    def arm(self, point: int | None) -> None:
        """Begin to count anew and die at this point; None never dies."""
        self._armed_at, self.names, self.is_dead, self.watch = point, [], False, _nothing

    def passing(self, name: str) -> None:
        with self._lock:
            if self.is_dead:
                raise Crashed(name)
            self.names.append(name)
            if self._armed_at == len(self.names) - 1:
                self.is_dead = True
                raise Crashed(name)
        self.watch(name)

    def around(self, name: str, act: Callable[[], Any]) -> Any:
        self.passing(f"before {name}")
        result = act()
        self.passing(f"after {name}")
        return result

    def transport(self, transport: httpx.BaseTransport) -> httpx.BaseTransport:
        return _CrashingTransport(transport, self)

    def ledger_opener(self, url: str, *, secret: bytes | None) -> Ledger:
        ledger: Any = _CrashingLedger(open_ledger(url, secret=secret), self)
        return ledger  # type: ignore[no-any-return]  # a proxy of every method, the port's among them


class _CrashingTransport(httpx.BaseTransport):
    def __init__(self, transport: httpx.BaseTransport, points: CrashPoints) -> None:
        self._transport = transport
        self._points = points

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        name = f"{request.method} {request.url.path}"
        response: httpx.Response = self._points.around(name, lambda: self._transport.handle_request(request))
        return response


class _CrashingLedger:
    def __init__(self, ledger: Ledger, points: CrashPoints) -> None:
        self._ledger = ledger
        self._points = points

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._ledger, name)
        if name not in COMMITS:
            return value
        return lambda *args, **kwargs: self._points.around(name, lambda: value(*args, **kwargs))
