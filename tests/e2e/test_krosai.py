"""KrosAI from end to end: what becomes of single calls, of the organization, and what people are told."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connector.errors import FatalError
from connector.model import State
from connector.sandbox.people import ORGANIZATION_ID
from connector.sandbox.platforms.krosai import FIRST_ORGANIZATION, INERT, LATE, NO_RECORDING, OTHER_ORGANIZATION
from tests.stubs.frozen import prepared
from tests.stubs.phone_line import contacts, edit_mapping, entry, ring, sync
from tests.stubs.trapped import engagements
from tests.stubs.world import World

SAID = "Assistant: Hello\nCaller: I would like a quote."
INBOUND: dict[str, Any] = {"direction": "inbound"}
ANSWERED: dict[str, Any] = {**INBOUND, "status": "completed"}


def a_world(folder: Path, *traps: str, calls: int = 0) -> World:
    return prepared(folder, source="krosai", calls=calls, traps=traps)


def spoken(world: World, call_id: str = "c1", **fields: Any) -> None:
    ring(world, call_id, **{"transcript": SAID, **ANSWERED, **fields})


def test_a_call_makes_a_contact_with_a_number_alone(tmp_path: Path):
    world = a_world(tmp_path)
    spoken(world)
    assert sync(world).calls.created == 1
    (contact,) = contacts(world)
    assert contact.properties["phone"] == "+447700900199"
    assert not contact.properties.get("lastname")
    engagement = engagements(world)["c1"]
    assert engagement.properties["hs_call_body"] == "[Agent]: Hello<br>[Caller]: I would like a quote."
    assert engagement.properties["hs_call_direction"] == "INBOUND"


def test_a_call_that_goes_on_is_written_when_it_is_over(tmp_path: Path):
    world = a_world(tmp_path)
    ends_at = world.clock.now() + timedelta(minutes=12)
    ring(world, "c2", duration=1200, transcript=SAID, createdAt=ends_at.isoformat(), **INBOUND)
    assert sync(world).calls.read == 0
    assert entry(world, "c2").state is State.ONGOING
    sync(world)
    assert entry(world, "c2").state is State.DONE
    assert engagements(world)["c2"].properties["hs_call_duration"] == "1200000"


def test_what_was_said_is_added_to_the_same_engagement(tmp_path: Path):
    world = a_world(tmp_path, LATE)
    spoken(world)
    assert sync(world).calls.created == 1
    first = engagements(world)["c1"]
    assert not first.properties.get("hs_call_body")
    world.wait(minutes=40)
    assert sync(world).calls.updated == 1
    late = engagements(world)["c1"]
    assert (late.id, late.properties["hs_call_body"][:8]) == (first.id, "[Agent]:")


def test_a_poll_asks_for_no_more_than_the_look_back(tmp_path: Path):
    world = a_world(tmp_path, calls=200)
    world.sync()
    world.wait(days=10)
    spoken(world)
    world.sync()
    world.forget_requests()
    world.wait(minutes=5)
    summary = world.sync()
    assert summary.requests.source == 1
    assert summary.calls.read == 1, "the days before the look-back are not even listed"


def test_a_filter_that_does_nothing_changes_nothing_but_the_cost(tmp_path: Path):
    exports = []
    for name, traps in (("acts", ()), ("inert", (INERT,))):
        (tmp_path / name).mkdir()
        world = a_world(tmp_path / name, *traps, calls=400)
        world.sync()
        world.wait(days=3)
        spoken(world)
        sync(world)
        exports.append(world.export())
    assert exports[0] == exports[1]


# --- details that a mapping asks for ---------------------------------------------------------------------------


def test_metadata_that_a_mapping_reads_is_fetched_call_by_call_and_once(tmp_path: Path):
    world = a_world(tmp_path)
    edit_mapping(
        world,
        tmp_path,
        lambda text: text.replace("{{ titles[call.status] or 'Call' }}", "Call of {{ metadata.customer_id }}"),
    )
    spoken(world, direction="outbound")
    sync(world)
    assert engagements(world)["c1"].properties["hs_call_title"].startswith("Call of :")
    for _ in range(3):
        sync(world)
    assert engagements(world)["c1"].properties["hs_call_title"].startswith("Call of cus_")
    assert len([path for path in world.requests("source") if path.endswith("/calls/c1")]) == 1


# --- the organization ------------------------------------------------------------------------------------------


def test_the_organization_that_is_set_is_asked_for_and_pinned(tmp_path: Path):
    world = a_world(tmp_path, OTHER_ORGANIZATION)
    spoken(world)
    world.wait(minutes=5)
    world.sync(source_account=ORGANIZATION_ID)
    assert entry(world).account == ORGANIZATION_ID
    assert list(engagements(world)) == ["c1"]
    with pytest.raises(FatalError) as failure:
        # Without it the platform answers for the first organization of the key's owner.
        world.sync()
    assert failure.value.code == "E120"
    assert list(engagements(world)) == ["c1"]


def test_doctor_asks_for_the_organization_that_is_set(tmp_path: Path):
    world = a_world(tmp_path, OTHER_ORGANIZATION)
    spoken(world)
    world.wait(minutes=5)
    for account, told in ((ORGANIZATION_ID, ORGANIZATION_ID), (None, FIRST_ORGANIZATION)):
        with world.app(source_account=account) as app:
            (key, *_) = [each for each in app.doctor().diagnoses if each.check == "key"]
        assert f"takes the key ({told}), it counts 1 call, newest call" in key.message


# --- what people are told --------------------------------------------------------------------------------------


def test_a_calls_story_tells_why_it_ended_and_what_happened_in_it(tmp_path: Path):
    world = a_world(tmp_path)
    spoken(world)
    sync(world)
    with world.app() as app:
        told = app.calls_show("c1").details
    assert told["hangup_cause"] in ("normal_clearing", "user_hangup", "agent_hangup")
    assert [event["event"] for event in told["events"]] == ["call.initiated", "call.answered", "call.completed"]
    expires_at = datetime.fromisoformat(told["recording"]["expires_at"])
    assert timedelta(minutes=59) < expires_at - world.clock.now() <= timedelta(hours=1)


def test_a_story_without_a_recording_is_told_all_the_same(tmp_path: Path):
    world = a_world(tmp_path, NO_RECORDING)
    spoken(world)
    sync(world)
    with world.app() as app:
        assert "recording" not in app.calls_show("c1").details
