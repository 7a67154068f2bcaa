"""Held calls wait in review: one task a day for the default owner asks somebody to look at them."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from connector.engine.review import BODY
from connector.sandbox.faults import Fault
from connector.sandbox.hubspot import Record
from tests.stubs.phone_line import die_at, edit_mapping, ring, sync
from tests.stubs.world import World

PRIYA = "71001"


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path, calls=0)
    ask(world, tmp_path, "priya.shah@example.com")
    world.setup()
    return world


def ask(world: World, folder: Path, owner: str) -> None:
    edit_mapping(world, folder, lambda text: text.replace("default: null}", f"default: {owner}}}"))


def hold(world: World, call_id: str, **fields: object) -> None:
    """An existing client whom nobody knows under this number."""
    ring(world, call_id, callType="existing_client", leadData=None, callerName=None, **fields)


def reviews(world: World) -> list[Record]:
    return [
        task
        for task in world.sandbox.hubspot.records("tasks")
        if "#review-" in (task.properties.get("call_connector_key") or "")
    ]


def test_a_held_call_makes_one_task_for_the_default_owner(world: World) -> None:
    hold(world, "c1")
    assert sync(world).records.created == 1
    (task,) = reviews(world)
    today = world.clock.now().date().isoformat()
    ours = ("call_connector_key", "hubspot_owner_id")
    said = {name: value for name, value in task.properties.items() if name.startswith("hs_task_") or name in ours}
    assert said == {
        "call_connector_key": f"reception_ai:org_1#review-{today}",
        "hubspot_owner_id": PRIYA,
        "hs_task_subject": "Review calls without a contact",
        "hs_task_body": BODY,
        "hs_task_type": "TODO",
        "hs_task_priority": "MEDIUM",
        "hs_task_status": "NOT_STARTED",
    }
    assert task.properties["hs_timestamp"] > world.clock.now().isoformat()


def test_no_held_call_makes_no_task(world: World) -> None:
    ring(world, "c1")
    sync(world)
    assert reviews(world) == []


def test_a_day_costs_one_request(world: World) -> None:
    hold(world, "c1")
    sync(world)
    world.forget_requests()
    hold(world, "c2")
    assert sync(world).calls.held == 1
    assert len(reviews(world)) == 1
    assert not any("tasks" in request for request in world.requests())


def test_the_next_day_asks_again_when_another_call_is_held_and_only_then(world: World) -> None:
    hold(world, "c1")
    sync(world)
    world.wait(hours=24)
    sync(world)
    assert len(reviews(world)) == 1
    hold(world, "c2")
    sync(world)
    assert len(reviews(world)) == 2


def test_calls_older_than_seven_days_ask_nobody(world: World) -> None:
    ended_at = world.clock.now() - timedelta(days=8)
    hold(world, "c1", createdAt=ended_at.isoformat())
    assert sync(world).calls.held == 1
    assert reviews(world) == []


@pytest.mark.parametrize("owner", ["lena.fischer@example.com", "nobody@example.com"])
def test_an_owner_who_is_not_active_is_not_asked(world: World, tmp_path: Path, owner: str) -> None:
    edit_mapping(world, tmp_path, lambda text: text.replace("priya.shah@example.com", owner))
    hold(world, "c1")
    assert sync(world).calls.held == 1
    assert reviews(world) == []


def test_setup_prepares_tasks_although_no_record_of_the_mapping_is_one(tmp_path: Path) -> None:
    world = World(tmp_path, calls=0)
    edit_mapping(
        world,
        tmp_path,
        lambda text: text.partition("\nrecords:")[0].replace("default: null}", "default: priya.shah@example.com}"),
    )
    world.setup()
    hold(world, "c1")
    sync(world)
    assert len(reviews(world)) == 1


def test_a_deleted_task_is_not_made_again_that_day(world: World) -> None:
    hold(world, "c1")
    sync(world)
    world.sandbox.hubspot.edit("archive", object_type="tasks", record_id=reviews(world)[0].id)
    world.lose_the_ledger()
    hold(world, "c2")
    sync(world)
    assert reviews(world) == []


@pytest.mark.parametrize(
    "at", ["before POST /crm/v3/objects/calls/batch/create", "after POST /crm/v3/objects/tasks/batch/create"]
)
def test_a_run_that_dies_before_the_calls_are_written_leaves_one_task(world: World, at: str) -> None:
    hold(world, "c1")
    die_at(world, at)
    sync(world)
    assert len(reviews(world)) == 1


def test_plan_names_the_task_and_what_it_costs(world: World) -> None:
    hold(world, "c1")
    world.wait(minutes=10)
    with world.app() as app:
        planned = app.plan()
    assert planned.review is not None
    assert planned.review.mark == "+"
    assert reviews(world) == []
    done = world.sync()
    (task,) = reviews(world)
    said = {change.property: change.after for change in planned.review.changes}
    assert said == {name: task.properties[name] for name in said}
    origins = {change.origin for change in planned.review.changes if change.property.startswith("hs_task_")}
    assert origins == {"set by the connector"}
    assert planned.summary.records == done.records
    assert planned.summary.requests == done.requests


def test_a_refused_task_costs_no_call(world: World, caplog: pytest.LogCaptureFixture) -> None:
    path = "/crm/v3/objects/tasks/batch/create"
    body = {"status": "error", "category": "VALIDATION_ERROR", "message": "no tasks today", "correlationId": "c"}
    world.sandbox.faults.set([Fault(side="hubspot", action="status", path=path, status=400, body=body, times=0)])
    hold(world, "c1")
    with caplog.at_level(logging.WARNING, "connector.engine"):
        done = sync(world)
    assert (done.calls.held, done.records.created) == (1, 0)
    [told] = [record for record in caplog.records if record.message == "review_task_refused"]
    assert told.__dict__["code"] == "E231"


def test_a_held_call_that_changes_later_does_not_ask_again(world: World) -> None:
    hold(world, "c1")
    sync(world)
    at = world.clock.now()
    world.wait(hours=24)
    hold(world, "c1", createdAt=at.isoformat(), summary="More is known now.")
    assert sync(world).calls.updated == 1
    assert len(reviews(world)) == 1


def test_a_held_call_that_cannot_be_written_asks_nobody(world: World, tmp_path: Path) -> None:
    failing = "{{ titles[outcome] or 'Call' }}{{ 1 / (0 if outcome == 'lead_captured' else 1) }}:"
    edit_mapping(world, tmp_path, lambda text: text.replace("{{ titles[outcome] or 'Call' }}:", failing))
    hold(world, "c1")
    assert sync(world).calls.failed == 1
    assert reviews(world) == []


def test_a_day_is_a_day_of_the_mappings_time_zone(world: World, tmp_path: Path) -> None:
    auckland = ZoneInfo("Pacific/Auckland")
    edit_mapping(world, tmp_path, lambda text: text.replace("timezone: Europe/London", "timezone: Pacific/Auckland"))
    world.wait(hours=(15 - world.clock.now().hour) % 24)
    hold(world, "c1")
    sync(world)
    (task,) = reviews(world)
    today = world.clock.now().astimezone(auckland).date()
    assert today != world.clock.now().date()
    assert task.properties["call_connector_key"].endswith(f"#review-{today}")
