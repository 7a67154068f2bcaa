"""A desk to put requests to a portal of one's own, under a clock that only moves when told to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from connector.sandbox.hubspot import HubSpot
from connector.sandbox.wire import Request, Response

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
TOKEN = "pat-na1-sandbox"


class Desk:
    """One portal and its clock. `ask` gives status and decoded body; `last` is the whole last response."""

    def __init__(self, **settings: Any) -> None:
        self.now = NOW
        self.hubspot = HubSpot(now=lambda: self.now, **{"token": TOKEN, **settings})
        self.last = Response(0)

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        raw: bytes | None = None,
        headers: dict[str, str] | None = None,
        **query: str | list[str],
    ) -> tuple[int, Any]:
        sent = raw if raw is not None else b"" if body is None else msgspec.json.encode(body)
        wanted = {name: value if isinstance(value, list) else [value] for name, value in query.items()}
        given = {"authorization": f"Bearer {TOKEN}"} if headers is None else headers
        self.last = self.hubspot.handle(Request(method, path, wanted, given, sent))
        is_json = self.last.header("content-type").startswith("application/json")
        return int(self.last.status), msgspec.json.decode(self.last.body) if is_json else self.last.body

    def create(self, kind: str, properties: dict[str, Any], associations: list[dict[str, Any]] | None = None) -> str:
        body = {"properties": properties} | ({"associations": associations} if associations else {})
        status, answer = self.ask("POST", f"/crm/v3/objects/{kind}", body)
        assert status == 201, answer
        return str(answer["id"])

    def get(self, kind: str, record_id: str, *names: str) -> dict[str, Any]:
        status, answer = self.ask("GET", f"/crm/v3/objects/{kind}/{record_id}", properties=list(names))
        assert status == 200, answer
        return dict(answer["properties"])

    def find(self, kind: str, name: str, operator: str, value: Any = None, **more: Any) -> dict[str, Any]:
        condition = {"propertyName": name, "operator": operator}
        if value is not None:
            condition["values" if isinstance(value, list) else "value"] = value
        body = {"filterGroups": [{"filters": [condition]}], **more}
        status, answer = self.ask("POST", f"/crm/v3/objects/{kind}/search", body)
        assert status == 200, answer
        return dict(answer)

    def ids(self, kind: str, name: str, operator: str, value: Any = None) -> set[str]:
        return {record["id"] for record in self.find(kind, name, operator, value)["results"]}

    def add_key(self, kind: str, name: str = "call_connector_key") -> None:
        group = {"contacts": "contactinformation", "calls": "call", "tasks": "task", "companies": "companyinformation"}
        body = {
            "name": name,
            "label": "Key",
            "type": "string",
            "fieldType": "text",
            "groupName": group[kind],
            "hasUniqueValue": True,
        }
        status, answer = self.ask("POST", f"/crm/v3/properties/{kind}", body)
        assert status == 201, answer


@pytest.fixture
def new_desk() -> Callable[..., Desk]:
    """Make a desk with settings of one's own."""
    return Desk


@pytest.fixture
def desk() -> Desk:
    """A desk before a portal without limits and lags."""
    return Desk()
