"""Deliveries as each cloud hands them to a function, and its answers read back. The shapes are those of the clouds'
documents; ids and hosts are invented."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any, NamedTuple

from connector.functions import aws, azure, gcp
from connector.functions.shared import Function
from connector.web.answering import ADDRESS
from tests.stubs.deliveries import Sent


class Answered(NamedTuple):
    status: int
    said: Any
    headers: Mapping[str, str]


Cloud = Callable[..., Answered]


def _path(sent: Sent, before: str) -> str:
    return before + ADDRESS + (f"/{sent.address_secret}" if sent.address_secret else "")


def _joined(headers: list[tuple[str, str]]) -> dict[str, str]:
    """As payload format 2.0 and Azure have them: one value for a name, several joined by commas."""
    joined: dict[str, str] = {}
    for name, value in headers:
        known = joined.get(name.lower())
        joined[name.lower()] = value if known is None else f"{known},{value}"
    return joined


def lambda_v2(function: Function, sent: Sent, *, method: str = "POST", path: str = "", plain: bool = False) -> Answered:
    """API Gateway's HTTP API and function URLs. Bodies that are no text come in base64, as may any."""
    event = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path or _path(sent, ""),
        "rawQueryString": "",
        "headers": {"host": "abc123.lambda-url.eu-west-1.on.aws", **_joined(sent.headers)},
        "requestContext": {"http": {"method": method, "path": path or _path(sent, ""), "protocol": "HTTP/1.1"}},
        "body": sent.body.decode() if plain else base64.b64encode(sent.body).decode(),
        "isBase64Encoded": not plain,
    }
    return _lambda(function, event)


def lambda_url_plain(function: Function, sent: Sent, **more: Any) -> Answered:
    """A function URL whose body came as text."""
    return lambda_v2(function, sent, plain=True, **more)


def lambda_v1(function: Function, sent: Sent, *, method: str = "POST", path: str = "") -> Answered:
    """API Gateway's REST API: each header twice, once with its last value and once with all of them."""
    several: dict[str, list[str]] = {"Host": ["abc123.execute-api.eu-west-1.amazonaws.com"]}
    for name, value in sent.headers:
        several.setdefault(name, []).append(value)
    event = {
        "resource": "/{proxy+}",
        "path": path or _path(sent, ""),
        "httpMethod": method,
        "headers": {name: values[-1] for name, values in several.items()},
        "multiValueHeaders": several,
        "requestContext": {"stage": "prod", "httpMethod": method, "path": "/prod" + _path(sent, "")},
        "body": sent.body.decode("utf-8", "replace"),
        "isBase64Encoded": False,
    }
    return _lambda(function, event)


def _lambda(function: Function, event: dict[str, Any]) -> Answered:
    said = json.loads(json.dumps(aws.webhook(event, None, function=function)))
    assert said["isBase64Encoded"] is False
    return Answered(said["statusCode"], json.loads(said["body"]), said["headers"])


class _Headers:
    def __init__(self, headers: list[tuple[str, str]]) -> None:
        self._headers = headers

    def items(self) -> list[tuple[str, str]]:
        return self._headers


def google(function: Function, sent: Sent, *, method: str = "POST", path: str = "") -> Answered:
    """A request of Flask, as the functions framework gives it: the path begins behind the function's own name."""
    request = SimpleNamespace(
        method=method, path=path or _path(sent, ""), headers=_Headers(sent.headers), get_data=lambda: sent.body
    )
    body, status, headers = gcp.webhook(request, function=function)
    return Answered(status, json.loads(body), headers)


def microsoft(function: Function, sent: Sent, *, method: str = "POST", path: str = "") -> Answered:
    """`azure.functions.HttpRequest`, and an HttpResponse as its maker takes it."""
    request = SimpleNamespace(
        method=method,
        url=f"https://calls.azurewebsites.net{path or _path(sent, '/api')}",
        headers=_joined(sent.headers),
        get_body=lambda: sent.body,
    )

    def respond(body: str, *, status_code: int, headers: Mapping[str, str]) -> Answered:
        return Answered(status_code, json.loads(body), headers)

    return azure.webhook(request, respond, function=function)


CLOUDS: dict[str, Cloud] = {
    "lambda, format 2.0": lambda_v2,
    "lambda, a body as text": lambda_url_plain,
    "lambda, format 1.0": lambda_v1,
    "google": google,
    "azure": microsoft,
}
