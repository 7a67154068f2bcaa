"""A platform that lists and answers exactly what a test tells it to, for the engine alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from connector.app import App
from connector.errors import TransientError
from connector.model import BadCall, Call, CallKey, OngoingCall, RunSummary, SourceProfile
from connector.sources.reception_ai import read_payload
from tests.stubs.world import World

TRANSCRIPT = "Assistant: Hello.\nCaller: I would like a quote."

Told = Call | BadCall | OngoingCall


class ToldSource:
    """Implements `ports.Source` under the name of Reception AI, whose records its calls have."""

    name = "reception_ai"
    newest_first = True

    def __init__(self) -> None:
        self.requests = 0
        self.listed: list[Told] = []
        self.whole: dict[str, Told] = {}
        self.asked: list[str] = []
        self.account: str | None = "org_1"
        """Whose key it is, as far as the platform says."""
        self.is_down = False
        self.chokes_on: set[str] = set()
        """Calls that the platform fails to give by their id, time and again."""

    def calls(self, *, since: datetime) -> Iterator[Told]:
        self.requests += 1
        yield from self.listed

    def call(self, call_id: str) -> Told | None:
        self.requests += 1
        self.asked.append(call_id)
        if self.is_down or call_id in self.chokes_on:
            raise TransientError("E308", "the platform is down")
        return self.whole.get(call_id)

    def profile(self) -> SourceProfile:
        return SourceProfile(account=self.account)

    def close(self) -> None:
        """Nothing is open."""


def told(world: World, call_id: str = "c1", **fields: Any) -> Call:
    """A call that just ended."""
    call = read_payload(
        {
            "id": call_id,
            "organizationId": "org_1",
            "callerNumber": "+447700900199",
            "callerName": "Ada Fern",
            "callType": "new_enquiry",
            "outcome": "lead_captured",
            "duration": 60,
            "summary": "Asked for a quote.",
            "createdAt": world.clock.now().isoformat(),
            **fields,
        },
        account=None,
    )
    assert isinstance(call, Call)
    return call


def partial(call: Call) -> Call:
    """The call as a list gives it that says less than the platform knows."""
    return replace(call, is_partial=True)


def whole(call: Call) -> Call:
    """The call with the transcript that comes late."""
    return replace(call, transcript=TRANSCRIPT, payload={**call.payload, "transcript": TRANSCRIPT})


def ongoing(world: World, call_id: str = "c1", *, for_minutes: float = 1) -> OngoingCall:
    started_at = world.clock.now() - timedelta(minutes=for_minutes)
    return OngoingCall(key=CallKey("reception_ai", "org_1", call_id), started_at=started_at)


@contextmanager
def told_app(world: World, source: ToldSource) -> Iterator[App]:
    with world.app() as app:
        app._parts.__dict__["source"] = source
        yield app


def run(world: World, source: ToldSource, verb: Callable[[App], RunSummary] = lambda app: app.sync()) -> RunSummary:
    world.wait(minutes=1)
    with told_app(world, source) as app:
        return verb(app)
