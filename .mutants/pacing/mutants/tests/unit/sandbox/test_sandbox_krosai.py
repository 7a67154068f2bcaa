from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from connector.sandbox.platforms.krosai import API_KEY, KrosAI
from connector.sandbox.site import Sandbox
from connector.sandbox.wire import Request, Response
from tests.stubs.clock import START

GUIDES, REFERENCES = ("calls", "offset"), ("data", "total_pages")


def ask(sandbox: Sandbox, path: str, *, key: str = API_KEY, **query: Any) -> Response:
    values = {name: [str(value)] for name, value in query.items()}
    return sandbox.handle(Request("GET", f"/krosai{path}", values, {"x-api-key": key}))


def a_sandbox(*traps: str, calls: int = 120) -> Sandbox:
    return Sandbox(now=lambda: START, source="krosai", calls=calls, traps=traps)


def body(response: Response) -> Any:
    return msgspec.json.decode(response.body)


@pytest.mark.parametrize(
    ("traps", "first", "second"),
    [
        ((), GUIDES, GUIDES),
        (("reference",), REFERENCES, REFERENCES),
        (("envelope_switches",), GUIDES, REFERENCES),
        (("reference", "envelope_switches"), REFERENCES, GUIDES),
    ],
)
def test_each_answer_follows_a_document(traps, first, second):
    sandbox = a_sandbox(*traps)
    for names in (first, second):
        assert set(names) <= body(ask(sandbox, "/calls")).keys()


@pytest.mark.parametrize(
    ("traps", "query", "rows"),
    [
        ((), {}, 50),
        (("reference",), {}, 20),
        ((), {"limit": 1000}, 100),
        (("small_pages",), {"limit": 100}, 20),
        ((), {"limit": 100, "offset": 100}, 20),
        (("reference",), {"limit": 100, "page": 2, "offset": 0}, 20),
        ((), {"limit": 100, "page": 2}, 100),
        (("paging_ignored",), {"limit": 100, "page": 2, "offset": 100}, 100),
    ],
)
def test_pages(traps, query, rows):
    found = body(ask(a_sandbox(*traps), "/calls", **query))
    assert len(found.get("calls", found.get("data"))) == rows


@pytest.mark.parametrize(
    ("traps", "acts"), [((), True), (("filter_inert",), False), (("reference",), False), (("oldest_first",), True)]
)
def test_the_filter(traps, acts):
    yesterday = (START - timedelta(days=1)).isoformat()
    found = body(ask(a_sandbox(*traps), "/calls", from_date=yesterday))
    assert (found["total"] < 120) is acts


@pytest.mark.parametrize(
    ("traps", "path", "query", "status"),
    [
        (("unknown_parameter",), "/calls", {"page": 1}, 400),
        (("unknown_parameter", "reference"), "/calls", {"offset": 1}, 400),
        (("unknown_parameter", "reference"), "/calls", {"from_date": 1}, 400),
        ((), "/calls", {"page": 1}, 200),
        ((), "/calls/stats", {}, 200),
        (("reference",), "/calls/stats", {}, 404),
        (("reference",), "/calls", {"action": "stats"}, 200),
        ((), "/calls/nobody", {}, 404),
        ((), "/calls/nobody/events", {}, 404),
        ((), "/elsewhere", {}, 404),
    ],
)
def test_statuses(traps, path, query, status):
    assert ask(a_sandbox(*traps), path, **query).status == status


def test_keys():
    assert body(ask(a_sandbox(), "/calls", key="wrong"))["code"] == "INVALID_API_KEY"
    assert body(ask(a_sandbox(), "/calls", key=""))["code"] == "MISSING_API_KEY"
    assert body(ask(a_sandbox("bearer_only"), "/calls"))["code"] == "MISSING_API_KEY"


def test_limits_name_a_fraction_of_a_second_and_the_rest_of_the_day():
    sandbox = a_sandbox("limited")
    answers = [ask(sandbox, "/calls", limit=1) for _ in range(11)]
    assert [each.status for each in answers] == [200] * 10 + [429]
    assert answers[-1].header("Retry-After") == "1.5"
    sandbox = a_sandbox("free_plan")
    answers = [ask(sandbox, "/calls", limit=1) for _ in range(1001)]
    assert answers[-2].status == 200
    assert answers[-1].header("Retry-After") == "43200.0"


def test_nobody_has_a_name_and_some_calls_are_not_over():
    sandbox = a_sandbox(calls=0)
    sandbox.history.put({"id": "c1", "callerName": "Ada Fern", "duration": 60, "createdAt": (START).isoformat()})
    sandbox.history.put({"id": "c2", "duration": 60, "createdAt": (START + timedelta(seconds=30)).isoformat()})
    sandbox.history.put({"id": "c3", "duration": 60, "createdAt": (START + timedelta(hours=1)).isoformat()})
    rows = {row["id"]: row for row in body(ask(sandbox, "/calls"))["calls"]}
    assert rows.keys() == {"c1", "c2"}
    assert rows["c2"]["status"] == "in_progress"
    assert rows["c2"]["completed_at"] is None
    assert "Ada" not in str(rows)


@pytest.mark.parametrize("traps", [(), tuple(KrosAI.traps_known - KrosAI.traps_without_way_out - {"bearer_only"})])
def test_every_call_can_be_asked_for_by_the_id_of_its_row(traps):
    sandbox = a_sandbox(*traps)
    found = body(ask(sandbox, "/calls", limit=1))
    rows = found if isinstance(found, list) else found.get("calls", found.get("data"))
    details = body(ask(sandbox, f"/calls/{rows[0]['id']}"))
    assert details.items() >= rows[0].items()
    assert {"hangup_cause", "metadata", "events"} <= details.keys()
