"""One test for each guard that keeps a run from doing harm."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from connector.engine import spool
from connector.errors import ConnectorError, LaneError
from connector.ledger.open import open_ledger
from connector.model import State
from tests.stubs.phone_line import NUMBER, contacts, die_at, edit_mapping, ends, entry, ring, sync
from tests.stubs.world import World


def take_the_lane_over(world: World, at: str) -> None:
    """Another run takes the lane at this point, as after a pause longer than the lease."""
    done: list[bool] = []

    def watch(point: str) -> None:
        if point == at and not done:
            done.append(True)
            world.clock.sleep(60)
            other = open_ledger(f"sqlite:///{world.ledger}", secret=None)
            assert other.take_lane("48121107", "another", now=world.clock.now(), lease_seconds=600)
            other.close()

    world.crash.watch = watch


@pytest.mark.parametrize(
    ("at", "left"),
    [
        ("after claim", (0, 0, 0)),
        ("after POST /crm/v3/objects/contacts/batch/create", (1, 0, 0)),
        ("after POST /crm/v3/objects/tasks/batch/create", (1, 1, 0)),
    ],
)
def test_a_run_that_lost_its_lane_writes_no_more(world: World, at: str, left: tuple[int, int, int]) -> None:
    ring(world)
    take_the_lane_over(world, at)
    with pytest.raises(LaneError):
        sync(world)
    hubspot = world.sandbox.hubspot
    assert (len(contacts(world)), len(hubspot.records("tasks")), len(hubspot.records("calls"))) == left


def test_what_an_interrupted_run_held_is_carried_out_as_it_was_decided(world: World) -> None:
    """The first call is held; the second, of the same number, makes the contact; then the run dies."""
    ring(world, "a", callType="existing_client")
    world.wait(minutes=1)
    ring(world, "b")
    die_at(world, "after POST /crm/v3/objects/contacts/batch/create")
    summary = sync(world)
    assert (summary.calls.held, summary.calls.created) == (1, 1)
    assert (entry(world, "a").decision, entry(world, "b").decision) == ("held", "created")


def test_an_intent_is_in_the_ledger_before_anything_is_in_the_portal(world: World) -> None:
    ring(world)
    die_at(world, "before POST /crm/v3/objects/contacts/batch/create")
    assert entry(world).state is State.INTENT


def test_the_watermark_is_the_newest_call_and_a_backfill_leaves_it(world: World) -> None:
    ring(world)
    at = world.clock.now()
    assert sync(world).watermark == at
    ring(world, "c2")
    world.wait(minutes=5)
    with world.app() as app:
        assert app.backfill(since=at - timedelta(days=1)).watermark == at


def test_the_watermark_never_passes_the_clock(world: World) -> None:
    ring(world)
    # The platform's clock runs ahead of ours.
    world.wait(minutes=1)
    world.clock.sleep(-3600)
    ahead = world.sandbox.clock
    ahead.advance(7200)
    now = world.clock.now()
    watermark = world.sync().watermark
    assert watermark is not None and watermark <= now  # noqa: PT018


def test_a_backfill_takes_nothing_at_or_after_until(world: World) -> None:
    ring(world, "a")
    world.wait(minutes=10)
    until = world.clock.now()
    ring(world, "b")
    world.wait(minutes=10)
    with world.app() as app:
        assert app.backfill(since=until - timedelta(days=1), until=until).calls.read == 1


def test_a_call_that_comes_late_is_found_within_the_overlap(world: World) -> None:
    for number in range(150):
        ring(world, f"s{number}", callType="staff")
        world.wait(seconds=10)
    late = world.clock.now() - timedelta(minutes=24)
    sync(world)
    world.sandbox.history.put({**ring(world, "late"), "createdAt": late.isoformat()})
    assert sync(world).calls.created == 1


def test_an_unfinished_call_that_the_walk_does_not_reach_is_fetched_by_id(world: World) -> None:
    ring(world)
    die_at(world, "after claim")
    world.wait(days=3)
    for number in range(150):
        ring(world, f"s{number}", callType="staff")
        world.wait(seconds=10)
    world.sandbox.faults.set([])
    kept = world.sandbox.history.newest_first
    world.sandbox.history.newest_first = lambda now: (raw for raw in kept(now) if json.loads(raw)["id"] != "c1")  # type: ignore[method-assign]
    world.sync(since=timedelta(days=1))
    assert entry(world).state is State.DONE


def test_another_account_and_another_portal_are_refused(world: World) -> None:
    ring(world)
    sync(world)
    ring(world, "c2", organizationId="org_2")
    with pytest.raises(ConnectorError) as refused:
        sync(world)
    assert (refused.value.code, refused.value.where) == (
        "E120",
        "CONNECTOR_SOURCE_API_KEY, or CONNECTOR_SOURCE_ACCOUNT if it was set before",
    )


def test_another_account_in_the_settings_is_refused_before_anything_is_asked(world: World) -> None:
    ring(world)
    sync(world)
    world.forget_requests()
    for verb in ("sync", "plan"):
        with world.app(source_account="org_2") as app, pytest.raises(ConnectorError) as refused:
            getattr(app, verb)()
        assert (refused.value.code, refused.value.where) == ("E120", "CONNECTOR_SOURCE_ACCOUNT")
        assert "CONNECTOR_SOURCE_ACCOUNT=org_" in (refused.value.fix or "")
    assert world.requests("source") == []


def test_a_new_call_of_somebody_deleted_revives_nobody(world: World) -> None:
    ring(world)
    sync(world)
    world.sandbox.hubspot.edit("archive", record_id=contacts(world)[0].id)
    ring(world, "c2", leadData={"name": "Ada Fern"})
    assert sync(world).calls.held == 1
    assert contacts(world) == []


def test_a_call_deleted_by_a_person_before_a_second_deployment_sees_it_is_not_revived(world: World) -> None:
    ring(world, "c0", callType="staff")
    world.ledger = world.ledger.with_name("b.db")
    sync(world)
    world.ledger = world.ledger.with_name("a.db")
    ring(world)
    sync(world)
    world.sandbox.hubspot.edit("archive", object_type="calls", record_id=world.sandbox.hubspot.records("calls")[0].id)
    world.ledger = world.ledger.with_name("b.db")
    assert sync(world).calls.skipped == 1
    assert entry(world).state is State.GONE
    assert world.sandbox.hubspot.records("calls") == []


def test_a_dead_letter_is_skipped_and_does_not_turn_later_runs_red(world: World, tmp_path: Path) -> None:
    edit_mapping(world, tmp_path, lambda text: text.replace("{% if summary %}", "{% if 1 // duration %}"))
    ring(world, duration=0)
    world.wait(minutes=5)
    for expected in ((1, 0), (0, 1)):
        with world.app() as app:
            calls = app.sync(force=True).calls
        assert (calls.failed, calls.skipped) == expected


def test_a_value_of_a_call_that_hubspot_refuses_costs_that_value(world: World) -> None:
    from connector.sandbox.faults import Fault

    ring(world)
    body = {
        "status": "error", "category": "VALIDATION_ERROR", "message": "x",
        "errors": [{"message": "x", "code": "INVALID_OPTION", "context": {"propertyName": ["hs_call_disposition"]}}],
    }  # fmt: skip
    world.sandbox.faults.set([Fault(side="hubspot", action="status", path="calls/batch/create", status=400, body=body)])
    summary = sync(world)
    assert (summary.calls.created, summary.degraded) == (1, 1)


def test_a_failing_condition_or_contact_costs_its_call_only(world: World, tmp_path: Path) -> None:
    edit_mapping(
        world,
        tmp_path,
        lambda text: text.replace(
            "    hs_lead_status:", '    jobtitle: {template: "{{ 1 // duration }}"}\n    hs_lead_status:'
        ),
    )
    ring(world, "bad", duration=0)
    ring(world, "good", callerNumber="+447700900150", leadData={"name": "Bo Lind"})
    world.wait(minutes=5)
    with world.app() as app:
        calls = app.sync(force=True).calls
    assert (calls.failed, calls.created) == (1, 1)


def test_a_contact_merged_while_the_run_goes_on_is_followed(world: World) -> None:
    one, other = world.sandbox.hubspot.seed_contacts(
        [{"firstname": "Ada", "phone": NUMBER}, {"firstname": "Ada", "phone": "0"}]
    )
    ring(world)
    done: list[str] = []

    def watch(point: str) -> None:
        if point == "before POST /crm/v3/objects/contacts/batch/update" and not done:
            done.append(world.sandbox.hubspot.edit("merge", record_id=other, other=one)["id"])

    world.crash.watch = watch
    assert sync(world).calls.created == 1
    [call] = world.sandbox.hubspot.records("calls")
    assert len(ends(world, "calls", call.id)) == 1


def test_a_person_is_known_across_windows_before_the_search_knows_them(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the ledger's hint, without a conflict: no request that HubSpot has to refuse."""
    monkeypatch.setattr(spool, "WINDOW_CALLS_MAX", 1)
    ring(world, "a")
    world.wait(seconds=30)
    ring(world, "b")
    world.wait(minutes=5)
    world.forget_requests()
    world.sync()
    assert sum("contacts/batch/create" in request for request in world.requests()) == 1


def test_a_mappings_tests_hold_whatever_region_and_time_zone_the_connection_sets(world: World) -> None:
    ring(world)
    with world.app(region="US", timezone="America/New_York") as app:
        assert app.check().is_clean
        assert app.sync().calls.created == 1
