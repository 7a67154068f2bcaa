"""2,000 calls of KrosAI with all its traps on: every one accounted for, on the right contact, within its limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from connector.sandbox.platforms.krosai import BARE, FREE_PLAN, LATE, LIMITED, PER_DAY, STRICT, KrosAI
from tests.stubs.frozen import prepared
from tests.stubs.trapped import (
    CALLS,
    COMING,
    COMING_SECONDS,
    engagements,
    entries,
    history,
    lost,
    on_the_wrong_contact,
    sync_for_an_hour,
)
from tests.stubs.world import World

# A bare list hides what most of the others do, and without order, filter and length no poll is cheap enough for the
# free plan: both are played by themselves.
TRAPS = KrosAI.traps_known - KrosAI.traps_without_way_out - {BARE, FREE_PLAN}
SPOKEN = "[Caller]"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = prepared(tmp_path_factory.mktemp("trapped"), source="krosai", calls=CALLS, traps=TRAPS)
    world.sandbox.history.generate(COMING, now=world.clock.now(), over_seconds=COMING_SECONDS)
    world.summaries = sync_for_an_hour(world)
    return world


def test_every_call_is_accounted_for(world):
    assert lost(world) == set()
    assert len(entries(world)) == CALLS + COMING
    assert [summary.calls.failed for summary in world.summaries] == [0] * len(world.summaries)


def test_every_call_is_on_its_caller(world):
    assert on_the_wrong_contact(world) == []


def test_the_rate_is_kept_though_every_run_reads_the_whole_list(world):
    assert {each.status for each in world.sandbox.journal.exchanges("source")} <= {200, 400, 401}
    # A hundred pages of twenty, both ends, a refused parameter or two, and once more when calls came meanwhile.
    assert max(summary.requests.source for summary in world.summaries) < 250


def test_what_was_said_comes_late_and_lands_on_the_same_engagement(world):
    calls = history(world)
    bodies = {call_id: record.properties.get("hs_call_body") for call_id, record in engagements(world).items()}
    spoke = {
        call_id
        for call_id, record in engagements(world).items()
        if calls[call_id]["transcript"] and record.properties["hs_call_status"] == "COMPLETED"
    }
    assert len(spoke) > CALLS / 2
    assert [call_id for call_id in spoke if not bodies[call_id]] == []


def test_a_quiet_run_writes_nothing(world):
    before = world.export()
    world.wait(minutes=5)
    summary = world.sync()
    assert summary.calls.read == summary.calls.unchanged + summary.calls.skipped
    assert world.export() == before


def test_a_bare_list_is_read_whole(tmp_path: Path):
    world = prepared(tmp_path, source="krosai", calls=300, traps=(BARE,))
    world.sync()
    assert lost(world) == set()
    assert on_the_wrong_contact(world) == []


@pytest.mark.parametrize("traps", [(), (STRICT,)], ids=["as the guide has it", "with parameters refused"])
def test_the_free_plan_bears_a_poll_every_five_minutes(tmp_path: Path, traps: tuple[str, ...]):
    world = prepared(tmp_path, source="krosai", calls=60, traps=(FREE_PLAN, LIMITED, LATE, *traps))
    world.sandbox.history.generate(30, now=world.clock.now(), over_seconds=3600)
    for _ in range(24):
        assert world.sync().calls.failed == 0
        world.wait(minutes=5)
    statuses = [each.status for each in world.sandbox.journal.exchanges("source")]
    assert 429 not in statuses
    assert len(statuses) * 12 < PER_DAY, "two hours of a day"
    assert lost(world) == set()
