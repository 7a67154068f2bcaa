"""The pools of requests, the day, the key, its scopes, and faults to order."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import msgspec
import pytest

from connector.sandbox.hubspot import HubSpot
from connector.sandbox.wire import Request

LIST = "/crm/v3/objects/contacts"
SEARCH = f"{LIST}/search"
LINKS = "/crm/v4/associations/calls/contacts/batch/read"


def header(desk, name):
    return desk.last.header(f"X-HubSpot-RateLimit-{name}")


@pytest.mark.parametrize(
    ("app_kind", "interval", "daily"),
    [
        ("free", "100", "250000"),
        ("professional", "190", "625000"),
        ("enterprise", "190", "1000000"),
        ("addon", "250", "2000000"),
        ("oauth", "110", ""),
    ],
)
def test_headers_by_kind_of_app(new_desk, app_kind, interval, daily):
    desk = new_desk(limits=True, app_kind=app_kind)
    desk.ask("GET", LIST)
    assert header(desk, "Interval-Milliseconds") == "10000"
    assert (header(desk, "Max"), header(desk, "Remaining")) == (interval, str(int(interval) - 1))
    assert (header(desk, "Daily"), header(desk, "Daily-Remaining")) == (daily, daily and str(int(daily) - 1))


def test_search_has_only_the_headers_of_the_day(new_desk):
    desk = new_desk(limits=True)
    desk.ask("POST", SEARCH, {})
    assert header(desk, "Daily-Remaining") == "624999"
    assert header(desk, "Max") == header(desk, "Remaining") == header(desk, "Interval-Milliseconds") == ""


def test_switched_off_nothing_speaks_of_limits(desk):
    assert {desk.ask("POST", SEARCH, {})[0] for _ in range(30)} == {200}
    assert {desk.ask("GET", LIST)[0] for _ in range(300)} == {200}
    assert not any("RateLimit" in name for name, _ in desk.last.headers)


def test_the_interval_is_a_rolling_one(new_desk):
    desk = new_desk(limits=True)
    for _ in range(100):
        assert desk.ask("GET", LIST)[0] == 200
    desk.wait(6)
    for _ in range(90):
        assert desk.ask("GET", LIST)[0] == 200
    status, answer = desk.ask("GET", LIST)
    assert (status, answer["policyName"], answer["errorType"]) == (429, "TEN_SECONDLY_ROLLING", "RATE_LIMIT")
    assert answer["message"] == "You have reached your ten_secondly_rolling limit."
    assert header(desk, "Remaining") == "0"
    desk.wait(4.1)
    statuses = [desk.ask("GET", LIST)[0] for _ in range(101)]
    assert statuses == [200] * 100 + [429]


def test_searches_and_associations_have_pools_of_their_own(new_desk):
    desk = new_desk(limits=True)
    assert [desk.ask("POST", SEARCH, {})[0] for _ in range(6)] == [200] * 5 + [429]
    assert desk.ask("GET", LIST)[0] == 200
    statuses = [desk.ask("POST", LINKS, {"inputs": []})[0] for _ in range(151)]
    assert statuses == [200] * 150 + [429]
    assert header(desk, "Max") == "150"
    assert desk.ask("GET", LIST)[0] == 200
    desk.wait(1.1)
    assert desk.ask("POST", SEARCH, {})[0] == 200


def test_searches_are_refused_in_both_shapes_in_turn(new_desk):
    desk = new_desk(limits=True)
    answers = [desk.ask("POST", SEARCH, {})[1] for _ in range(9)][5:]
    assert [("policyName" in answer, answer.get("category")) for answer in answers[:2]] != [
        ("policyName" in answer, answer.get("category")) for answer in answers[1:3]
    ]
    assert {answer.get("policyName") for answer in answers} == {"SECONDLY", None}
    assert {answer.get("category") for answer in answers} == {"RATE_LIMITS", None}
    assert {answer["message"] for answer in answers} == {"You have reached your secondly limit."}


def test_the_day_ends_at_the_portals_midnight(new_desk):
    desk = new_desk(limits=True, daily_max=3, time_zone="America/New_York")
    assert [desk.ask("GET", LIST)[0] for _ in range(4)] == [200, 200, 200, 429]
    assert desk.ask("GET", LIST)[1]["policyName"] == "DAILY"
    assert header(desk, "Daily-Remaining") == "0"
    desk.now = datetime(2026, 11, 22, 4, 59, tzinfo=UTC)
    assert desk.ask("GET", LIST)[0] == 429
    desk.now = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
    assert desk.ask("GET", LIST)[0] == 200


def test_the_rest_of_the_day_can_be_set(new_desk):
    desk = new_desk(limits=True)
    desk.hubspot.set_limits(daily_left=2)
    assert [desk.ask("GET", LIST)[0] for _ in range(3)] == [200, 200, 429]
    assert desk.ask("POST", SEARCH, {})[1]["policyName"] == "DAILY"
    desk.wait(86_400)
    assert desk.ask("GET", LIST)[0] == 200


def test_another_app_uses_the_same_pool_and_the_same_day(new_desk):
    desk = new_desk(limits=True)
    desk.hubspot.set_limits(others_per_ten_seconds=100)
    desk.wait(10)
    desk.ask("GET", LIST)
    # The one at the very beginning of the window has just left it.
    assert (header(desk, "Remaining"), header(desk, "Daily-Remaining")) == ("89", str(625_000 - 102))
    assert [desk.ask("GET", LIST)[0] for _ in range(90)] == [200] * 89 + [429]
    desk.hubspot.set_limits(others_per_ten_seconds=0)
    desk.wait(10.1)
    desk.ask("GET", LIST)
    assert header(desk, "Remaining") == "189"


def test_another_app_that_wants_it_all_leaves_nothing(new_desk):
    desk = new_desk(limits=True)
    desk.hubspot.set_limits(others_per_ten_seconds=1000)
    desk.wait(9.9)
    assert desk.ask("GET", LIST)[0] == 429


def test_limits_can_be_switched(desk):
    desk.hubspot.set_limits(on=True)
    assert {desk.ask("GET", LIST)[0] for _ in range(191)} == {200, 429}
    desk.hubspot.set_limits(on=False)
    assert {desk.ask("GET", LIST)[0] for _ in range(191)} == {200}


def test_a_key_is_rotated(desk):
    desk.hubspot.set_token("another")
    status, answer = desk.ask("GET", LIST)
    assert (status, answer["category"]) == (401, "EXPIRED_AUTHENTICATION")
    assert desk.ask("GET", LIST, headers={"authorization": "Bearer another"})[0] == 200


def test_no_key(desk):
    status, answer = desk.ask("GET", LIST, headers={})
    assert (status, answer["category"]) == (401, "INVALID_AUTHENTICATION")


def test_a_key_that_is_not_known_expired_in_1970(desk):
    status, answer = desk.ask("GET", LIST, headers={"authorization": "Bearer nonsense"})
    assert (status, answer["category"]) == (401, "EXPIRED_AUTHENTICATION")
    assert "expired 20778 day(s) ago" in answer["message"]
    assert answer["context"] == {"expire time": ["1970-01-01T00:00:00Z"]}


def test_a_key_expires(new_desk):
    desk = new_desk(token_expires_at=datetime(2026, 11, 21, 10, 1, tzinfo=UTC))
    assert desk.ask("GET", LIST)[0] == 200
    desk.wait(60 + 75)
    status, answer = desk.ask("GET", LIST)
    assert (status, answer["message"]) == (401, "The OAuth token used to make this call expired 75 second(s) ago.")
    assert answer["context"] == {"expire time": ["2026-11-21T10:01:00.000Z"]}


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", LIST, "crm.objects.contacts.read"),
        ("POST", SEARCH, "crm.objects.contacts.read"),
        ("POST", f"{LIST}/batch/read", "crm.objects.contacts.read"),
        ("POST", f"{LIST}/batch/create", "crm.objects.contacts.write"),
        ("POST", "/crm/v3/objects/calls/batch/create", "crm.objects.contacts.write"),
        ("POST", "/crm/v3/objects/tickets/batch/create", "tickets"),
        ("POST", LINKS, "crm.objects.contacts.read"),
        ("GET", "/crm/v3/owners", "crm.objects.owners.read"),
    ],
)
def test_a_scope_is_needed(new_desk, method, path, scope):
    desk = new_desk(limits=True, scopes={"oauth"})
    status, answer = desk.ask(method, path, {} if method == "POST" else None)
    assert (status, answer["category"]) == (403, "MISSING_SCOPES")
    assert answer["errors"][0]["context"]["requiredGranularScopes"] == [scope]
    assert header(desk, "Max") == ""
    granted = new_desk(scopes={scope})
    assert granted.ask(method, path, {} if method == "POST" else None)[0] < 300


def test_a_scope_for_properties_is_missed_in_other_words(new_desk):
    desk = new_desk(scopes={"crm.schemas.contacts.read"})
    assert desk.ask("GET", "/crm/v3/properties/calls")[0] == 200
    status, answer = desk.ask("POST", "/crm/v3/properties/calls", {})
    assert status == 403
    assert answer["message"].startswith(
        "You do not have permissions to view object type ObjectTypeId{legacyObjectType=CALL}"
    )
    assert "category" not in answer


def contact(name="Jane"):
    return {"properties": {"firstname": name}}


@pytest.mark.parametrize(
    ("wanted", "retry_after", "expected"),
    [
        pytest.param({"status": 423}, "", {"category": "LOCKED"}, id="locked"),
        pytest.param({"status": 477}, "3600", {}, id="migrating"),
        pytest.param({"status": 477, "retry_after": "86400"}, "86400", {}, id="migrating for a day"),
        pytest.param({"status": 429}, "", {"policyName": "TEN_SECONDLY_ROLLING"}, id="429"),
        pytest.param({"status": 429, "policy": "DAILY"}, "", {"policyName": "DAILY"}, id="429 of the day"),
        pytest.param({"status": 429, "policy": "bare"}, "", {"category": "RATE_LIMITS"}, id="429 without policy"),
        pytest.param({"status": 502}, "", {"message": "Bad Gateway"}, id="502"),
        pytest.param({"status": 524}, "", {"message": "HTTP 524"}, id="524"),
        pytest.param({"status": 503, "retry_after": "2"}, "2", {}, id="503"),
        pytest.param({"status": 401}, "", {"category": "EXPIRED_AUTHENTICATION"}, id="401"),
    ],
)
def test_refusals_to_order(desk, *, wanted, retry_after, expected):
    response = desk.hubspot.refuse(wanted.pop("status"), **wanted)
    assert response.header("retry-after") == retry_after
    assert expected.items() <= msgspec.json.decode(response.body).items()


def test_a_404_to_order_is_a_page(desk):
    response = desk.hubspot.refuse(404)
    assert (response.status, response.header("content-type")) == (404, "text/html;charset=iso-8859-1")


def test_threads_do_not_meet_inside():
    inside, meetings = threading.Lock(), []

    def now():
        if inside.acquire(blocking=False):
            time.sleep(0.005)
            inside.release()
        else:
            meetings.append("two at once")
        return datetime(2026, 11, 21, 10, 0, tzinfo=UTC)

    hubspot = HubSpot(now=now, token="t")
    body = msgspec.json.encode({"inputs": [contact(str(n)) for n in range(50)]})
    request = Request("POST", f"{LIST}/batch/create", {}, {"authorization": "Bearer t"}, body)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(hubspot.handle, [request] * 16))
    assert len({record.id for record in hubspot.records("contacts")}) == 800
    assert meetings == []
