"""Which calls a run asks for by their ids, and when it leaves the rest to the next one."""

from __future__ import annotations

from pathlib import Path

import pytest

from connector.errors import TransientError
from connector.mapping.compile import CompiledMapping, compile_mapping
from connector.mapping.load import load_mapping
from connector.model import CallCounts, State
from tests.stubs.desk import NOW, Desk, a_call, an_entry


@pytest.fixture(scope="module")
def mapping() -> CompiledMapping:
    return compile_mapping(load_mapping(Path(__file__).parents[3] / "mappings" / "reception_ai.yaml"))


def six_calls(mapping: CompiledMapping, state: State, *, bad: str, waits: str = "", open_: str = "") -> Desk:
    """c0, the newest, to c5, all known in this state and due, but for those that are open or wait to be carried.

    The platform fails on the bad ones, and shows another call in its list.
    """
    desk = Desk(mapping, a_call(1, "other"))
    calls = [a_call(minutes) for minutes in range(6)]
    for call in calls:
        name = call.key.id
        is_open = name in open_.split()
        desk.remembers(an_entry(mapping, call, State.FAILED if is_open else state, look_again_at=NOW, fingerprint=""))
        desk.source.by_id[name] = TransientError("E308", "down") if name in bad.split() else call
    desk.reading.spool.put([call for call in calls if call.key.id in waits.split()])
    return desk


def test_calls_that_are_due_are_asked_for_until_three_were_not_given(mapping):
    desk = six_calls(mapping, State.HELD, bad="c0 c2 c4")
    assert desk.look_again() == 2
    assert desk.source.asked == ["c0", "c1", "c2", "c3", "c4"]
    assert desk.reading.counts == CallCounts(read=2)


def test_due_ones_that_wait_already_or_have_their_turn_elsewhere_are_left_out(mapping):
    desk = six_calls(mapping, State.DONE, bad="c3", waits="c0", open_="c2")
    assert desk.look_again() == 3
    assert desk.source.asked == ["c1", "c3", "c4", "c5"]


def test_unfinished_calls_are_asked_for_until_three_were_not_given(mapping):
    desk = six_calls(mapping, State.FAILED, bad="c5 c3 c1")
    desk.retry()
    assert desk.source.asked == ["c5", "c4", "c3", "c2", "c1"]
    assert desk.reading.counts == CallCounts(read=5, failed=3)


def test_unfinished_ones_that_wait_already_or_were_asked_for_in_vain_are_left_out(mapping):
    desk = six_calls(mapping, State.FAILED, bad="c1", waits="c5")
    desk.reader.asking.postponed.add("c3")
    desk.retry()
    assert desk.source.asked == ["c4", "c2", "c1", "c0"]
