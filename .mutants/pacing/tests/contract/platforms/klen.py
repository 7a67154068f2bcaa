"""Klen AI: the documented API over a list of rows, and the sandbox's twin."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

import httpx

from tests.contract.platforms.stage import Maker, Platform, Wire, history_record, on_the_sandbox, opened
from tests.stubs.clock import START, VirtualClock

KEY = "klen_invented"


def record(call_id: Any, *, minutes_ago: float, **fields: Any) -> dict[str, Any]:
    """A row of the list; the stub adds what the details have."""
    ended_at = START - timedelta(minutes=minutes_ago)
    return {
        "id": call_id,
        "agent_id": "assistant_1",
        "agent_name": "Reception",
        "status": "completed",
        "type": "inbound",
        "phone_number": "+447700900123",
        "started_at": (ended_at - timedelta(seconds=60)).isoformat(),
        "ended_at": ended_at.isoformat(),
        "duration_seconds": 60,
        "summary": "x" * 500,
        "recording_url": None,
        "contact": {"id": 7, "name": "Ada Fern", "email": "ada@example.com", "company": None},
        **fields,
    }


UNREADABLE = {
    "no time": record("bad", minutes_ago=0, started_at="last week", ended_at=None),
    "no duration": record("bad", minutes_ago=0, duration_seconds="long"),
    "no id": record(None, minutes_ago=0),
    "no object": 17,
}
STRANGE = {"status": "sang", "type": "sideways", "mood": {"level": [1]}}
ONGOING = {"status": "in-progress", "ended_at": None, "duration_seconds": None}
NUMBER_ID = {"number id": "a number in the list is that of the database; the details tell the id (its unit tests)"}


class Stub(httpx.BaseTransport):
    """Rows, newest first, page by page, and their details."""

    def __init__(self, rows: list[Any]) -> None:
        self.rows = rows

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("authorization") != f"Bearer {KEY}":
            return httpx.Response(401, json={"error": "invalid_key", "message": "No."})
        match request.url.raw_path.decode().partition("?")[0].removeprefix("/api/v1").split("/")[1:]:
            case ["calls"]:
                return httpx.Response(200, json=self._page(request.url.params))
            case ["calls", call_id]:
                for number, row in enumerate(self.rows):
                    if _is(row, unquote(call_id)):
                        return httpx.Response(200, json=_details(row, number))
            case ["agents"]:
                return httpx.Response(200, json={"agents": []})
        return httpx.Response(404, json={"error": "not_found", "message": "No."})

    def _page(self, query: httpx.QueryParams) -> dict[str, Any]:
        page, limit = int(query.get("page", 1)), int(query.get("limit", 10))
        return {
            "count": len(self.rows),
            "page": page,
            "limit": limit,
            "pages": math.ceil(len(self.rows) / limit),
            "calls": self.rows[(page - 1) * limit : page * limit],
        }

    def put(self, row: Any) -> None:
        """As the newest of its moment; one that has the id of another takes its place."""
        if isinstance(row, dict) and row.get("id") is not None:
            self.remove(row["id"])
        at = _began(row)
        self.rows.insert(next((place for place, each in enumerate(self.rows) if _began(each) <= at), 0), row)

    def remove(self, call_id: Any) -> None:
        self.rows[:] = [each for each in self.rows if not _is(each, call_id)]


def _details(row: dict[str, Any], number: int) -> dict[str, Any]:
    shared = {name: value for name, value in row.items() if name not in ("id", "agent_id", "agent_name")}
    agent = {"id": 1, "name": row["agent_name"], "assistant_id": row["agent_id"]}
    return {"id": number, "call_id": row["id"], "agent": agent, **shared, "transcript": "Agent: Hello\nCustomer: Hello"}


def _is(row: Any, call_id: Any) -> bool:
    return isinstance(row, dict) and row.get("id") == call_id


def _began(row: Any) -> datetime:
    try:
        return datetime.fromisoformat(row["started_at"])
    except (TypeError, ValueError):
        return START


def is_list(request: httpx.Request) -> bool:
    return request.url.path.endswith("/calls")


def stub() -> Platform:
    played = Stub([record(f"call_{number}", minutes_ago=number) for number in range(2000)])
    clock = VirtualClock()
    return Platform(
        wire=Wire(played),
        clock=clock,
        open=opened("klen", clock=clock, base_url="https://klen.example.com/api/v1"),
        api_key=KEY,
        many=len(played.rows),
        record=record,
        put=played.put,
        bare=frozenset(("id", "started_at")),
        is_list=is_list,
        remove=played.remove,
        disorder=lambda: played.rows.insert(2, played.rows.pop(1500)),
        unreadable=UNREADABLE,
        strange=STRANGE,
        strange_paths=STRANGE,
        ongoing=ONGOING,
    )


def twin() -> Platform:
    return on_the_sandbox(
        "klen",
        is_list=is_list,
        unreadable={
            "no time": history_record("bad", minutes_ago=0, createdAt="last week"),
            "no duration": history_record("bad", minutes_ago=0, duration="long"),
            "no id": history_record(None, minutes_ago=0),
            "no object": 17,
        },
        strange=STRANGE,
        strange_paths=STRANGE,
        ongoing={"createdAt": (START + timedelta(seconds=10)).isoformat()},
    )


MAKERS = (
    Maker("klen over a stub", stub, NUMBER_ID),
    Maker(
        "klen over the sandbox",
        twin,
        {
            **NUMBER_ID,
            "delete": "the sandbox's calls disappear only under a trap of its own",
            "disorder": "the twin plays it as a fault of the script",
        },
    ),
)
