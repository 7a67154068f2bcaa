"""The twin of Vapi's list of calls."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connector.sandbox.faults import Fault
from connector.sandbox.history import History
from connector.sandbox.platforms import vapi
from connector.sandbox.platforms.vapi import API_KEY, VapiTwin
from connector.sandbox.wire import Request, Response

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Stage:
    """A twin, its history and a clock that a test sets."""

    def __init__(self, calls: int = 60, *, traps: tuple[str, ...] = ()) -> None:
        self.now = NOW
        self.history = History(seed=0, calls=calls, began_at=NOW)
        self.twin = VapiTwin(now=lambda: self.now, history=self.history, traps=traps)

    def ask(self, path: str = "/call", *, fault: Fault | None = None, **query: Any) -> Response:
        asked = {name: [str(value)] for name, value in query.items()}
        return self.twin.handle(Request("GET", path, asked, {"authorization": f"Bearer {API_KEY}"}), fault)

    def list(self, **query: Any) -> list[dict[str, Any]]:
        response = self.ask(**query)
        assert response.status == 200
        found: list[dict[str, Any]] = json.loads(response.body)
        return found

    def ring(self, **fields: Any) -> None:
        """A call that ends a minute from now, after a minute."""
        ends_at = (NOW + timedelta(minutes=1)).isoformat()
        self.history.put({"id": "c1", "createdAt": ends_at, "duration": 60, "callerNumber": "+447700900199", **fields})

    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.ask("/call/c1").body)
        return found


@pytest.mark.parametrize("header", [{}, {"authorization": "Bearer other"}, {"authorization": API_KEY}])
@pytest.mark.parametrize("path", ["/call", "/call/c1", "/nowhere"])
def test_a_wrong_key_is_refused(header, path):
    assert Stage().twin.handle(Request("GET", path, {}, header)).status == 401


def test_the_list_is_a_bare_array_of_a_hundred_newest_first():
    calls = Stage(250).list()
    made = [call["createdAt"] for call in calls]
    assert len(calls) == 100
    assert made == sorted(made, reverse=True)


@pytest.mark.parametrize(("limit", "status"), [(0, 200), (1000, 200), (1001, 400), (-1, 400), ("many", 400)])
def test_the_limit(limit, status):
    assert Stage().ask(limit=limit).status == status


@pytest.mark.parametrize("field", ["createdAt", "updatedAt"])
def test_the_bounds(field):
    stage = Stage()
    calls = stage.list(limit=1000)
    at = sorted(call[field] for call in calls)[30]
    for bound, holds in {
        "Gt": lambda value: value > at,
        "Ge": lambda value: value >= at,
        "Lt": lambda value: value < at,
        "Le": lambda value: value <= at,
    }.items():
        found = {call["id"] for call in stage.list(limit=1000, **{field + bound: at})}
        assert found == {call["id"] for call in calls if holds(call[field])}, bound


def test_a_time_that_is_none_is_refused():
    assert Stage().ask(createdAtGe="yesterday").status == 400


def test_a_call_rings_goes_on_ends_and_is_analysed():
    stage = Stage(calls=0)
    stage.ring(transcript="Assistant: Hello.\nCaller: Hello.", callType="new_enquiry")
    stage.now = NOW - timedelta(seconds=5)
    assert stage.ask("/call/c1").status == 404
    seen = []
    for seconds in (-2, 10, 61, 90):
        stage.now = NOW + timedelta(seconds=seconds)
        state = stage.state()
        seen.append((state["status"], "endedAt" in state, "analysis" in state, state["updatedAt"]))
    assert [each[:3] for each in seen] == [
        ("ringing", False, False),
        ("in-progress", False, False),
        ("ended", True, False),
        ("ended", True, True),
    ]
    assert len({each[3] for each in seen}) == 4, "every change moves updatedAt"
    assert stage.state()["artifact"]["transcript"] == "AI: Hello.\nUser: Hello."


def test_a_call_that_control_changed_was_updated_then():
    stage = Stage()
    changed = stage.list()[40]["id"]
    stage.now = NOW + timedelta(hours=1)
    stage.history.put({"id": changed, "summary": "Corrected."})
    since = (NOW + timedelta(minutes=30)).isoformat()
    assert [call["id"] for call in stage.list(updatedAtGe=since)] == [changed]


def test_links_are_signed_anew_and_the_address_stays():
    stage = Stage()
    stage.ring(recordingUrl="https://recordings.example.com/c1.mp3?sig=1")
    artifacts = []
    for hours in (1, 2):
        stage.now = NOW + timedelta(hours=hours)
        artifacts.append(stage.state()["artifact"])
    assert {each["recordingUrl"] for each in artifacts} == {"https://recordings.example.com/c1.mp3"}
    assert len({each["presignedMonoUrl"] for each in artifacts}) == 2


def test_the_traps():
    usual = {call["id"]: call for call in Stage(200).list(limit=1000)}
    shuffled = Stage(200, traps=(vapi.SHUFFLED,)).list(limit=1000)
    assert [call["id"] for call in shuffled] != list(usual)
    tied = Stage(200, traps=(vapi.SAME_MOMENT,)).list(limit=1000)
    assert len({call["createdAt"] for call in tied}) < 30
    web = Stage(200, traps=(vapi.WEB_CALLS,)).list(limit=1000)
    assert 5 < sum(call["type"] == "webCall" and "customer" not in call for call in web) < 60
    fine = Stage(200, traps=(vapi.FINE_TIMES,))
    newest = fine.list(limit=1)[0]
    assert newest["id"] not in {call["id"] for call in fine.list(createdAtLe=newest["createdAt"], limit=1000)}


def test_a_busy_account_says_how_long_to_wait():
    stage = Stage(traps=(vapi.BUSY,))
    statuses = [stage.ask(limit=1) for _ in range(7)]
    assert [response.status for response in statuses] == [200] * 6 + [429]
    assert statuses[-1].header("retry-after") == "1.5"


def test_faults_of_the_script_show_in_the_list():
    stage = Stage()
    usual = [call["id"] for call in stage.list()]
    fault = Fault(side="source", action="disorder")
    assert [call["id"] for call in json.loads(stage.ask(fault=fault).body)][2] == usual[0]
    broken = json.loads(stage.ask(fault=Fault(side="source", action="malformed", at=3)).body)
    assert broken[3] == {"id": 17, "createdAt": "last week"}
