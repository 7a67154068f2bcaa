"""A platform with many calls and all its traps on, and what must be true of the portal when they were carried."""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from pathlib import Path
from typing import Any

from connector.model import Entry, RunSummary
from connector.sandbox.hubspot import Record
from connector.sandbox.platforms import TWINS
from tests.stubs.frozen import prepared
from tests.stubs.world import World

CALLS = int(os.environ.get("TRAPPED_CALLS", "400"))
"""`make torture` takes 2,000."""
COMING = 40
"""Calls that end while the runs go on: a platform that lists such calls shows them as not over."""
COMING_SECONDS = 900
DIGITS_THAT_TELL = 7
"""Of a number's end: however it is written, no two invented people share them."""


def trapped(folder: Path, source: str, *, except_for: Collection[str] = (), **sandbox: Any) -> World:
    """Many calls on this platform and some to come, with every trap that its twin knows, and a prepared portal.

    `except_for` are traps with which nothing can be carried.
    """
    traps = TWINS[source].traps_known - frozenset(except_for)
    world = prepared(folder, source=source, calls=CALLS, traps=traps, **sandbox)
    world.sandbox.history.generate(COMING, now=world.clock.now(), over_seconds=COMING_SECONDS)
    return world


def sync_for_an_hour(world: World) -> list[RunSummary]:
    """Run every five minutes, until all calls have ended and what comes late has come."""
    summaries = []
    for _ in range(13):
        summaries.append(world.sync())
        assert summaries[-1].status == "ok", summaries[-1]
        world.wait(minutes=5)
    assert len(history(world)) == CALLS + COMING
    return summaries


def entries(world: World) -> dict[str, Entry]:
    """What the ledger says, by call id."""
    with world.app() as app:
        return {entry.call_id: entry for entry in app.calls_list(limit=10 * CALLS)}


def history(world: World) -> dict[str, dict[str, Any]]:
    """The calls that are over, by id, as they were invented: what the platform says of them is made from these."""
    raw = world.sandbox.history.newest_first(world.clock.now())
    return {call["id"]: call for call in map(json.loads, raw)}


def lost(world: World) -> set[str]:
    """The ids of calls that are over and of which the ledger knows nothing final."""
    known = {call_id for call_id, entry in entries(world).items() if entry.state.settled}
    return set(history(world)) - known


def engagements(world: World) -> dict[str, Record]:
    """The portal's calls by the id in their key; a second one for the same call fails here."""
    found: dict[str, Record] = {}
    for record in world.sandbox.hubspot.records("calls"):
        call_id = record.properties["call_connector_key"].split(":")[2]
        assert call_id not in found, f"two engagements for {call_id}"
        found[call_id] = record
    return found


def on_the_wrong_contact(world: World) -> list[str]:
    """The ids of calls whose contact has neither the number nor the address that the caller gave."""
    contacts = {record.id: record for record in world.sandbox.hubspot.records("contacts")}
    wrong = []
    calls = history(world)
    for call_id, record in engagements(world).items():
        ends = world.sandbox.hubspot.associations("calls", record.id)
        ids = [end.id for end in ends if end.object_type == "contacts"]
        assert len(ids) <= 1, "always one engagement on one contact"
        if ids and not _is_of(contacts[ids[0]], calls[call_id]):
            wrong.append(call_id)
    return wrong


def _is_of(contact: Record, call: dict[str, Any]) -> bool:
    number = _digits(call.get("callerNumber"))
    theirs = {_digits(contact.properties.get(name)) for name in ("phone", "mobilephone")}
    if len(number) == DIGITS_THAT_TELL and number in theirs:
        return True
    said = ((call.get("leadData") or {}).get("email") or "").lower().replace(" at ", "@").replace(" dot ", ".")
    addresses = f"{contact.properties.get('email')};{contact.properties.get('hs_additional_emails')}".lower().split(";")
    return bool(said) and said in addresses


def _digits(number: str | None) -> str:
    return "".join(filter(str.isdigit, number or ""))[-DIGITS_THAT_TELL:]
