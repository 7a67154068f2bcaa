"""What a run costs: requests are counted, not timed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.stubs.world import World

CALLS = 1000
"""Of some 480 callers."""


def without_records(mapping: str) -> str:
    """The mapping without its `records` section."""
    return re.sub(r"(?ms)^records:.*?(?=^\w|\Z)", "", mapping)


TASK_FOR_EVERY_FOURTH = """
records:
  - name: task
    object: tasks
    when: duration % 4 == 0
    properties:
      hs_task_subject: {value: Call back}
      hs_timestamp: {from: call.ended_at, transform: {business_hours: {after: 1h}}}
    associate: [contact]
"""


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A portal that `setup` has prepared, and a thousand calls."""
    world = World(tmp_path, calls=CALLS, limits=True, search_lag_seconds=3.0)
    mapping = tmp_path / "reception_ai.yaml"
    mapping.write_text(without_records(world.mapping.read_text()))
    world.mapping = mapping
    world.setup()
    world.wait(seconds=60)
    world.forget_requests()
    return world


def test_a_thousand_calls_take_at_most_32_requests_and_none_again_and_30_without_the_ledger(world: World) -> None:
    first = world.sync()
    assert first.calls.read == CALLS
    assert first.calls.created + first.calls.held + first.calls.skipped == CALLS
    assert len(world.requests()) == first.requests.hubspot <= 32
    export = world.export()

    world.forget_requests()
    again = world.sync()
    assert again.calls.unchanged == again.calls.read
    assert world.requests() == []
    assert len(world.requests("source")) == again.requests.source == 1

    world.lose_the_ledger()
    world.forget_requests()
    third = world.sync()
    assert third.calls.created == third.calls.updated == 0
    assert len(world.requests()) == third.requests.hubspot <= 30
    assert not [request for request in world.requests() if "create" in request or "update" in request]
    assert world.export() == export


def test_a_task_for_every_fourth_call_takes_at_most_36_requests(world: World) -> None:
    world.mapping.write_text(world.mapping.read_text() + TASK_FOR_EVERY_FOURTH)
    world.setup()
    summary = world.sync()
    assert summary.calls.failed == 0
    assert CALLS / 5 < summary.records.created < CALLS / 3
    assert summary.requests.hubspot <= 36
