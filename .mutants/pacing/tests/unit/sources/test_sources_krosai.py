from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from itertools import combinations
from typing import Any

import httpx
import pytest

from connector.errors import AccessError, ConnectorError, FatalError, TransientError
from connector.model import BadCall, Call, CallKey, SourceProfile
from connector.sandbox.people import ORGANIZATION_ID
from connector.sandbox.platforms.krosai import API_KEY, KrosAI
from connector.sandbox.site import Sandbox
from connector.sandbox.transport import BASE_URL, SandboxTransport
from connector.sources.access import Access
from connector.sources.krosai import KrosAi
from tests.stubs.clock import START, VirtualClock
from tests.stubs.web import Said

BASE = "https://kros.example.com/v1"
KEY = "kros_live_invented_0123456789"
CALLS = 250
DAY = timedelta(days=1)
EVER = START - 60 * DAY
ROW: dict[str, Any] = {
    "id": "call_1",
    "from_number": "+447700900123",
    "to_number": "+442079460000",
    "direction": "inbound",
    "status": "completed",
    "duration": 60,
    "created_at": "2026-04-22T10:00:00Z",
    "completed_at": "2026-04-22T10:01:00Z",
}
SOLVABLE = KrosAI.traps_known - KrosAI.traps_without_way_out


def a_source(*said: Any, account: str | None = None, wants: tuple[str, ...] = ()) -> tuple[KrosAi, Said]:
    transport = Said(*said)
    access = Access(
        api_key=KEY,
        clock=VirtualClock(),
        base_url=BASE,
        account=account,
        wants=lambda: wants,
        transport=transport,
    )
    return KrosAi.open(access), transport


def ok(body: Any, **headers: str) -> Callable[[httpx.Request], httpx.Response]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: httpx.Response(200, headers=named, json=body)


def no(status: int, **body: Any) -> Callable[[httpx.Request], httpx.Response]:
    return lambda _: httpx.Response(status, json=body)


def listed(*rows: Any, **envelope: Any) -> dict[str, Any]:
    return {"calls": list(rows), "total": len(rows), "limit": 100, **envelope}


class Played:
    """The twin with some traps, and a source before it."""

    def __init__(self, *traps: str, calls: int = CALLS, account: str | None = None, days: float = 6) -> None:
        self.clock = VirtualClock()
        self.sandbox = Sandbox(now=self.clock.now, source="krosai", calls=calls, days=days, traps=traps)
        access = Access(
            api_key=API_KEY,
            clock=self.clock,
            base_url=f"{BASE_URL}/krosai",
            account=account,
            transport=SandboxTransport(self.sandbox),
        )
        self.source = KrosAi.open(access)
        raw = self.sandbox.history.newest_first(self.clock.now())
        self.ids = {json.loads(each)["id"] for each in raw}

    def found(self, *, days: float = 60) -> set[str]:
        calls = list(self.source.calls(since=self.clock.now() - days * DAY))
        ids = [call.key.id for call in calls]
        assert len(ids) == len(set(ids)), "a call was told twice"
        return set(ids)


# --- the traps of the twin -------------------------------------------------------------------------------------


@pytest.mark.parametrize("trap", sorted(SOLVABLE))
def test_every_call_is_found_whatever_the_platform_does(trap):
    played = Played(trap)
    assert played.found() == played.ids


@pytest.mark.parametrize(
    "traps",
    list(combinations(["reference", "envelope_switches", "unknown_parameter", "small_pages", "oldest_first"], 2)),
)
def test_every_call_is_found_whatever_two_things_it_does_at_once(traps):
    played = Played(*traps)
    assert played.found() == played.ids


def test_every_call_is_found_with_all_that_it_can_do():
    played = Played(*SOLVABLE)
    assert played.found() == played.ids


def test_paging_that_is_ignored_is_a_failure_and_no_loop():
    played = Played("paging_ignored")
    with pytest.raises(TransientError) as failure:
        played.found()
    assert failure.value.code == "E316"
    assert played.source.requests < 10


@pytest.mark.parametrize(
    ("traps", "requests"),
    [
        pytest.param((), 1, id="the filter acts"),
        pytest.param(("filter_inert",), 3, id="inert, newest first: both ends, and the page where the window begins"),
        pytest.param(("filter_inert", "oldest_first"), 3, id="inert, oldest first: from the end backwards"),
        pytest.param(("reference",), 3, id="no filter"),
        pytest.param(("filter_inert", "unsorted"), 12, id="in no order: all of it"),
        pytest.param(("unknown_parameter",), 2, id="one refusal, then the guide's parameters alone"),
    ],
)
def test_a_poll_of_a_day_is_cheap(traps, requests):
    played = Played(*traps, calls=1000, days=30)
    played.found(days=1)
    assert played.source.requests <= requests


@pytest.mark.parametrize(
    "traps", [("filter_inert",), ("filter_inert", "oldest_first"), ("filter_inert", "unsorted"), ("reference",)]
)
def test_calls_from_before_the_window_are_left_out_whether_the_platform_filters_or_not(traps):
    acts, inert = Played(calls=1000, days=30), Played(*traps, calls=1000, days=30)
    expected = acts.found(days=1)
    assert inert.found(days=1) == expected
    assert len(expected) < 150


