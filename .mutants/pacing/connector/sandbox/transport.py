"""The sandbox without a socket: an httpx transport for tests, with the same faults and no waiting."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs

import httpx
from msgspec import structs

from connector.sandbox.site import Sandbox
from connector.sandbox.wire import Dropped, Request, Response, Trouble

BASE_URL = "http://sandbox.example.com"
ENDLESS_BYTES = 1024 * 1024
"""How much of a body without an end comes before the client's patience is over: no time passes here."""


class SandboxTransport(httpx.BaseTransport):
    """Answers in process. Latency is not played; a stall is a ReadTimeout if the client would not wait that long.

    `bytes_read` counts what clients took of all bodies, so that an early stop can be seen.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.bytes_read = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Raises httpx.ReadError for a reset connection, httpx.ReadTimeout for a stall."""
        try:
            response = self._sandbox.handle(_read(request))
        except Dropped as error:
            raise httpx.ReadError("the connection was reset", request=request) from error
        trouble = response.trouble or Trouble()
        patience = (request.extensions.get("timeout") or {}).get("read")
        if patience is not None and max(trouble.stall_seconds, trouble.head_seconds) >= patience:
            raise httpx.ReadTimeout("the answer stalled", request=request)
        if trouble.interim_count is None:
            raise httpx.ReadTimeout("there was no end of interim answers", request=request)
        if trouble.silent:
            raise httpx.ReadError("the connection was reset", request=request)
        if trouble.bad_chunks or trouble.length_off:
            response = structs.replace(response, body=b"".join(response.chunks()), stream=None)
        headers = list(response.headers)
        if response.stream is None:
            headers.append(("Content-Length", str(len(response.body))))
        return httpx.Response(response.status, headers=headers, stream=_Body(response, self), request=request)


class _Body(httpx.SyncByteStream):
    """The body as the client draws it."""

    def __init__(self, response: Response, transport: SandboxTransport) -> None:
        self._chunks = response.chunks()
        self._trouble = response.trouble or Trouble()
        self._left = self._bytes_due(response)
        self._transport = transport

    def _bytes_due(self, response: Response) -> int | None:
        """How much of the body comes; None for all of it."""
        trouble = self._trouble
        if trouble.endless:
            return ENDLESS_BYTES
        if trouble.bad_chunks:
            return 0
        if trouble.length_off:
            return len(response.body) + min(0, trouble.length_off)
        return trouble.cut_after_bytes

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            sent = chunk
            if self._left is not None:
                sent = chunk[: self._left]
                self._left -= len(sent)
            if sent:
                self._transport.bytes_read += len(sent)
                yield sent
            if self._left == 0:
                break
        self._end()

    def _end(self) -> None:
        trouble = self._trouble
        if trouble.endless:
            raise httpx.ReadTimeout("there was no end of it")
        if trouble.is_reset:
            raise httpx.ReadError("the connection was reset")
        if trouble.bad_chunks:
            raise httpx.RemoteProtocolError("illegal chunk header")
        # A body that is longer than was announced looks like a whole one.
        if self._left is not None and trouble.length_off >= 0:
            raise httpx.RemoteProtocolError("peer closed connection without sending complete message body")

    def close(self) -> None:
        """Stop making the body."""
        self._chunks.close()


def _read(request: httpx.Request) -> Request:
    request.read()
    query = parse_qs(request.url.query.decode("ascii"), keep_blank_values=True)
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Request(request.method, request.url.path, query, headers, request.content)
