"""A record on which HubSpot answers 5xx for ever: its neighbours go through, and it is a dead letter in the end."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from connector.errors import TransientError
from connector.model import KEY, STATE, State
from connector.sandbox.faults import Fault
from tests.stubs.frozen import a_prepared_world
from tests.stubs.phone_line import NUMBER, ends, entry, ring, sync
from tests.stubs.portal import STEPS
from tests.stubs.world import World, key_of

POISON = "poisoned summary"
RUNS_MAX = 8


def fails_on_poison(world: World, path: str) -> None:
    world.sandbox.faults.set(
        [Fault(side="hubspot", action="status", status=500, path=path, contains=POISON, times=0, body={})]
    )


def test_the_neighbours_of_a_failing_call_go_through(world: World) -> None:
    fails_on_poison(world, "calls/batch/create")
    ring(world, "bad", summary=POISON)
    for number in range(6):
        world.wait(minutes=1)
        ring(world, f"good{number}", callerNumber=f"+44770090010{number}", leadData={"name": f"Bo Lind {number}"})
    summary = sync(world)
    assert (summary.status, summary.calls.created, summary.calls.failed) == ("partial", 6, 1)
    assert [(each.code, each.retryable) for each in summary.failures] == [("E222", True)]
    assert entry(world, "bad").state is State.FAILED
    assert summary.watermark is not None


def test_it_is_tried_by_eight_runs_and_then_is_a_dead_letter(world: World) -> None:
    fails_on_poison(world, "calls/batch/create")
    ring(world, "bad", summary=POISON)
    for number in range(RUNS_MAX):
        assert entry(world, "bad").attempts == number if number else True
        ring(world, f"good{number}")
        assert sync(world).calls.failed == 1
    assert (entry(world, "bad").state, entry(world, "bad").attempts) == (State.DEAD, RUNS_MAX)
    ring(world, "last")
    summary = sync(world)
    assert (summary.status, summary.calls.failed) == ("ok", 0)


def test_one_that_hubspot_takes_after_all_is_done(world: World) -> None:
    fails_on_poison(world, "calls/batch/create")
    ring(world, "bad", summary=POISON)
    ring(world, "good")
    sync(world)
    world.sandbox.faults.set([])
    assert sync(world).calls.created == 1
    assert entry(world, "bad").state is State.DONE


@pytest.mark.parametrize("step", STEPS)
def test_it_gets_its_records_once_however_often_it_fails(tmp_path: Path, step: str) -> None:
    """They stand before the call and are known to the ledger: no key of theirs is needed to find them again."""
    world = a_prepared_world(tmp_path, step=step)
    fails_on_poison(world, "calls/batch/create")
    ring(world, "bad", summary=POISON)
    for number in range(3):
        ring(world, f"good{number}")
        assert sync(world).calls.failed == 1
    world.sandbox.faults.set([])
    sync(world)
    tasks = Counter(key_of(record) for record in world.sandbox.hubspot.records("tasks"))
    assert entry(world, "bad").state is State.DONE
    assert sorted(tasks.values()) == [1] * 4


@pytest.mark.parametrize("step", STEPS)
def test_a_task_that_a_person_deletes_meanwhile_is_not_made_again(tmp_path: Path, step: str) -> None:
    world = a_prepared_world(tmp_path, step=step)
    fails_on_poison(world, "calls/batch/create")
    ring(world, "bad", summary=POISON)
    ring(world, "good")
    sync(world)
    hubspot = world.sandbox.hubspot
    [task] = [record for record in hubspot.records("tasks") if ":bad#" in key_of(record)]
    hubspot.edit("archive", object_type="tasks", record_id=task.id)
    world.sandbox.faults.set([])
    sync(world)
    assert entry(world, "bad").state is State.DONE
    assert [key_of(record) for record in hubspot.records("tasks") if ":bad#" in key_of(record)] == []


def test_a_failing_contact_harms_its_own_calls_only(world: World) -> None:
    world.sandbox.faults.set(
        [
            Fault(
                side="hubspot",
                action="status",
                status=502,
                path="contacts/batch/create",
                contains="0199",
                times=0,
                body={},
            )
        ]
    )
    ring(world, "bad")
    ring(world, "good", callerNumber="+447700900101", callerName="Bo Lind", leadData={"name": "Bo Lind"})
    summary = sync(world)
    assert (summary.calls.created, summary.calls.failed) == (1, 1)
    assert entry(world, "bad").state is State.FAILED
    world.sandbox.faults.set([])
    assert sync(world).calls.created == 1


def test_a_hubspot_that_takes_no_writes_costs_no_call_an_attempt(world: World) -> None:
    world.sandbox.faults.set(
        [Fault(side="hubspot", action="status", status=503, path="batch/create", times=0, body={})]
    )
    for number in range(5):
        ring(world, f"c{number}", callerNumber=f"+44770090010{number}", leadData={"name": f"Bo Lind {number}"})
    for _ in range(RUNS_MAX + 1):
        with pytest.raises(TransientError) as raised:
            sync(world)
        assert raised.value.code == "E221"
    assert {entry(world, f"c{number}").attempts for number in range(5)} == {0}
    world.sandbox.faults.set([])
    assert sync(world).calls.created == 5


class TestALink:
    """Of a held call whose caller somebody has put into the CRM meanwhile."""

    def held(self, world: World, *, contact: str = NUMBER) -> str:
        """A call that is held, and the contact that it is to be linked to: on that link HubSpot fails."""
        ring(world, "bad", callType="existing_client", callerNumber=contact)
        sync(world)
        assert entry(world, "bad").state is State.HELD
        [caller] = world.sandbox.hubspot.seed_contacts([{"firstname": "Ada", "phone": contact}])
        fails_on(world, caller)
        world.wait(hours=1)
        return caller

    def test_is_set_aside_and_the_rest_goes_on(self, world: World) -> None:
        caller = self.held(world)
        ring(world, "good", callerNumber="+447700900101", leadData={"name": "Bo Lind"})
        summary = sync(world)
        assert (summary.status, summary.calls.created, summary.calls.failed) == ("partial", 1, 1)
        assert [(each.code, each.retryable) for each in summary.failures] == [("E222", True)]
        [record] = [each for each in world.sandbox.hubspot.records("calls") if each.properties[KEY].endswith(":bad")]
        assert record.properties[STATE] == "held", "it still waits for its contact"
        world.sandbox.faults.set([])
        assert sync(world).calls.updated == 1
        assert ends(world, "calls", record.id) == [caller]
        assert entry(world, "bad").state is State.DONE

    def test_is_tried_by_eight_runs_and_made_when_a_person_says_so(self, world: World) -> None:
        caller = self.held(world)
        for number in range(RUNS_MAX):
            ring(world, f"good{number}", callerNumber="+447700900101", leadData={"name": "Bo Lind"})
            assert sync(world).calls.failed == 1
        assert (entry(world, "bad").state, entry(world, "bad").attempts) == (State.DEAD, RUNS_MAX)
        world.sandbox.faults.set([])
        with world.app() as app:
            assert app.calls_retry(["bad"]).calls.updated == 1
        [record] = [each for each in world.sandbox.hubspot.records("calls") if each.properties[KEY].endswith(":bad")]
        assert ends(world, "calls", record.id) == [caller]

    def test_that_is_all_there_is_to_write_says_nothing_of_its_call(self, world: World) -> None:
        self.held(world)
        for _ in range(RUNS_MAX + 1):
            with pytest.raises(TransientError) as raised:
                sync(world)
            assert raised.value.code == "E221"
        assert entry(world, "bad").attempts == 0
        world.sandbox.faults.set([])
        assert sync(world).calls.updated == 1

    @pytest.mark.parametrize("by_hand", [False, True])
    def test_is_made_later_where_the_portal_keeps_no_state_of_calls(self, tmp_path: Path, by_hand: bool) -> None:
        world = a_prepared_world(tmp_path, step="external")
        caller = self.held(world)
        ring(world, "good", callerNumber="+447700900101", leadData={"name": "Bo Lind"})
        assert sync(world).calls.failed == 1
        world.sandbox.faults.set([])
        with world.app() as app:
            summary = app.calls_retry(["bad"]) if by_hand else app.sync()
        assert summary.calls.failed == 0
        [record] = [each for each in world.sandbox.hubspot.records("calls") if "bad" in str(each.properties.values())]
        assert ends(world, "calls", record.id) == [caller]


def fails_on(world: World, contact_id: str) -> None:
    """HubSpot fails on each link to this contact, for ever."""
    world.sandbox.faults.set(
        [Fault(side="hubspot", action="status", status=502, path="/associate/", contains=contact_id, times=0, body={})]
    )
