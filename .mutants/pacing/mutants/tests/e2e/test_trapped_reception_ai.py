"""2,000 calls of Reception AI with all its traps on: every one accounted for, on the right contact, cheaply."""

from __future__ import annotations

import pytest

from tests.stubs.trapped import CALLS, COMING, entries, lost, on_the_wrong_contact, sync_for_an_hour, trapped
from tests.stubs.world import World


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = trapped(tmp_path_factory.mktemp("trapped"), "reception_ai")
    world.summaries = sync_for_an_hour(world)
    return world


def test_every_call_is_accounted_for(world):
    assert lost(world) == set()
    assert len(entries(world)) == CALLS + COMING
    assert world.summaries[0].calls.read == CALLS
    assert [summary.calls.failed for summary in world.summaries] == [0] * len(world.summaries)


def test_every_call_is_on_its_caller(world):
    assert on_the_wrong_contact(world) == []


def test_each_run_costs_one_request(world):
    assert [summary.requests.source for summary in world.summaries] == [1] * len(world.summaries)


def test_a_quiet_run_writes_nothing(world):
    before = world.export()
    world.wait(minutes=5)
    summary = world.sync()
    assert summary.calls.read == summary.calls.unchanged + summary.calls.skipped
    assert world.export() == before
