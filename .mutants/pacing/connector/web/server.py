"""The port of `serve`: one thread with uvicorn's loop, bounded in connections and in the time that each may take."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from connector.errors import InputError

CONNECTIONS_MAX = 100
"""More are answered with 503: a platform sends again, and polling finds the call anyway."""
CONNECTION_SECONDS_MAX = 20
"""From the first byte to the last of the answer: nobody holds a connection by dripping."""
STOP_SECONDS_MAX = 5
"""How long deliveries under way may still take when the process ends."""


class Impatient(H11Protocol):
    """uvicorn's HTTP/1.1, with an end to every connection: its own limits know only idle ones."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._end = self.loop.call_later(CONNECTION_SECONDS_MAX, transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        self._end.cancel()
        super().connection_lost(exc)


def listen(host: str, port: int) -> socket.socket:
    """The port, taken. Raises InputError (E150) when that cannot be."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=CONNECTIONS_MAX)
    except (OSError, OverflowError) as error:
        raise InputError(
            "E150", f"port {port} of {host} cannot be listened on: {error}", where="--host, --port"
        ) from error


def address_of(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


@contextmanager
def serving(app: Starlette, listener: socket.socket) -> Iterator[None]:
    """Answer on this port while the block runs, then finish what is under way and close it."""
    # What it says of malformed requests, anybody could make it say; what it says of ours, it says as an error.
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    config = uvicorn.Config(
        app,
        http=Impatient,
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=CONNECTIONS_MAX,
        # One delivery each: what is left of a connection would only count against the limit.
        headers=[("Connection", "close")],
        timeout_graceful_shutdown=STOP_SECONDS_MAX,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), name="web", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(STOP_SECONDS_MAX + 2)
        listener.close()
