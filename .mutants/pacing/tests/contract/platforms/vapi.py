"""Vapi: the documented list over a table of calls, and the sandbox's twin."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

import httpx

from tests.contract.platforms.stage import Maker, Platform, Wire, on_the_sandbox, opened
from tests.stubs.clock import START, VirtualClock

KEY = "0c6f9a52-0000-4000-8000-00000000000a"
BARE = frozenset(("id", "orgId", "status", "createdAt", "updatedAt"))
BOUNDS = {"Gt": "__gt__", "Ge": "__ge__", "Lt": "__lt__", "Le": "__le__"}


def record(call_id: Any, *, minutes_ago: float, **fields: Any) -> dict[str, Any]:
    ended_at = START - timedelta(minutes=minutes_ago)
    return {
        "id": call_id,
        "orgId": "org_invented",
        "type": "inboundPhoneCall",
        "status": "ended",
        "endedReason": "customer-ended-call",
        "createdAt": written(ended_at - timedelta(seconds=64)),
        "startedAt": written(ended_at - timedelta(seconds=60)),
        "endedAt": written(ended_at),
        "updatedAt": written(ended_at),
        "customer": {"number": "+447700900123"},
        "analysis": {"summary": "x" * 500},
        **fields,
    }


def written(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Stub(httpx.BaseTransport):
    """`GET /call` and `GET /call/{id}`, in-process; the newest made first, unless it is in disorder."""

    def __init__(self, calls: list[Any]) -> None:
        self.calls = calls
        self.is_ordered = True

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("authorization") != f"Bearer {KEY}":
            return httpx.Response(401, json={"message": "Invalid Key."})
        match request.url.raw_path.decode().partition("?")[0].split("/")[1:]:
            case ["call"]:
                return httpx.Response(200, json=self._page(request.url.params))
            case ["call", call_id]:
                for call in self.calls:
                    if isinstance(call, dict) and str(call.get("id")) == unquote(call_id):
                        return httpx.Response(200, json=call)
        return httpx.Response(404, json={"message": "Not found"})

    def _page(self, asked: httpx.QueryParams) -> list[Any]:
        found = [call for call in self.calls if not isinstance(call, dict) or self._is_asked_for(call, asked)]
        if self.is_ordered:
            found.sort(key=lambda call: str(call.get("createdAt")) if isinstance(call, dict) else "", reverse=True)
        return found[: int(asked.get("limit", 100))]

    def _is_asked_for(self, call: dict[str, Any], asked: httpx.QueryParams) -> bool:
        return all(
            getattr(str(call[name[:-2]]), BOUNDS[name[-2:]])(value) for name, value in asked.items() if name != "limit"
        )

    def put(self, call: Any) -> None:
        if isinstance(call, dict) and call.get("id"):
            self.remove(call["id"])
        self.calls.insert(0, call)

    def remove(self, call_id: str) -> None:
        self.calls[:] = [call for call in self.calls if not isinstance(call, dict) or call.get("id") != call_id]

    def shuffle(self) -> None:
        self.is_ordered = False
        self.calls.sort(key=lambda call: hash(call["createdAt"][::-1]))


def is_list(request: httpx.Request) -> bool:
    return request.url.path.endswith("/call")


def stub() -> Platform:
    platform = Stub([record(f"call_{number}", minutes_ago=number) for number in range(450)])
    clock = VirtualClock()
    return Platform(
        wire=Wire(platform),
        clock=clock,
        open=opened("vapi", clock=clock, base_url="https://vapi.example.com"),
        api_key=KEY,
        many=450,
        record=record,
        put=platform.put,
        remove=platform.remove,
        disorder=platform.shuffle,
        bare=BARE,
        is_list=is_list,
        unreadable={
            "no time": record("bad", minutes_ago=0, startedAt="last week"),
            "an end that is none": record("bad", minutes_ago=0, endedAt={}),
            "no id": record(None, minutes_ago=0),
            "no object": 17,
        },
        strange={"type": "smokeSignal", "endedReason": "sang", "mood": {"level": [1]}},
        strange_paths={"type": "smokeSignal", "endedReason": "sang", "mood.level": [1]},
        ongoing={"status": "in-progress", "endedAt": None, "endedReason": None, "analysis": None},
    )


def twin() -> Platform:
    return on_the_sandbox(
        "vapi",
        is_list=is_list,
        unreadable={"no time": {"id": "bad", "createdAt": "last week"}},
        strange={"callType": "robocall", "leadData": {"mood": {"level": [1]}}},
        strange_paths={"analysis.structuredData.callType": "robocall", "analysis.structuredData.mood.level": [1]},
        ongoing={"createdAt": (START + timedelta(seconds=30)).isoformat()},
    )


MAKERS = (
    Maker("vapi over a stub", stub),
    Maker(
        "vapi over the sandbox",
        twin,
        {
            "delete": "the sandbox's history deletes nothing",
            "disorder": "the twin plays it as a trap, on which it is carried end to end",
            "number id": "the sandbox's history takes an id that is no text for an element without one",
        },
    ),
)
