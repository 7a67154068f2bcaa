"""2,000 calls of Vapi with all its traps on: every one accounted for, on the right contact, cheaply."""

from __future__ import annotations

from pathlib import Path

import pytest

from connector.sandbox.platforms.vapi import LATE_ARTIFACTS
from tests.stubs.phone_line import edit_mapping
from tests.stubs.trapped import (
    CALLS,
    COMING,
    engagements,
    entries,
    history,
    lost,
    on_the_wrong_contact,
    sync_for_an_hour,
    trapped,
)
from tests.stubs.world import World


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = trapped(tmp_path_factory.mktemp("trapped"), "vapi")
    world.summaries = sync_for_an_hour(world)
    return world


def test_every_call_is_accounted_for(world):
    assert lost(world) == set()
    assert len(entries(world)) == CALLS + COMING
    assert [summary.calls.failed for summary in world.summaries] == [0] * len(world.summaries)


def test_every_call_is_on_its_caller(world):
    assert on_the_wrong_contact(world) == []


def test_the_first_run_costs_few_requests_though_nothing_is_in_order(world):
    # 20 pages hold all calls. Out of order a full answer tells only where to cut, and every seventh is refused.
    assert world.summaries[0].requests.source < 80


def test_a_later_run_asks_only_for_what_changed(world):
    assert max(summary.requests.source for summary in world.summaries[1:]) < 20


def test_a_quiet_run_writes_nothing(world):
    before = world.export()
    world.wait(minutes=5)
    summary = world.sync()
    assert summary.calls.read == summary.calls.unchanged + summary.calls.skipped
    assert world.export() == before


def test_what_comes_late_lands_on_the_same_engagement(tmp_path: Path):
    world = World(tmp_path, source="vapi", calls=0, traps=(LATE_ARTIFACTS,))
    edit_mapping(world, tmp_path, lambda text: text.replace("transcript: none", "transcript: inline"))
    world.setup()
    world.sandbox.history.generate(30, now=world.clock.now(), over_seconds=900)
    world.wait(minutes=16)
    world.sync()
    early = {call_id: record.id for call_id, record in engagements(world).items()}
    without = {call_id for call_id, record in engagements(world).items() if not record.properties.get("hs_call_body")}
    world.wait(minutes=25)
    summary = world.sync()
    late, calls = engagements(world), history(world)
    spoke = {call_id for call_id in without if calls[call_id]["transcript"] and calls[call_id]["callType"] != "staff"}
    assert spoke
    assert summary.calls.failed == 0
    assert {call_id: late[call_id].id for call_id in early} == early
    assert all("User" in late[call_id].properties["hs_call_body"] for call_id in spoke)
