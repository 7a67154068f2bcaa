"""AWS Lambda: two functions of one package, `connector.functions.aws.webhook` and `connector.functions.aws.sync`.

Events as https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html has
them: payload format 1.0, and 2.0, which function URLs have too. Format 2.0 joins the values of a repeated header with
commas, 1.0 gives them apart.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any, Protocol

from connector.functions.shared import Delivered, Function, reply_body, reply_headers
from connector.web.signatures import Header

Event = Mapping[str, Any]


class Context(Protocol):
    """What Lambda gives beside an event, as far as it is used."""

    def get_remaining_time_in_millis(self) -> int: ...


_function = Function()


def webhook(event: Event, context: object, *, function: Function = _function) -> dict[str, Any]:
    """Answer a delivery that came through API Gateway or a function URL."""
    reply = function.hear(_delivered(event))
    return {
        "statusCode": reply.status,
        "headers": reply_headers(reply),
        "body": reply_body(reply),
        "isBase64Encoded": False,
    }


def sync(event: Event, context: Context, *, function: Function = _function) -> dict[str, Any]:
    """One run, whatever event of a schedule brought it; ends in order before the invocation does.

    Answers and raises as `Function.sync`.
    """
    return function.sync(seconds=context.get_remaining_time_in_millis() / 1000)


def _delivered(event: Event) -> Delivered:
    http = event.get("requestContext", {}).get("http", {})
    return Delivered(
        method=event.get("httpMethod") or http.get("method") or "",
        path=event.get("rawPath") or event.get("path") or "",
        headers=_headers(event),
        read=lambda: _body(event),
    )


def _headers(event: Event) -> list[Header]:
    several = event.get("multiValueHeaders")
    if several:
        return [(name, value) for name, values in several.items() for value in values]
    return list((event.get("headers") or {}).items())


def _body(event: Event) -> bytes:
    body = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        return str(body).encode()
    try:
        return base64.b64decode(body, validate=True)
    except binascii.Error as error:
        raise ValueError from error
