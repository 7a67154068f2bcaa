"""A ledger that is lost where HubSpot refuses no second key: what it had known of is looked for before it is made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.stubs.frozen import a_prepared_world
from tests.stubs.phone_line import ring, sync
from tests.stubs.world import World


def _changes(world: World) -> None:
    world.sandbox.history.put({"id": "c1", "summary": "It came out differently."})
    sync(world)


def _is_retried(world: World) -> None:
    with world.app() as app:
        app.calls_retry(["c1"])


@pytest.mark.parametrize("step", ["unique", "plain", "external"])
@pytest.mark.parametrize("later", [_changes, _is_retried])
def test_a_record_of_a_call_that_was_found_by_its_key_is_not_made_again(
    tmp_path: Path, step: str, later: Callable[[World], None]
) -> None:
    world = a_prepared_world(tmp_path, step=step)
    ring(world, outcome="callback_scheduled")
    assert sync(world).records.created == 1
    world.wait(hours=1)
    world.lose_the_ledger()
    assert sync(world).calls.unchanged == 1
    later(world)
    assert len(world.sandbox.hubspot.records("tasks")) == 1
