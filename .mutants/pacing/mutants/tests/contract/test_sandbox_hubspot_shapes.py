"""The sandbox against the official client's generated models, lest it agree with us and disagree with HubSpot.

For every endpoint that both have: the status must stand in the client's response map, and the body must be what the
map names for it, with the types of the model's fields and every required one present.
"""

from __future__ import annotations

import importlib
import inspect
import re
from datetime import UTC, datetime
from functools import cache
from typing import Any

import msgspec
import pytest

from connector.sandbox.hubspot import HubSpot
from connector.sandbox.wire import Request

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
AT = "2026-04-22T10:14:07Z"
EXTRAS = {
    # Sent by HubSpot today, unknown to the client's models of 2025, which leave them out in silence.
    "url",
    "dataSensitivity",
}
OPTIONAL = {
    # The models say required; the documented examples of a 207 have neither.
    ("StandardError", "errors"),
    ("StandardError", "links"),
}
APIS = {
    "contacts": ("hubspot.crm.contacts", ("basic_api", "batch_api", "search_api")),
    "calls": ("hubspot.crm.objects.calls", ("basic_api", "batch_api", "search_api")),
    "tasks": ("hubspot.crm.objects.tasks", ("basic_api", "batch_api", "search_api")),
    "notes": ("hubspot.crm.objects.notes", ("basic_api", "batch_api", "search_api")),
    "companies": ("hubspot.crm.companies", ("basic_api", "batch_api", "search_api")),
    "deals": ("hubspot.crm.deals", ("basic_api", "batch_api", "search_api")),
    "tickets": ("hubspot.crm.tickets", ("basic_api", "batch_api", "search_api")),
    "properties": ("hubspot.crm.properties", ("core_api", "groups_api", "batch_api")),
    "owners": ("hubspot.crm.owners", ("owners_api",)),
    "pipelines": ("hubspot.crm.pipelines", ("pipelines_api", "pipeline_stages_api")),
    "associations": ("hubspot.crm.associations.v4", ("basic_api", "batch_api")),
}
_CALL = re.compile(
    r'response_types_map = (?P<map>\{.*?\})\n.*?call_api\(\s*"(?P<path>.*?)",\s*"(?P<method>\w+)"', re.DOTALL
)
_PLAIN = {"str": str, "int": int, "bool": bool, "float": float, "object": object}


class Endpoint(msgspec.Struct, frozen=True):
    """One method of the client: what it sends and what it understands."""

    module: str
    method: str
    path: str
    answers: dict[int, str]


@cache
def endpoints(group: str) -> tuple[Endpoint, ...]:
    """The endpoints of one API group, read from the client's own code."""
    package, names = APIS[group]
    found = []
    for name in names:
        source = inspect.getsource(importlib.import_module(f"{package}.api.{name}"))
        for match in _CALL.finditer(source):
            answers = {int(status): kind for status, kind in re.findall(r'(\d+): "(\w+)"', match["map"])}
            found.append(Endpoint(package, match["method"], match["path"], answers))
    assert found
    return tuple(found)


def endpoint_of(group: str, method: str, path: str) -> Endpoint:
    """The client's endpoint for a request, the one with the fewest placeholders first."""
    for endpoint in sorted(endpoints(group), key=lambda one: one.path.count("{")):
        pattern = re.sub(r"\{\w+\}", "[^/]+", endpoint.path.rstrip("/"))
        if endpoint.method == method and re.fullmatch(pattern, path.rstrip("/")):
            return endpoint
    raise LookupError(f"the client has no {method} {path}")


def check(module: str, kind: str, value: Any, where: str = "$") -> None:
    """Fail unless the value is of the type that the model names."""
    inner = re.fullmatch(r"(list|dict)\[(?:str, )?(.*)\]", kind)
    if inner:
        assert isinstance(value, list if inner[1] == "list" else dict), f"{where}: {value!r} is no {kind}"
        items: list[tuple[Any, Any]] = list(value.items() if isinstance(value, dict) else enumerate(value))
        for key, item in items:
            # Unset properties are null, whatever the model says of its dictionary.
            if not (item is None and ".properties" in f"{where}."):
                check(module, inner[2], item, f"{where}.{key}")
    elif kind == "datetime":
        assert datetime.fromisoformat(value).tzinfo is not None, f"{where}: {value!r}"
    elif kind in _PLAIN:
        assert isinstance(value, _PLAIN[kind]), f"{where}: {value!r} is no {kind}"
        assert kind != "int" or not isinstance(value, bool), where
    else:
        check_model(module, kind, value, where)


