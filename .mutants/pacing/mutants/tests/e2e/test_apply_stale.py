"""`apply` does nothing when anything is no longer as its plan has it, and says what."""

from __future__ import annotations

from pathlib import Path

import pytest

from connector.plans.errors import StalePlanError
from tests.stubs.phone_line import contacts, edit_mapping, ring
from tests.stubs.plans import plan, refused
from tests.stubs.world import World


@pytest.fixture
def planned(world: World, path: Path) -> World:
    """Ada is known; she and a new caller rang, and a plan was made."""
    world.sandbox.hubspot.seed_contacts([{"firstname": "Ada", "lastname": "Fern", "phone": "+447700900199"}])
    world.wait(minutes=1)
    ring(world, "known")
    ring(world, "new", callerNumber="+447700900155", leadData={"name": "Ben Ash"}, callerName="Ben Ash")
    plan(world, path)
    return world


def told(error: StalePlanError) -> list[tuple[str, str]]:
    return [(departure.call.rpartition(":")[2], departure.what) for departure in error.departures]


@pytest.mark.parametrize(
    "properties",
    [
        pytest.param({"jobtitle": "Gardener"}, id="a property that no mapping reads"),
        pytest.param({"lifecyclestage": "customer"}, id="a property that the mapping writes"),
    ],
)
def test_a_contact_that_changed(planned: World, path: Path, properties: dict[str, str]) -> None:
    [ada] = contacts(planned)
    planned.wait(minutes=1)
    planned.sandbox.hubspot.edit("set", record_id=ada.id, properties=properties)
    error = refused(planned, path)
    assert ("known", f"contacts {ada.id} in HubSpot changed since the plan") in told(error)
    assert {call for call, _ in told(error)} == {"known"}


def test_a_contact_that_came_to_be(planned: World, path: Path) -> None:
    planned.sandbox.hubspot.edit("create", properties={"firstname": "Ben", "phone": "+447700900155"})
    error = refused(planned, path)
    assert ("new", "it would now be matched (phone) instead of created (new caller)") in told(error)


def test_a_contact_that_was_deleted(planned: World, path: Path) -> None:
    [ada] = contacts(planned)
    planned.sandbox.hubspot.edit("archive", record_id=ada.id)
    error = refused(planned, path)
    assert ("known", f"contacts {ada.id} in HubSpot is not found any more") in told(error)


def test_a_call_that_changed_on_the_platform(planned: World, path: Path) -> None:
    planned.sandbox.history.put({"id": "known", "summary": "Asked for two quotes."})
    error = refused(planned, path)
    assert told(error) == [
        ("known", "the call changed on the platform"),
        ("known", "other values would be written"),
    ]
    assert "hs_call_body" in {change.property for change in error.departures[1].changes}


def test_a_call_that_vanished_from_the_platform(planned: World, path: Path) -> None:
    planned.sandbox.history._added.pop("new")
    error = refused(planned, path)
    assert told(error) == [("new", "the platform no longer knows this call")]


def test_a_sync_that_ran_in_between(planned: World, path: Path) -> None:
    planned.wait(minutes=1)
    planned.sync()
    error = refused(planned, path)
    assert told(error) == [
        ("known", "another run has dealt with this call since"),
        ("new", "another run has dealt with this call since"),
        ("", "another run has moved the ledger on since the plan"),
    ]


def test_a_sync_of_other_calls_that_ran_in_between(world: World, path: Path) -> None:
    plan(world, path)
    ring(world)
    world.sync()
    assert told(refused(world, path)) == [("", "another run has moved the ledger on since the plan")]


def test_an_edited_mapping(planned: World, path: Path, tmp_path: Path) -> None:
    edit_mapping(planned, tmp_path, lambda text: text.replace("Europe/London", "Europe/Dublin"))
    error = refused(planned, path)
    assert "the mapping, the region or the time zone was edited since the plan" in error.message


def test_another_region(planned: World, path: Path) -> None:
    assert "mapping" in refused(planned, path, region="IE").message


def test_another_ledger(world: World, path: Path) -> None:
    """With calls that this one has carried and the other never saw."""
    ring(world, "before")
    world.sync()
    ring(world, "c1")
    plan(world, path)
    world.lose_the_ledger()
    assert refused(world, path).departures


def test_another_account(planned: World, path: Path) -> None:
    assert "another account" in refused(planned, path, source_account="org_2").message


def test_calls_of_another_account(world: World, path: Path) -> None:
    ring(world, "c1")
    plan(world, path)
    ring(world, "c1", organizationId="org_2")
    assert "another account" in refused(world, path).message


def test_another_portal(world: World, path: Path) -> None:
    world.lose_the_ledger()  # and with it what was learned of the portal
    ring(world)
    plan(world, path)
    world.sandbox.hubspot._portal.portal_id = 7
    assert "another HubSpot portal" in refused(world, path).message
