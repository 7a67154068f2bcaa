"""What a person decides about single calls: tried again now, or never."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from connector.errors import InputError, LaneError
from connector.model import RunSummary, State
from connector.sandbox.faults import Fault
from tests.stubs.admin import Admin
from tests.stubs.crash import Crashed
from tests.stubs.frozen import a_prepared_world
from tests.stubs.phone_line import BLANK, NAMED, NUMBER, contacts, edit_mapping, ends, entry, ring, sync
from tests.stubs.world import World

RULE = {"status": "error", "message": "A rule of this account forbids it", "category": "VALIDATION_ERROR"}


def refuse_calls(world: World) -> None:
    fault = Fault(
        side="hubspot", action="status", path="calls/batch/create", times=0, status=400, body=RULE, method="POST"
    )
    world.sandbox.faults.set([fault])


def mend(world: World) -> None:
    world.sandbox.faults.set([])


def retry(world: World, *call_ids: str, **options: Any) -> RunSummary:
    world.wait(minutes=10)
    with world.app() as app:
        return app.calls_retry(call_ids, **options)


@pytest.mark.parametrize("step", ["unique", "plain", "external"])
@pytest.mark.parametrize("how", ["log", "hold"])
def test_a_call_without_a_contact_is_linked_once_its_caller_is_known(tmp_path: Path, how: str, step: str) -> None:
    world = a_prepared_world(tmp_path, step=step)
    unknown = "  - unknown_caller: "
    edit_mapping(world, tmp_path, lambda text: text.replace(f"{unknown}hold", f"{unknown}{how}"))
    ring(world, callerName=None, leadData=None, callType="unknown", outcome="resolved")
    sync(world)
    retry(world, "c1", force=True)
    assert (entry(world).contact_id, entry(world).reason) == (None, "unknown caller")
    [contact_id] = world.sandbox.hubspot.seed_contacts([{"firstname": "Ada", "phone": NUMBER}])
    retry(world, "c1", force=True)
    [call] = world.sandbox.hubspot.records("calls")
    assert ends(world, "calls", call.id) == [contact_id]


def skip(world: World, *call_ids: str, reason: str = "") -> None:
    world.wait(minutes=1)
    with world.app() as app:
        app.calls_skip(call_ids, reason=reason)


def a_dead_letter(world: World, *call_ids: str) -> None:
    for number, call_id in enumerate(call_ids or ("c1",)):
        ring(world, call_id, callerNumber=f"+44770090019{9 - number}", leadData={"name": f"Ada Fern{'abc'[number]}"})
    refuse_calls(world)
    assert sync(world).calls.failed == len(call_ids or ("c1",))
    assert entry(world, call_ids[0] if call_ids else "c1").state is State.DEAD


class TestADeadLetter:
    def test_counts_as_failed_once_and_never_turns_a_later_run_red(self, world: World) -> None:
        a_dead_letter(world)
        for _ in range(2):
            summary = sync(world)
            assert (summary.calls.failed, summary.calls.skipped, summary.status) == (0, 1, "ok")

    def test_is_carried_at_once_when_a_person_says_so(self, world: World) -> None:
        a_dead_letter(world)
        mend(world)
        summary = retry(world, "c1")
        assert (summary.kind, summary.status, summary.calls.read, summary.calls.created) == ("retry", "ok", 1, 1)
        [call] = world.sandbox.hubspot.records("calls")
        assert entry(world).engagement_id == call.id
        assert (entry(world).state, entry(world).code, entry(world).attempts) == (State.DONE, "", 0)
        assert sync(world).requests.hubspot == 0

    def test_that_was_to_be_held_finds_a_contact_that_came_meanwhile(self, world: World) -> None:
        ring(world, callType="existing_client", leadData=None)
        refuse_calls(world)
        assert sync(world).calls.failed == 1
        mend(world)
        person = {"firstname": "Ada", "lastname": "Fern", "phone": NUMBER}
        contact = world.sandbox.hubspot.edit("create", object_type="contacts", properties=person)["id"]
        assert retry(world, "c1").calls.created == 1
        [call] = world.sandbox.hubspot.records("calls")
        assert ends(world, "calls", call.id) == [contact]

    def test_that_fails_again_is_told_again_and_dead_again(self, world: World) -> None:
        a_dead_letter(world)
        summary = retry(world, "c1")
        assert (summary.calls.failed, summary.status) == (1, "partial")
        assert entry(world).state is State.DEAD
        assert sync(world).status == "ok"

    def test_is_known_by_its_key_too(self, world: World) -> None:
        a_dead_letter(world)
        mend(world)
        assert retry(world, "reception_ai:org_1:c1", "c1").calls.created == 1

    def test_is_taken_by_the_next_sync_when_the_command_dies(self, world: World) -> None:
        a_dead_letter(world)
        mend(world)
        world.crash.arm(None)
        world.crash.watch = lambda point: _die(world) if point == "after settle" else None
        with pytest.raises(Crashed):
            retry(world, "c1")
        world.crash.arm(None)
        assert entry(world).state is State.FAILED
        assert sync(world).calls.created == 1

    def test_that_the_platform_no_longer_has_is_said_so(self, world: World) -> None:
        a_dead_letter(world)
        mend(world)
        world.sandbox.faults.set([Fault(side="source", action="status", path="/calls/c1", status=404, times=0)])
        summary = retry(world, "c1")
        assert [failure.code for failure in summary.failures] == ["E330"]


def _die(world: World) -> None:
    world.crash.is_dead = True
    raise Crashed("after settle")


class TestAllThatFailed:
    def test_are_carried_dead_letters_included(self, world: World) -> None:
        a_dead_letter(world, "c1", "c2")
        mend(world)
        assert retry(world, failed=True).calls.created == 2
        assert retry(world, failed=True).calls.read == 0

    def test_are_chosen_by_their_code(self, world: World, tmp_path: Path) -> None:
        a_dead_letter(world, "c1", "c2")
        mend(world)
        assert retry(world, failed=True, code="E441").calls.read == 0
        assert retry(world, failed=True, code="E231").calls.created == 2

    def test_but_for_those_that_a_person_left(self, world: World) -> None:
        a_dead_letter(world, "c1", "c2")
        mend(world)
        skip(world, "c2")
        assert retry(world, failed=True).calls.read == 1


class TestWhatWasLeftOut:
    def test_is_filled_in_when_the_property_is_there(self, world: World, tmp_path: Path) -> None:
        anchor = "    hs_call_disposition:"
        edit_mapping(world, tmp_path, lambda text: text.replace(anchor, f"    front_desk: {{from: summary}}\n{anchor}"))
        ring(world)
        assert sync(world).degraded == 1
        Admin(world, "calls").make("front_desk")
        summary = retry(world, "c1")
        assert (summary.calls.updated, summary.degraded) == (1, 0)
        assert world.sandbox.hubspot.records("calls")[0].properties["front_desk"] == "Asked for a quote."
        assert entry(world).notes == ()

    def test_is_filled_in_when_the_option_is_there(self, world: World, tmp_path: Path) -> None:
        anchor, admin = "    hs_call_disposition:", Admin(world, "calls")
        edit_mapping(world, tmp_path, lambda text: text.replace(anchor, f"    front_desk: {{value: a}}\n{anchor}"))
        admin.make("front_desk", "enumeration", "select", ("b",))
        ring(world)
        assert sync(world).degraded == 1
        admin.add_option("front_desk", "a")
        assert retry(world, "c1").degraded == 0
        assert world.sandbox.hubspot.records("calls")[0].properties["front_desk"] == "a"


@pytest.mark.parametrize(
    ("fields", "before", "expected"),
    [
        pytest.param({}, State.DONE, ("unchanged", State.DONE), id="a call that is written"),
        pytest.param({"callType": "staff"}, State.SKIPPED, ("skipped", State.SKIPPED), id="a call that a rule skips"),
        pytest.param(BLANK, State.HELD, ("unchanged", State.HELD), id="a held call"),
    ],
)
def test_a_call_that_did_not_fail_may_be_tried_too(
    world: World, fields: dict[str, Any], before: State, expected: tuple[str, State]
) -> None:
    ring(world, **fields)
    sync(world)
    assert entry(world).state is before
    summary = retry(world, "c1")
    assert (getattr(summary.calls, expected[0]), entry(world).state) == (1, expected[1])
    assert len(world.sandbox.hubspot.records("calls")) == (before is not State.SKIPPED)


def test_a_deleted_call_stays_deleted_whatever_a_person_retries(world: World) -> None:
    ring(world)
    sync(world)
    world.sandbox.hubspot.edit("archive", object_type="calls", record_id=world.sandbox.hubspot.records("calls")[0].id)
    assert retry(world, "c1").calls.skipped == 1
    assert world.sandbox.hubspot.records("calls") == []
    assert entry(world).state is State.GONE


class TestACallThatAPersonLeft:
    def test_is_never_tried_again_whatever_changes(self, world: World, tmp_path: Path) -> None:
        a_dead_letter(world)
        mend(world)
        skip(world, "c1", reason="a prank from +447700900199")
        kept = entry(world)
        assert (kept.state, kept.reason, kept.message) == (State.SKIPPED, "by_hand", "a prank from +44•••199")
        ring(world, summary="Something new.")
        summary = sync(world)
        assert (summary.calls.skipped, summary.status, summary.requests.hubspot) == (1, "ok", 0)
        edit_mapping(world, tmp_path, lambda text: text.replace("New enquiry", "Fresh enquiry"))
        with world.app() as app:
            remapped = app.backfill(since=world.clock.now().replace(hour=0), remap=True)
        assert (remapped.calls.skipped, remapped.requests.hubspot) == (1, 0)
        assert entry(world) == kept

    def test_is_left_as_it_stands_in_hubspot(self, world: World) -> None:
        ring(world)
        sync(world)
        before = world.export()
        skip(world, "c1")
        ring(world, summary="Something new.")
        sync(world)
        assert world.export() == before

    def test_is_taken_up_again_by_a_retry(self, world: World) -> None:
        ring(world)
        sync(world)
        skip(world, "c1")
        ring(world, summary="Something new.")
        assert retry(world, "c1").calls.updated == 1
        assert entry(world).state is State.DONE
        assert (entry(world).reason, entry(world).message) != ("by_hand", "")
        ring(world, summary="Something newer.")
        assert sync(world).calls.updated == 1

    def test_that_was_held_is_no_longer_looked_up(self, world: World) -> None:
        ring(world, **BLANK)
        sync(world)
        skip(world, "c1")
        ring(world, **BLANK | NAMED)
        world.wait(days=2)
        assert world.sync().requests.hubspot == 0
        assert contacts(world) == []


@pytest.mark.parametrize("verb", ["calls_retry", "calls_skip"])
def test_a_call_that_nobody_knows_is_an_error_and_nothing_is_done(world: World, verb: str) -> None:
    ring(world)
    sync(world)
    with world.app() as app, pytest.raises(InputError) as raised:
        getattr(app, verb)(["c1", "c9"])
    assert raised.value.code == "E109"
    assert entry(world).state is State.DONE


@pytest.mark.parametrize("verb", ["calls_retry", "calls_skip"])
def test_nothing_is_decided_while_another_run_holds_the_portal(world: World, verb: str) -> None:
    a_dead_letter(world)
    with world.held_by_another(), world.app() as app, pytest.raises(LaneError):
        getattr(app, verb)(["c1"])
    assert entry(world).state is State.DEAD


def test_a_call_that_changed_has_all_its_attempts_ahead(world: World) -> None:
    """A failure that passes is tried by eight runs; what they had of an older version says nothing of this one."""
    ring(world, "poison", summary="Poison")
    ring(world, "fine", callerNumber="+447700900150", leadData={"name": "Bo Lind"})
    fault = Fault(
        side="hubspot", action="status", path="calls/batch/create", status=503, times=0, contains="Poison", body={}
    )
    world.sandbox.faults.set([fault])
    for attempt in range(1, 4):
        ring(world, f"fine{attempt}", callerNumber="+447700900150", leadData={"name": "Bo Lind"})
        sync(world)
        assert entry(world, "poison").attempts == attempt
    ring(world, "poison", summary="Poison of another kind.")
    ring(world, "fine9", callerNumber="+447700900150", leadData={"name": "Bo Lind"})
    sync(world)
    assert (entry(world, "poison").attempts, entry(world, "poison").state) == (1, State.FAILED)
