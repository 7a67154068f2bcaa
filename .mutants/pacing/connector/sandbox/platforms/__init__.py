"""The voice platforms' twins: each plays one platform's API over the same invented calls."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Final, Protocol

from connector.sandbox.faults import Fault
from connector.sandbox.history import History
from connector.sandbox.platforms.kaicalls import KaiCalls
from connector.sandbox.platforms.klen import KlenTwin
from connector.sandbox.platforms.krosai import KrosAI
from connector.sandbox.platforms.reception_ai import ReceptionAI
from connector.sandbox.platforms.vapi import VapiTwin
from connector.sandbox.wire import Request, Response


class Twin(Protocol):
    """One account on a platform. A new one is made when control changes the calls or the traps."""

    api_key: str

    def handle(self, request: Request, fault: Fault | None = None) -> Response:
        """Answer one request, its path without the platform's prefix."""


class TwinKind(Protocol):
    """How a twin is made. `traps` are the documented or feared oddities of the platform that are switched on."""

    api_key: str
    traps_known: frozenset[str]

    def __call__(self, *, now: Callable[[], datetime], history: History, traps: Collection[str] = ()) -> Twin: ...


TWINS: Final[dict[str, TwinKind]] = {
    "reception_ai": ReceptionAI,
    "kaicalls": KaiCalls,
    "klen": KlenTwin,
    "krosai": KrosAI,
    "vapi": VapiTwin,
}


def twin_kind(source: str, traps: Collection[str]) -> TwinKind:
    """The kind of twin that plays this source. Raises ValueError for a source or a trap that nobody knows."""
    if source not in TWINS:
        raise ValueError(f"unknown source {source!r}: the sandbox knows {', '.join(TWINS)}")
    kind = TWINS[source]
    if unknown := sorted(set(traps) - kind.traps_known):
        known = ", ".join(sorted(kind.traps_known)) or "none"
        raise ValueError(f"unknown traps of {source}: {', '.join(unknown)}; it knows {known}")
    return kind
