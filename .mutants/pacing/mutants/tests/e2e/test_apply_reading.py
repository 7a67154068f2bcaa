"""`apply` carries the calls of its plan as they were read for it, and leaves the others to `sync`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.stubs.crash import Crashed
from tests.stubs.phone_line import NUMBER, edit_mapping, ends, entry, ring
from tests.stubs.plans import apply, die_before_calls, plan
from tests.stubs.told_source import ToldSource, ongoing, run, told, told_app
from tests.stubs.world import World


def test_new_calls_are_left_to_the_next_sync_and_never_lost(world: World, path: Path) -> None:
    ring(world, "old")
    plan(world, path)
    world.wait(minutes=10)
    ring(world, "new", callerNumber="+447700900155", leadData={"name": "Ben Ash"})
    late = world.clock.now() - timedelta(hours=20)
    ring(world, "late", callerNumber="+447700900156", leadData={"name": "Cy Oak"}, createdAt=stamp(late))
    applied = apply(world, path).summary
    assert (applied.calls.read, applied.calls.created) == (1, 1)
    assert [call.properties["call_connector_key"] for call in world.sandbox.hubspot.records("calls")] == [
        "reception_ai:org_1:old"
    ]
    assert world.sync().calls.created == 2
    assert len(world.sandbox.hubspot.records("calls")) == 3


def stamp(at: Any) -> str:
    return str(at.isoformat()).replace("+00:00", "Z")


def test_a_held_call_that_is_due_is_looked_up_as_planned(world: World, path: Path) -> None:
    ring(world, callType="existing_client", leadData=None)
    world.sync()
    [ada] = world.sandbox.hubspot.seed_contacts([{"firstname": "Ada", "lastname": "Fern", "phone": NUMBER}])
    world.wait(hours=2)
    plan(world, path)
    world.wait(hours=20)
    assert apply(world, path).summary.calls.updated == 1
    (call,) = world.sandbox.hubspot.records("calls")
    assert ends(world, "calls", call.id) == [ada]


def test_a_call_that_went_on_when_the_plan_was_made_is_left_to_the_next_sync(world: World, path: Path) -> None:
    source = ToldSource()
    source.listed = [told(world), ongoing(world, "c2")]
    with told_app(world, source) as app:
        app.plan(out=path)
    world.wait(minutes=10)
    source.listed.insert(0, told(world, "c2"))
    source.listed.pop()
    with told_app(world, source) as app:
        assert app.apply(path).summary.calls.created == 1
    assert run(world, source).calls.created == 1


def test_a_call_is_read_as_whole_as_the_plan_had_it(world: World, path: Path, tmp_path: Path) -> None:
    """A list that gives less of a call than asking for it by its id."""
    edit_mapping(world, tmp_path, lambda text: text.replace("transcript: none", "transcript: inline"))
    source = ToldSource()
    call, less = told(world, transcript="Caller: Hello."), replace(told(world), is_partial=True)
    source.listed = [less]
    assert run(world, source).calls.created == 1
    world.wait(minutes=10)
    source.listed, source.whole = [], {"c1": call}
    with told_app(world, source) as app:
        planned = app.plan(out=path).summary
    assert planned.calls.updated == 1
    source.listed = [less]
    with told_app(world, source) as app:
        assert app.apply(path).summary.calls.updated == 1


def test_a_call_that_only_its_id_finds_is_read_by_its_id(world: World, path: Path) -> None:
    """An interrupted run left a call that is older than what `sync` reads."""
    world.wait(days=40)
    call = ring(world, "old", createdAt=stamp(world.clock.now() - timedelta(days=35)))
    with world.app() as app, pytest.raises(Crashed):
        world.crash.arm(None)
        world.crash.watch = die_before_calls(world)
        app.backfill(since=world.clock.now() - timedelta(days=36))
    world.crash.arm(None)
    world.wait(minutes=1)
    assert call["id"] == "old"
    planned = plan(world, path)
    assert [each["id"] for each in planned["calls"]] == ["old"]
    assert apply(world, path).summary.calls.created == 1
    assert entry(world, "old").state == "done"
