"""Every answer that the connector takes from the sandbox is one that HubSpot's official client can read.

The product runs as it does; each answer of the sandbox's HubSpot is given to the client's own deserialisation, with
the model that the client names for the endpoint and the status, and must come back whole. Every request of
`HubSpotClient` is made at least once, so that a new one cannot stay unseen.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from connector.hubspot.client import HubSpotClient
from tests.contract.test_sandbox_hubspot_shapes import APIS, EXTRAS, OPTIONAL, endpoint_of
from tests.stubs.phone_line import contacts, ring, sync
from tests.stubs.world import World

GROUPS = (
    ("/crm/v3/objects/", "objects"),
    ("/crm/v3/properties/", "properties"),
    ("/crm/v3/owners", "owners"),
    ("/crm/v3/pipelines/", "pipelines"),
    ("/crm/v4/associations/", "associations"),
)
UNWRAPPED = ("/account-info/v3/details", "/oauth/v2/private-apps/get/access-token-info")
"""The client has no models for these."""
DEAL = Path(__file__).parents[2] / "docs" / "cookbook" / "21-deal-for-big-enquiries.yaml"
BO = "bo.lind@example.com"
BLANKS: dict[str, Any] = {"errors": [], "links": {}}


@pytest.fixture(autouse=True)
def _the_packages_that_the_connector_uses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(APIS, "objects", ("hubspot.crm.objects", ("basic_api", "batch_api", "search_api")))


class Raw(NamedTuple):
    """What the client's transport would hand to its deserialisation."""

    data: str


class Reader(httpx.BaseTransport):
    """Passes on, and has the client read each answer of HubSpot's."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner
        self.read: set[tuple[str, str, int]] = set()
        """Method, path as the client writes it, status."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self._inner.handle_request(request)
        body = response.read()
        group = next((group for start, group in GROUPS if request.url.path.startswith(start)), "")
        if group:
            endpoint = endpoint_of(group, request.method, request.url.path)
            self.read.add((endpoint.method, endpoint.path, response.status_code))
            # Of what is not there HubSpot's answer is a page for people, or nothing.
            if body and response.status_code != 404:
                is_read_whole(endpoint.module, endpoint.answers.get(response.status_code, "Error"), body)
        else:
            assert request.url.path.startswith(("/reception_ai/", *UNWRAPPED)), request.url.path
        return httpx.Response(response.status_code, headers=_plain(response.headers), content=body)


def _plain(headers: httpx.Headers) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers.items() if name not in ("content-encoding", "content-length")]


def is_read_whole(module: str, kind: str, body: bytes) -> None:
    """The client makes its model of it, and the model says the same again."""
    package = importlib.import_module(module)
    configuration = package.Configuration()
    configuration.client_side_validation = True  # off in the client as it comes
    api_client = package.ApiClient(configuration=configuration)
    content = _as_models_have_it(json.loads(body))
    model = api_client.deserialize(Raw(json.dumps(content)), kind)
    lost = list(differences(content, api_client.sanitize_for_serialization(model)))
    assert lost == [], f"{module} {kind}: {lost[:5]}"


def _as_models_have_it(value: Any) -> Any:
    """Without what the models do not know, with what they say is required and HubSpot's documents leave out."""
    if isinstance(value, list):
        return [_as_models_have_it(each) for each in value]
    if not isinstance(value, dict):
        return value
    known = {name: _as_models_have_it(each) for name, each in value.items() if name not in EXTRAS}
    is_error = known.get("status") == "error" and "category" in known
    return {**{sent: BLANKS[sent] for _, sent in OPTIONAL}, **known} if is_error else known


def differences(sent: Any, back: Any, where: str = "$") -> list[str]:
    """What was sent and did not come back; nulls may stay away, times may be written otherwise."""
    if isinstance(sent, dict):
        present = {name: each for name, each in sent.items() if each is not None and each not in ({}, [])}
        got = back if isinstance(back, dict) else {}
        return [line for name, each in present.items() for line in differences(each, got.get(name), f"{where}.{name}")]
    if isinstance(sent, list):
        if not isinstance(back, list) or len(back) != len(sent):
            return [where]
        pairs = enumerate(zip(sent, back, strict=True))
        return [line for number, (one, other) in pairs for line in differences(one, other, f"{where}[{number}]")]
    return [] if sent == back or _is_same_time(sent, back) else [f"{where}: {sent!r} {back!r}"]


def _is_same_time(one: Any, other: Any) -> bool:
    try:
        return datetime.fromisoformat(one) == datetime.fromisoformat(other)
    except (TypeError, ValueError):
        return False


