"""From when on a sync asks the platform, how far back it looks, and where its watermark may go: to the second."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from connector.engine.reading import Reading
from connector.engine.run import Runner
from tests.stubs.world import World

OVERLAP = timedelta(hours=24)
SECOND = timedelta(seconds=1)


class Asked:
    """What a sync would read: nothing is read."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self.world = world
        self.newest: Any = None
        monkeypatch.setattr(Runner, "_pass", self._pass)

    def _pass(self, summary: Any, reader: Any, walk: Any, *, since: Any, then: Any) -> Reading:
        self.since, self.walk = since, walk
        return Reading(newest=self.newest)

    def sync(self, *, in_order: bool, ago: timedelta | None = None) -> None:
        with self.world.app(since=timedelta(days=30), overlap=OVERLAP) as app:
            parts: Any = app._parts
            parts.source.newest_first = in_order
            now = parts.clock.now()
            runner = app._runner(lambda progress: None)
            runner.sync(first_since=now - timedelta(days=30), since=None if ago is None else now - ago)


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Asked:
    world = World(tmp_path, calls=0)
    world.setup()
    return Asked(world, monkeypatch)


ORDERS = [pytest.param(True, id="newest first"), pytest.param(False, id="no order")]


@pytest.mark.parametrize("in_order", ORDERS)
def test_the_first_sync_begins_where_the_connection_begins(asked: Asked, in_order: bool) -> None:
    now = asked.world.clock.now()
    asked.sync(in_order=in_order)
    assert asked.since == now - timedelta(days=30)
    assert asked.walk.is_wanted(now - timedelta(days=30))
    assert not asked.walk.is_wanted(now - timedelta(days=30) - SECOND)


@pytest.mark.parametrize("in_order", ORDERS)
def test_a_later_one_looks_back_by_the_overlap(asked: Asked, in_order: bool) -> None:
    began = asked.world.clock.now()
    asked.newest = began - timedelta(minutes=5)
    asked.sync(in_order=in_order)
    asked.world.wait(days=3)
    asked.sync(in_order=in_order)
    look_back_to = asked.newest - OVERLAP
    # A platform that is newest first is asked for all, and left as soon as enough was seen.
    assert asked.since == (began - timedelta(days=30) if in_order else look_back_to)
    assert quiet_calls_until_it_stops(asked.walk, look_back_to - SECOND) == 100
    assert asked.walk._look_back_to == look_back_to


def quiet_calls_until_it_stops(walk: Any, ended_at: Any) -> int:
    # As if the platform had claimed its order, whatever it claims.
    walk._is_by_end = True
    for number in range(1, 200):
        walk.saw(ended_at, started_at=ended_at, is_quiet=True)
        if walk.may_stop:
            return number
    return 0


def test_a_known_call_at_the_edge_of_the_look_back_is_inside_it(asked: Asked) -> None:
    asked.newest = asked.world.clock.now()
    asked.sync(in_order=True)
    asked.sync(in_order=True)
    assert quiet_calls_until_it_stops(asked.walk, asked.newest - OVERLAP) == 0


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        pytest.param(timedelta(days=10), timedelta(days=10), id="further than the overlap"),
        pytest.param(timedelta(hours=1), OVERLAP, id="nearer than the overlap"),
        pytest.param(timedelta(days=90), timedelta(days=90), id="further than the connection"),
    ],
)
def test_looking_back_further_this_once(asked: Asked, ago: timedelta, expected: timedelta) -> None:
    asked.newest = asked.world.clock.now()
    asked.sync(in_order=False)
    asked.sync(in_order=False, ago=ago)
    assert asked.since == asked.newest - expected
    assert asked.walk.is_wanted(asked.newest - expected)
    asked.sync(in_order=False)
    assert asked.since == asked.newest - OVERLAP, "once"


@pytest.mark.parametrize(
    ("ahead", "expected"),
    [(-SECOND, -SECOND), (timedelta(0), timedelta(0)), (SECOND, timedelta(0)), (timedelta(days=1), timedelta(0))],
)
def test_the_watermark_is_the_newest_call_and_never_later_than_now(
    asked: Asked, ahead: timedelta, expected: timedelta
) -> None:
    now = asked.world.clock.now()
    asked.newest = now + ahead
    asked.sync(in_order=True)
    with asked.world.app() as app:
        [state] = app._parts.ledger.connections()
    assert state.watermark == now + expected
