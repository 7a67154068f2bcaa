"""What a platform's message leads to: the call is fetched by its id, and never taken from the message."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from connector.engine.hints import TRIES_MAX
from connector.engine.run import LOOKS_PER_RUN
from connector.model import BadCall, Hint, RunSummary, State
from connector.parts import CONNECTION
from tests.stubs.crash import Crashed
from tests.stubs.frozen import prepared
from tests.stubs.phone_line import entry
from tests.stubs.told_source import ToldSource, ongoing, run, told
from tests.stubs.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return prepared(tmp_path, calls=0)


@pytest.fixture
def source(world: World) -> ToldSource:
    source = ToldSource()
    run(world, source)
    return source


def hint(world: World, call_id: str = "c1", delivery: str = "") -> None:
    with world.app() as app:
        one = Hint(delivery=delivery or f"evt {call_id}", call_id=call_id, received_at=world.clock.now())
        app._parts.ledger.take_hint(CONNECTION, one)


def waiting(world: World) -> list[str]:
    with world.app() as app:
        return [hint.call_id for hint in app._parts.ledger.hints(CONNECTION, limit=10_000)]


def counts(summary: RunSummary) -> dict[str, int]:
    assert summary.calls.read == summary.calls.created + summary.calls.unchanged + summary.calls.updated + (
        summary.calls.skipped + summary.calls.held + summary.calls.failed
    )
    return {name: number for name in summary.calls.__struct_fields__ if (number := getattr(summary.calls, name))}


def test_a_call_that_the_list_does_not_tell_of_is_fetched_by_its_id(world, source):
    source.whole = {"c1": told(world)}
    hint(world)
    assert counts(run(world, source)) == {"read": 1, "created": 1}
    assert source.asked == ["c1"]
    assert (entry(world).state, waiting(world)) == (State.DONE, [])
    assert counts(run(world, source)) == {}
    assert source.asked == ["c1"], "a hint is seen to once"


def test_a_call_that_the_list_gives_in_full_is_not_asked_for(world, source):
    source.listed = [told(world)]
    hint(world)
    assert counts(run(world, source)) == {"read": 1, "created": 1}
    hint(world, delivery="a later one")
    assert counts(run(world, source)) == {"read": 1, "unchanged": 1}
    assert (source.asked, waiting(world)) == ([], [])


def test_a_new_call_of_which_the_list_gives_less_is_written_first(world, source):
    source.listed = [replace(told(world), is_partial=True)]
    hint(world)
    assert counts(run(world, source)) == {"read": 1, "created": 1}
    assert (source.asked, waiting(world)) == ([], [])


def test_a_known_call_of_which_the_list_gives_less_is_asked_for(world, source):
    call = told(world)
    source.listed = [replace(call, is_partial=True)]
    run(world, source)
    source.asked.clear()
    source.whole = {"c1": told(world, summary="Asked for two quotes.")}
    hint(world)
    assert run(world, source).calls.updated == 1
    assert (source.asked, waiting(world)) == (["c1"], [])


def test_a_call_that_is_due_anyway_is_asked_for_once(world, source):
    source.whole = {"c1": ongoing(world)}
    hint(world)
    run(world, source)
    source.asked.clear()
    hint(world, delivery="a later one")
    world.wait(minutes=5)
    assert counts(run(world, source)) == {}
    assert (source.asked, waiting(world)) == (["c1"], [])


def test_a_call_that_failed_is_asked_for_once(world, source):
    source.listed = [replace(told(world), is_partial=True, is_callerless=True)]
    source.is_down = True
    hint(world)
    assert counts(run(world, source)) == {"read": 1, "failed": 1}
    assert (source.asked, waiting(world)) == (["c1"], ["c1"])
    source.is_down, source.whole = False, {"c1": told(world)}
    world.wait(hours=1)
    assert counts(run(world, source)) == {"read": 1, "created": 1}
    assert (source.asked, waiting(world)) == (["c1"] * 2, [])


def test_several_messages_about_one_call_cost_one_request(world, source):
    source.whole = {"c1": told(world)}
    for number in range(4):
        hint(world, delivery=f"evt {number}")
    assert counts(run(world, source)) == {"read": 1, "created": 1}
    assert (source.asked, waiting(world)) == (["c1"], [])


def test_a_call_that_still_goes_on_is_tracked(world, source):
    source.whole = {"c1": ongoing(world)}
    hint(world)
    assert counts(run(world, source)) == {}
    assert (entry(world).state, waiting(world)) == (State.ONGOING, [])


def test_a_call_that_only_the_list_says_goes_on_is_written(world, source):
    source.listed, source.whole = [ongoing(world)], {"c1": told(world)}
    hint(world)
    assert counts(run(world, source)) == {"read": 1, "created": 1}
    assert (source.asked, entry(world).state, waiting(world)) == (["c1"], State.DONE, [])


def test_a_call_older_than_the_history_is_left_alone(world, source):
    source.whole = {"c1": told(world, createdAt=(world.clock.now() - timedelta(days=99)).isoformat())}
    hint(world)
    assert counts(run(world, source)) == {}
    assert (source.asked, waiting(world), world.sandbox.hubspot.records("calls")) == (["c1"], [], [])


def test_a_call_that_cannot_be_read_is_counted_and_kept(world, source):
    source.whole = {"c1": BadCall(key=told(world).key, code="E320", message="no time")}
    hint(world)
    assert counts(run(world, source)) == {"read": 1, "failed": 1}
    assert (entry(world).state, waiting(world)) == (State.DEAD, [])


def test_an_unknown_call_is_asked_for_a_few_times(world, source):
    hint(world)
    for tried in range(1, TRIES_MAX + 1):
        assert counts(run(world, source)) == {}
        assert waiting(world) == ["c1"] * (tried < TRIES_MAX)
    run(world, source)
    assert source.asked == ["c1"] * TRIES_MAX


def test_a_message_that_was_quicker_than_the_platform_is_not_lost(world, source):
    hint(world)
    run(world, source)
    source.whole = {"c1": told(world)}
    assert counts(run(world, source)) == {"read": 1, "created": 1}


def test_a_platform_that_is_down_costs_three_requests_and_is_no_failure(world, source):
    for number in range(9):
        hint(world, f"c{number}")
    source.is_down = True
    summary = run(world, source)
    assert (summary.status, counts(summary), len(source.asked), len(waiting(world))) == ("ok", {}, 3, 9)


def test_a_run_fetches_so_many_and_the_next_one_goes_on(world, source):
    number = LOOKS_PER_RUN + 20
    source.whole = {f"c{each}": told(world, f"c{each}") for each in range(number)}
    for each in range(number):
        hint(world, f"c{each}")
    assert counts(run(world, source)) == {"read": LOOKS_PER_RUN, "created": LOOKS_PER_RUN}
    assert len(waiting(world)) == 20
    assert counts(run(world, source)) == {"read": 20, "created": 20}


@pytest.mark.parametrize(
    ("at", "is_written"),
    [
        ("before claim", False),
        ("after claim", False),
        ("before settle", True),
        ("after settle", True),
        ("before keep_hints", True),
        ("after keep_hints", True),
    ],
)
def test_a_run_that_dies_leaves_the_hint_to_the_next_one(world, source, at, is_written):
    source.whole = {"c1": told(world)}
    hint(world)

    def die(name: str) -> None:
        if name == at:
            world.crash.is_dead = True
            raise Crashed(name)

    world.crash.watch = die
    with pytest.raises(Crashed):
        run(world, source)
    world.crash.arm(None)
    world.wait(minutes=10)
    assert len(world.sandbox.hubspot.records("calls")) == is_written
    assert waiting(world) == ["c1"] * (at != "after keep_hints")
    run(world, source)
    assert (len(world.sandbox.hubspot.records("calls")), entry(world).state, waiting(world)) == (1, State.DONE, [])


def test_a_plan_looks_at_hints_and_leaves_them(world, source):
    source.whole = {"c1": told(world)}
    hint(world)
    report = run(world, source, lambda app: app.plan().summary)
    assert counts(report) == {"read": 1, "created": 1}
    assert waiting(world) == ["c1"]
