"""One port: routes, the request log, faults, control, and the state between two runs."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from connector.sandbox.keeper import FILE_NAME
from connector.sandbox.site import HUBSPOT_TOKEN, SOURCE_API_KEY, Sandbox
from connector.sandbox.transport import BASE_URL, SandboxTransport

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HUBSPOT = {"Authorization": f"Bearer {HUBSPOT_TOKEN}"}
SOURCE = {"X-Api-Key": SOURCE_API_KEY}
CONTACTS = "/crm/v3/objects/contacts"
CALLS = "/reception_ai/calls"


def a_sandbox(**changes: Any) -> Sandbox:
    return Sandbox(**{"now": lambda: NOW, "limits": False, **changes})


@pytest.fixture
def sandbox() -> Sandbox:
    return a_sandbox()


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[httpx.Client]:
    with httpx.Client(transport=SandboxTransport(sandbox), base_url=BASE_URL) as client:
        yield client


def create_contact(client: httpx.Client, email: str = "new@example.com") -> httpx.Response:
    return client.post(CONTACTS, headers=HUBSPOT, json={"properties": {"email": email}})


def control(client: httpx.Client, verb: str, body: Any) -> Any:
    response = client.post(f"/_sandbox/{verb}", json=body)
    assert response.status_code == 200, response.text
    return response.json()


def logged(client: httpx.Client, **query: str) -> list[dict[str, Any]]:
    requests: list[dict[str, Any]] = client.get("/_sandbox/requests", params=query).json()["requests"]
    return requests


# --- routes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/", {}, 200),
        ("/held", {}, 200),
        ("/tasks", {}, 200),
        ("/contacts/1", {}, 404),
        ("/favicon.ico", {}, 204),
        (CALLS, SOURCE, 200),
        (CALLS, {}, 401),
        ("/reception_ai/profile", SOURCE, 200),
        ("/account-info/v3/details", HUBSPOT, 200),
        ("/account-info/v3/details", {}, 401),
        ("/calling/v1/dispositions", HUBSPOT, 200),
        (CONTACTS, HUBSPOT, 200),
        ("/nowhere", HUBSPOT, 404),
        ("/_sandbox/nothing", {}, 404),
    ],
)
def test_routes(client: httpx.Client, path: str, headers: dict[str, str], status: int) -> None:
    assert client.get(path, headers=headers).status_code == status


def test_an_unknown_source_is_refused() -> None:
    with pytest.raises(ValueError, match="reception_ai"):
        a_sandbox(source="walkie_talkie")


def test_addresses_name_everything_that_a_user_needs(sandbox: Sandbox) -> None:
    assert set(sandbox.addresses("http://127.0.0.1:1")) == {
        "hubspot_base_url",
        "hubspot_token",
        "source_base_url",
        "source_api_key",
        "page",
    }


# --- who is in the portal before the first call --------------------------------------------------------------------


def test_the_portal_knows_the_contacts_of_the_edges(client: httpx.Client) -> None:
    def by_email(address: str) -> dict[str, Any]:
        asked = "firstname,phone,mobilephone,hs_additional_emails,hubspot_owner_id,lifecyclestage"
        response = client.get(f"{CONTACTS}/{address}?idProperty=email&properties={asked}", headers=HUBSPOT)
        properties: dict[str, Any] = response.json()["properties"]
        return properties

    assert by_email("margaret.ellis@example.com")["phone"] == "07700 900123"
    assert by_email("tobias.frame@example.com")["mobilephone"] == "07700 900124"
    assert by_email("yasmin.cole@example.com")["hs_additional_emails"] == "ycole@example.net"
    assert by_email("ravi.desai@example.com")["hubspot_owner_id"] == "71001"
    assert by_email("lucy.marsh@example.com")["hubspot_owner_id"] == "71003"
    assert by_email("helena.voss@example.com")["lifecyclestage"] == "customer"
    assert client.get(f"{CONTACTS}/alban.frost@example.org?idProperty=email", headers=HUBSPOT).status_code == 404


def test_the_owner_who_left_is_archived(client: httpx.Client) -> None:
    archived = client.get("/crm/v3/owners?archived=true", headers=HUBSPOT).json()["results"]
    assert "71003" in [owner["id"] for owner in archived]


def test_calls_can_be_made_not_to_accept_unique_properties() -> None:
    body = {"name": "k", "label": "k", "type": "string", "fieldType": "text", "hasUniqueValue": True}
    statuses = {}
    for accepted in (True, False):
        with httpx.Client(transport=SandboxTransport(a_sandbox(unique_calls=accepted)), base_url=BASE_URL) as client:
            group = client.get("/crm/v3/properties/calls/groups", headers=HUBSPOT).json()["results"][0]["name"]
            answer = client.post("/crm/v3/properties/calls", headers=HUBSPOT, json={**body, "groupName": group})
            statuses[accepted] = answer.status_code
    assert statuses == {True: 201, False: 400}


# --- the log -----------------------------------------------------------------------------------------------------


def test_requests_to_both_sides_are_logged_and_no_others(client: httpx.Client) -> None:
    client.get("/")
    client.get(CALLS, headers=SOURCE)
    created = create_contact(client)
    control(client, "clock", {})
    requests = logged(client)
    assert [(each["side"], each["method"], each["path"], each["status"]) for each in requests] == [
        ("source", "GET", CALLS, 200),
        ("hubspot", "POST", CONTACTS, 201),
    ]
    assert json.loads(requests[1]["body"]) == {"properties": {"email": "new@example.com"}}
    assert requests[1]["bytes"] == len(created.content)
    assert requests[0]["complete"]
    assert requests[0]["query"] == {}


def test_the_log_tells_one_side_and_what_is_new(client: httpx.Client) -> None:
    for _ in range(3):
        client.get(CALLS, headers=SOURCE)
        client.get(f"{CONTACTS}?limit=1", headers=HUBSPOT)
    assert [each["number"] for each in logged(client, side="hubspot")] == [2, 4, 6]
    assert [each["number"] for each in logged(client, after="4")] == [5, 6]
    assert logged(client, side="hubspot")[0]["query"] == {"limit": ["1"]}
    assert "body" not in logged(client, bodies="off")[0]


def test_an_early_stop_is_seen_and_costs_little() -> None:
    sandbox = a_sandbox(calls=5000)
    transport = SandboxTransport(sandbox)
    with httpx.Client(transport=transport, base_url=BASE_URL) as client:
        with client.stream("GET", CALLS, headers={**SOURCE, "Accept-Encoding": "identity"}) as response:
            next(response.iter_raw())
        exchange = sandbox.journal.exchanges("source")[0]
        assert not exchange.complete
        assert exchange.bytes_sent == transport.bytes_read < 200_000
        client.get(CALLS, headers={**SOURCE, "Accept-Encoding": "identity"})
    assert sandbox.journal.exchanges("source")[1].complete
    assert sandbox.journal.exchanges("source")[1].bytes_sent > 5_000_000


# --- faults ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "contact_is_there"), [pytest.param("before", False, id="before"), pytest.param("after", True, id="after")]
)
@pytest.mark.parametrize("action", ["status", "drop", "stall"])
def test_a_write_is_lost_before_or_after_it_took_effect(
    client: httpx.Client, action: str, when: str, contact_is_there: bool
) -> None:
    fault = {"side": "hubspot", "method": "POST", "path": "contacts$", "action": action, "when": when, "seconds": 60}
    control(client, "faults", [fault])
    if action == "status":
        assert create_contact(client).status_code == 500
    else:
        with pytest.raises(httpx.TransportError):
            create_contact(client)
    found = client.get(f"{CONTACTS}/new@example.com?idProperty=email", headers=HUBSPOT).status_code
    assert found == (200 if contact_is_there else 404)
    assert logged(client)[0]["fault"] == action


def test_a_write_takes_effect_late(client: httpx.Client) -> None:
    control(client, "faults", [{"side": "hubspot", "method": "POST", "action": "late", "seconds": 60}])
    with pytest.raises(httpx.TransportError):
        create_contact(client)
    by_email = f"{CONTACTS}/new@example.com?idProperty=email"
    control(client, "clock", {"advance": 59})
    assert client.get(by_email, headers=HUBSPOT).status_code == 404
    control(client, "clock", {"advance": 601})
    found = client.get(by_email, headers=HUBSPOT)
    assert found.json()["createdAt"].startswith("2026-11-20T12:01:00"), "as of the moment that it was due at"


def test_what_the_transport_raises(client: httpx.Client) -> None:
    calls = {"side": "source", "path": "calls"}
    control(
        client,
        "faults",
        [
            {**calls, "action": "drop"},
            {**calls, "action": "stall", "seconds": 60, "nth": 2},
            {**calls, "action": "truncate", "at": 50, "nth": 3},
            {**calls, "action": "body", "body": "[{", "nth": 4},
            {
                **calls,
                "action": "status",
                "status": 302,
                "headers": {"Location": "https://elsewhere.example.com"},
                "nth": 5,
            },
        ],
    )
    for raised in (httpx.ReadError, httpx.ReadTimeout, httpx.RemoteProtocolError):
        with pytest.raises(raised):
            client.get(CALLS, headers=SOURCE)
    assert client.get(CALLS, headers=SOURCE).text == "[{"
    assert client.get(CALLS, headers=SOURCE).headers["Location"] == "https://elsewhere.example.com"
    assert client.get(CALLS, headers=SOURCE).status_code == 200


def test_control_and_page_are_never_disturbed(client: httpx.Client) -> None:
    control(client, "faults", [{"side": side, "action": "drop", "times": 0} for side in ("hubspot", "source")])
    assert client.get("/").status_code == 200
    assert control(client, "faults", []) == {"faults": 0}
    assert create_contact(client).status_code == 201


# --- control -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("reset", b'{"parts":["everything"]}'),
        ("reset", b"[]"),
        ("faults", b'[{"side":"source"}]'),
        ("faults", b"{"),
        ("faults", b'[{"side":"source","action":"status","status":9999}]'),
        ("faults", b'[{"side":"source","action":"stall","seconds":-1}]'),
        ("clock", b'{"now":"yesterday"}'),
        ("clock", b'{"forward":1}'),
        ("clock", b'{"advance":1e30}'),
        ("clock", b'{"advance":-1e9}'),
        ("clock", b'{"now":"0001-01-01T00:00:00+14:00"}'),
        ("clock", b'{"now":"9999-12-31T23:59:59-14:00"}'),
        ("calls", b'{"generate":"some"}'),
        ("calls", b'{"generate":-1}'),
        ("calls", b'{"generate":2,"over_seconds":-5}'),
        ("calls", b'{"generate":2,"over_seconds":1e30}'),
        ("calls", b"{"),
        ("calls", b"[" * 100_000),
        ("edit", b'{"action":"set","record_id":"1","properties":{"email":"x@example.com"}}'),
        ("edit", b"{}"),
        ("choices", b'{"merge_keeps_primary":true}'),
        ("choices", b'{"all_missing_status":500}'),
        ("choices", b'{"property_lag_seconds":-1}'),
    ],
)
def test_a_wrong_control_request_says_what_is_wrong(client: httpx.Client, verb: str, body: bytes) -> None:
    response = client.post(f"/_sandbox/{verb}", content=body)
    assert response.status_code == 400
    assert response.json()["message"]


def test_the_clock_moves_for_all(client: httpx.Client, sandbox: Sandbox) -> None:
    assert control(client, "clock", {"now": "2026-11-18T12:00:00Z"}) == {"now": "2026-11-18T12:00:00Z"}
    early = client.get(CALLS, headers=SOURCE).json()
    assert 0 < len(early) < 60
    assert max(call["createdAt"] for call in early) <= "2026-11-18T12:00:00.000Z"
    assert create_contact(client).json()["createdAt"].startswith("2026-11-18T12:00:00")
    assert control(client, "clock", {"advance": 86400 * 3}) == {"now": "2026-11-21T12:00:00Z"}
    assert len(client.get(CALLS, headers=SOURCE).json()) == 60


def test_calls_are_added_changed_and_generated(client: httpx.Client) -> None:
    first = client.get(CALLS, headers=SOURCE).json()[0]
    assert control(client, "calls", [{"id": first["id"], "summary": "Changed."}, {"id": "mine"}, 17]) == {"put": 3}
    listed = client.get(CALLS, headers=SOURCE).json()
    assert len(listed) == 62
    assert client.get(f"{CALLS}/{first['id']}", headers=SOURCE).json() == {**first, "summary": "Changed."}
    assert control(client, "calls", {"generate": 8}) == {"generated": 8, "calls": 68}
    assert len(client.get(CALLS, headers=SOURCE).json()) == 70


def test_a_profile_can_be_taken_away(client: httpx.Client) -> None:
    control(client, "calls", {"traps": ["no_profile"]})
    assert client.get("/reception_ai/profile", headers=SOURCE).status_code == 404


def test_an_edit_is_a_persons(client: httpx.Client) -> None:
    contact_id = create_contact(client).json()["id"]
    control(client, "edit", {"action": "set", "record_id": contact_id, "properties": {"firstname": "Ada"}})
    shown = client.get(f"{CONTACTS}/{contact_id}", headers=HUBSPOT).json()
    assert shown["properties"]["firstname"] == "Ada"
    assert [each["side"] for each in logged(client)] == ["hubspot", "hubspot"], "an edit is not a request of ours"


def test_what_hubspot_leaves_open_is_chosen_until_the_portal_begins_again(client: httpx.Client) -> None:
    first = control(client, "choices", {})
    assert (first["all_missing_status"], first["echo_trace_ids"]) == (207, True)
    control(client, "choices", {"echo_trace_ids": False})
    assert control(client, "choices", {"all_missing_status": 404}) == {
        **first, "all_missing_status": 404, "echo_trace_ids": False,
    }  # fmt: skip
    nobody = {"inputs": [{"id": "1"}], "properties": ["email"]}
    assert client.post(f"{CONTACTS}/batch/read", json=nobody, headers=HUBSPOT).status_code == 404
    contact_id = create_contact(client).json()["id"]
    control(client, "choices", {"archived_keeps_unique": False})
    assert client.delete(f"{CONTACTS}/{contact_id}", headers=HUBSPOT).status_code == 204
    control(client, "reset", {"parts": ["portal"]})
    assert control(client, "choices", {}) == first


def test_reset_begins_again(client: httpx.Client) -> None:
    before = client.get("/_sandbox/export").content
    create_contact(client)
    control(client, "calls", {"generate": 3})
    control(client, "clock", {"advance": 100})
    control(client, "faults", [{"side": "source", "action": "drop", "times": 0}])
    assert client.get("/_sandbox/export").content != before
    control(client, "reset", {})
    assert client.get("/_sandbox/export").content == before
    assert logged(client) == []
    assert len(client.get(CALLS, headers=SOURCE).json()) == 60
    assert control(client, "clock", {}) == {"now": "2026-11-20T12:00:00Z"}


def test_reset_of_one_part_leaves_the_others(client: httpx.Client) -> None:
    create_contact(client)
    control(client, "reset", {"parts": ["log"]})
    assert logged(client) == []
    assert client.get(f"{CONTACTS}/new@example.com?idProperty=email", headers=HUBSPOT).status_code == 200


def test_two_sandboxes_of_one_seed_are_equal() -> None:
    assert a_sandbox().hubspot.export() == a_sandbox().hubspot.export()
    assert a_sandbox().hubspot.export() != a_sandbox(seed=5).hubspot.export()


def test_limits_and_token_by_control(client: httpx.Client) -> None:
    control(client, "limits", {"on": True, "daily_left": 1, "others_per_ten_seconds": 0})
    assert [client.get(CONTACTS, headers=HUBSPOT).status_code for _ in range(2)] == [200, 429]
    control(client, "limits", {"on": False})
    control(client, "token", {"token": "pat-new", "expires_at": "2026-11-20T12:30:00"})
    assert client.get(CONTACTS, headers=HUBSPOT).status_code == 401
    assert client.get(CONTACTS, headers={"Authorization": "Bearer pat-new"}).status_code == 200
    control(client, "clock", {"advance": 1800})
    assert client.get(CONTACTS, headers={"Authorization": "Bearer pat-new"}).status_code == 401
    for verb in ("limits", "token"):
        assert client.post(f"/_sandbox/{verb}", json={"unknown": 1}).status_code == 400


def test_refusals_by_script_have_hubspots_own_shapes(client: httpx.Client) -> None:
    script = [
        {"side": "hubspot", "action": "refuse", "policy": "DAILY"},
        {"side": "hubspot", "action": "refuse", "nth": 2, "policy": "bare", "retry_after": "soon"},
        {"side": "hubspot", "action": "refuse", "nth": 3, "status": 477},
        {"side": "hubspot", "action": "refuse", "nth": 4, "status": 423},
    ]
    control(client, "faults", script)
    answers = [client.get(CONTACTS, headers=HUBSPOT) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [429, 429, 477, 423, 200]
    assert answers[0].json()["policyName"] == "DAILY"
    assert (answers[1].json()["category"], answers[1].headers["retry-after"]) == ("RATE_LIMITS", "soon")
    assert answers[2].headers["retry-after"] == "3600"


def test_a_record_can_be_made_to_fail(client: httpx.Client) -> None:
    fault = {"side": "hubspot", "action": "refuse", "status": 500, "contains": "poison@example.com", "times": 0}
    control(client, "faults", [fault])
    assert [create_contact(client, f"{who}@example.com").status_code for who in ("good", "poison", "poison")] == [
        201,
        500,
        500,
    ]


BATCH = f"{CONTACTS}/batch/create"


def create_contacts(client: httpx.Client, *emails: str) -> Any:
    inputs = [{"properties": {"email": email}, "objectWriteTraceId": email} for email in emails]
    return client.post(BATCH, headers=HUBSPOT, json={"inputs": inputs})


def is_there(client: httpx.Client, email: str) -> bool:
    return client.get(f"{CONTACTS}/{email}?idProperty=email", headers=HUBSPOT).status_code == 200


@pytest.mark.parametrize(("when", "there"), [("before", False), ("after", True)])
def test_an_input_stands_in_neither_list(client: httpx.Client, when: str, there: bool) -> None:
    control(client, "faults", [{"side": "hubspot", "path": "batch", "action": "omit", "when": when}])
    answer = create_contacts(client, "a@example.com", "b@example.com")
    assert (answer.status_code, len(answer.json()["results"])) == (201, 1)
    assert sum(is_there(client, email) for email in ("a@example.com", "b@example.com")) == 1 + there


def test_a_write_is_taken_in_silence_and_does_nothing(client: httpx.Client) -> None:
    control(client, "faults", [{"side": "hubspot", "path": "batch", "action": "omit", "count": 0}])
    answer = create_contacts(client, "a@example.com")
    assert (answer.status_code, answer.json()["results"]) == (201, [])
    assert not is_there(client, "a@example.com")


def test_what_arrives_twice_is_a_duplicate_to_hubspot(client: httpx.Client) -> None:
    control(client, "faults", [{"side": "hubspot", "method": "POST", "action": "twice"}])
    answer = create_contact(client, "a@example.com")
    assert (answer.status_code, answer.json()["category"]) == (409, "CONFLICT")
    assert is_there(client, "a@example.com")


@pytest.mark.parametrize(("when", "status"), [("before", 404), ("after", 200)])
def test_a_person_comes_in_between(client: httpx.Client, when: str, status: int) -> None:
    record_id = create_contact(client).json()["id"]
    edit = {"action": "archive", "record_id": record_id}
    fault = {"side": "hubspot", "method": "PATCH", "action": "edit", "when": when, "edits": [edit]}
    control(client, "faults", [fault])
    changed = {"properties": {"lastname": "Voss"}}
    assert client.patch(f"{CONTACTS}/{record_id}", headers=HUBSPOT, json=changed).status_code == status
    assert client.get(f"{CONTACTS}/{record_id}", headers=HUBSPOT).status_code == 404


def test_an_edit_that_cannot_be_is_told_and_not_passed_over(client: httpx.Client) -> None:
    edits = [{"action": "archive", "record_id": "5"}]
    control(client, "faults", [{"side": "hubspot", "action": "edit", "edits": edits}])
    answer = create_contact(client)
    assert (answer.status_code, "there is no contact '5'" in answer.text) == (500, True)


@pytest.mark.parametrize(
    "edit",
    [
        {"action": "lock_property"},
        {"action": "retype_property", "properties": {"type": "number", "fieldType": "number"}},
        {"action": "delete_property"},
    ],
)
def test_an_admin_changes_a_property(client: httpx.Client, edit: dict[str, Any]) -> None:
    definition = {
        "name": "note",
        "label": "note",
        "type": "string",
        "fieldType": "text",
        "groupName": "contactinformation",
    }
    assert client.post("/crm/v3/properties/contacts", headers=HUBSPOT, json=definition).status_code == 201
    written = {"properties": {"email": "a@example.com", "note": "text"}}
    assert control(client, "edit", {"record_id": "note", **edit})["name"] == "note"
    assert client.post(CONTACTS, headers=HUBSPOT, json=written).status_code == 400
    assert client.post("/_sandbox/edit", json={"action": "lock_property", "record_id": "nope"}).status_code == 400


# --- state -------------------------------------------------------------------------------------------------------


def test_a_second_run_finds_the_same_portal_and_calls(tmp_path: Path) -> None:
    with (
        a_sandbox(state=tmp_path) as first,
        httpx.Client(transport=SandboxTransport(first), base_url=BASE_URL) as client,
    ):
        create_contact(client)
        control(client, "calls", [{"id": "mine", "createdAt": "2026-11-20T11:00:00Z"}])
        control(client, "clock", {"advance": 60})
        export, calls = client.get("/_sandbox/export").content, client.get(CALLS, headers=SOURCE).content
    later = NOW + timedelta(days=2)
    with (
        a_sandbox(state=tmp_path, now=lambda: later, seed=9, calls=3) as second,
        httpx.Client(transport=SandboxTransport(second), base_url=BASE_URL) as client,
    ):
        assert client.get("/_sandbox/export").content == export
        assert client.get(CALLS, headers=SOURCE).content == calls
        assert second.clock.now() == later + timedelta(seconds=60)
        assert client.get(f"{CONTACTS}/new@example.com?idProperty=email", headers=HUBSPOT).status_code == 200


def test_a_state_is_of_one_platform(tmp_path: Path) -> None:
    with a_sandbox(state=tmp_path):
        """It is kept when it closes."""
    with pytest.raises(ValueError, match="is of reception_ai, not of vapi"):
        a_sandbox(state=tmp_path, source="vapi")
    a_sandbox(state=tmp_path).close()


def test_state_is_kept_soon_after_a_change(tmp_path: Path) -> None:
    with a_sandbox(state=tmp_path) as sandbox:
        client = httpx.Client(transport=SandboxTransport(sandbox), base_url=BASE_URL)
        create_contact(client, "soon@example.com")
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            path = tmp_path / FILE_NAME
            if path.exists() and b"soon@example.com" in path.read_bytes():
                break
            time.sleep(0.05)
        else:
            pytest.fail("the state was not written within ten seconds")
    assert [each.name for each in tmp_path.iterdir()] == [FILE_NAME], "nothing else is left behind"


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"version":99}', b'{"version":1}', b'{"version":1,"offset_seconds":"x"}']
)
def test_a_broken_state_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(ValueError, match=r"state|version"):
        a_sandbox(state=tmp_path)


@pytest.mark.parametrize(
    ("switches", "said"),
    [({"source": "nobody"}, "unknown source 'nobody'"), ({"traps": ["mud"]}, "unknown traps of reception_ai: mud")],
)
def test_unknown_switches_are_named(switches: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Sandbox(**switches)


def test_an_unknown_trap_changes_nothing(client: httpx.Client) -> None:
    assert client.post("/_sandbox/calls", json={"traps": ["mud"]}).status_code == 400
    assert client.get("/reception_ai/profile", headers=SOURCE).status_code == 200
