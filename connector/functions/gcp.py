"""Google Cloud: `webhook` for HTTP and `sync` for a schedule, as the functions framework calls them.

The framework gives a request of Flask (https://flask.palletsprojects.com/en/stable/api/#flask.Request) and takes what
Flask takes for an answer; neither is needed here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from connector.functions.shared import Delivered, Function, reply_body, reply_headers


class Headers(Protocol):
    """Every header of a request; one that was sent twice stands in it twice."""

    def items(self) -> Iterable[tuple[str, str]]: ...


class Request(Protocol):
    """A request, as far as it is used."""

    @property
    def method(self) -> str: ...

    @property
    def path(self) -> str: ...

    @property
    def headers(self) -> Headers: ...

    def get_data(self) -> bytes: ...


_function = Function()


def webhook(request: Request, *, function: Function = _function) -> tuple[str, int, dict[str, str]]:
    """Answer a delivery: body, status and headers."""
    reply = function.hear(
        Delivered(
            method=request.method, path=request.path, headers=list(request.headers.items()), read=request.get_data
        )
    )
    return reply_body(reply), reply.status, reply_headers(reply)


def sync(trigger: object, *, function: Function = _function) -> dict[str, Any]:
    """One run, whatever brought it: a request that only the scheduler may send, or a message of Pub/Sub.

    The framework does not say how long an invocation may take: `CONNECTOR_FUNCTION_TIMEOUT` has to. Answers and raises
    as `Function.sync`.
    """
    return function.sync()