def check_model(module: str, kind: str, value: Any, where: str) -> None:
    model = getattr(importlib.import_module(f"{module}.models"), kind)
    names = {sent: attribute for attribute, sent in model.attribute_map.items()}
    assert value.keys() <= names.keys() | EXTRAS, f"{where}: {value.keys() - names.keys()} unknown to {kind}"
    required = set(re.findall(r"Invalid value for `(\w+)`, must not be `None`", inspect.getsource(model)))
    for sent, attribute in names.items():
        if sent in value and value[sent] is not None:
            check(module, model.openapi_types[attribute], value[sent], f"{where}.{sent}")
        elif attribute in required and (kind, sent) not in OPTIONAL:
            pytest.fail(f"{where}: {kind} needs {sent}")


class Wire:
    """Sends requests to a sandbox and checks every success answer against the client."""

    def __init__(self) -> None:
        self.hubspot = HubSpot(now=lambda: NOW, token="t")
        self.seen: set[tuple[str, str]] = set()

    def ask(self, group: str, method: str, path: str, body: Any = None, **query: str) -> Any:
        sent = b"" if body is None else msgspec.json.encode(body)
        wanted = {name: [value] for name, value in query.items()}
        response = self.hubspot.handle(Request(method, path, wanted, {"authorization": "Bearer t"}, sent))
        endpoint = endpoint_of(group, method, path)
        self.seen.add((endpoint.method, endpoint.path))
        assert response.status in (endpoint.answers or {204: ""}), (
            f"{method} {path}: {response.status} {response.body!r}"
        )
        if not endpoint.answers:
            assert response.body == b""
            return None
        answer = msgspec.json.decode(response.body)
        check(endpoint.module, endpoint.answers[int(response.status)], answer)
        return int(response.status), answer


