"""Runs that die where the portal keeps no state of ours: the ledger alone knows which calls stand without a contact."""

from __future__ import annotations

from pathlib import Path

import pytest

from connector.model import State
from tests.stubs.frozen import a_prepared_world
from tests.stubs.phone_line import BLANK, NAMED, NUMBER, contacts, die_at, ends, entry, ring, sync
from tests.stubs.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return a_prepared_world(tmp_path, step="external")


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_held_call_that_found_its_contact_is_linked_though_the_run_died(world: World, when: str) -> None:
    """Not held once more: that it was held before is no decision of the run that died."""
    ring(world, **BLANK)
    assert sync(world).calls.held == 1
    [contact_id] = world.sandbox.hubspot.seed_contacts([{"firstname": "Ada", "lastname": "Fern", "phone": NUMBER}])
    world.wait(hours=2)
    die_at(world, f"{when} POST /crm/v4/associations/calls/contacts/batch/associate/default")
    assert sync(world).status == "ok"
    [call] = world.sandbox.hubspot.records("calls")
    assert ends(world, "calls", call.id) == [contact_id]
    assert (entry(world).state, entry(world).contact_id) == (State.DONE, contact_id)


def test_a_contact_that_was_made_for_a_held_call_is_ours_though_the_run_died(world: World) -> None:
    ring(world, **BLANK)
    assert sync(world).calls.held == 1
    world.sandbox.history.put({"id": "c1", **NAMED})
    die_at(world, "before POST /crm/v4/associations/calls/contacts/batch/associate/default")
    assert sync(world).status == "ok"
    [contact] = contacts(world)
    [call] = world.sandbox.hubspot.records("calls")
    assert ends(world, "calls", call.id) == [contact.id]
    assert (entry(world).decision, entry(world).contact_id) == ("created", contact.id)
    assert not [note for note in entry(world).notes if note.startswith("W239")], "it is linked by now"
