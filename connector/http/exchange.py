"""One attempt at one request: sent under its deadline, its body decoded within its limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import httpx

from connector.http.body import decoded
from connector.http.deadline import Deadline
from connector.http.failures import BROKEN, UNSENDABLE, Failures
from connector.http.retry import AgainError
from connector.http.terms import Limits
from connector.ports import Clock


def place(request: httpx.Request) -> str:
    """Method and address without user and query, which may hold a key, a number or an e-mail address."""
    return f"{request.method} {bare(request.url)}"


def bare(url: httpx.URL) -> str:
    """Scheme, host, port and path."""
    port = f":{url.port}" if url.port else ""
    return f"{url.scheme}://{url.host}{port}{url.path}"


class Exchange:
    """Sends on construction. Raises AgainError or the coded error of what went wrong."""

    def __init__(
        self,
        client: httpx.Client,
        request: httpx.Request,
        limits: Limits,
        *,
        clock: Clock,
        failures: Failures,
        repeatable: bool,
    ) -> None:
        self._deadline = Deadline(clock, limits.total_seconds)
        self._limits = limits
        self._failures = failures
        self._repeatable = repeatable
        self._where = place(request)
        with self._held():
            self._response = client.send(request, stream=True)
        self.status = self._response.status_code
        self.headers: Mapping[str, str] = dict(self._response.headers)

    @property
    def redirect(self) -> str | None:
        """Where the answer points to, without the query; None when it is no redirect."""
        following = self._response.next_request
        return None if following is None else bare(following.url)

    def pieces(self) -> Iterator[bytes]:
        """The decoded body, once."""
        encoding = self.headers.get("content-encoding", "")
        # `stream` rather than `iter_raw`: it also replays a body that the transport held whole.
        raw = iter(self._response.stream)  # type: ignore[arg-type]
        pieces = decoded(raw, encoding, bytes_max=self._limits.body_bytes_max)
        while True:
            # Held anew for each piece: what the consumer asks of others in between has deadlines of its own.
            with self._held():
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece

    def close(self) -> None:
        """Give the connection back, or close it when the body was not read to its end."""
        self._response.close()
        # httpx has the response and its stream hold each other, and the body that was sent with them, until the next
        # collection of such cycles: megabytes of batches by then.
        self._response.stream = httpx.ByteStream(b"")

    @contextmanager
    def _held(self) -> Iterator[None]:
        try:
            with self._deadline.held():
                yield
        except UNSENDABLE:
            raise self._failures.unsendable(where=self._where) from None
        except BROKEN as error:
            raise self._failures.broken(
                error,
                where=self._where,
                limits=self._limits,
                is_late=self._deadline.left() <= 0,
                repeatable=self._repeatable,
            ) from error


class StreamedAnswer:
    """An answer whose body is read as it is consumed."""

    def __init__(self, status: int, headers: Mapping[str, str], pieces: Iterator[bytes]) -> None:
        self.status = status
        self.headers = headers
        self._pieces = pieces

    def chunks(self) -> Iterator[bytes]:
        """The decoded body, once.

        Raises TransientError when it stalls or is cut short, FatalError when it is larger than allowed.
        """
        try:
            yield from self._pieces
        except AgainError as again:
            raise again.error from again.__cause__
