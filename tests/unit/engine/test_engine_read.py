"""Reading into the spool: counted once, looked up in small chunks, and exact at the edges of time."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from connector.engine import chunks as chunks_module
from connector.engine.chunks import CHUNK
from connector.engine.walk import QUIET_STREAK
from connector.errors import TransientError
from connector.mapping.compile import CompiledMapping, compile_mapping
from connector.mapping.load import load_mapping
from connector.model import BadCall, CallCounts, CallKey, State
from tests.stubs.desk import MINUTE, NOW, Desk, a_call, an_entry


@pytest.fixture(scope="module")
def mapping() -> CompiledMapping:
    return compile_mapping(load_mapping(Path(__file__).parents[3] / "mappings" / "reception_ai.yaml"))


def test_a_walk_stops_a_streak_behind_the_look_back_to_the_call(mapping, monkeypatch):
    """The call that ended exactly where the look-back begins is within it: the streak starts behind."""
    monkeypatch.setattr(chunks_module, "CHUNK", 1)
    calls = [a_call(minutes) for minutes in range(300)]
    desk = Desk(mapping, *calls)
    desk.knows(*calls)
    desk.walk(look_back_to=NOW - 60 * MINUTE)
    within = 61  # 0, 1, … 60 minutes ago
    assert desk.source.drawn == within + QUIET_STREAK
    assert (desk.reading.counts.read, desk.reading.counts.unchanged) == (within + QUIET_STREAK,) * 2


def test_a_walk_stops_a_streak_behind_where_the_history_begins_to_the_call(mapping, monkeypatch):
    monkeypatch.setattr(chunks_module, "CHUNK", 1)
    desk = Desk(mapping, *[a_call(minutes) for minutes in range(300)])
    desk.walk(look_back_to=NOW - 60 * MINUTE, wanted_from=NOW - 60 * MINUTE)
    assert desk.source.drawn == 61 + QUIET_STREAK
    assert len(desk.waiting) == desk.reading.counts.read == 61


@pytest.mark.parametrize(
    ("until_minutes_ago", "expected"),
    [pytest.param(1, ["c3", "c2"], id="a call that ended then is not"), pytest.param(0.5, ["c3", "c2", "c1"], id="-")],
)
def test_a_window_is_open_at_its_end_and_closed_at_its_start(mapping, until_minutes_ago, expected):
    desk = Desk(mapping, *[a_call(minutes) for minutes in range(6)])
    desk.reader.until = NOW - until_minutes_ago * MINUTE
    desk.walk(look_back_to=NOW - 3 * MINUTE, wanted_from=NOW - 3 * MINUTE)
    assert desk.waiting == expected
    assert desk.reading.counts.read == len(expected)


def test_an_unordered_history_is_read_to_its_end_in_chunks(mapping):
    calls = [a_call(minutes) for minutes in (1, 0, *range(2, 3000))]
    desk = Desk(mapping, *calls)
    desk.knows(*calls)
    walk = desk.walk(look_back_to=NOW - MINUTE)
    assert not walk.is_ordered
    assert desk.reading.counts.unchanged == desk.source.drawn == len(calls)
    assert max(desk.ledger.looked_up) == CHUNK


@pytest.mark.parametrize(
    ("answer", "read", "failed", "waits"),
    [
        pytest.param(a_call(9, "open"), 1, 0, ["open"], id="found"),
        pytest.param(None, 1, 1, [], id="no longer known to the platform"),
        pytest.param(
            BadCall(key=CallKey("listed", "org", "open"), code="E322", message="no time"), 1, 1, [], id="unreadable"
        ),
        pytest.param(TransientError("E308", "down"), 1, 1, [], id="cannot be had now"),
    ],
)
def test_an_unfinished_call_that_the_walk_did_not_return_counts_once(mapping, answer, read, failed, waits):
    desk = Desk(mapping)
    desk.knows(a_call(9, "open"), state=State.INTENT)
    if answer is not None:
        desk.source.by_id["open"] = answer
    desk.retry()
    assert (desk.reading.counts.read, desk.reading.counts.failed, desk.waiting) == (read, failed, waits)


def test_an_unfinished_call_that_the_walk_returned_is_neither_fetched_nor_counted_again(mapping):
    desk = Desk(mapping, a_call(9, "open"))
    desk.knows(a_call(9, "open"), state=State.FAILED)
    desk.walk(look_back_to=NOW - timedelta(days=1))
    desk.source.by_id["open"] = a_call(9, "open")
    desk.retry()
    assert desk.source.asked == []
    assert (desk.reading.counts.read, desk.waiting) == (1, ["open"])


def test_a_platform_that_answers_with_another_call_than_asked_for_makes_nothing_count_twice(mapping):
    desk = Desk(mapping, a_call(9, "other"))
    desk.knows(a_call(9, "open"), state=State.INTENT)
    desk.walk(look_back_to=NOW - timedelta(days=1))
    desk.source.by_id["open"] = a_call(9, "other")
    desk.retry()
    assert (desk.reading.counts.read, desk.waiting) == (1, ["other"])


def a_bad_call(call_id: str) -> BadCall:
    return BadCall(key=CallKey("listed", "org", call_id), code="E322", message="no time")


QUIET, CHANGED = a_call(9, "c"), a_call(9, "c", payload={"summary": "Asked for two quotes."})


@pytest.mark.parametrize("chunk", [1, CHUNK], ids=["in two chunks", "in one"])
@pytest.mark.parametrize(
    ("listed", "expected", "waits"),
    [
        pytest.param([QUIET, QUIET], {"unchanged": 1}, [], id="as it was, twice"),
        pytest.param([CHANGED, CHANGED], {}, ["c"], id="changed, twice"),
        pytest.param([CHANGED, QUIET], {}, ["c"], id="changed, then as it was"),
        pytest.param([QUIET, CHANGED], {}, ["c"], id="as it was, then changed"),
        pytest.param([QUIET, CHANGED, CHANGED], {}, ["c"], id="as it was, then changed twice"),
        pytest.param([a_bad_call("c"), a_bad_call("c")], {"failed": 1}, [], id="unreadable, twice"),
        pytest.param([QUIET, a_bad_call("c")], {"unchanged": 1}, [], id="as it was, then unreadable"),
    ],
)
def test_a_call_that_is_listed_twice_counts_once(mapping, monkeypatch, chunk, listed, expected, waits):
    monkeypatch.setattr(chunks_module, "CHUNK", chunk)
    desk = Desk(mapping, *listed)
    desk.knows(QUIET)
    desk.walk(look_back_to=NOW - timedelta(days=1))
    assert desk.waiting == waits
    assert desk.reading.counts == CallCounts(read=1, **expected)
    assert len(desk.reading.failures) == expected.get("failed", 0)


@pytest.mark.parametrize("state", [State.DEAD, State.SKIPPED])
def test_a_dead_letter_that_is_listed_twice_counts_once(mapping, state):
    desk = Desk(mapping, a_bad_call("c"), a_bad_call("c"))
    desk.knows(QUIET, state=state)
    desk.walk(look_back_to=NOW - timedelta(days=1))
    assert desk.reading.counts == CallCounts(read=1, **{"skipped" if state is State.DEAD else "failed": 1})


@pytest.mark.parametrize(("given", "unchanged", "waits"), [(QUIET, 1, []), (CHANGED, 0, ["c"])])
def test_a_call_that_is_listed_in_part_and_fetched_in_full_counts_once(mapping, given, unchanged, waits):
    desk = Desk(mapping, replace(QUIET, is_partial=True))
    desk.remembers(an_entry(mapping, QUIET, look_again_at=NOW))
    desk.walk(look_back_to=NOW - timedelta(days=1))
    desk.settle()
    desk.source.by_id["c"] = given
    assert desk.look_again() == 1
    assert (desk.reading.counts, desk.waiting) == (CallCounts(read=1, unchanged=unchanged), waits)
