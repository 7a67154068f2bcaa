"""A run can be stopped at any instruction; running again finishes the work, and nothing is doubled or lost.

Every request and every commit of the ledger is a point before and after which the process dies. The portal refuses a
second key by itself, or does not and shows what was written through a search that lags.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from connector.engine import spool
from tests.stubs.acts import Scene
from tests.stubs.crash import Crashed
from tests.stubs.frozen import Frozen, prepared
from tests.stubs.phone_line import edit_mapping
from tests.stubs.plans import apply, plan
from tests.stubs.portal import SEARCH_LAG_SECONDS
from tests.stubs.world import World

Scenario = Callable[[World], None]

STRIDE = int(os.environ.get("CRASH_STRIDE", "7"))
"""Every seventh point, before one step and after another; `make torture` takes them all."""
PARTS = 2
"""So that both cores have something to do."""


def new_calls(world: World) -> None:
    """A first sync of the calls that show every edge."""


def later_calls_and_a_changed_one(world: World) -> None:
    """A sync that finds known calls, one of them changed, and new ones from known and unknown people."""
    world.sync()
    changed = world.sandbox.history.edge_id("text_html")
    world.sandbox.history.put({"id": changed, "summary": "Something else came out."})
    world.sandbox.history.generate(15, now=world.clock.now())
    world.wait(hours=1)


def a_lost_ledger(world: World) -> None:
    """A sync that finds the portal full and the ledger empty, after the search had time to see what is there."""
    world.sync()
    world.wait(minutes=10)
    world.lose_the_ledger()


SCENARIOS = [new_calls, later_calls_and_a_changed_one, a_lost_ledger]


BELOW = ("plain", "external")
"""Steps below a unique key."""


@pytest.fixture(autouse=True)
def _several_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "WINDOW_CALLS_MAX", 25)


def a_world(folder: Path, scenario: Scenario, step: str = "unique") -> World:
    folder.mkdir()
    world = prepared(folder, step=step, search_lag_seconds=SEARCH_LAG_SECONDS[step])
    edit_mapping(world, folder, lambda text: text.replace("default: null}", "default: priya.shah@example.com}"))
    scenario(world)
    return world


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_dying_at_any_point_changes_nothing(tmp_path: Path, scenario: Scenario, part: int) -> None:
    dies_at_any_point(tmp_path, scenario, "unique", slice(part, None, PARTS))


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("step", BELOW)
def test_nor_where_the_portal_refuses_no_second_key(tmp_path: Path, scenario: Scenario, step: str) -> None:
    dies_at_any_point(tmp_path, scenario, step, slice(None) if STRIDE == 1 else slice(1, None, 4))


def dies_at_any_point(tmp_path: Path, scenario: Scenario, step: str, chosen: slice) -> None:
    """Die at the chosen ones of every `STRIDE`th point, run again, and compare with a run that did not die."""
    undisturbed = a_world(tmp_path / "undisturbed", scenario, step)
    frozen = Frozen(Scene(undisturbed), tmp_path / "frozen")
    undisturbed.crash.arm(None)
    undisturbed.sync()
    expected, points = undisturbed.export(), len(undisturbed.crash.names)
    assert points > 40

    for point in range(0, points, STRIDE)[chosen]:
        world = frozen.thaw().world
        world.crash.arm(point)
        with pytest.raises(Crashed):
            world.sync()
        died = world.crash.names[-1]
        world.crash.arm(None)
        assert world.sync().status == "ok", died
        assert world.export() == expected, died
        world.forget_requests()
        quiet = world.sync()
        assert quiet.calls.unchanged == quiet.calls.read, died
        assert world.requests() == [], died
        world.audit()


@pytest.mark.parametrize("part", range(PARTS))
def test_what_dies_while_it_applies_a_plan_is_finished_by_sync(tmp_path: Path, part: int) -> None:
    undisturbed, path = a_planned_world(tmp_path / "undisturbed")
    frozen = Frozen(Scene(undisturbed), tmp_path / "frozen")
    undisturbed.crash.arm(None)
    apply(undisturbed, path)
    expected, points = undisturbed.export(), len(undisturbed.crash.names)

    # Its points are mostly those of a sync, so that fewer of them will do.
    for point in range(0, points, STRIDE * 3 - 2)[part::PARTS]:
        world = frozen.thaw().world
        world.crash.arm(point)
        with pytest.raises(Crashed):
            apply(world, path)
        died = world.crash.names[-1]
        world.crash.arm(None)
        assert world.sync().status == "ok", died
        assert world.export() == expected, died
        world.audit()


def a_planned_world(folder: Path) -> tuple[World, Path]:
    world = a_world(folder, new_calls)
    plan(world, folder / "a.plan")
    return world, folder / "a.plan"
