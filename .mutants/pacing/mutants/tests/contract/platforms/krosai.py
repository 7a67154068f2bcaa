"""KrosAI: its reference's API over a list of records, and the sandbox's twin with its guide's."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

import httpx

from tests.contract.platforms.stage import Maker, Platform, Wire, history_record, on_the_sandbox, opened
from tests.stubs.clock import START, VirtualClock

KEY = "kros_live_invented"
NUMBER = "+447700900123"


def record(call_id: Any, *, minutes_ago: float, **fields: Any) -> dict[str, Any]:
    """A call as the platform tells it."""
    created_at = START - timedelta(minutes=minutes_ago + 2)
    return {
        "id": call_id,
        "from_number": NUMBER,
        "to_number": "+442079460000",
        "direction": "inbound",
        "status": "completed",
        "duration": 60,
        "cost_cents": 3,
        "transcript": "[Agent]: Hello\n" + "[Caller]: x\n" * 40,
        "created_at": created_at.isoformat(),
        "answered_at": (created_at + timedelta(seconds=60)).isoformat(),
        "completed_at": (created_at + timedelta(seconds=120)).isoformat(),
        **fields,
    }


UNREADABLE = {
    "no time": record("bad", minutes_ago=0, created_at="last week", completed_at=None),
    "no duration": record("bad", minutes_ago=0, duration="long"),
    "no id": record(None, minutes_ago=0),
    "no object": 17,
}
STRANGE = {"status": "sang", "direction": "sideways", "mood": {"level": [1]}}
ONGOING = {"status": "in_progress", "completed_at": None, "duration": None}


class Stub(httpx.BaseTransport):
    """Records, newest first, page by page; a date filter that does nothing."""

    def __init__(self, elements: list[Any]) -> None:
        self.elements = elements

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("x-api-key") != KEY:
            return httpx.Response(401, json={"error": "Invalid API key", "code": "INVALID_API_KEY"})
        match request.url.raw_path.decode().partition("?")[0].removeprefix("/v1").split("/")[1:]:
            case ["calls"]:
                return httpx.Response(200, json=self._page(request.url.params))
            case ["calls", call_id]:
                for element in self.elements:
                    if isinstance(element, dict) and str(element.get("id")) == unquote(call_id):
                        return httpx.Response(200, json=element)
        return httpx.Response(404, json={"error": "Not found"})

    def _page(self, query: httpx.QueryParams) -> dict[str, Any]:
        page, limit = int(query.get("page", 1)), int(query.get("limit", 20))
        return {
            "data": self.elements[(page - 1) * limit : page * limit],
            "total": len(self.elements),
            "page": page,
            "limit": limit,
            "total_pages": math.ceil(len(self.elements) / limit),
        }

    def put(self, element: Any) -> None:
        """As the newest; one that has the id of another takes its place."""
        if isinstance(element, dict) and element.get("id") is not None:
            self.remove(element["id"])
        at = _created(element)
        place = next((at_ for at_, each in enumerate(self.elements) if _created(each) <= at), len(self.elements))
        self.elements.insert(place, element)

    def remove(self, call_id: Any) -> None:
        self.elements[:] = [each for each in self.elements if not _is(each, call_id)]


def _is(element: Any, call_id: Any) -> bool:
    return isinstance(element, dict) and element.get("id") == call_id


def _created(element: Any) -> datetime:
    try:
        return datetime.fromisoformat(element["created_at"])
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
        open=opened("krosai", clock=clock, base_url="https://kros.example.com/v1"),
        api_key=KEY,
        many=len(played.elements),
        record=record,
        put=played.put,
        bare=frozenset(("id", "created_at")),
        is_list=is_list,
        remove=played.remove,
        disorder=lambda: played.elements.insert(2, played.elements.pop(1500)),
        unreadable=UNREADABLE,
        strange=STRANGE,
        strange_paths=STRANGE,
        ongoing=ONGOING,
    )


def twin() -> Platform:
    return on_the_sandbox(
        "krosai",
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
    Maker("krosai over a stub", stub),
    Maker(
        "krosai over the sandbox",
        twin,
        {
            "delete": "the sandbox's calls never disappear from it",
            "disorder": "the twin plays it as a fault of the script",
        },
    ),
)