def test_a_refused_parameter_is_not_sent_again_in_the_same_run():
    played = Played("reference", "unknown_parameter")
    played.found()
    played.sandbox.journal.clear()
    played.found()
    assert {each.status for each in played.sandbox.journal.exchanges("source")} == {200}


def test_limits_are_kept_and_a_fraction_of_a_second_is_waited_for():
    played = Played("limited", calls=2000)
    assert played.found() == played.ids
    statuses = {each.status for each in played.sandbox.journal.exchanges("source")}
    assert statuses == {200}, "ten requests a second were never exceeded"


@pytest.mark.parametrize("header", [{"retry_after": "1.5"}, {"retry_after": "0.2"}, {}])
def test_a_limit_that_is_met_all_the_same(header):
    refusal = httpx.Response(
        429,
        headers={name.replace("_", "-"): value for name, value in header.items()},
        json={"error": "Rate limit exceeded", "code": "RATE_LIMIT_EXCEEDED", "retry_after": 1.5},
    )
    source, transport = a_source(refusal, ok(listed(ROW)))
    assert [call.key.id for call in source.calls(since=EVER)] == ["call_1"]
    assert len(transport.asked) == source.requests == 2


def test_a_day_that_is_spent_ends_the_run_for_now():
    source, _ = a_source(httpx.Response(429, headers={"retry-after": "30000.5"}, json={}))
    with pytest.raises(TransientError) as failure:
        list(source.calls(since=EVER))
    assert failure.value.code == "E307"


# --- the key ---------------------------------------------------------------------------------------------------


def test_the_key_goes_in_the_header_that_both_documents_know():
    source, transport = a_source(ok(listed(ROW)))
    list(source.calls(since=EVER))
    headers = transport.asked[0].headers
    assert headers["x-api-key"] == KEY
    assert "authorization" not in headers


def test_a_platform_that_finds_no_key_is_asked_with_a_bearer_from_then_on():
    source, transport = a_source(no(401, error="API key is missing", code="MISSING_API_KEY"), ok(listed(ROW)))
    list(source.calls(since=EVER))
    source.profile()
    for request in transport.asked[1:]:
        assert request.headers["authorization"] == f"Bearer {KEY}"
        assert "x-api-key" not in request.headers


@pytest.mark.parametrize(
    ("status", "body", "requests"),
    [
        (401, {"error": "Invalid API key", "code": "INVALID_API_KEY"}, 1),
        (401, {"error": "API key is missing", "code": "MISSING_API_KEY"}, 2),
        (401, [], 1),
        (403, {"error": "no", "code": "INSUFFICIENT_SCOPE"}, 1),
        (403, {"error": "no", "code": "MISSING_API_KEY"}, 1),
    ],
)
def test_a_key_that_is_refused(status, body, requests):
    source, transport = a_source(lambda _: httpx.Response(status, json=body))
    with pytest.raises(AccessError) as failure:
        source.profile()
    assert len(transport.asked) == requests
    assert "calls:read" in failure.value.message
    assert KEY not in str(failure.value)


# --- the organization ------------------------------------------------------------------------------------------


def test_the_organization_is_named_and_stands_in_every_key():
    source, transport = a_source(ok(listed(ROW)), account="org_1")
    (call,) = source.calls(since=EVER)
    assert transport.asked[0].headers["x-organization-id"] == "org_1"
    assert call.key == CallKey("krosai", "org_1", "call_1")


def test_without_one_none_is_named():
    source, transport = a_source(ok(listed(ROW)))
    (call,) = source.calls(since=EVER)
    assert "x-organization-id" not in transport.asked[0].headers
    assert call.key.account == "default"


@pytest.mark.parametrize(
    "answer", [ok(listed(ROW), x_organization_id="org_9"), ok(listed({**ROW, "organization_id": "org_9"}))]
)
def test_the_organization_that_answers_is_recorded_where_it_is_named(answer):
    source, _ = a_source(answer)
    assert source.profile().account == "org_9"
    assert [call.key.account for call in source.calls(since=EVER)] == ["org_9"]


@pytest.mark.parametrize(
    "answer", [ok(listed(ROW), x_organization_id="org_9"), ok(listed({**ROW, "organization_id": "org_9"}))]
)
def test_another_organization_than_the_one_asked_for_is_refused(answer):
    source, _ = a_source(answer, account="org_1")
    with pytest.raises(FatalError) as failure:
        list(source.calls(since=EVER))
    assert (failure.value.code, failure.value.where) == ("E120", "CONNECTOR_SOURCE_ACCOUNT")


def test_an_organization_that_changes_meanwhile_is_refused():
    source, _ = a_source(ok(listed(ROW), x_organization_id="org_9"), ok(ROW, x_organization_id="org_8"))
    list(source.calls(since=EVER))
    with pytest.raises(FatalError):
        source.call("call_1")


