"""KaiCalls to HubSpot: who called comes late, transcripts come late, calls go on, and the platform turns on us."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from connector.cli.call_text import story_lines
from connector.errors import ConnectorError
from connector.model import State
from connector.sandbox.faults import Fault
from connector.sandbox.people import timestamp
from connector.sandbox.platforms.kaicalls import (
    APEX,
    BUSY,
    HAS_MORE,
    IGNORED_CURSOR,
    LATE_LEADS,
    LATE_TRANSCRIPTS,
    LOST_LEADS,
    NO_LEAD_ID,
    TIES,
    TURNED_CURSOR,
    UNNAMED_LEADS,
)
from connector.sandbox.platforms.kaicalls_leads import is_named
from tests.stubs.frozen import prepared
from tests.stubs.phone_line import NUMBER, contacts, edit_mapping, ends, entry, ring, sync
from tests.stubs.plans import apply, plan
from tests.stubs.trapped import entries, on_the_wrong_contact
from tests.stubs.world import MAPPINGS, World

TRANSCRIPT = "Assistant: Hello.\nCaller: I would like a quote."


def line(tmp_path: Path, *traps: str, calls: int = 0) -> World:
    tmp_path.mkdir(exist_ok=True)
    return prepared(tmp_path, source="kaicalls", traps=traps, calls=calls)


def body(world: World) -> str:
    (call,) = world.sandbox.hubspot.records("calls")
    return call.properties["hs_call_body"]


def with_transcripts(world: World, tmp_path: Path) -> None:
    edit_mapping(world, tmp_path, lambda text: text.replace("transcript: none", "transcript: inline"))


class TestANewCall:
    @pytest.mark.parametrize("traps", [(), (NO_LEAD_ID,)], ids=["the list names the lead", "only asking by id does"])
    def test_is_carried_with_its_caller(self, tmp_path, traps):
        world = line(tmp_path, *traps)
        ring(world)
        summary = sync(world)
        assert (summary.calls.created, summary.contacts.created) == (1, 1)
        (contact,) = contacts(world)
        assert contact.properties["email"] == "ada.fern@example.com"
        (call,) = world.sandbox.hubspot.records("calls")
        assert ends(world, "calls", call.id) == [contact.id]
        assert call.properties["call_connector_key"] == "kaicalls:default:c1"
        assert call.properties["hs_call_to_number"] == "+442079460000"

    def test_costs_its_lead_and_a_known_one_nothing(self, tmp_path):
        world = line(tmp_path)
        ring(world)
        world.forget_requests()
        sync(world)
        assert world.requests("source") == [
            "GET /kaicalls/calls",
            "GET /kaicalls/leads",
            "GET /kaicalls/agents",
        ]
        world.forget_requests()
        assert sync(world).calls.unchanged == 1
        assert world.requests("source") == ["GET /kaicalls/calls"]

    def test_that_changes_on_the_list_is_asked_for_again(self, tmp_path):
        world = line(tmp_path)
        ring(world)
        sync(world)
        ring(world, summary="Asked for two quotes.", createdAt=timestamp(world.clock.now() - timedelta(minutes=10)))
        assert sync(world).calls.updated == 1
        assert "two quotes" in body(world)

    def test_is_the_same_with_a_lost_ledger(self, tmp_path):
        world = line(tmp_path, calls=60)
        world.sync()
        before = world.export()
        world.lose_the_ledger()
        world.sync()
        assert world.export() == before


class TestWhoCalled:
    def test_comes_late_and_the_same_engagement_gets_its_contact(self, tmp_path):
        world = line(tmp_path, LATE_LEADS)
        ring(world)
        world.wait(minutes=1)
        assert world.sync().calls.created == 1
        assert (entry(world).decision, contacts(world)) == ("logged", [])
        world.wait(minutes=61)
        summary = world.sync()
        assert (summary.calls.updated, summary.contacts.created) == (1, 1)
        (call,) = world.sandbox.hubspot.records("calls")
        assert ends(world, "calls", call.id) == [contacts(world)[0].id]
        assert entry(world).look_again_at is None

    def test_is_nobody_for_a_call_without_a_lead_however_near_one_is(self, tmp_path):
        world = line(tmp_path)
        ring(world)
        ring(world, "c2", callType="staff", callerNumber="+447700900198", callerName=None, leadData=None)
        summary = sync(world)
        assert (summary.calls.created, summary.contacts.created) == (2, 1)
        assert (entry(world, "c2").decision, entry(world, "c2").contact_id) == ("logged", None)

    def test_that_cannot_be_asked_for_keeps_that_call_alone_for_the_next_run(self, tmp_path):
        world = line(tmp_path)
        ring(world)
        ring(world, "c2", callerNumber="+447700900198", leadData={"name": "Bo Rush"})
        fail_leads(world, nth=1, times=5)
        summary = sync(world)
        assert (summary.status, summary.calls.failed, summary.calls.created) == ("partial", 1, 1)
        failed = [call_id for call_id in ("c1", "c2") if entry(world, call_id).state is State.FAILED]
        assert len(failed) == 1
        world.sandbox.faults.set(())
        summary = sync(world)
        assert (summary.status, summary.calls.created, entry(world, failed[0]).state) == ("ok", 1, State.DONE)

    def test_a_platform_whose_leads_are_down_is_asked_for_three_and_all_are_carried_later(self, tmp_path):
        world = line(tmp_path)
        for number in range(8):
            ring(world, f"c{number}", callerNumber=f"+44770090019{number}", leadData={"name": f"Ada Fern{number}"})
        fail_leads(world, nth=1, times=0)
        world.forget_requests()
        assert sync(world).calls.failed == 8
        assert len([each for each in world.requests("source") if each.endswith("/leads")]) == 3 * 5
        world.sandbox.faults.set(())
        assert sync(world).calls.failed == 0
        assert {entry(world, f"c{number}").state for number in range(8)} <= {State.DONE, State.HELD}

    def test_a_key_without_the_scope_for_leads_stops_the_run_before_anything_is_written(self, tmp_path):
        world = line(tmp_path)
        ring(world)
        world.sandbox.faults.set([Fault(side="source", path="/leads", action="status", status=403, times=0, body={})])
        with pytest.raises(ConnectorError) as failure:
            sync(world)
        assert (failure.value.code, failure.value.exit_code) == ("E310", 3)
        assert "leads:read" in failure.value.message
        assert world.sandbox.hubspot.records("calls") == []


class TestATranscript:
    def test_that_comes_late_is_put_into_the_same_engagement(self, tmp_path):
        world = line(tmp_path, LATE_TRANSCRIPTS)
        with_transcripts(world, tmp_path)
        ring(world, transcript=TRANSCRIPT)
        assert sync(world).calls.created == 1
        (before,) = world.sandbox.hubspot.records("calls")
        assert "Caller:" not in body(world)
        world.wait(minutes=60)
        assert sync(world).calls.updated == 1
        (after,) = world.sandbox.hubspot.records("calls")
        assert after.id == before.id
        assert "I would like a quote." in body(world)
        assert entry(world).look_again_at is None

    def test_is_not_asked_for_by_a_mapping_that_does_not_read_it(self, tmp_path):
        world = line(tmp_path)
        ring(world, transcript=TRANSCRIPT)
        sync(world)
        assert not any(each.endswith(("/transcripts", "/recordings")) for each in world.requests("source"))

    def test_of_many_calls_is_read_page_by_page_and_not_call_by_call(self, tmp_path):
        world = line(tmp_path, calls=600)
        with_transcripts(world, tmp_path)
        world.forget_requests()
        world.sync()
        asked = [each for each in world.requests("source") if each.endswith("/transcripts")]
        assert len(asked) <= 2 * 600 / 100 + 6
        bodies = [call.properties.get("hs_call_body") or "" for call in world.sandbox.hubspot.records("calls")]
        assert sum("Caller:" in text for text in bodies) > 400


class TestACallThatIsNotOver:
    def test_is_written_when_it_is(self, tmp_path):
        world = line(tmp_path)
        ring(world, createdAt=timestamp(world.clock.now() + timedelta(minutes=15)), duration=1200)
        assert sync(world).calls.created == 0
        assert entry(world).state is State.ONGOING
        assert sync(world).calls.created == 1
        assert entry(world).state is State.DONE

    def test_of_which_the_platform_missed_the_end_is_a_dead_letter(self, tmp_path):
        world = line(tmp_path)
        ring(world, status="ringing")
        sync(world)
        world.wait(hours=5)
        assert sync(world).calls.failed == 1
        assert (entry(world).state, entry(world).code) == (State.DEAD, "E331")


class TestOtherWaysToCarryTheSameCalls:
    def test_a_plan_is_applied_as_it_is(self, tmp_path):
        world = line(tmp_path / "a", calls=120)
        plan(world, tmp_path / "plan.json")
        applied = apply(world, tmp_path / "plan.json").summary
        assert (applied.status, applied.calls.failed) == ("ok", 0)
        assert applied.calls.created > 50
        assert world.sync().calls.created == 0

    def test_a_plan_and_a_sync_give_the_same_portal(self, tmp_path):
        planned, synced = line(tmp_path / "a", calls=120), line(tmp_path / "b", calls=120)
        plan(planned, tmp_path / "plan.json")
        apply(planned, tmp_path / "plan.json")
        synced.sync()
        assert planned.export() == synced.export()

    def test_a_backfill_gives_what_a_sync_gives(self, tmp_path):
        filled, synced = line(tmp_path / "a", calls=250), line(tmp_path / "b", calls=250)
        with filled.app() as app:
            summary = app.backfill(since=filled.clock.now() - timedelta(days=30))
        assert (summary.calls.read, summary.calls.failed) == (250, 0)
        synced.sync()
        assert keys(filled) == keys(synced)

    def test_one_call_is_shown_with_its_caller_without_a_list(self, tmp_path):
        world = line(tmp_path)
        ring(world)
        with world.app() as app:
            shown = app.preview("c1")
        assert shown.payload["lead"]["phone"] == NUMBER
        assert shown.plan.call == "kaicalls:default:c1"


def keys(world: World) -> set[str | None]:
    return {call.properties.get("call_connector_key") for call in world.sandbox.hubspot.records("calls")}


@pytest.mark.parametrize("trap", [TURNED_CURSOR, IGNORED_CURSOR])
def test_a_cursor_that_means_something_else_stops_the_run_and_loses_nothing(tmp_path, trap):
    world = line(tmp_path, trap, calls=250)
    with pytest.raises(ConnectorError) as failure:
        world.sync()
    assert failure.value.code == "E316"
    assert "cursor semantics changed" in failure.value.message
    assert len(world.requests("source")) < 250
    world.sandbox.set_traps(())
    assert world.sync().calls.read == 250


def test_the_bare_domain_is_refused_with_the_address_to_set(tmp_path):
    world = line(tmp_path, APEX, calls=10)
    with pytest.raises(ConnectorError) as failure:
        world.sync()
    assert failure.value.code == "E306"
    assert "https://www.kaicalls.example.com" in failure.value.message
    assert len(world.requests("source")) == 1


@pytest.mark.parametrize("trap", [TIES, HAS_MORE, BUSY, LOST_LEADS, NO_LEAD_ID])
def test_what_it_does_differently_costs_no_call(tmp_path, trap):
    world = line(tmp_path, trap, calls=450)
    summary = world.sync()
    assert (summary.calls.read, summary.calls.failed) == (450, 0)


def fail_leads(world: World, **when: Any) -> None:
    """The platform fails on leads, and answers everything else."""
    world.sandbox.faults.set([Fault(side="source", path="/leads", action="status", status=500, body={}, **when)])


class TestACallerWhoIsGuessed:
    """Only where the mapping asks for it: the one lead that was made about the time of a call that names none."""

    def guessing(self, tmp_path: Path, *traps: str, calls: int = 0) -> World:
        world = line(tmp_path, UNNAMED_LEADS, *traps, calls=calls)
        edit_mapping(world, tmp_path, with_guesses)
        return world

    def test_is_found_a_day_later_and_flagged_for_who_reads_it(self, tmp_path):
        world = self.guessing(tmp_path)
        (known,) = world.sandbox.hubspot.seed_contacts([{"phone": NUMBER, "lastname": "Fern"}])
        ring(world, UNNAMED)
        sync(world)
        assert (entry(world, UNNAMED).decision, entry(world, UNNAMED).contact_id) == ("logged", None)
        world.wait(hours=25)
        assert world.sync().calls.updated == 1
        (call,) = world.sandbox.hubspot.records("calls")
        assert ends(world, "calls", call.id) == [known]
        assert call.properties["hs_call_body"].startswith("<p><strong>Who called is a guess</strong>")
        assert any(note.startswith("W341 ") for note in entry(world, UNNAMED).notes)
        assert entry(world, UNNAMED).look_again_at is None
        with world.app() as app:
            told = "\n".join(story_lines(app.calls_show(UNNAMED)))
        assert "Who called is a guess, see the notes." in told
        assert "lost something" not in told

    def test_who_is_not_in_the_crm_is_held_and_not_created(self, tmp_path):
        world = self.guessing(tmp_path)
        ring(world, UNNAMED)
        sync(world)
        world.wait(hours=25)
        summary = world.sync()
        assert (entry(world, UNNAMED).state, summary.contacts.created, summary.degraded) == (State.HELD, 0, 0)

    def test_is_never_the_wrong_one_of_many(self, tmp_path):
        world = self.guessing(tmp_path, NO_LEAD_ID, calls=120)
        world.sync()
        world.wait(hours=25)
        world.sync()
        guessed = [each for each in entries(world).values() if any(note.startswith("W341") for note in each.notes)]
        assert len(guessed) > 8
        assert all(not is_named({"id": each.call_id}) for each in guessed)
        assert on_the_wrong_contact(world) == []

    def test_is_nobody_with_the_packaged_mapping(self, tmp_path):
        world = line(tmp_path, UNNAMED_LEADS, calls=40)
        world.wait(hours=30)
        world.sync()
        assert not any(note.startswith("W341") for each in entries(world).values() for note in each.notes)


UNNAMED = next(name for number in range(99) if not is_named({"id": (name := f"c{number}")}))


def with_guesses(text: str) -> str:
    """The packaged mapping, and a guess where there is no lead."""
    for name in ("phone", "email", "name"):
        text = text.replace(f"lead.{name}, caller", f"lead.{name}, guessed_lead.{name}, caller")
        text = text.replace(f"from: lead.{name}}}", f"from: [lead.{name}, guessed_lead.{name}]}}")
    return text


def test_a_lead_that_is_named_late_is_a_lead_where_only_leads_are_carried(tmp_path):
    world = line(tmp_path, LATE_LEADS)
    world.mapping = MAPPINGS / "kaicalls.leads-only.yaml"
    ring(world)
    world.wait(minutes=1)
    assert (world.sync().calls.skipped, world.sandbox.hubspot.records("calls")) == (1, [])
    world.wait(minutes=61)
    assert world.sync().calls.created == 1
    assert entry(world).decision == "created"
