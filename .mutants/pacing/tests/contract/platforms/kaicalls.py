"""KaiCalls: the documented API over lists of records, and the sandbox's twin."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import httpx

from tests.contract.platforms.stage import Maker, Platform, Wire, history_record, on_the_sandbox, opened
from tests.stubs.clock import START, VirtualClock

KEY = "kc_live_invented"
BASE_URL = "https://www.kaicalls.example.com/api/v1"
AGENT = {"id": "agent_1", "name": "Kai", "phone_number": "+15550100", "status": "active"}
LEAD = {"id": "lead_1", "name": "Jane Doe", "phone": "+15550123", "email": "jane@example.com", "status": "new"}
UNREADABLE = {
    "no time": {"id": "bad", "created_at": "last week", "duration": 60},
    "no duration": {"id": "bad", "created_at": START.isoformat(), "duration": "long"},
    "no id": {"id": None, "created_at": START.isoformat(), "duration": 60},
    "no object": 17,
}
TWIN_UNREADABLE = {
    "no time": history_record("bad", minutes_ago=0, createdAt="last week"),
    "no duration": history_record("bad", minutes_ago=0, duration="long"),
    "no id": history_record(None, minutes_ago=0),
    "no object": 17,
}
STRANGE = {"status": "sang", "direction": "sideways", "mood": {"level": [1]}}
ABSENT = {
    "tie": "its cursor is a time, which cannot lead beyond a page full of one moment: that is refused, see the source"
}


class Stub(httpx.BaseTransport):
    """The documented API, in-process: lists newest first, `after` older than."""

    def __init__(self, calls: list[Any]) -> None:
        self.calls = calls
        self.leads: list[Any] = [LEAD]
        self.agents: list[Any] = [AGENT]
        self.transcripts: list[Any] = []
        self.recordings: dict[str, Any] = {}
        self.asked: list[str] = []
        self.page_items = 100

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("authorization") != f"Bearer {KEY}":
            return _error(401, "unauthorized")
        path = request.url.path.removeprefix("/api/v1")
        query = dict(request.url.params)
        self.asked.append(f"{path}?{request.url.query.decode()}")
        match path:
            case "/calls" if "id" in query:
                return self._one(self.calls, query["id"])
            case "/leads" if "id" in query:
                return self._one(self.leads, query["id"])
            case "/calls":
                return self._page("calls", self.calls, query)
            case "/leads":
                return self._page("leads", self.leads, query)
            case "/agents":
                return httpx.Response(200, json={"agents": self.agents})
            case "/transcripts":
                earliest = START - timedelta(days=int(query["days"]))
                return self._page("transcripts", [each for each in self.transcripts if _at(each) >= earliest], query)
            case "/recordings":
                found = self.recordings.get(query["call_id"])
                return httpx.Response(200, json=found) if found is not None else _error(404, "not_found")
        return _error(404, "not_found")

    def _one(self, records: list[Any], record_id: str) -> httpx.Response:
        for record in records:
            if isinstance(record, dict) and str(record.get("id")) == record_id:
                return httpx.Response(200, json=record)
        return _error(404, "not_found")

    def _page(self, name: str, records: list[Any], query: dict[str, str]) -> httpx.Response:
        after = datetime.fromisoformat(query["after"]) if "after" in query else None
        older = [record for record in records if after is None or _at(record) < after]
        size = min(int(query.get("limit", "20")), self.page_items)
        return httpx.Response(200, json={name: older[:size], "has_more": len(older) > size})


def _at(record: Any) -> datetime:
    try:
        return datetime.fromisoformat(record["created_at"])
    except (TypeError, KeyError, ValueError):
        return START


def _error(status: int, code: str) -> httpx.Response:
    return httpx.Response(status, json={"error": {"code": code, "message": "invented"}})


def record(call_id: Any, *, minutes_ago: float, **fields: Any) -> dict[str, Any]:
    """A finished call, as the list shows it."""
    ended_at = START - timedelta(minutes=minutes_ago)
    return {
        "id": call_id,
        "agent_id": AGENT["id"],
        "lead_id": LEAD["id"],
        "direction": "inbound",
        "status": "completed",
        "duration": 60,
        "summary": "x" * 500,
        "created_at": (ended_at - timedelta(seconds=60)).isoformat().replace("+00:00", "Z"),
        **fields,
    }


def is_list(request: httpx.Request) -> bool:
    return request.url.path.endswith("/calls") and "id" not in request.url.params


def put_into(calls: list[Any], element: Any) -> None:
    """Add this call as the newest, or change the one of its id."""
    for at, call in enumerate(calls):
        if _id(call) is not None and _id(call) == _id(element):
            calls[at] = element
            return
    calls.insert(0, element)


def _id(element: Any) -> Any:
    return element.get("id") if isinstance(element, dict) else None


def remove_from(calls: list[Any], call_id: str) -> None:
    calls[:] = [call for call in calls if call["id"] != call_id]


def stub() -> Platform:
    calls = [record(f"call_{number}", minutes_ago=number) for number in range(450)]
    clock = VirtualClock()
    return Platform(
        wire=Wire(Stub(calls)),
        clock=clock,
        open=opened("kaicalls", clock=clock, base_url=BASE_URL),
        api_key=KEY,
        many=len(calls),
        record=record,
        put=lambda element: put_into(calls, element),
        bare=frozenset(("id", "created_at")),
        is_list=is_list,
        remove=lambda call_id: remove_from(calls, call_id),
        disorder=lambda: calls.insert(2, calls.pop(0)),
        unreadable=UNREADABLE,
        strange=STRANGE,
        strange_paths=STRANGE,
        ongoing={"status": "in-progress"},
    )


def twin() -> Platform:
    strange = {"status": "sang", "mood": {"level": [1]}}
    return on_the_sandbox(
        "kaicalls",
        is_list=is_list,
        unreadable=TWIN_UNREADABLE,
        strange=strange,
        strange_paths=strange,
        ongoing={"createdAt": (START + timedelta(minutes=5)).isoformat(), "duration": 600},
    )


MAKERS = (
    Maker("kaicalls over a stub", stub, ABSENT),
    Maker(
        "kaicalls over the sandbox",
        twin,
        {
            **ABSENT,
            "delete": "the sandbox's calls stay",
            "disorder": "the twin plays it as a fault of the script",
        },
    ),
)
