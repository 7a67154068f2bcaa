"""Looks at single calls when the platform fails on some, answers for another account, or lists less than it knows."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from connector.engine.withheld import REFUSALS_MAX_ALONE
from connector.errors import AccessError, FatalError
from connector.model import BadCall, State
from connector.sandbox.faults import Fault
from tests.stubs.frozen import prepared
from tests.stubs.phone_line import edit_mapping, entry
from tests.stubs.told_source import ToldSource, ongoing, partial, run, told, whole
from tests.stubs.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return prepared(tmp_path, calls=0)


@pytest.fixture
def source(world: World, tmp_path: Path) -> ToldSource:
    edit_mapping(world, tmp_path, lambda text: text.replace("transcript: none", "transcript: inline"))
    return ToldSource()


def five_calls(world: World, call_type: str) -> ToldSource:
    """A platform with five calls, c4 the newest, that lists them and gives each by its id."""
    source = ToldSource()
    for number in range(5):
        call = told(world, f"c{number}", callType=call_type, callerNumber=f"+44770090019{number}")
        source.listed.insert(0, call)
        source.whole[call.key.id] = call
        world.wait(minutes=1)
    return source


def refuse_calls(world: World) -> None:
    body = {"status": "error", "message": "A rule of this account forbids it", "category": "VALIDATION_ERROR"}
    world.sandbox.faults.set(
        [Fault(side="hubspot", action="status", path="calls/batch/create", times=0, status=400, body=body)]
    )


def test_a_garbled_answer_ends_no_looks(world: World, source: ToldSource) -> None:
    call = told(world)
    source.listed = [call]
    run(world, source)
    source.listed = []
    world.wait(hours=1)
    source.whole[call.key.id] = BadCall(key=call.key, code="E320", message="something else than this call")
    run(world, source)
    source.whole[call.key.id] = whole(call)
    world.wait(days=1)
    assert run(world, source).calls.updated == 1


def test_calls_on_which_the_platform_fails_each_time_leave_held_ones_their_looks(world: World) -> None:
    source = five_calls(world, "existing_client")
    run(world, source)
    source.listed, source.chokes_on = [], {"c4", "c3", "c2"}
    world.wait(hours=2)
    run(world, source)
    assert source.asked == ["c4", "c3", "c2"], "the platform may be down"
    run(world, source)
    assert source.asked[3:] == ["c1", "c0"]


def test_calls_on_which_the_platform_fails_each_time_leave_unfinished_ones_their_turn(world: World) -> None:
    source = five_calls(world, "new_enquiry")
    refuse_calls(world)
    run(world, source)
    world.sandbox.faults.set([])
    source.listed, source.chokes_on = [], {"c0", "c1", "c2"}
    assert run(world, source, lambda app: app.calls_retry(failed=True)).calls.failed == 3
    summary = run(world, source)
    assert (summary.calls.read, summary.calls.created, summary.calls.failed) == (2, 2, 0)
    source.chokes_on = set()
    world.wait(minutes=10)
    assert run(world, source).calls.created == 3


def test_a_call_that_was_over_and_is_said_to_go_on_is_not_asked_for_for_ever(world: World) -> None:
    source = ToldSource()
    source.listed = [told(world, callType="existing_client")]
    run(world, source)
    source.listed, source.whole = [], {"c1": ongoing(world)}
    world.wait(hours=2)
    run(world, source)
    run(world, source)
    assert source.asked == ["c1"]
    assert entry(world).state is State.HELD


@pytest.mark.parametrize("verb", ["look", "retry"])
def test_a_call_of_another_account_is_not_written_by_its_id_either(world: World, verb: str) -> None:
    source = ToldSource()
    call = told(world, callType="existing_client")
    if verb == "retry":
        refuse_calls(world)
    source.listed = [call]
    run(world, source)
    world.sandbox.faults.set([])
    before = world.export()
    source.listed, source.whole = [], {"c1": replace(call, key=replace(call.key, account="another"))}
    world.wait(hours=2)
    with pytest.raises(FatalError) as refused:
        run(world, source, lambda app: app.sync() if verb == "look" else app.calls_retry(["c1"]))
    assert refused.value.code == "E120"
    assert world.export() == before


class TestAListThatGivesLess:
    def listed(self, world: World, source: ToldSource, **fields: str) -> None:
        call = told(world, **fields)
        source.listed, source.whole = [partial(call)], {"c1": whole(call)}
        run(world, source)
        run(world, source)
        assert "would like" in self.body(world)

    def body(self, world: World) -> str:
        [call] = world.sandbox.hubspot.records("calls")
        return call.properties["hs_call_body"]

    def test_takes_nothing_from_a_held_call_that_is_due(self, world: World, source: ToldSource) -> None:
        self.listed(world, source, callType="existing_client")
        world.wait(hours=2)
        summary = run(world, source)
        assert (summary.calls.read, summary.calls.unchanged) == (1, 1)
        assert "would like" in self.body(world)

    def test_counts_the_calls_that_a_backfill_writes_again(
        self, world: World, source: ToldSource, tmp_path: Path
    ) -> None:
        self.listed(world, source)
        edit_mapping(world, tmp_path, lambda text: text.replace("New enquiry", "A new enquiry"))
        since = world.clock.now() - timedelta(days=1)
        summary = run(world, source, lambda app: app.backfill(since=since, remap=True))
        assert (summary.calls.read, summary.calls.updated) == (1, 1)

    def test_counts_a_call_once_that_has_no_more_than_was_listed(self, world: World, source: ToldSource) -> None:
        call = told(world)
        source.listed, source.whole = [partial(call)], {"c1": call}
        since = world.clock.now() - timedelta(days=1)
        summary = run(world, source, lambda app: app.backfill(since=since))
        assert (summary.calls.read, summary.calls.created, summary.calls.unchanged) == (1, 1, 0)


class TestAnAccountWithoutACall:
    """Another account's key opens a list without a call, and no call of ours is known there."""

    @pytest.fixture
    def source(self, world: World) -> ToldSource:
        source = ToldSource()
        source.listed = [told(world, "c0"), ongoing(world)]
        run(world, source)
        source.listed = []
        world.wait(minutes=10)
        return source

    def test_whose_key_is_another_ones_ends_the_run_as_that(self, world: World, source: ToldSource) -> None:
        source.account = "org_2"
        with pytest.raises(AccessError) as refused:
            run(world, source)
        assert (refused.value.code, refused.value.where) == ("E120", "CONNECTOR_SOURCE_API_KEY")
        assert entry(world).state is State.ONGOING

    def test_where_nobody_says_whose_key_it_is_fails_the_call_and_keeps_it(
        self, world: World, source: ToldSource
    ) -> None:
        source.account = None
        summary = run(world, source)
        assert [(failure.code, failure.retryable) for failure in summary.failures] == [("E334", True)]
        assert (summary.status, entry(world).state) == ("partial", State.ONGOING)
        source.listed = [told(world)]
        assert run(world, source).calls.created == 1

    def test_does_not_end_the_looks_at_what_is_written(self, world: World, source: ToldSource, tmp_path: Path) -> None:
        edit_mapping(world, tmp_path, lambda text: text.replace("transcript: none", "transcript: inline"))
        call = told(world, "c2")
        source.listed = [call]
        run(world, source)
        source.listed = []
        world.wait(hours=2)
        run(world, source)
        source.listed, source.whole = [told(world, "c0")], {"c2": whole(call)}
        world.wait(days=2)
        assert run(world, source).calls.updated == 1

    def test_gives_the_call_up_in_the_end(self, world: World, source: ToldSource) -> None:
        for _ in range(REFUSALS_MAX_ALONE):
            run(world, source)
            world.wait(days=1)
        assert (entry(world).state, entry(world).code) == (State.DEAD, "E330")

    def test_is_asked_for_once_a_run(self, world: World, source: ToldSource) -> None:
        source.listed = [ongoing(world, f"c{number}") for number in range(2, 6)]
        run(world, source)
        source.listed = []
        world.wait(minutes=10)
        before = source.requests
        run(world, source)
        # The list and, for the first call, whether there is any at all; then the calls themselves, three of them.
        assert source.requests - before == 2 + 3
