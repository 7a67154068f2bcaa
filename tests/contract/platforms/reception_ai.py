"""Reception AI: the documented API over a list of elements, and the sandbox's twin."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import httpx

from tests.contract.platforms.stage import Maker, Platform, Wire, history_record, on_the_sandbox, opened
from tests.stubs.clock import VirtualClock

KEY = "krai_invented"
UNREADABLE = {
    "no time": history_record("bad", minutes_ago=0, createdAt="last week"),
    "no duration": history_record("bad", minutes_ago=0, duration="long"),
    "no id": history_record(None, minutes_ago=0),
    "no object": 17,
}
STRANGE = {"callType": "robocall", "outcome": "sang", "mood": {"level": [1]}}
ABSENT = {
    "delete": "the list is one answer, made at one moment",
    "insert": "the list is one answer, made at one moment",
    "ongoing": "the list has finished calls only",
    "pages": "the list is one answer",
    "tie": "the list is one answer, of which nothing is cut off by time",
}


class Stub(httpx.BaseTransport):
    """The documented API over a list of elements, in-process."""

    def __init__(self, elements: list[Any]) -> None:
        self.elements = elements

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("x-api-key") != KEY:
            return httpx.Response(401, json={"message": "Invalid API key"})
        match request.url.raw_path.decode().removeprefix("/v1").split("/")[1:]:
            case ["calls"]:
                return httpx.Response(200, headers={"Content-Type": "application/json"}, stream=_Listed(self.elements))
            case ["calls", "stats"]:
                return httpx.Response(200, json={"totalCalls": len(self.elements)})
            case ["calls", call_id]:
                for element in self.elements:
                    if isinstance(element, dict) and str(element.get("id")) == unquote(call_id):
                        return httpx.Response(200, json=element)
        return httpx.Response(404, json={"message": "Not found"})


class _Listed(httpx.SyncByteStream):
    def __init__(self, elements: list[Any]) -> None:
        self._elements = elements

    def __iter__(self) -> Iterator[bytes]:
        yield b"["
        for place, element in enumerate(self._elements):
            yield (b"," if place else b"") + json.dumps(element).encode()
        yield b"]"


def is_list(request: httpx.Request) -> bool:
    return request.url.path.endswith("/calls")


def stub() -> Platform:
    elements = [history_record(f"call_{number}", minutes_ago=number) for number in range(2000)]
    clock = VirtualClock()
    return Platform(
        wire=Wire(Stub(elements)),
        clock=clock,
        open=opened("reception_ai", clock=clock, base_url="https://voice.example.com/v1"),
        api_key=KEY,
        many=len(elements),
        record=history_record,
        put=lambda element: elements.insert(0, element),
        bare=frozenset(("id", "createdAt")),
        is_list=is_list,
        disorder=lambda: elements.insert(2, elements.pop(0)),
        unreadable=UNREADABLE,
        strange=STRANGE,
        strange_paths=STRANGE,
    )


def twin() -> Platform:
    return on_the_sandbox(
        "reception_ai", is_list=is_list, many=600, unreadable=UNREADABLE, strange=STRANGE, strange_paths=STRANGE
    )


MAKERS = (
    Maker("reception_ai over a stub", stub, ABSENT),
    Maker("reception_ai over the sandbox", twin, {**ABSENT, "disorder": "the twin plays it as a fault of the script"}),
)
