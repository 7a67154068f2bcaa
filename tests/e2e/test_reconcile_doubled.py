"""reconcile in a portal that takes no unique keys: what stands twice is told, and left to a person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from connector.audit.findings import Reconciliation, Standing
from connector.cli.reconcile import _found as found
from connector.model import CONTACT_KEY
from tests.stubs.frozen import a_prepared_world
from tests.stubs.phone_line import contacts, ring, sync
from tests.stubs.world import World, key_of


def a_carried_call(folder: Path, step: str) -> World:
    world = a_prepared_world(folder, step=step)
    ring(world)
    world.wait(minutes=2)
    ring(world, "c2")
    assert sync(world).calls.created == 2
    world.wait(hours=2)
    return world


def reconciled(world: World, *, repair: bool = False) -> Reconciliation:
    with world.app() as app:
        return app.reconcile(repair=repair)


def copied(world: World, object_type: str, record: Any, **properties: str) -> str:
    """A second record with the same key, as a write that was sent twice leaves it."""
    hubspot = world.sandbox.hubspot
    names = ("call_connector_key", "hs_call_external_id", "hs_timestamp", CONTACT_KEY, "firstname")
    kept = {name: value for name in names if (value := record.properties.get(name))}
    record_id: str = hubspot.edit("create", object_type=object_type, properties={**kept, **properties})["id"]
    world.wait(minutes=10)
    return record_id


@pytest.mark.parametrize("step", ["plain", "external"])
def test_two_engagements_of_one_call(tmp_path: Path, step: str) -> None:
    world = a_carried_call(tmp_path, step)
    assert reconciled(world).is_clean
    first = next(each for each in world.sandbox.hubspot.records("calls") if key_of(each).endswith(":c1"))
    second = copied(world, "calls", first)

    report = reconciled(world)
    [finding] = report.findings
    assert (finding.code, finding.kind, finding.call_id) == ("E277", "doubled", "c1")
    assert finding.engagements == (first.id, second)
    assert (finding.engagement_id, finding.mend) == (first.id, "")
    assert (report.wrong, report.mendable, report.calls[Standing.CARRIED]) == (1, 0, 2)
    assert f"(engagements {first.id}, {second})" in found(finding)

    before = world.export()
    assert reconciled(world, repair=True).wrong == 1
    assert world.export() == before, "it is a person's to mend"
    world.sandbox.hubspot.edit("archive", object_type="calls", record_id=second)
    assert reconciled(world).is_clean


def test_two_contacts_of_one_caller_are_told_once(tmp_path: Path) -> None:
    world = a_carried_call(tmp_path, "plain")
    [contact] = contacts(world)
    second = copied(world, "contacts", contact)
    report = reconciled(world)
    [finding] = report.findings
    assert (finding.code, finding.kind, finding.contacts) == ("E278", "doubled", (contact.id, second))
    assert (report.wrong, report.mendable) == (1, 0)
    world.sandbox.hubspot.edit("merge", record_id=contact.id, other=second)
    world.wait(minutes=10)
    assert reconciled(world).is_clean


def test_where_keys_are_unique_it_costs_nothing(tmp_path: Path) -> None:
    world = a_carried_call(tmp_path, "unique")
    world.forget_requests()
    assert reconciled(world).is_clean
    assert not [request for request in world.requests() if "search" in request]
    assert len(world.requests()) == 2
