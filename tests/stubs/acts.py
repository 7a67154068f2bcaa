"""What callers, people in HubSpot and a platform do between runs, whatever the portal looks like by then.

Every act finds what it is about by what it is to people — a caller's number, a call's id — and never by a record's id,
so that the same acts can be played in a world where a run died and in one where none did. An act that finds nothing to
be about does nothing. What a person wrote or deleted is kept in `Work`, for who checks that it stays.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from connector.sandbox.hubspot import EditError, Record
from tests.stubs.clock import START
from tests.stubs.phone_line import ring
from tests.stubs.world import MAPPINGS, World, key_of

ORGANIZATION = "org_1"
KEY_PREFIX = f"reception_ai:{ORGANIZATION}:"
SHIPPED = MAPPINGS / "reception_ai.yaml"


class Caller(Struct, frozen=True):
    """Somebody who rings."""

    name: str
    number: str
    email: str


CALLERS = tuple(
    Caller(f"{first} {last}", f"+4477009001{number:02d}", f"{first}.{last}@example.com".lower())
    for number, (first, last) in enumerate(
        (("Ada", "Fern"), ("Bo", "Lind"), ("Cy", "Marsh"), ("Di", "Holm"), ("Ed", "Wray"), ("Flo", "Kerr"))
    )
)
Place = tuple[str, str]
"""Object type and record id."""


@dataclass
class Work:
    """What people did in HubSpot: values that must stay, and records that must stay deleted."""

    written: dict[Place, dict[str, str]] = field(default_factory=dict)
    deleted: set[Place] = field(default_factory=set)
    unlinked: set[tuple[str, str]] = field(default_factory=set)
    """Engagement id and contact id of links that a person took away."""

    def wrote(self, record: Record, properties: dict[str, str]) -> None:
        self.written.setdefault((record.object_type, record.id), {}).update(properties)

    def is_gone(self, record: Record) -> None:
        self.written.pop((record.object_type, record.id), None)
        self.deleted.add((record.object_type, record.id))


@dataclass
class Scene:
    """A world and what people did in it so far."""

    world: World
    work: Work = field(default_factory=Work)
    rung: list[str] = field(default_factory=list)
    """The ids of all calls, in the order in which they came in."""


# --- time


def at(scene: Scene, minutes: float) -> None:
    """Wait until so many minutes after the beginning; a world that is later already waits no more."""
    seconds = (START + timedelta(minutes=minutes) - scene.world.clock.now()).total_seconds()
    if seconds > 0:
        scene.world.clock.sleep(seconds)


# --- the platform


def rings(scene: Scene, caller: Caller | None, *, ended_at: datetime, **fields: Any) -> None:
    """A new call, whose caller is nobody where the number is withheld and nothing was said."""
    call_id = f"call{len(scene.rung):03d}"
    scene.rung.append(call_id)
    who: dict[str, Any] = {"callerNumber": "anonymous", "callerName": None, "leadData": None}
    if caller is not None:
        who = {
            "callerNumber": caller.number,
            "callerName": caller.name,
            "leadData": {"name": caller.name, "email": caller.email},
        }
    created_at = ended_at.isoformat().replace("+00:00", "Z")
    ring(scene.world, call_id, **{**who, "organizationId": ORGANIZATION, "createdAt": created_at, **fields})


def changes_late(scene: Scene, which: int, **fields: Any) -> None:
    """A call of the past is no longer as the platform had listed it."""
    if scene.rung:
        scene.world.sandbox.history.put({"id": scene.rung[which % len(scene.rung)], **fields})


# --- what stands in the portal


def records(scene: Scene, object_type: str) -> list[Record]:
    """The live ones, in an order that does not depend on their ids."""
    found = scene.world.sandbox.hubspot.records(object_type)
    return sorted(found, key=lambda record: sorted(_lasting(record).items()))


def _lasting(record: Record) -> dict[str, str]:
    names = ("call_connector_key", "call_connector_contact_key", "email", "phone", "firstname", "lastname")
    return {name: record.properties.get(name, "") for name in names}


def contacts_of(scene: Scene, caller: Caller) -> list[Record]:
    return [
        record
        for record in records(scene, "contacts")
        if caller.number in (record.properties.get("phone"), record.properties.get("mobilephone"))
        or caller.email in (record.properties.get("email"), *_additional(record))
    ]


def _additional(record: Record) -> list[str]:
    return (record.properties.get("hs_additional_emails") or "").split(";")


def engagement_of(scene: Scene, which: int) -> Record | None:
    if not scene.rung:
        return None
    key = KEY_PREFIX + scene.rung[which % len(scene.rung)]
    return next((each for each in records(scene, "calls") if key_of(each) == key), None)


# --- people in HubSpot


def writes(scene: Scene, record: Record | None, **properties: str) -> None:
    """A person writes values of their own."""
    if record is None:
        return
    scene.world.sandbox.hubspot.edit("set", object_type=record.object_type, record_id=record.id, properties=properties)
    scene.work.wrote(record, properties)


def deletes(scene: Scene, record: Record | None) -> None:
    if record is None:
        return
    scene.world.sandbox.hubspot.edit("archive", object_type=record.object_type, record_id=record.id)
    scene.work.is_gone(record)


def adds_contact(scene: Scene, caller: Caller, *, by_number: bool, by_email: bool, name: str = "") -> None:
    """Somebody puts the caller into the CRM, or a second one with the same number."""
    first, last = (name or caller.name).split()
    values = {"firstname": first, "lastname": last}
    values |= {"phone": caller.number} if by_number else {}
    values |= {"email": caller.email} if by_email else {}
    try:
        [contact_id] = scene.world.sandbox.hubspot.seed_contacts([values])
    except EditError:
        return  # somebody has the address already
    scene.work.written["contacts", contact_id] = values


def merges(scene: Scene, kept: Record | None, gone: Record | None) -> None:
    if kept is None or gone is None or kept.id == gone.id:
        return
    scene.world.sandbox.hubspot.edit("merge", record_id=kept.id, other=gone.id)
    # Which of two values stays is HubSpot's business, and a merger makes a third record of two.
    for record in (kept, gone):
        scene.work.written.pop(("contacts", record.id), None)


def links(scene: Scene, engagement: Record | None, contact: Record | None) -> None:
    """A person gives a call its contact, or another one beside the one that it has."""
    if engagement is not None and contact is not None:
        scene.world.sandbox.hubspot.edit(
            "associate", object_type="calls", record_id=engagement.id, other=f"contacts/{contact.id}"
        )
        scene.work.unlinked.discard((engagement.id, contact.id))


def unlinks(scene: Scene, engagement: Record | None) -> None:
    """A person takes a call off its contact."""
    if engagement is None:
        return
    hubspot = scene.world.sandbox.hubspot
    for end in list(hubspot.associations("calls", engagement.id)):
        if end.object_type == "contacts":
            hubspot.edit("dissociate", object_type="calls", record_id=engagement.id, other=f"contacts/{end.id}")
            scene.work.unlinked.add((engagement.id, end.id))


# --- who keeps the ledger


def loses_the_ledger(scene: Scene) -> None:
    """Not where a person deleted something and the keys of archived records are not found: it would be made again."""
    if scene.world.step == "unique" or not scene.work.deleted:
        scene.world.lose_the_ledger()


# --- who keeps the mapping

EDITS: dict[str, tuple[str, str]] = {
    "title": ("lead_captured: New enquiry", "lead_captured: Fresh enquiry"),
    "oldest": ("ambiguous: hold ", "ambiguous: oldest "),
    "logs": ("  - unknown_caller: hold", "  - unknown_caller: log"),
    "inline": ("transcript: none", "transcript: inline"),
    "note": ("transcript: none", "transcript: note"),
    "fewer": ('outcome == "message_taken"\n', 'outcome == "message_taken" and callType == "referral"\n'),
    "phone": ("match: [email, phone]", "match: [phone, email]"),
}


def edits_mapping(scene: Scene, *names: str) -> None:
    """The mapping as shipped, with a reviewer and with these edits and no others."""
    world = scene.world
    text = SHIPPED.read_text().replace("default: null}", "default: priya.shah@example.com}")
    for name in names:
        before, after = EDITS[name]
        assert before in text, name
        text = text.replace(before, after)
    world.mapping = world.ledger.with_name("edited.yaml")
    world.mapping.write_text(text)
    if "note" in names:
        world.setup()
