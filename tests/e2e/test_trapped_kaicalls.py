"""2,000 calls of KaiCalls with its traps on: every one accounted for, on the right contact, within the pace."""

from __future__ import annotations

from collections import Counter

import pytest

from connector.model import State
from connector.sandbox.journal import Exchange
from connector.sandbox.platforms.kaicalls import FATAL_TRAPS
from connector.sandbox.platforms.kaicalls_leads import is_named, lead_id_of
from connector.sources.kaicalls_api import PAGE_ITEMS, REQUESTS_A_MINUTE
from tests.stubs.trapped import CALLS, COMING, entries, history, lost, on_the_wrong_contact, sync_for_an_hour, trapped
from tests.stubs.world import World


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = trapped(tmp_path_factory.mktemp("trapped"), "kaicalls", except_for=FATAL_TRAPS)
    world.forget_requests()
    world.summaries = sync_for_an_hour(world)
    return world


@pytest.fixture(scope="module")
def asked(world: World) -> list[Exchange]:
    """Every request of that hour to the platform."""
    return world.sandbox.journal.exchanges("source")


def test_every_call_is_accounted_for(world):
    assert lost(world) == set()
    assert len(entries(world)) == CALLS + COMING
    assert world.summaries[0].calls.read >= CALLS
    assert [summary.calls.failed for summary in world.summaries] == [0] * len(world.summaries)
    assert {entry.state for entry in entries(world).values()} <= {State.DONE, State.HELD, State.SKIPPED}


def test_every_call_is_on_its_caller(world):
    assert on_the_wrong_contact(world) == []


def test_nobody_is_guessed_where_no_lead_says_who(world):
    calls, known = history(world), entries(world)
    without = [call_id for call_id, call in calls.items() if lead_id_of(call) is None or not is_named(call)]
    assert len(without) > 80
    assert {known[call_id].decision for call_id in without} == {"logged"}
    assert {known[call_id].contact_id for call_id in without} == {None}


def test_a_new_call_costs_its_own_record_and_its_lead_once(world, asked):
    """The list of this world does not name the leads: that is the dearest way that the platform can go."""
    paths = Counter(each.path.removeprefix("/kaicalls") for each in asked)
    leads = {lead_id_of(call) for call in history(world).values() if is_named(call)} - {None}
    pages = CALLS / PAGE_ITEMS
    refused = len(asked) / 40
    assert paths["/calls"] <= CALLS + COMING + 2 * pages * len(world.summaries) + 300 + refused
    assert len(leads) <= paths["/leads"] <= len(leads) * 1.1 + 300 + refused
    assert paths["/transcripts"] == paths["/recordings"] == 0
    assert paths["/agents"] <= len(world.summaries) + refused


def test_the_pace_is_kept(asked):
    times = [each.at for each in asked]
    for start, end in zip(times, times[REQUESTS_A_MINUTE:], strict=False):
        assert (end - start).total_seconds() >= 59.9


def test_a_quiet_run_asks_for_lists_alone_and_writes_nothing(world):
    """Once the looks at calls without a lead are made: the last ones a day after the call, a hundred a run."""
    world.wait(hours=30)
    for _ in range(20):
        if is_quiet(world):
            return
    raise AssertionError(world.requests("source"))


def is_quiet(world: World) -> bool:
    """Run once; whether nothing was asked for but the list. Such a run must not write, nor read far."""
    before = world.export()
    world.forget_requests()
    world.wait(minutes=5)
    summary = world.sync()
    if set(world.requests("source")) != {"GET /kaicalls/calls"}:
        return False
    assert summary.calls.read == summary.calls.unchanged + summary.calls.skipped
    assert world.export() == before
    assert summary.requests.hubspot == 0
    # A page and its edge for each hundred calls, as far as the overlap and the quiet streak behind it reach.
    assert summary.requests.source <= 2 * (summary.calls.read / PAGE_ITEMS + 2)
    return True
