"""The shapes in which the sandbox's sides meet: a request as read from the wire, the response to send."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from http import HTTPStatus
from typing import Any

import msgspec
from msgspec import Struct

JSON = "application/json;charset=utf-8"


class Dropped(Exception):
    """The connection is reset without an answer."""


class Request(Struct, frozen=True):
    """One HTTP request. `path` is decoded and without its query; header names are in lower case."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes = b""

    def first(self, name: str, default: str = "") -> str:
        """The first value of a query parameter."""
        return next(iter(self.query.get(name, ())), default)

    def header(self, name: str, default: str = "") -> str:
        """The value of a header by its name in any case."""
        return self.headers.get(name.lower(), default)

    def json(self) -> Any:
        """The decoded body. Raises msgspec.DecodeError when it is not JSON."""
        return msgspec.json.decode(self.body)


class Trouble(Struct, frozen=True, kw_only=True):
    """What goes wrong while an answer is sent; only the wire can play it."""

    stall_seconds: float = 0.0
    """Silence before the first byte."""
    head_seconds: float = 0.0
    """The head comes byte by byte, over so long."""
    body_seconds: float = 0.0
    """The body comes in small pieces, over so long."""
    cut_after_bytes: int | None = None
    """The connection is closed after so many bytes of the body."""
    is_reset: bool = False
    """It is closed by a reset."""
    length_off: int = 0
    """The head announces so many bytes more than there are."""
    bad_chunks: bool = False
    """The body comes in chunks, and the length of the first is no number."""
    interim_count: int | None = 0
    """Answers 103 before the real one; None for no end of them."""
    endless: bool = False
    """The body never ends."""
    silent: bool = False
    """Nothing is sent at all: after the stall the connection is reset."""


class Response(Struct, frozen=True):
    """One HTTP response: `body`, or the chunks of `stream` when that is given, drawn as they are sent."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    stream: Iterable[bytes] | None = None
    trouble: Trouble | None = None

    def header(self, name: str, default: str = "") -> str:
        """The value of the first header of this name, in any case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), default)

    def chunks(self) -> Generator[bytes, None, None]:
        """The body piece by piece; closing it stops the making of what was not drawn."""
        if self.stream is not None:
            yield from self.stream
        elif self.body:
            yield self.body


def json_response(status: int, obj: Any, headers: tuple[tuple[str, str], ...] = ()) -> Response:
    """A JSON answer; 204 has no body."""
    if status == HTTPStatus.NO_CONTENT:
        return Response(status, headers)
    return Response(status, (("Content-Type", JSON), *headers), msgspec.json.encode(obj))


def html_response(status: int, text: str) -> Response:
    """A page for people."""
    return Response(status, (("Content-Type", "text/html; charset=utf-8"),), text.encode("utf-8", "replace"))
