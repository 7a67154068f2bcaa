"""The sandbox without a socket: an httpx transport for tests, with the same faults and no waiting."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs

import httpx

from connector.sandbox.site import Sandbox
from connector.sandbox.wire import Dropped, Request, Response

BASE_URL = "http://sandbox.example.com"


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
        trouble = response.trouble
        if trouble is not None:
            patience = (request.extensions.get("timeout") or {}).get("read")
            if patience is not None and max(trouble.stall_seconds, trouble.head_seconds) >= patience:
                raise httpx.ReadTimeout("the answer stalled", request=request)
            if trouble.silent:
                raise httpx.ReadError("the connection was reset", request=request)
        headers = list(response.headers)
        if response.stream is None:
            headers.append(("Content-Length", str(len(response.body))))
        return httpx.Response(response.status, headers=headers, stream=_Body(response, self), request=request)


class _Body(httpx.SyncByteStream):
    """The body as the client draws it."""

    def __init__(self, response: Response, transport: SandboxTransport) -> None:
        self._chunks = response.chunks()
        self._left = response.trouble.cut_after_bytes if response.trouble is not None else None
        self._transport = transport

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
        if self._left is not None:
            raise httpx.RemoteProtocolError("peer closed connection without sending complete message body")

    def close(self) -> None:
        """Stop making the body."""
        self._chunks.close()


def _read(request: httpx.Request) -> Request:
    request.read()
    query = parse_qs(request.url.query.decode("ascii"), keep_blank_values=True)
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Request(request.method, request.url.path, query, headers, request.content)
