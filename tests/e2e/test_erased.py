"""Calls that their platform erased, and calls that are said to be of days to come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from connector.model import State
from tests.stubs.phone_line import contacts, ends, entry, ring, sync
from tests.stubs.told_source import ToldSource, run, told
from tests.stubs.world import World

BLANKED: dict[str, Any] = dict.fromkeys(
    ("callerNumber", "callerName", "summary", "transcript", "leadData", "callType", "outcome", "duration")
)
MARKED: dict[str, Any] = {
    **BLANKED, "callerNumber": "", "callerName": "[REDACTED]", "summary": "[deleted]", "leadData": {"name": ""}
}  # fmt: skip


def portal(world: World) -> dict[str, Any]:
    """What people see: our own marks of what was read last may change."""
    exported: dict[str, Any] = world.exported()
    for records in exported.values():
        for record in records if isinstance(records, list) else ():
            for mark in ("call_connector_fingerprint", "call_connector_written"):
                record.get("properties", {}).pop(mark, None)
    return exported


@pytest.mark.parametrize("erased", [BLANKED, MARKED], ids=["blank", "marked as erased"])
@pytest.mark.parametrize("call_type", ["new_enquiry", "existing_client"])
def test_what_the_crm_has_of_an_erased_call_stays_as_it_is(
    world: World, call_type: str, erased: dict[str, Any]
) -> None:
    ring(world, callType=call_type)
    sync(world)
    state, before = entry(world).state, portal(world)
    world.sandbox.history.put({"id": "c1", **erased})
    for _ in range(2):
        summary = sync(world)
        assert (summary.calls.read, summary.calls.unchanged, summary.calls.failed) == (1, 1, 0)
    assert portal(world) == before
    assert entry(world).state is state
    assert any("no longer tells" in note for note in entry(world).notes)


def test_a_lost_ledger_makes_no_difference(world: World) -> None:
    ring(world)
    sync(world)
    before = portal(world)
    world.sandbox.history.put({"id": "c1", **BLANKED})
    world.lose_the_ledger()
    assert sync(world).calls.failed == 0
    assert portal(world) == before


def test_a_call_that_never_said_anything_may_still_change(world: World) -> None:
    ring(world, callerNumber=None, callerName=None, leadData=None, summary=None, callType="existing_client")
    sync(world)
    world.sandbox.history.put({"id": "c1", "outcome": "message_taken"})
    assert sync(world).calls.updated == 1
    [call] = world.sandbox.hubspot.records("calls")
    assert call.properties["call_connector_outcome"] == "message_taken"


def test_one_that_only_lost_its_caller_keeps_its_contact_and_takes_what_is_new(world: World) -> None:
    ring(world)
    sync(world)
    nobody = dict.fromkeys(("callerNumber", "callerName", "leadData"))
    world.sandbox.history.put({"id": "c1", **nobody, "summary": "New."})
    assert sync(world).calls.updated == 1
    [call] = world.sandbox.hubspot.records("calls")
    [contact] = contacts(world)
    assert "New." in (call.properties["hs_call_body"] or "")
    assert ends(world, "calls", call.id) == [contact.id]


def test_a_call_of_days_to_come_is_set_aside_and_carried_when_its_time_has_come(world: World) -> None:
    source = ToldSource()
    source.listed = [
        told(world, "ahead", createdAt=(world.clock.now() + timedelta(days=5)).isoformat()),
        told(world, "good"),
    ]
    summary = run(world, source)
    assert [failure.code for failure in summary.failures] == ["E324"]
    assert (summary.calls.created, entry(world, "ahead").state) == (1, State.DEAD)
    assert summary.watermark is not None
    assert summary.watermark <= world.clock.now()
    assert run(world, source).calls.skipped == 1
    world.wait(days=5)
    assert run(world, source).calls.created == 1
