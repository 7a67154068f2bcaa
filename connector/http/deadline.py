"""A deadline on a whole exchange, held where the bytes move.

Per-read timeouts start again with every byte, so a server that drips its headers or its body is never cut. Here each
connect, read and write may take at most what is left of the exchange. httpx has no public argument for this: the seam
is the `_network_backend` of the httpcore pool inside `httpx.HTTPTransport` (httpx 0.28.1, httpcore 1.0.9), which is
why httpx is pinned and a canary test watches the seam.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import httpcore
import httpx

from connector.ports import Clock

WRITE_BYTES = 64 * 1024
"""Bytes handed to the socket at once, so that a slow reader on the other side meets the deadline too."""


class Deadline:
    """The moment by which an exchange must be over."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._at = clock.monotonic() + seconds

    def left(self) -> float:
        """Seconds left; zero or less when it has passed."""
        return self._at - self._clock.monotonic()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold everything that this thread does on the network meanwhile to this deadline."""
        token = _deadline.set(self)
        try:
            yield
        finally:
            _deadline.reset(token)


_deadline: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


def deadline_transport(*, connections_max: int, keepalive_seconds: float) -> httpx.HTTPTransport:
    """The transport to the real network: TLS always verified, no retries of its own, deadlines held."""
    transport = httpx.HTTPTransport(
        verify=True,
        retries=0,
        limits=httpx.Limits(max_connections=connections_max, keepalive_expiry=keepalive_seconds),
    )
    pool = transport._pool
    pool._network_backend = _Backend(pool._network_backend)
    return transport


def _within(timeout: float | None, expired: type[httpcore.TimeoutException]) -> float | None:
    deadline = _deadline.get()
    if deadline is None:
        return timeout
    left = deadline.left()
    if left <= 0:
        raise expired("the exchange took too long")
    return left if timeout is None else min(timeout, left)


class _Backend(httpcore.NetworkBackend):
    def __init__(self, plain: httpcore.NetworkBackend) -> None:
        self._plain = plain

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        timeout = _within(timeout, httpcore.ConnectTimeout)
        return _Stream(self._plain.connect_tcp(host, port, timeout, local_address, socket_options))


class _Stream(httpcore.NetworkStream):
    def __init__(self, plain: httpcore.NetworkStream) -> None:
        self._plain = plain

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._plain.read(max_bytes, _within(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), WRITE_BYTES):
            self._plain.write(buffer[start : start + WRITE_BYTES], _within(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._plain.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        timeout = _within(timeout, httpcore.ConnectTimeout)
        return _Stream(self._plain.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        return self._plain.get_extra_info(info)
