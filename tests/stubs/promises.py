"""The promises of docs/architecture.md as a checker of any world, whatever was done to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from connector.model import CONTACT_KEY, Entry, RunSummary, State
from tests.stubs.acts import KEY_PREFIX, Scene
from tests.stubs.world import WITH_OUR_KEY, key_of


class BrokenPromise(AssertionError):
    """What was promised and is not so."""


def adds_up(summary: RunSummary, *, calls: int) -> None:
    """Every call that was read is counted once: there are so many calls at most, however often they are listed."""
    counts = summary.calls
    parts = (counts.created, counts.updated, counts.unchanged, counts.skipped, counts.held, counts.failed)
    _promised(counts.read == sum(parts), f"the summary adds up: {counts}")
    _promised(counts.read <= calls, f"no more calls are read than the {calls} that there are: {counts}")


def kept(scene: Scene) -> None:
    """What holds at any moment, also in the midst of a run and after a death."""
    _nothing_twice(scene)
    _what_people_wrote_stays(scene)
    _what_people_deleted_stays_deleted(scene)


def settled(scene: Scene) -> dict[str, Entry]:
    """What holds, beside all that, once a run has come to its end. Answers what the ledger says of each call."""
    kept(scene)
    entries = ledger(scene)
    ended = {call_id for call_id in scene.rung if scene.world.sandbox.history.ended(call_id, scene.world.clock.now())}
    lost = sorted(call_id for call_id in ended if call_id not in entries or not entries[call_id].state.settled)
    _promised(not lost, f"every call is accounted for: {lost}")
    live = {key_of(each) for each in scene.world.sandbox.hubspot.records("calls")}
    archived = {key_of(each) for each in scene.world.sandbox.hubspot.records("calls", archived=True)}
    for call_id, entry in entries.items():
        key = KEY_PREFIX + call_id
        if entry.state in (State.DONE, State.HELD):
            _promised(key in live | archived, f"{call_id} is {entry.state} and has its engagement")
        if entry.state is State.GONE:
            _promised(key in archived and key not in live, f"{call_id} was deleted and stays so")
    return entries


def quiet(scene: Scene) -> None:
    """A second run writes nothing, and asks HubSpot nothing either; and every call is accounted for."""
    world = scene.world
    before = world.export()
    world.forget_requests()
    summary = world.sync()
    adds_up(summary, calls=len(scene.rung))
    counts = summary.calls
    _promised(counts.read == counts.unchanged + counts.skipped, f"a quiet second run: {counts} {summary.failures}")
    _promised(world.requests() == [], f"a quiet second run asks nothing: {world.requests()}")
    world.audit()
    _promised(world.export() == before, "neither a quiet second run nor an audit changes anything")


def ledger(scene: Scene) -> dict[str, Entry]:
    """What the ledger says of each call."""
    with scene.world.app() as app:
        return {entry.call_id: entry for entry in app.calls_list(limit=100_000)}


def in_words(entries: Mapping[str, Entry]) -> dict[str, Any]:
    """The same as two worlds with other ids share it."""
    return {
        call_id: (entry.state, entry.decision, bool(entry.contact_id), bool(entry.engagement_id), sorted(entry.records))
        for call_id, entry in entries.items()
    }


def _nothing_twice(scene: Scene) -> None:
    hubspot = scene.world.sandbox.hubspot
    for object_type in WITH_OUR_KEY:
        # A deleted one counts: making it again is what must not happen.
        all_of_them = [*hubspot.records(object_type), *hubspot.records(object_type, archived=True)]
        _once(object_type, Counter(key for each in all_of_them if (key := key_of(each))))
    contacts = hubspot.records("contacts")
    _once("contacts", Counter(held for each in contacts if (held := each.properties.get(CONTACT_KEY))))


def _once(object_type: str, keys: Counter[str]) -> None:
    twice = sorted(key for key, count in keys.items() if count > 1)
    _promised(not twice, f"one of {object_type} for each key: {twice}")


def _what_people_wrote_stays(scene: Scene) -> None:
    for (object_type, record_id), properties in scene.work.written.items():
        live = {record.id: record for record in scene.world.sandbox.hubspot.records(object_type)}
        record = live.get(record_id)
        _promised(record is not None, f"{object_type} {record_id} is there")
        now = {name: record.properties.get(name, "") for name in properties} if record else {}
        _promised(now == properties, f"a person's words stay: {properties} {now}")


def _what_people_deleted_stays_deleted(scene: Scene) -> None:
    hubspot = scene.world.sandbox.hubspot
    for object_type, record_id in scene.work.deleted:
        live = {record.id for record in hubspot.records(object_type)}
        _promised(record_id not in live, f"{object_type} {record_id} stays deleted")
    for engagement_id, contact_id in scene.work.unlinked:
        ends = {end.id for end in hubspot.associations("calls", engagement_id) if end.object_type == "contacts"}
        _promised(contact_id not in ends, f"call {engagement_id} stays off contact {contact_id}")


def _promised(is_so: bool, what: str) -> None:
    if not is_so:
        raise BrokenPromise(what)
