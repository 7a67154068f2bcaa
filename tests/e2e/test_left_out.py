"""A read whose answer leaves a record out is no proof that a person deleted it."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from connector.model import State
from connector.sandbox.faults import Fault
from tests.stubs.phone_line import edit_mapping, entry, ring, sync
from tests.stubs.world import World

CALLS = ("c1", "c2")
SAID = "Assistant: Hello\nCaller: A quote, please"
MORE = f"{SAID}\nAssistant: Of course"


def carried(world: World, folder: Path) -> None:
    """Two calls of two callers, each with its note and a task that follows what its call says."""
    changes = {
        "transcript: none": "transcript: note",
        "hs_task_body: {from: summary}": "hs_task_body: {from: summary, write: always}",
    }
    edit_mapping(
        world, folder, lambda text: functools.reduce(lambda told, each: told.replace(*each), changes.items(), text)
    )
    world.setup()
    for n, call_id in enumerate(CALLS):
        ring(world, call_id, callerNumber=f"+4477009001{n}9", leadData=None, transcript=SAID)
    sync(world)


def leave_out(world: World, *, count: int, times: int) -> None:
    """So many reads of each type lack so many of their records (0: all), which nothing says is missing."""
    reads = [f"{object_type}/batch/read" for object_type in ("calls", "tasks", "notes")]
    world.sandbox.faults.set(
        [Fault(side="hubspot", action="omit", path=read, count=count, times=times, when="after") for read in reads]
    )


@pytest.mark.parametrize(("count", "times"), [(1, 1), (0, 0)], ids=["one of them, once", "all, each time"])
def test_a_change_reaches_what_a_read_left_out(world: World, tmp_path: Path, count: int, times: int) -> None:
    carried(world, tmp_path)
    for call_id in CALLS:
        world.sandbox.history.put({"id": call_id, "summary": "Changed.", "transcript": MORE})
    leave_out(world, count=count, times=times)
    assert sync(world).calls.updated == len(CALLS)
    assert {entry(world, call_id).state for call_id in CALLS} == {State.DONE}
    told = {
        "calls": ("hs_call_body", "Changed."),
        "tasks": ("hs_task_body", "Changed."),
        "notes": ("hs_note_body", "Of course"),
    }
    for object_type, (name, text) in told.items():
        values = [each.properties[name] or "" for each in world.sandbox.hubspot.records(object_type)]
        assert [text in value for value in values] == [True, True], object_type
    world.sandbox.faults.set([])
    assert sync(world).requests.hubspot == 0


def test_a_call_that_was_deleted_is_told_from_one_that_was_left_out(world: World, tmp_path: Path) -> None:
    carried(world, tmp_path)
    world.sandbox.hubspot.edit("archive", object_type="calls", record_id=entry(world, "c1").engagement_id or "")
    for call_id in CALLS:
        world.sandbox.history.put({"id": call_id, "summary": "Changed."})
    leave_out(world, count=0, times=0)
    counts = sync(world).calls
    assert (counts.skipped, counts.updated) == (1, 1)
    assert [entry(world, call_id).state for call_id in CALLS] == [State.GONE, State.DONE]
