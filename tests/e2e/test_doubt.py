"""A run dies while HubSpot takes what it wrote, and what comes next is not the same call carried to its end.

Where HubSpot refuses no second key, what may have been written is looked for whenever it is wanted again, whatever
became of the call in between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from connector.errors import ConnectorError
from connector.hubspot.lag import EXCHANGE_SECONDS, SEARCH_LAG_SECONDS
from connector.model import CONTACT_KEY
from connector.sandbox.faults import Fault
from tests.e2e.test_several_runs import HOUR, a_worker
from tests.stubs.frozen import a_prepared_world, prepared
from tests.stubs.phone_line import die_at, entry, ring, sync
from tests.stubs.world import WITH_OUR_KEY, World, key_of

NOBODY_KNOWN: dict[str, Any] = {"callerName": "Ada Fern", "leadData": None}
"""Without an address HubSpot refuses no second contact."""


def changes(world: World, **fields: object) -> None:
    world.sandbox.history.put({"id": "c1", **fields})
    sync(world)


def is_garbled_for_a_while(world: World) -> None:
    changes(world, duration="soon")
    assert entry(world).state == "dead"
    changes(world, duration=60)


def is_skipped_by_a_rule_for_a_while(world: World) -> None:
    changes(world, callType="staff")
    assert entry(world).state == "skipped"
    changes(world, callType="new_enquiry")


def asks_for_no_task_for_a_while(world: World) -> None:
    changes(world, outcome="resolved")
    assert entry(world).state == "done"
    changes(world, outcome="callback_scheduled")


def is_skipped_by_hand_and_tried_again(world: World) -> None:
    with world.app() as app:
        app.calls_skip(["c1"])
    with world.app() as app:
        assert app.calls_retry(["c1"]).calls.created == 1


@pytest.mark.parametrize("step", ["unique", "plain", "external"])
@pytest.mark.parametrize("written", ["contacts", "tasks", "calls"])
@pytest.mark.parametrize(
    "between",
    [
        is_garbled_for_a_while,
        is_skipped_by_a_rule_for_a_while,
        asks_for_no_task_for_a_while,
        is_skipped_by_hand_and_tried_again,
    ],
)
def test_what_a_dead_run_wrote_is_not_made_again(
    tmp_path: Path, step: str, written: str, between: Callable[[World], None]
) -> None:
    world = a_prepared_world(tmp_path, step=step)
    ring(world, outcome="callback_scheduled", **NOBODY_KNOWN)
    die_at(world, f"after POST /crm/v3/objects/{written}/batch/create")
    between(world)
    assert entry(world).state == "done"
    assert_nothing_twice(world)


@pytest.mark.parametrize("seconds", [1, EXCHANGE_SECONDS])
@pytest.mark.parametrize("step", ["unique", "plain"])
@pytest.mark.parametrize("written", ["contacts", "tasks", "calls"])
def test_nor_what_hubspot_carries_out_after_it_broke_the_connection(
    tmp_path: Path, step: str, written: str, seconds: float
) -> None:
    world = prepared(tmp_path, step=step, calls=0, search_lag_seconds=SEARCH_LAG_SECONDS - 1)
    ring(world, outcome="callback_scheduled", **NOBODY_KNOWN)
    world.sandbox.faults.set((Fault(side="hubspot", path=f"{written}/batch/create", action="late", seconds=seconds),))
    assert sync(world).calls.created == 1
    assert_nothing_twice(world)


@pytest.mark.parametrize("step", ["unique", "plain"])
@pytest.mark.parametrize("written", ["contacts", "tasks", "calls"])
@pytest.mark.parametrize("off", [HOUR, timedelta(0), -HOUR], ids=["ahead", "right", "behind"])
def test_nor_by_another_machine_whose_clock_is_wrong(tmp_path: Path, step: str, written: str, off: timedelta) -> None:
    world = a_prepared_world(tmp_path, step=step)
    ring(world, outcome="callback_scheduled", **NOBODY_KNOWN)
    world.wait(minutes=10)
    is_lost = Fault(side="hubspot", path=f"{written}/batch/create", action="status", status=502, when="after")
    is_over = Fault(side="hubspot", path=f"{written}/(search|batch/read)", action="status", status=401, times=0)
    met = 0

    def first_look_is_free(name: str) -> None:
        nonlocal met
        if name == f"after POST /crm/v3/objects/{written}/batch/create" and not met:
            met += 1
            world.sandbox.faults.set((is_over,))

    world.sandbox.faults.set((is_lost,))
    world.crash.watch = first_look_is_free
    with pytest.raises(ConnectorError):
        world.sync()
    world.crash.arm(None)
    world.sandbox.faults.set(())
    assert met
    with a_worker(world, off=off) as other:
        other.sync()
    world.wait(minutes=10)
    world.sync()
    assert_nothing_twice(world)


def assert_nothing_twice(world: World) -> None:
    hubspot = world.sandbox.hubspot
    for object_type in WITH_OUR_KEY:
        keys = Counter(key for each in hubspot.records(object_type) if (key := key_of(each)))
        assert set(keys.values()) <= {1}, keys
    contacts = hubspot.records("contacts")
    held = Counter(name for each in contacts if (name := each.properties.get(CONTACT_KEY)))
    assert set(held.values()) <= {1}, held