def test_every_answer_that_the_connector_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = methods_called(monkeypatch)
    world = World(tmp_path, calls=0, search_lag_seconds=3.0)
    reader = Reader(world.transport)
    world.between = lambda _inner: reader
    world.mapping = DEAL
    world.setup()
    ring(world, leadData={"name": "Ada Fern", "email": "ada.fern@example.com", "budget": "9000"})
    assert sync(world).records.created == 1
    merged(world)
    conflicted(world)
    held_and_linked(world)
    world.audit()
    deleted(world)
    with world.app() as app:
        assert app.doctor().diagnoses
    world.lose_the_ledger()
    assert sync(world).status == "ok"

    assert asked == {name for name in vars(HubSpotClient) if not name.startswith("_")}
    statuses = {status for _, _, status in reader.read}
    assert {200, 201, 207} <= statuses, sorted(reader.read)


def merged(world: World) -> None:
    """The contact that the ledger knows is another one by now."""
    hubspot = world.sandbox.hubspot
    [contact] = contacts(world)
    [other] = hubspot.seed_contacts([{"firstname": "Ada", "lastname": "Fern", "phone": "+447700900198"}])
    hubspot.edit("merge", record_id=other, other=contact.id)
    lead = {"name": "Ada Fern", "email": "ada.fern@example.com", "budget": "9500"}
    world.sandbox.history.put({"id": "c1", "leadData": lead})
    assert sync(world).calls.updated == 1


def conflicted(world: World) -> None:
    """Somebody has the address of a caller, unseen by the search and by the look before."""
    hold = {"firstname": "Bo", "lastname": "Lind", "email": BO}
    seeds: list[Callable[[], object]] = [lambda: world.sandbox.hubspot.seed_contacts([hold])]

    def somebody_comes_in_between(name: str) -> None:
        if name.endswith("contacts/batch/create") and name.startswith("before") and seeds:
            seeds.pop()()

    world.crash.watch = somebody_comes_in_between
    lead = {"name": "Bo Lind", "email": BO}
    ring(world, "c2", callerNumber="+447700900197", callerName="Bo Lind", leadData=lead)
    assert sync(world).status == "ok"
    world.crash.arm(None)


def held_and_linked(world: World) -> None:
    """A call of two people's number is held, until one of them is gone."""
    both = [{"firstname": name, "lastname": "Marsh", "phone": "+447700900196"} for name in ("Cy", "Di")]
    [_, second] = world.sandbox.hubspot.seed_contacts(both)
    ring(world, "c3", callerNumber="+447700900196", callerName=None, leadData=None)
    assert sync(world).calls.held == 1
    world.sandbox.hubspot.edit("archive", record_id=second)
    world.wait(hours=2)
    assert sync(world).calls.updated == 1


def deleted(world: World) -> None:
    """The contact of a call that changes was deleted by a person."""
    [contact] = [each for each in world.sandbox.hubspot.records("contacts") if each.properties.get("email") == BO]
    world.sandbox.hubspot.edit("archive", record_id=contact.id)
    world.sandbox.history.put({"id": "c2", "leadData": {"name": "Bo Lind", "email": BO, "budget": "1"}})
    assert sync(world).status == "ok"


def methods_called(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of the requests of `HubSpotClient` that were made since."""
    called: set[str] = set()

    def counting(name: str, made: Any) -> Any:
        def call(self: Any, *args: Any, **more: Any) -> Any:
            called.add(name)
            return made(self, *args, **more)

        return call

    for name, made in list(vars(HubSpotClient).items()):
        if not name.startswith("_"):
            monkeypatch.setattr(HubSpotClient, name, counting(name, made))
    return called


def test_an_answer_that_the_client_cannot_read_is_noticed() -> None:
    at = "2026-04-22T10:14:07Z"
    whole = {"id": "1", "properties": {"a": "b"}, "createdAt": at, "updatedAt": at}
    kind = ("hubspot.crm.objects", "SimplePublicObject")
    is_read_whole(*kind, json.dumps(whole).encode())
    with pytest.raises(ValueError, match="`created_at`, must not be `None`"):
        is_read_whole(*kind, json.dumps({**whole, "createdAt": None}).encode())
    with pytest.raises(AssertionError, match="unheard"):
        is_read_whole(*kind, json.dumps({**whole, "unheard": "x"}).encode())
    with pytest.raises(Exception, match="Failed to parse `soon` as datetime"):
        is_read_whole(*kind, json.dumps({**whole, "createdAt": "soon"}).encode())
