"""The port of `serve` on this machine, over a ledger in memory, and what knocks at it."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, NamedTuple

import msgspec

from connector.draft.ledger import DraftLedger
from connector.errors import TransientError
from connector.model import Hint
from connector.web.platforms import PLATFORMS
from connector.web.rounds import Rounds
from connector.web.server import listen, serving
from connector.web.site import ADDRESS, Desk, Site
from tests.stubs.clock import VirtualClock
from tests.stubs.deliveries import SECRET, Sent


class Said(NamedTuple):
    status: int
    status_text: str
    headers: Mapping[str, str]
    said: Any


class Door:
    """A site being served."""

    def __init__(self, source: str, *, secrets: Sequence[str], body_seconds_max: float) -> None:
        self.clock = VirtualClock()
        self.ledger = DraftLedger()
        self.is_locked = False
        self.rounds = Rounds(every=timedelta(minutes=5), now=self.clock.now, gather_seconds=0)
        self.rings = 0
        ring = self.rounds.ring

        def counted() -> None:
            self.rings += 1
            ring()

        self.rounds.ring = counted  # type: ignore[method-assign]
        desk = Desk(
            address=ADDRESS,
            platform=PLATFORMS.get(source),
            secrets=secrets,
            take_hint=self._take,
            count_hints=lambda: len(self.hints),
            now=self.clock.now,
            monotonic=self.clock.monotonic,
        )
        self.site = Site(desk, self.rounds, body_seconds_max=body_seconds_max)
        self.listener = listen("127.0.0.1", 0)
        self.port: int = self.listener.getsockname()[1]

    @property
    def hints(self) -> list[Hint]:
        self._unlocked()
        return self.ledger.hints("default", limit=100_000)

    def _take(self, hint: Hint) -> bool:
        self._unlocked()
        return self.ledger.take_hint("default", hint)

    def _unlocked(self) -> None:
        if self.is_locked:
            raise TransientError("E511", "another process is writing to the ledger")

    def deliver(self, sent: Sent, **more: Any) -> Said:
        """As a platform would."""
        secret = f"/{sent.address_secret}" if sent.address_secret else ""
        return self.ask("POST", ADDRESS + secret, body=sent.body, headers=sent.headers, **more)

    def ask(
        self, method: str, path: str, *, body: bytes | None = None, headers: Sequence[tuple[str, str]] = ()
    ) -> Said:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.putrequest(method, path)
            for name, value in headers:
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            return read(connection.getresponse())
        finally:
            connection.close()

    def connected(self) -> socket.socket:
        """A bare connection, to send whatever bytes."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)


def read(answer: http.client.HTTPResponse) -> Said:
    body = answer.read()
    said = msgspec.json.decode(body) if body.startswith(b"{") else body.decode()
    return Said(answer.status, answer.reason, dict(answer.getheaders()), said)


@contextmanager
def open_door(
    source: str = "krosai", *, secrets: Sequence[str] = (SECRET,), body_seconds_max: float = 5
) -> Iterator[Door]:
    door = Door(source, secrets=secrets, body_seconds_max=body_seconds_max)
    with serving(door.site.app, door.listener):
        yield door
