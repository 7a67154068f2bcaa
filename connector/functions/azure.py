"""Azure Functions: what `function_app.py` calls from its HTTP trigger and from its timer (deploy/functions/README.md).

https://learn.microsoft.com/en-us/python/api/azure-functions/azure.functions.httprequest. Azure's library is the
runtime's: it is not needed here, and its kind of answer is given by who calls.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

from connector.functions.shared import Delivered, Function, reply_body, reply_headers

Response = TypeVar("Response")


class Request(Protocol):
    """`azure.functions.HttpRequest`, as far as it is used."""

    @property
    def method(self) -> str: ...

    @property
    def url(self) -> str: ...

    @property
    def headers(self) -> Mapping[str, str]: ...

    def get_body(self) -> bytes: ...


_function = Function()


def webhook(request: Request, respond: Callable[..., Response], *, function: Function = _function) -> Response:
    """Answer a delivery by `respond`, which is `azure.functions.HttpResponse`."""
    reply = function.hear(
        Delivered(
            method=request.method,
            path=urlsplit(request.url).path,
            headers=list(request.headers.items()),
            read=request.get_body,
        )
    )
    return respond(reply_body(reply), status_code=reply.status, headers=reply_headers(reply))


def sync(timer: object, *, function: Function = _function) -> dict[str, Any]:
    """One run. Azure does not say how long an invocation may take: `CONNECTOR_FUNCTION_TIMEOUT` has to.

    Answers and raises as `Function.sync`.
    """
    return function.sync()