def test_the_platforms_own_choice_of_an_organization_is_told_by_its_answer():
    assert {each.key.account for each in Played("other_organization").source.calls(since=EVER)} == {"org_elsewhere"}
    named = Played("other_organization", account=ORGANIZATION_ID)
    assert named.found() == named.ids


# --- one call, and what belongs to it --------------------------------------------------------------------------


@pytest.mark.parametrize("wrap", [lambda row: row, lambda row: {"call": row}, lambda row: {"data": row}])
def test_one_call_is_read_wrapped_or_not(wrap):
    source, transport = a_source(ok(wrap({**ROW, "id": 17})))
    call = source.call("17")
    assert isinstance(call, Call)
    assert call.key.id == "17"
    assert transport.asked[0].url.path == "/v1/calls/17"


def test_details_are_read_only_where_they_are_wanted():
    detail = {**ROW, "metadata": {"customer_id": "51"}, "hangup_cause": "user_hangup", "events": []}
    for wants in ((), ("metadata",)):
        source, _ = a_source(ok(listed(ROW)), ok(detail), wants=wants)
        (row,) = source.calls(since=EVER)
        call = source.call("call_1")
        assert isinstance(row, Call)
        assert isinstance(call, Call)
        assert row.is_partial == bool(wants)
        assert ("metadata" in call.payload) == bool(wants)
        assert "hangup_cause" not in call.payload


def test_the_total_is_read_from_either_document():
    source, transport = a_source(no(404, error="Call not found"), ok({"total_calls": 3}))
    assert source.stats() == {"total_calls": 3}
    assert [str(request.url.query, "ascii") for request in transport.asked] == ["", "action=stats"]
    source, transport = a_source(ok({"data": [ROW], "total": 1}), ok({"total_calls": 3}))
    list(source.calls(since=EVER))
    source.stats()
    assert str(transport.asked[-1].url.query, "ascii") == "action=stats", "the reference's way first"


@pytest.mark.parametrize(
    ("answers", "count"),
    [
        pytest.param((ok({"total_calls": 3}),), 3, id="totals"),
        pytest.param((ok({"calls_in_all": 3}), ok(listed(ROW))), 1, id="totals in other words"),
        pytest.param((no(404), no(404), ok(listed(ROW))), 1, id="no totals"),
        pytest.param((no(404), no(404), ok([ROW])), None, id="nowhere"),
    ],
)
def test_how_many_calls_the_platform_counts(answers, count):
    source, transport = a_source(*answers)
    assert source.call_count() == count
    assert len(transport.asked) == len(answers)


@pytest.mark.parametrize("answers", [(no(404), ok({"data": []})), (no(404), no(404)), (no(400), no(400))])
def test_totals_that_are_none(answers):
    source, _ = a_source(*answers)
    with pytest.raises(FatalError):
        source.stats()


@pytest.mark.parametrize(
    ("answer", "events"),
    [
        (ok([{"event": "call.initiated"}]), [{"event": "call.initiated"}]),
        (ok({"events": [1]}), [1]),
        (ok({"data": [2]}), [2]),
        (no(404), []),
    ],
)
def test_the_events_of_a_call(answer, events):
    source, transport = a_source(answer)
    assert source.events("a/b") == events
    assert transport.asked[0].url.raw_path == b"/v1/calls/a%2Fb/events"


@pytest.mark.parametrize("answer", [ok({}), ok("x"), lambda _: httpx.Response(200, content=b"<html>"), no(400)])
def test_what_is_no_timeline(answer):
    source, _ = a_source(answer)
    with pytest.raises(ConnectorError):
        source.events("call_1")


def test_the_recording_is_asked_for_when_it_is_wanted_and_may_be_missing():
    source, _ = a_source(ok({"recording_url": "https://x.example.com/1.mp3", "expires_at": "2026-04-22T13:00:00Z"}))
    recording = source.recording("call_1")
    assert recording is not None
    assert recording["recording_url"] == "https://x.example.com/1.mp3"
    assert a_source(no(404))[0].recording("call_1") is None


def test_the_details_of_a_call_for_people():
    played = Played()
    call_id = next(iter(sorted(played.ids)))
    details = played.source.details(call_id)
    assert details["hangup_cause"]
    assert details["events"][0]["event"] == "call.initiated"
    assert details["recording"]["expires_at"] == "2026-04-22T13:00:00.000Z"
    assert "recording" not in Played("no_recording").source.details(call_id)
    assert played.source.details("nobody") == {}


def test_the_profile_costs_one_small_request():
    source, transport = a_source(ok(listed(ROW)))
    assert source.profile() == SourceProfile(account=None)
    assert dict(transport.asked[0].url.params) == {"limit": "1", "page": "1", "offset": "0"}
    assert len(transport.asked) == 1


def test_an_element_that_cannot_be_read_is_set_aside():
    body = b'{"calls":[{"id":"b","duration":1e999},17],"total":2}'
    source, _ = a_source(lambda _: httpx.Response(200, content=body))
    bad = list(source.calls(since=EVER))
    assert all(isinstance(each, BadCall) and each.code == "E320" for each in bad)
    assert bad[0].key.id == "b"
