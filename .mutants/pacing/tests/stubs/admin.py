"""What an admin of the portal does to its properties while the connector believes to know them."""

from __future__ import annotations

import json
from typing import Any

import httpx
import msgspec

from connector.sandbox.site import HUBSPOT_TOKEN
from connector.sandbox.wire import Request
from tests.stubs.world import World

HEADERS = {"authorization": f"Bearer {HUBSPOT_TOKEN}", "content-type": "application/json"}


class Admin:
    """Works on properties of one object type."""

    def __init__(self, world: World, object_type: str) -> None:
        self._hubspot = world.sandbox.hubspot
        self._path = f"/crm/v3/properties/{object_type}"
        self._type = object_type

    def make(self, name: str, kind: str = "string", field_type: str = "text", options: tuple[str, ...] = ()) -> None:
        listed = [{"value": value, "label": value} for value in options]
        body = {"name": name, "label": name, "type": kind, "fieldType": field_type, "options": listed}
        self._ask("POST", self._path, {**body, "groupName": "call_connector"})

    def delete(self, name: str) -> None:
        self._ask("DELETE", f"{self._path}/{name}")

    def retype(self, name: str, kind: str, field_type: str) -> None:
        self.delete(name)
        self.make(name, kind, field_type)

    def lock(self, name: str) -> None:
        """No public request of HubSpot's makes a property read-only; its pages do."""
        self._hubspot.edit("lock_property", object_type=self._type, record_id=name)

    def drop_option(self, name: str, value: str) -> None:
        left = [option for option in self._options(name) if option["value"] != value]
        self._ask("PATCH", f"{self._path}/{name}", {"options": left})

    def add_option(self, name: str, value: str) -> None:
        added = [*self._options(name), {"value": value, "label": value}]
        self._ask("PATCH", f"{self._path}/{name}", {"options": added})

    def _options(self, name: str) -> list[dict[str, Any]]:
        options: list[dict[str, Any]] = json.loads(self._ask("GET", f"{self._path}/{name}"))["options"]
        return options

    def _ask(self, method: str, path: str, body: Any = None) -> bytes:
        sent = json.dumps(body).encode() if body is not None else b""
        answer = self._hubspot.handle(Request(method, path, {}, HEADERS, sent))
        assert answer.status < 300, answer.body
        return answer.body


class Wholesale(httpx.BaseTransport):
    """A HubSpot that refuses whole batches for one bad input, as it does without trace ids.

    With `words` the refusal says no more than these.
    """

    def __init__(self, inner: httpx.BaseTransport, *, words: str = "") -> None:
        self._inner = inner
        self._words = words

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if not request.url.path.endswith(("/batch/create", "/batch/update")):
            return self._inner.handle_request(request)
        body = msgspec.json.decode(request.read())
        for entry in body["inputs"]:
            entry.pop("objectWriteTraceId", None)
        content = msgspec.json.encode(body)
        headers = {**request.headers, "content-length": str(len(content))}
        answer = self._inner.handle_request(
            httpx.Request(request.method, request.url, headers=headers, content=content, extensions=request.extensions)
        )
        if answer.status_code != httpx.codes.BAD_REQUEST or not self._words:
            return answer
        answer.read()
        said = {"status": "error", "message": self._words, "category": "VALIDATION_ERROR"}
        return httpx.Response(400, headers=answer.headers, content=msgspec.json.encode(said), request=request)


class OwnerGone(httpx.BaseTransport):
    """A HubSpot whose owner of this id left: no longer listed, and no value of `hubspot_owner_id`."""

    def __init__(self, inner: httpx.BaseTransport, owner_id: str) -> None:
        self._inner = inner
        self._owner_id = owner_id

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._inner.handle_request(self._replaced(request))
        if "/owners" in request.url.path:
            listed = msgspec.json.decode(answer.read())
            listed["results"] = [owner for owner in listed["results"] if owner["id"] != self._owner_id]
            content = msgspec.json.encode(listed)
            headers = {**answer.headers, "content-length": str(len(content))}
            return httpx.Response(200, headers=headers, content=content, request=request)
        return answer

    def _replaced(self, request: httpx.Request) -> httpx.Request:
        """The request with an owner in his place whom the sandbox knows to have left."""
        content = request.read().replace(f'"{self._owner_id}"'.encode(), b'"71003"')
        headers = {**request.headers, "content-length": str(len(content))}
        return httpx.Request(
            request.method, request.url, headers=headers, content=content, extensions=request.extensions
        )