OBJECTS = ["contacts", "companies", "deals", "tickets", "calls", "tasks", "notes"]
MINIMAL: dict[str, dict[str, Any]] = {
    "contacts": {"email": "jane@example.com", "phone": "+44 7911 123456", "hubspot_owner_id": "71001"},
    "companies": {"name": "Acme", "domain": "acme.example.com"},
    "deals": {"dealname": "Big", "amount": 5},
    "tickets": {"subject": "Help", "hs_pipeline_stage": "1"},
    "calls": {"hs_timestamp": AT, "hs_call_body": "<p>Hello</p>", "hubspot_owner_id": "71001"},
    "tasks": {"hs_timestamp": AT, "hs_task_subject": "Call back"},
    "notes": {"hs_timestamp": AT, "hs_note_body": "Hello"},
}
GROUPS = {"calls": "call", "tasks": "task", "notes": "note", "contacts": "contactinformation"} | {
    "companies": "companyinformation",
    "deals": "dealinformation",
    "tickets": "ticketinformation",
}
KEY = {"name": "my_key", "label": "My key", "type": "string", "fieldType": "text", "hasUniqueValue": True}


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.mark.parametrize("kind", OBJECTS)
def test_objects(wire: Wire, kind: str):
    root = f"/crm/v3/objects/{kind}"
    wire.ask("properties", "POST", f"/crm/v3/properties/{kind}", {**KEY, "groupName": GROUPS[kind]})
    _, made = wire.ask(kind, "POST", root, {"properties": MINIMAL[kind]})
    one = made["id"]
    wire.ask(kind, "GET", f"{root}/{one}", properties="my_key", associations="contacts")
    wire.ask(kind, "GET", root, limit="1")
    wire.ask(kind, "PATCH", f"{root}/{one}", {"properties": {"my_key": "a"}})
    wire.ask(kind, "POST", f"{root}/search", {"limit": 1, "properties": ["my_key"]})
    more = {key: value for key, value in MINIMAL[kind].items() if key != "email"}

    def item(key: str, trace: str = "") -> dict[str, Any]:
        return {"properties": {**more, "my_key": key}} | ({"objectWriteTraceId": trace} if trace else {})

    batch = f"{root}/batch"
    assert wire.ask(kind, "POST", f"{batch}/create", {"inputs": [item("b", "1"), item("c", "2")]})[0] == 201
    assert wire.ask(kind, "POST", f"{batch}/create", {"inputs": [item("b", "1"), item("d", "2")]})[0] == 207
    by_key = {"idProperty": "my_key", "properties": ["my_key", "hs_object_id"], "inputs": [{"id": "b"}]}
    assert wire.ask(kind, "POST", f"{batch}/read", by_key)[0] == 200
    assert wire.ask(kind, "POST", f"{batch}/read", {**by_key, "inputs": [{"id": "nope"}, {"id": "b"}]})[0] == 207
    change = {"id": one, "properties": {"my_key": "z"}}
    assert wire.ask(kind, "POST", f"{batch}/update", {"inputs": [change]})[0] == 200
    assert wire.ask(kind, "POST", f"{batch}/update", {"inputs": [change, {"id": "1", "properties": {}}]})[0] == 207
    upserts = [{"id": key, "idProperty": "my_key", "properties": more} for key in ("b", "new")]
    assert wire.ask(kind, "POST", f"{batch}/upsert", {"inputs": upserts})[0] == 200
    bad = [{**upsert, "objectWriteTraceId": upsert["id"]} for upsert in upserts]
    bad[0]["properties"] = {"nope": "1"}
    assert wire.ask(kind, "POST", f"{batch}/upsert", {"inputs": bad})[0] == 207
    wire.ask(kind, "POST", f"{batch}/archive", {"inputs": [{"id": one}]})
    wire.ask(kind, "GET", f"{root}/{one}", archived="true")
    wire.ask(kind, "DELETE", f"{root}/{one}")
    if kind == "contacts":
        ids = [wire.ask(kind, "POST", root, {"properties": {"phone": str(n)}})[1]["id"] for n in range(3)]
        wire.ask(kind, "POST", f"{root}/merge", {"primaryObjectId": ids[0], "objectIdToMerge": ids[1]})
        wire.ask(kind, "POST", f"{root}/gdpr-delete", {"objectId": ids[2]})
    covered = {endpoint for endpoint in wire.seen if endpoint[1].startswith(root)}
    # Only contacts can be merged here.
    wanted = {(one.method, one.path) for one in endpoints(kind) if kind == "contacts" or "merge" not in one.path}
    assert covered == {one for one in wanted if "gdpr" not in one[1] or kind == "contacts"}


@pytest.mark.parametrize("kind", OBJECTS)
def test_default_properties(wire: Wire, kind: str):
    _, answer = wire.ask("properties", "GET", f"/crm/v3/properties/{kind}")
    assert len(answer["results"]) > 10


def test_properties(wire: Wire):
    root = "/crm/v3/properties/calls"
    group = {"name": "call_connector", "label": "Call connector", "displayOrder": -1}
    wire.ask("properties", "POST", f"{root}/groups", group)
    wire.ask("properties", "GET", f"{root}/groups")
    wire.ask("properties", "GET", f"{root}/groups/call_connector")
    definition = {**KEY, "groupName": "call_connector"}
    wire.ask("properties", "POST", root, definition)
    wire.ask("properties", "GET", f"{root}/my_key")
    wire.ask("properties", "PATCH", f"{root}/my_key", {"label": "Other"})
    inputs = [definition, {**definition, "name": "other"}]
    assert wire.ask("properties", "POST", f"{root}/batch/create", {"inputs": inputs})[0] == 207
    assert (
        wire.ask("properties", "POST", f"{root}/batch/create", {"inputs": [{**definition, "name": "third"}]})[0] == 201
    )
    assert wire.ask("properties", "POST", f"{root}/batch/read", {"inputs": [{"name": "other"}]})[0] == 200
    assert wire.ask("properties", "POST", f"{root}/batch/read", {"inputs": [{"name": "nope"}]})[0] == 207
    wire.ask("properties", "DELETE", f"{root}/my_key")
    wire.ask("properties", "GET", root, archived="true")


