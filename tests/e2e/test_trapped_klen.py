"""2,000 calls of Klen AI with its traps on: every one accounted for, on the right contact, within the limit."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from connector.model import RunSummary, State
from connector.sandbox.platforms.klen import (
    LATE,
    LIMITED,
    NO_AGENTS,
    NO_CONTACTS,
    NO_TIMES,
    NUMBER_IDS,
    OLDEST_FIRST,
    PAGING_IGNORED,
    PER_MINUTE,
    SHIFTING,
    UNSORTED,
    KlenTwin,
)
from tests.stubs import promises
from tests.stubs.phone_line import contacts, edit_mapping, ends, ring
from tests.stubs.trapped import CALLS, COMING, COMING_SECONDS, engagements, entries, history, lost, on_the_wrong_contact
from tests.stubs.world import World

TRAPS = (LATE, LIMITED, NO_AGENTS, NO_CONTACTS, NO_TIMES, NUMBER_IDS, SHIFTING)
SPOKEN = "Customer:"


def with_stages(text: str) -> str:
    """The packaged mapping with the rule that it proposes: who has one of these stages becomes a contact."""
    lines = text.splitlines(keepends=True)
    (at,) = (number for number, line in enumerate(lines) if "# - name: someone who wants" in line)
    for number in range(at, at + 3):
        lines[number] = lines[number].replace("# ", "", 1)
    return "".join(lines).replace('["qualified_lead"] and (', '["qualified_lead", "contacted"] and (')


def a_world(
    folder: Path, *, traps: tuple[str, ...], calls: int = CALLS, transcripts: bool = True, stages: bool = True
) -> World:
    world = World(folder, source="klen", calls=calls, traps=traps)
    if stages:
        edit_mapping(world, folder, with_stages)
    if transcripts:
        edit_mapping(world, folder, lambda text: text.replace("transcript: none", "transcript: inline"))
    world.setup()
    return world


def twin(world: World) -> KlenTwin:
    played = world.sandbox.platform
    assert isinstance(played, KlenTwin)
    return played


def backfill(world: World) -> RunSummary:
    with world.app() as app:
        return app.backfill(since=world.clock.now() - timedelta(days=30))


def asked(world: World) -> list[Any]:
    return [each for each in world.sandbox.journal.exchanges("source") if each.status]


def unspoken(world: World) -> set[str]:
    """The ids of written calls that lack what was said in them, although the platform has it and may pass it on."""
    calls, known = history(world), entries(world)
    failed = {record.id for record in engagements(world).values() if record.properties["hs_call_status"] == "FAILED"}
    return {
        call_id
        for call_id, record in engagements(world).items()
        if calls[call_id]["transcript"] and record.id not in failed and known[call_id].reason != "suppressed"
        if SPOKEN not in (record.properties.get("hs_call_body") or "")
    }


def any_is_due(world: World) -> bool:
    now = world.clock.now()
    return any(entry.look_again_at is not None and entry.look_again_at <= now for entry in entries(world).values())


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = a_world(tmp_path_factory.mktemp("trapped"), traps=TRAPS)
    world.sandbox.history.generate(COMING, now=world.clock.now(), over_seconds=COMING_SECONDS)
    world.summaries = [world.sync()]
    world.summaries.append(backfill(world))
    for _ in range(3):
        world.wait(minutes=30)
        world.summaries.append(world.sync())
    return world


class TestManyCalls:
    def test_every_call_is_accounted_for(self, world):
        assert lost(world) <= twin(world).deleted
        known = entries(world)
        assert len(known) >= CALLS + COMING - len(twin(world).deleted)
        dead = {entry.code for entry in known.values() if entry.state is State.DEAD}
        assert dead == {"E322"}, "only those that say neither when they began nor when they ended"
        assert all(entry.state.settled for entry in known.values())

    def test_one_engagement_per_call_under_the_id_that_is_text(self, world):
        assert all(call_id.startswith("call_") for call_id in engagements(world))
        assert set(engagements(world)) <= set(history(world))

    def test_every_call_is_on_its_caller(self, world):
        assert on_the_wrong_contact(world) == []
        assert sum(entry.decision == "created" for entry in entries(world).values()) > CALLS / 20

    def test_what_was_said_is_on_every_call(self, world):
        assert unspoken(world) <= twin(world).deleted

    def test_no_minute_has_more_requests_than_the_platform_allows(self, world):
        times = [each.at for each in asked(world)]
        assert all(late - early >= timedelta(minutes=1) for early, late in zip(times, times[PER_MINUTE:], strict=False))
        refused = [each for each in asked(world) if each.status == 429]
        assert len(refused) <= len(times) / 40 + 10, "none but those that another program cost us"

    def test_requests_are_counted_and_no_more_than_needed(self, world):
        assert sum(summary.requests.source for summary in world.summaries) == len(asked(world))
        paths = Counter(each.path.split("/")[2] for each in asked(world) if each.path.count("/") == 2)
        details = [each for each in asked(world) if "/calls/" in each.path]
        # Each call once, and again where a row had a number for an id, something came late, or the key was limited.
        assert len(details) < 1.4 * (CALLS + COMING)
        assert paths["calls"] < 250

    def test_a_quiet_run_writes_nothing(self, world):
        world.wait(hours=25)
        for _ in range(CALLS // 50):
            # What is due after a day is fetched a hundred at a time, held calls among it.
            world.sync()
            world.wait(minutes=5)
            if not any_is_due(world):
                break
        before = world.export()
        summary = world.sync()
        assert summary.calls.read == summary.calls.unchanged + summary.calls.skipped
        assert summary.calls.read < CALLS / 6 + 300, "a day, a streak, and the page that they end on"
        assert world.export() == before


@pytest.mark.parametrize("order", [OLDEST_FIRST, UNSORTED])
def test_in_any_order_the_same_is_carried(order: str, tmp_path: Path):
    worlds = []
    for name, traps in (("plain", ()), ("trapped", (order, LIMITED))):
        folder = tmp_path / name
        folder.mkdir()
        worlds.append(a_world(folder, traps=traps, calls=330))
        assert worlds[-1].sync().status == "ok"
        assert backfill(worlds[-1]).status == "ok"
    plain, trapped = (
        {call_id: record.properties.get("hs_call_body") for call_id, record in engagements(world).items()}
        for world in worlds
    )
    assert plain == trapped
    assert on_the_wrong_contact(worlds[1]) == []


def test_pages_that_do_not_turn_stop_the_run(tmp_path: Path):
    world = a_world(tmp_path, traps=(PAGING_IGNORED,), calls=330)
    with pytest.raises(Exception, match="E316"):
        world.sync()


def test_what_comes_late_lands_on_the_same_engagement(tmp_path: Path):
    world = a_world(tmp_path, traps=(LATE,), calls=0)
    world.sandbox.history.generate(30, now=world.clock.now(), over_seconds=900)
    world.wait(minutes=16)
    world.sync()
    early = {call_id: record.id for call_id, record in engagements(world).items()}
    assert early
    assert unspoken(world)
    for _ in range(4):
        world.wait(minutes=20)
        summary = world.sync()
        assert summary.calls.failed == 0
    assert {call_id: engagements(world)[call_id].id for call_id in early} == early
    assert unspoken(world) == set()


def test_a_call_is_written_when_it_is_over(tmp_path: Path):
    world = a_world(tmp_path, traps=(), calls=0, transcripts=False)
    world.sandbox.history.generate(40, now=world.clock.now(), over_seconds=1200)
    seen = set()
    for _ in range(8):
        world.sync()
        ongoing = {entry.call_id for entry in entries(world).values() if entry.state is State.ONGOING}
        assert not ongoing & set(engagements(world))
        seen |= ongoing
        world.wait(minutes=5)
    assert seen, "some were found before their end"
    assert lost(world) == set()


def test_who_wants_something_by_a_stage_of_theirs_is_created_once_the_details_tell_it(tmp_path: Path):
    world = a_world(tmp_path, traps=(), calls=0, transcripts=False)
    ring(world, "call_1")
    world.sync()
    assert (entries(world)["call_1"].decision, contacts(world)) == ("held", [])
    world.sync()
    (contact,) = contacts(world)
    assert entries(world)["call_1"].decision == "created"
    assert ends(world, "calls", engagements(world)["call_1"].id) == [contact.id]


def test_nobody_is_created_for_being_a_contact_in_klen(tmp_path: Path):
    world = a_world(tmp_path, traps=(), calls=0, transcripts=False, stages=False)
    before = len(world.sandbox.hubspot.records("contacts"))
    ring(world, "call_1")
    for _ in range(3):
        world.sync()
        world.wait(minutes=30)
    assert entries(world)["call_1"].decision == "held"
    assert len(world.sandbox.hubspot.records("contacts")) == before


def test_a_mapping_without_details_asks_for_none(tmp_path: Path):
    world = a_world(tmp_path, traps=(), calls=120, transcripts=False, stages=False)
    edit_mapping(
        world, tmp_path, lambda text: text.replace("{% if summary %}<p>{{ summary }}</p>{% endif %}", "<p>Call</p>")
    )
    world.sync()
    assert not any("/calls/" in path for path in world.requests("source"))
    due = [each.look_again_at for each in entries(world).values() if each.state is State.DONE]
    assert set(due) == {None}, "held ones are looked up again for their callers' sake"


def test_a_call_that_a_list_gave_in_part_counts_once_in_a_backfill(tmp_path: Path):
    world = a_world(tmp_path, traps=(), calls=20)
    summary = backfill(world)
    assert any("/calls/" in path for path in world.requests("source"))
    assert (summary.calls.read, summary.calls.failed) == (20, 0)
    promises.adds_up(summary, calls=20)


def test_who_is_not_to_be_called_is_known_where_the_mapping_asks(tmp_path: Path):
    world = a_world(tmp_path, traps=(), calls=60, transcripts=False)
    said = 'template: "{% if contact.do_not_call %}<p>Not to be called.</p>{% endif %}{% if summary %}'
    edit_mapping(world, tmp_path, lambda text: text.replace('template: "{% if summary %}', said))
    backfill(world)
    bodies = [record.properties.get("hs_call_body", "") for record in engagements(world).values()]
    marked = [body for body in bodies if "Not to be called" in body]
    assert 0 < len(marked) < len(bodies) / 2
    assert any("/contacts/" in path for path in world.requests("source"))
