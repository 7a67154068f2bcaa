"""Calls that are looked at again: held ones, ones that lack what comes late, ones that are not over yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from connector.model import State
from tests.stubs.frozen import prepared
from tests.stubs.phone_line import NUMBER, edit_mapping, ends, entry, ring, sync
from tests.stubs.told_source import TRANSCRIPT, ToldSource, ongoing, partial, run, told, whole
from tests.stubs.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return prepared(tmp_path, calls=0)


@pytest.fixture
def source(world: World, tmp_path: Path) -> ToldSource:
    edit_mapping(world, tmp_path, lambda text: text.replace("transcript: none", "transcript: inline"))
    return ToldSource()


def body(world: World) -> str:
    (call,) = world.sandbox.hubspot.records("calls")
    return call.properties["hs_call_body"]


class TestAHeldCall:
    def hold(self, world: World) -> None:
        ring(world, callType="existing_client", leadData=None)
        assert sync(world).calls.held == 1

    def appear(self, world: World) -> str:
        """Somebody puts the caller into the CRM."""
        person = {"firstname": "Ada", "lastname": "Fern", "phone": NUMBER}
        return str(world.sandbox.hubspot.edit("create", object_type="contacts", properties=person)["id"])

    def test_finds_its_contact_within_the_hour(self, world: World) -> None:
        self.hold(world)
        contact = self.appear(world)
        world.wait(hours=1)
        summary = sync(world)
        assert (summary.calls.updated, summary.contacts.created) == (1, 0)
        (call,) = world.sandbox.hubspot.records("calls")
        assert ends(world, "calls", call.id) == [contact]
        assert not call.properties.get("call_connector_state")
        assert (entry(world).state, entry(world).look_again_at) == (State.DONE, None)

    def test_is_not_looked_up_before_it_is_due(self, world: World) -> None:
        self.hold(world)
        self.appear(world)
        summary = sync(world)
        assert (summary.calls.unchanged, summary.requests.hubspot) == (1, 0)

    def test_that_nobody_knows_stays_held_and_waits_for_longer_each_time(self, world: World) -> None:
        self.hold(world)
        ended_at = entry(world).ended_at
        waited = []
        for hours in (1, 24, 24 * 6, 24 * 7):
            at = entry(world).look_again_at
            assert at is not None
            waited.append((at - ended_at).total_seconds() / 3600)
            world.wait(hours=hours)
            summary = sync(world)
            assert (summary.calls.unchanged, summary.calls.read) == (1, 1)
            assert entry(world).state is State.HELD
        assert waited == [1, 24, 24 * 7, 24 * 14]

    def test_that_the_list_no_longer_returns_is_fetched_by_its_id(self, world: World) -> None:
        source = ToldSource()
        source.listed = [told(world, callType="existing_client", leadData=None)]
        assert run(world, source).calls.held == 1
        contact = self.appear(world)
        world.wait(hours=2)
        source.whole = {"c1": source.listed.pop()}
        assert run(world, source).calls.updated == 1
        assert source.asked == ["c1"]
        (call,) = world.sandbox.hubspot.records("calls")
        assert ends(world, "calls", call.id) == [contact]


class TestACallThatLacksItsTranscript:
    def test_gets_it_by_its_id_once_the_list_no_longer_returns_it(self, world: World, source: ToldSource) -> None:
        call = told(world)
        source.listed = [call]
        assert run(world, source).calls.created == 1
        source.listed, source.whole = [], {"c1": whole(call)}
        assert run(world, source).calls.read == 0
        assert source.asked == []
        world.wait(minutes=5)
        assert run(world, source).calls.updated == 1
        assert TRANSCRIPT.splitlines()[1] in body(world)
        assert entry(world).look_again_at is None

    def test_is_not_asked_for_while_the_list_returns_it(self, world: World, source: ToldSource) -> None:
        source.listed = [told(world)]
        for minutes in (0, 6, 60, 60 * 24):
            world.wait(minutes=minutes)
            run(world, source)
        assert source.asked == []
        assert entry(world).look_again_at is None

    def test_is_final_after_a_day(self, world: World, source: ToldSource) -> None:
        call = told(world)
        source.listed, source.whole = [call], {"c1": call}
        run(world, source)
        source.listed = []
        for hours in (1, 2, 24, 100):
            world.wait(hours=hours)
            summary = run(world, source)
            assert summary.calls.read == summary.calls.unchanged
            assert summary.requests.hubspot == 0
        assert source.asked == ["c1"] * 2, "at an hour and at a day: the look at five minutes was missed"

    def test_is_not_looked_at_when_the_mapping_does_not_read_it(self, world: World) -> None:
        source = ToldSource()
        source.listed = [told(world)]
        run(world, source)
        assert entry(world).look_again_at is None

    def test_is_asked_for_later_while_the_platform_is_down_and_is_no_failure(
        self, world: World, source: ToldSource
    ) -> None:
        call = told(world)
        source.listed = [call]
        run(world, source)
        source.listed, source.is_down = [], True
        world.wait(minutes=5)
        summary = run(world, source)
        assert (summary.status, summary.calls.read) == ("ok", 0)
        source.whole, source.is_down = {"c1": whole(call)}, False
        world.wait(minutes=5)
        assert run(world, source).calls.updated == 1

    def test_costs_a_platform_that_is_down_three_requests(self, world: World, source: ToldSource) -> None:
        source.listed = [told(world, f"c{number}") for number in range(9)]
        run(world, source)
        source.listed, source.is_down = [], True
        world.wait(minutes=5)
        run(world, source)
        assert len(source.asked) == 3

    def test_that_was_deleted_on_the_platform_is_final_and_stays(self, world: World, source: ToldSource) -> None:
        source.listed = [told(world, "c0"), told(world)]
        run(world, source)
        source.listed.pop()
        world.wait(minutes=5)
        assert run(world, source).status == "ok"
        assert (entry(world).state, entry(world).look_again_at) == (State.DONE, None)


class TestACallThatTheListGivesInPart:
    def test_is_written_at_once_and_completed_by_the_next_run(self, world: World, source: ToldSource) -> None:
        call = told(world)
        source.listed, source.whole = [partial(call)], {"c1": whole(call)}
        assert run(world, source).calls.created == 1
        assert source.asked == []
        assert run(world, source).calls.updated == 1
        assert TRANSCRIPT.splitlines()[1] in body(world)
        quiet = run(world, source)
        assert (source.asked, quiet.calls.unchanged, quiet.requests.hubspot) == (["c1"], 1, 0)

    def test_is_asked_for_again_when_what_the_list_says_changes(self, world: World, source: ToldSource) -> None:
        call = told(world)
        source.listed, source.whole = [partial(call)], {"c1": whole(call)}
        run(world, source)
        run(world, source)
        changed = told(world, summary="Asked for two quotes.", createdAt=call.payload["createdAt"])
        source.listed, source.whole = [partial(changed)], {"c1": whole(changed)}
        assert run(world, source).calls.updated == 1
        assert "two quotes" in body(world)
        assert TRANSCRIPT.splitlines()[1] in body(world)

    def test_costs_a_backfill_no_second_run(self, world: World, source: ToldSource) -> None:
        calls = [told(world, f"c{number}") for number in range(250)]
        source.listed = [partial(call) for call in calls]
        source.whole = {call.key.id: whole(call) for call in calls}
        since = calls[0].ended_at.replace(hour=0)
        summary = run(world, source, lambda app: app.backfill(since=since))
        assert (summary.calls.read, summary.calls.created) == (250, 250)
        assert len(source.asked) == 250
        assert all("Caller" in call.properties["hs_call_body"] for call in world.sandbox.hubspot.records("calls"))

    def test_loses_nothing_to_a_lost_ledger(self, world: World, source: ToldSource) -> None:
        call = told(world)
        source.listed, source.whole = [partial(call)], {"c1": whole(call)}
        run(world, source)
        run(world, source)
        before = world.export()
        world.lose_the_ledger()
        run(world, source)
        assert world.export() == before
        run(world, source)
        assert world.export() == before

    def test_is_not_asked_for_when_the_mapping_reads_no_more(self, world: World) -> None:
        source = ToldSource()
        call = told(world)
        source.listed, source.whole = [partial(call)], {"c1": whole(call)}
        run(world, source)
        run(world, source)
        assert source.asked == []


class TestACallThatIsNotOver:
    def test_is_not_written_and_not_counted_until_it_is(self, world: World) -> None:
        source = ToldSource()
        source.listed = [ongoing(world)]
        summary = run(world, source)
        assert (summary.calls.read, summary.requests.hubspot) == (0, 0)
        assert entry(world).state is State.ONGOING
        source.listed = [told(world)]
        assert run(world, source).calls.created == 1

    def test_is_fetched_by_its_id_when_the_list_forgets_it(self, world: World) -> None:
        source = ToldSource()
        source.listed = [ongoing(world)]
        run(world, source)
        source.listed, source.whole = [], {"c1": told(world)}
        assert run(world, source).calls.read == 0, "not due yet"
        world.wait(minutes=5)
        assert run(world, source).calls.created == 1

    def test_does_not_carry_the_watermark_past_itself(self, world: World) -> None:
        source = ToldSource()
        source.listed = [ongoing(world, for_minutes=30)]
        assert run(world, source).watermark is None

    def test_one_that_never_says_since_when_is_one_four_hours_after_it_was_first_seen(self, world: World) -> None:
        source = ToldSource()
        summaries = []
        for _ in range(3):
            source.listed = [ongoing(world, for_minutes=0)]
            summaries.append(run(world, source))
            world.wait(minutes=130)
        assert [summary.calls.failed for summary in summaries] == [0, 0, 1]
        assert entry(world).code == "E331"

    def test_is_a_dead_letter_after_four_hours_and_alive_again_when_it_ends(self, world: World) -> None:
        source = ToldSource()
        source.listed = [ongoing(world, for_minutes=200)]
        source.whole = {"c1": source.listed[0]}
        run(world, source)
        source.listed = []
        world.wait(minutes=45)
        summary = run(world, source)
        assert [failure.code for failure in summary.failures] == ["E331"]
        assert entry(world).state is State.DEAD
        source.listed = [told(world)]
        assert run(world, source).calls.created == 1

    def test_is_a_dead_letter_after_four_hours_in_the_list_too(self, world: World) -> None:
        source = ToldSource()
        source.listed = [ongoing(world, for_minutes=239)]
        assert run(world, source).calls.failed == 0
        summary = run(world, source)
        assert (summary.calls.read, summary.calls.failed) == (1, 1)
        again = run(world, source)
        assert (again.calls.read, again.calls.failed) == (0, 0)

    def test_from_before_the_connection_began_is_left_alone(self, world: World) -> None:
        source = ToldSource()
        source.listed = [ongoing(world, for_minutes=60 * 24 * 31)]
        assert run(world, source).calls.read == 0
        with world.app() as app:
            assert app.calls_list() == []

    def test_that_the_platform_no_longer_knows_is_a_dead_letter(self, world: World) -> None:
        source = ToldSource()
        source.listed = [told(world, "c0"), ongoing(world)]
        run(world, source)
        source.listed.pop()
        world.wait(minutes=5)
        summary = run(world, source)
        assert [failure.code for failure in summary.failures] == ["E330"]
        assert (summary.calls.read, summary.calls.failed) == (2, 1)


def test_plan_says_what_a_look_at_a_held_call_will_do(world: World) -> None:
    ring(world, callType="existing_client", leadData=None)
    sync(world)
    person = {"firstname": "Ada", "lastname": "Fern", "phone": NUMBER}
    world.sandbox.hubspot.edit("create", object_type="contacts", properties=person)
    world.wait(hours=1)
    source_world = world.ledger.read_bytes()
    with world.app() as app:
        planned = app.plan()
    assert [call.mark for call in planned.calls] == ["~"]
    assert world.ledger.read_bytes() == source_world