def test_owners_and_pipelines(wire: Wire):
    wire.ask("owners", "GET", "/crm/v3/owners/", limit="1")
    wire.ask("owners", "GET", "/crm/v3/owners/", archived="true")
    wire.ask("owners", "GET", "/crm/v3/owners/71001")
    for kind, pipeline in (("deals", "default"), ("tickets", "0")):
        wire.ask("pipelines", "GET", f"/crm/v3/pipelines/{kind}")
        wire.ask("pipelines", "GET", f"/crm/v3/pipelines/{kind}/{pipeline}")
        wire.ask("pipelines", "GET", f"/crm/v3/pipelines/{kind}/{pipeline}/stages")


def test_associations(wire: Wire):
    call = wire.ask("calls", "POST", "/crm/v3/objects/calls", {"properties": MINIMAL["calls"]})[1]["id"]
    jane = wire.ask("contacts", "POST", "/crm/v3/objects/contacts", {"properties": MINIMAL["contacts"]})[1]["id"]
    acme = wire.ask("companies", "POST", "/crm/v3/objects/companies", {"properties": MINIMAL["companies"]})[1]["id"]
    group, record = "associations", f"/crm/v4/objects/calls/{call}/associations"
    wire.ask(group, "PUT", f"/crm/v4/objects/calls/{call}/associations/default/contacts/{jane}")
    types = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 194}]
    wire.ask(group, "PUT", f"{record}/contacts/{jane}", types)
    wire.ask(group, "GET", f"{record}/contacts", limit="1")
    batch = "/crm/v4/associations/calls/contacts/batch"
    pair = {"from": {"id": call}, "to": {"id": jane}}
    missing = {"from": {"id": call}, "to": {"id": "1"}}
    wire.ask(group, "POST", f"{batch}/associate/default", {"inputs": [pair, missing]})
    assert wire.ask(group, "POST", f"{batch}/create", {"inputs": [{**pair, "types": types}]})[0] == 201
    both = {"inputs": [{**one, "types": types} for one in (pair, missing)]}
    assert wire.ask(group, "POST", f"{batch}/create", both)[0] == 207
    assert wire.ask(group, "POST", f"{batch}/read", {"inputs": [{"id": call}]})[0] == 200
    assert wire.ask(group, "POST", f"{batch}/read", {"inputs": [{"id": "1"}]})[0] == 207
    labelled = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 1}]
    wire.ask(group, "PUT", f"/crm/v4/objects/contacts/{jane}/associations/companies/{acme}", labelled)
    wire.ask(group, "GET", f"/crm/v4/objects/contacts/{jane}/associations/companies")
    wire.ask(group, "POST", f"{batch}/archive", {"inputs": [{"from": {"id": call}, "to": [{"id": jane}]}]})
    wire.ask(group, "DELETE", f"{record}/contacts/{jane}")


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/crm/v3/objects/contacts", {"properties": {"nope": "1"}}, 400),
        ("POST", "/crm/v3/objects/calls", {"properties": {}}, 400),
        ("POST", "/crm/v3/objects/contacts", {"properties": {"email": "jane@example.com"}}, 409),
        ("GET", "/crm/v3/objects/contacts/1", None, 404),
        ("GET", "/crm/v3/properties/calls/nope", None, 404),
    ],
)
def test_errors_have_the_clients_shape(wire: Wire, *, method: str, path: str, body: Any, status: int):
    wire.hubspot.seed_contacts([{"email": "jane@example.com"}])
    sent = b"" if body is None else msgspec.json.encode(body)
    response = wire.hubspot.handle(Request(method, path, {}, {"authorization": "Bearer t"}, sent))
    assert response.status == status
    answer = msgspec.json.decode(response.body)
    assert answer.pop("status") == "error"
    check("hubspot.crm.contacts", "Error", answer)


def test_the_check_notices_what_is_wrong():
    good = {"id": "1", "properties": {"a": None}, "createdAt": AT, "updatedAt": AT, "archived": False}
    check("hubspot.crm.contacts", "SimplePublicObject", good)
    for bad in ({"id": 1}, {"properties": {"a": 1}}, {"createdAt": "2026"}, {"archived": "no"}, {"nope": 1}):
        with pytest.raises((AssertionError, ValueError)):
            check("hubspot.crm.contacts", "SimplePublicObject", {**good, **bad})
    with pytest.raises(pytest.fail.Exception, match="needs createdAt"):
        check("hubspot.crm.contacts", "SimplePublicObject", {**good, "createdAt": None})
