"""Every request that is made of HubSpot, whole: where to, with what, and what becomes of it when it is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec import Struct

from connector import __version__
from connector.errors import ConnectorError, UncertainWriteError
from connector.http.client import Answer
from connector.hubspot.client import HubSpotClient
from connector.sandbox.wire import Dropped, Request, Response
from tests.stubs.portal import TOKEN, Stand, said

LISTED = said(200, {"results": []})


class Sent(Struct, frozen=True):
    """A request as it should be sent, by the method of the client that sends it."""

    ask: Callable[[HubSpotClient], Answer]
    method: str
    path: str
    query: str = ""
    body: Any = None
    writes: bool = False


INPUTS = [{"id": "1", "properties": {"a": "b"}}]
DEFINED = {"name": "a", "label": "A"}
REQUESTS = {
    "create": Sent(
        lambda client: client.batch_create("calls", INPUTS),
        "POST",
        "/crm/v3/objects/calls/batch/create",
        body={"inputs": INPUTS},
        writes=True,
    ),
    "update": Sent(
        lambda client: client.batch_update("tasks", INPUTS),
        "POST",
        "/crm/v3/objects/tasks/batch/update",
        body={"inputs": INPUTS},
        writes=True,
    ),
    "read by id": Sent(
        lambda client: client.batch_read("calls", ["1", "2"], ["a"], id_property=None, archived=False),
        "POST",
        "/crm/v3/objects/calls/batch/read",
        "archived=false",
        {"inputs": [{"id": "1"}, {"id": "2"}], "properties": ["a"], "propertiesWithHistory": []},
    ),
    "read archived ones by a property": Sent(
        lambda client: client.batch_read("contacts", ["k"], [], id_property="email", archived=True),
        "POST",
        "/crm/v3/objects/contacts/batch/read",
        "archived=true",
        {"inputs": [{"id": "k"}], "properties": [], "propertiesWithHistory": [], "idProperty": "email"},
    ),
    "read one": Sent(
        lambda client: client.get("contacts", "7", ["a", "b"]),
        "GET",
        "/crm/v3/objects/contacts/7",
        "properties=a&properties=b",
    ),
    "list archived ones": Sent(
        lambda client: client.first_page("calls", ["a"], archived=True, limit=100),
        "GET",
        "/crm/v3/objects/calls",
        "limit=100&properties=a&archived=true",
    ),
    "list": Sent(
        lambda client: client.first_page("calls", ["a"], archived=False, limit=1),
        "GET",
        "/crm/v3/objects/calls",
        "limit=1&properties=a&archived=false",
    ),
    "search": Sent(
        lambda client: client.search("contacts", b'{"limit":1}'),
        "POST",
        "/crm/v3/objects/contacts/search",
        body={"limit": 1},
    ),
    "link": Sent(
        lambda client: client.associate_default("calls", "contacts", INPUTS),
        "POST",
        "/crm/v4/associations/calls/contacts/batch/associate/default",
        body={"inputs": INPUTS},
        writes=True,
    ),
    "links": Sent(
        lambda client: client.links("calls", "contacts", INPUTS),
        "POST",
        "/crm/v4/associations/calls/contacts/batch/read",
        body={"inputs": INPUTS},
    ),
    "properties": Sent(lambda client: client.properties("calls"), "GET", "/crm/v3/properties/calls"),
    "create a property": Sent(
        lambda client: client.create_property("calls", DEFINED),
        "POST",
        "/crm/v3/properties/calls",
        body=DEFINED,
        writes=True,
    ),
    "groups": Sent(lambda client: client.groups("calls"), "GET", "/crm/v3/properties/calls/groups"),
    "create a group": Sent(
        lambda client: client.create_group("calls", DEFINED),
        "POST",
        "/crm/v3/properties/calls/groups",
        body=DEFINED,
        writes=True,
    ),
    "owners": Sent(lambda client: client.owners(after=None, limit=100), "GET", "/crm/v3/owners/", "limit=100"),
    "former owners": Sent(
        lambda client: client.owners(after="5", limit=10, archived=True),
        "GET",
        "/crm/v3/owners/",
        "after=5&limit=10&archived=true",
    ),
    "pipelines": Sent(lambda client: client.pipelines("deals"), "GET", "/crm/v3/pipelines/deals"),
    "account": Sent(lambda client: client.account(), "GET", "/account-info/v3/details"),
    "token": Sent(
        lambda client: client.token_info(),
        "POST",
        "/oauth/v2/private-apps/get/access-token-info",
        body={"tokenKey": TOKEN},
    ),
}

EACH = pytest.mark.parametrize("expected", REQUESTS.values(), ids=REQUESTS)


@EACH
def test_what_is_sent(expected: Sent):
    stand = Stand(prepared=False)
    stand.transport.interrupt = lambda _, __: LISTED
    answer = expected.ask(stand.crm._client)
    assert (answer.status, answer.body) == (200, b'{"results":[]}')
    [asked] = stand.transport.asked
    assert (asked.method, asked.path, asked.query, asked.body) == (
        expected.method,
        expected.path,
        expected.query,
        expected.body,
    )
    told = {name: asked.headers.get(name) for name in ("authorization", "user-agent", "accept", "content-type")}
    assert told == {
        "authorization": f"Bearer {TOKEN}",
        "user-agent": f"call-connector/{__version__}",
        "accept": "application/json",
        "content-type": None if expected.body is None else "application/json",
    }


@EACH
def test_a_read_whose_answer_is_lost_is_sent_again_and_a_write_never(expected: Sent):
    checked: list[int] = []
    stand = Stand(prepared=False, before_write=lambda: checked.append(len(stand.transport.asked)))

    def interrupt(_: Request, __: Callable[[], Response]) -> Response:
        if len(stand.transport.asked) == 1:
            raise Dropped("lost on the way back")
        return LISTED

    stand.transport.interrupt = interrupt
    if expected.writes:
        with pytest.raises(UncertainWriteError):
            expected.ask(stand.crm._client)
    else:
        expected.ask(stand.crm._client)
    assert len(stand.transport.asked) == (1 if expected.writes else 2)
    assert checked == ([0] if expected.writes else [])


@EACH
def test_while_the_portal_is_known_to_be_paused_nothing_is_asked(expected: Sent):
    stand = Stand(prepared=False)
    stand.transport.interrupt = lambda _, __: said(429, {"policyName": "DAILY"})
    for _ in range(2):
        with pytest.raises(ConnectorError, match="E219"):
            expected.ask(stand.crm._client)
    assert len(stand.transport.asked) == 1


@pytest.mark.parametrize(("expected", "seconds"), [("search", 2.0), ("read one", 0.0), ("links", 0.0)])
def test_each_counts_against_a_limit_of_its_own(expected: str, seconds: float):
    stand = Stand(prepared=False)
    stand.transport.interrupt = lambda _, __: LISTED
    for _ in range(10):
        REQUESTS[expected].ask(stand.crm._client)
    assert sum(stand.clock.slept) == pytest.approx(seconds)


def test_the_vendors_client_is_made_once():
    client = Stand(prepared=False).crm._client
    assert client._apis is client._apis
