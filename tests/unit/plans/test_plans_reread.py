"""The plan's calls as the platform has them now, and no others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from connector.model import BadCall, Call, CallKey, OngoingCall, SourceProfile
from connector.plans.document import NamedCall
from connector.plans.reread import Reread
from tests.unit.plans.samples import NOW, a_named_call

Element = Call | BadCall | OngoingCall


class Platform:
    """Lists what it is given, and knows by id what it is given for that."""

    name = "reception_ai"
    newest_first = True
    requests = 0

    def __init__(self, listed: Sequence[Element], *known: Element) -> None:
        self.listed = listed
        self.known = {call.key.id: call for call in known}
        self.asked: list[str] = []
        self.taken = 0
        self.since: datetime | None = None

    def calls(self, *, since: datetime) -> Iterator[Element]:
        self.since = since
        for call in self.listed:
            self.taken += 1
            yield call

    def call(self, call_id: str) -> Element | None:
        self.asked.append(call_id)
        return self.known.get(call_id)

    def profile(self) -> SourceProfile:
        return SourceProfile()

    def close(self) -> None:
        """Nothing to release."""


def key(call_id: str) -> CallKey:
    return CallKey("reception_ai", "org_1", call_id)


def a_call(call_id: str, minutes: int = 0, **changes: Any) -> Call:
    at = NOW - timedelta(minutes=minutes)
    return Call(**{"key": key(call_id), "started_at": at, "ended_at": at, "duration_seconds": 0, **changes})


def named(call_id: str, minutes: int = 0, **changes: Any) -> NamedCall:
    return a_named_call(id=call_id, ended_at=NOW - timedelta(minutes=minutes), **changes)


def reread(platform: Platform, *calls: NamedCall) -> list[str]:
    source = Reread(platform, {call.id: call for call in calls}, account="org_1")
    source.read()
    return [call.key.id for call in source.calls(since=NOW)]


def test_takes_what_is_named_and_stops_when_it_has_everything() -> None:
    platform = Platform([a_call("new"), a_call("c1", 1), a_call("c2", 2), a_call("older", 3), a_call("oldest", 4)])
    assert reread(platform, named("c2", 2), named("c1", 1)) == ["c1", "c2"]
    assert (platform.taken, platform.since, platform.asked) == (3, NOW - timedelta(minutes=2), [])


def test_asks_by_id_for_what_the_list_no_longer_tells_of() -> None:
    platform = Platform([a_call("c1")], a_call("c2", 9))
    assert reread(platform, named("c1"), named("c2", 9), named("gone")) == ["c1", "c2"]
    assert platform.asked == ["c2", "gone"]


def test_does_not_read_a_history_to_its_end_for_a_call_that_is_gone() -> None:
    platform = Platform([a_call(f"x{number}", number) for number in range(1_000)])
    assert reread(platform, named("gone", 5)) == []
    assert platform.taken < 110


def test_reads_a_list_to_its_end_that_is_not_in_order() -> None:
    calls = [a_call(f"x{number}", number) for number in range(500)]
    platform = Platform([*reversed(calls), a_call("c1", 5)])
    assert reread(platform, named("c1", 5)) == ["c1"]


def test_takes_a_call_as_whole_as_the_plan_had_it() -> None:
    platform = Platform([a_call("c1", is_partial=True), a_call("c2", 1, is_partial=True)], a_call("c1"))
    assert reread(platform, named("c1"), named("c2", 1, is_partial=True)) == ["c1", "c2"]
    assert platform.asked == ["c1"]


def test_leaves_what_reading_alone_settles_to_the_next_sync_where_it_would_cost_a_request() -> None:
    platform = Platform([a_call("listed", is_partial=True)], a_call("due"))
    assert reread(platform, named("listed", is_carried=False), named("due", is_carried=False)) == ["listed"]
    assert platform.asked == []


def test_a_call_that_was_unreadable_is_as_unreadable_as_it_was() -> None:
    platform = Platform([BadCall(key=key("bad"), code="E320", message="x")])
    assert reread(platform, named("bad", fingerprint="", is_carried=False)) == ["bad"]
    assert reread(platform, named("lost", fingerprint="", is_carried=False)) == ["lost"]


def test_a_call_that_goes_on_is_none() -> None:
    ongoing = OngoingCall(key=key("c1"), started_at=NOW)
    assert reread(Platform([ongoing], ongoing), named("c1")) == []


def test_nothing_named_asks_nothing() -> None:
    platform = Platform([a_call("c1")])
    assert reread(platform) == []
    assert (platform.taken, platform.asked) == (0, [])
