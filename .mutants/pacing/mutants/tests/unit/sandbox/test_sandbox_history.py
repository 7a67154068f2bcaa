"""A platform's calls over time."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connector.sandbox.history import DAYS, History

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def a_history(calls: int = 60, **changes: Any) -> History:
    return History(**{"seed": 0, "calls": calls, "began_at": NOW, **changes})


def listed(history: History, now: datetime = NOW) -> list[Any]:
    return [json.loads(raw) for raw in history.newest_first(now)]


@pytest.mark.parametrize("calls", [0, 1, 2, 60, 61, 1000])
def test_lists_every_call_newest_first(calls: int) -> None:
    history = a_history(calls)
    times = [call["createdAt"] for call in listed(history)]
    assert len(times) == calls
    assert times == sorted(times, reverse=True)


def test_first_calls_lie_within_the_days_before() -> None:
    times = [datetime.fromisoformat(call["createdAt"]) for call in listed(a_history(500))]
    assert max(times) < NOW
    assert min(times) >= NOW - timedelta(days=DAYS, minutes=3)


def test_a_call_appears_when_it_ended() -> None:
    history = a_history()
    ended_at = history.ended_at(30)
    assert history.call_id(30) not in [call["id"] for call in listed(history, ended_at - timedelta(seconds=1))]
    assert listed(history, ended_at)[0]["id"] == history.call_id(30)
    assert len(listed(history, ended_at)) == 31


def test_one_call_by_its_id_only_once_it_ended() -> None:
    history = a_history()
    ended_at = history.ended_at(30)
    raw = history.ended(history.call_id(30), ended_at)
    assert raw is not None
    assert json.loads(raw) == listed(history, ended_at)[0]
    assert history.ended(history.call_id(30), ended_at - timedelta(seconds=1)) is None


@pytest.mark.parametrize("call_id", ["", "call_01JV", "call_01JVIIIIIIII", "nonsense", "call_01JV00000000"])
def test_unknown_ids_are_unknown(call_id: str) -> None:
    assert a_history().find(call_id) is None


def test_generated_calls_are_the_newest_and_change_no_other() -> None:
    history = a_history()
    before = listed(history)
    history.generate(5, now=NOW)
    after = listed(history)
    assert len(after) == 65
    assert after[5:] == before


def test_generated_calls_may_arrive_over_time_to_come() -> None:
    history = a_history()
    history.generate(10, now=NOW, over_seconds=600)
    assert len(listed(history, NOW)) < 65
    assert len(listed(history, NOW + timedelta(seconds=600))) == 70


def test_a_put_call_is_listed_where_it_belongs() -> None:
    history = a_history()
    history.put({"id": "mine", "createdAt": history.ended_at(30).isoformat()})
    ids = [call["id"] for call in listed(history)]
    assert len(ids) == 61
    assert abs(ids.index("mine") - ids.index(history.call_id(30))) == 1
    times = [datetime.fromisoformat(call["createdAt"]) for call in listed(history)]
    assert times == sorted(times, reverse=True)


def test_a_put_call_to_come_is_not_there_yet() -> None:
    history = a_history()
    history.put({"id": "mine", "createdAt": (NOW + timedelta(seconds=5)).isoformat()})
    assert "mine" not in [call["id"] for call in listed(history)]
    assert history.ended("mine", NOW) is None
    assert listed(history, NOW + timedelta(seconds=5))[0]["id"] == "mine"


def test_a_call_is_changed_in_place() -> None:
    history = a_history()
    before = listed(history)
    history.put({"id": before[7]["id"], "summary": "Changed."})
    assert listed(history) == [*before[:7], {**before[7], "summary": "Changed."}, *before[8:]]


@pytest.mark.parametrize("element", [None, 17, "text", [], {"no": "id"}, {"id": 4}])
def test_what_is_no_call_stands_first_as_it_is(element: Any) -> None:
    history = a_history()
    history.put(element)
    assert listed(history)[0] == element


def test_a_lone_surrogate_passes_through() -> None:
    history = a_history()
    history.put({"id": "mine", "createdAt": NOW.isoformat(), "summary": "\ud83d"})
    assert rb"\ud83d" in next(history.newest_first(NOW))


def test_a_restored_history_is_the_same() -> None:
    history = a_history()
    history.generate(5, now=NOW)
    history.put({"id": history.call_id(3), "summary": "Changed."})
    history.put({"id": "mine", "createdAt": NOW.isoformat()})
    history.put(17)
    again = History.restored(json.loads(json.dumps(history.dump())))
    assert list(again.newest_first(NOW)) == list(history.newest_first(NOW))


def test_ordinary_calls_may_have_transcripts_of_a_length() -> None:
    history = History(seed=3, calls=70, began_at=NOW, transcript_bytes=80_000)
    lengths = [len(json.loads(raw)["transcript"] or "") for raw in history.newest_first(NOW)]
    assert lengths[:10] == [80_000] * 10
    restored = History.restored(history.dump())
    assert list(restored.newest_first(NOW)) == list(history.newest_first(NOW))
