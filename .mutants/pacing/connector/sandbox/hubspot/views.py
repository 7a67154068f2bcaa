"""Records as answers show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from connector.sandbox.hubspot.derived import DERIVED, derive
from connector.sandbox.hubspot.kinds import KINDS
from connector.sandbox.hubspot.portal import Portal
from connector.sandbox.hubspot.store import Record


class Asked(Struct, frozen=True):
    """The properties that an answer shows of each record, and whether some have to be worked out."""

    names: tuple[str, ...]
    derived: bool


def asked(portal: Portal, object_type: str, names: Sequence[str]) -> Asked:
    """What to show when these properties are asked for: without any, the type's usual ones.

    Id and times are always shown; a name that the portal does not know is left out without a word.
    """
    kind = KINDS[object_type]
    schema = portal.schemas[object_type]
    wanted = [name for name in names if schema.get(name)] or list(kind.shown)
    shown = dict.fromkeys((*wanted, kind.created, kind.modified, "hs_object_id"))
    return Asked(tuple(shown), not DERIVED.isdisjoint(shown))


def show(portal: Portal, record: Record, what: Asked) -> dict[str, Any]:
    """A record with the properties asked for; those without a value are null."""
    properties: dict[str, str | None] = {name: record.properties.get(name) for name in what.names}
    if what.derived:
        for name, value in derive(record.object_type, record.properties).items():
            if name in properties:
                properties[name] = value
    return _envelope(portal, record, properties)


def show_all(portal: Portal, record: Record) -> dict[str, Any]:
    """A record with every property that has a value, as after its creation."""
    return _envelope(portal, record, {**record.properties, **derive(record.object_type, record.properties)})


def show_changed(portal: Portal, record: Record, names: Iterable[str]) -> dict[str, Any]:
    """A record after a change: what was sent, and some of what HubSpot computes."""
    kind = KINDS[record.object_type]
    derived = derive(record.object_type, record.properties)
    also = (kind.created, kind.modified, "hs_object_id", "hs_object_source", "hs_object_source_label", "lifecyclestage")
    properties: dict[str, str | None] = {name: record.properties.get(name, "") for name in names}
    properties.update({name: record.properties[name] for name in also if name in record.properties})
    properties.update({name: derived[name] for name in ("hs_is_contact", "hs_body_preview") if name in derived})
    return _envelope(portal, record, properties)


def _envelope(portal: Portal, record: Record, properties: dict[str, Any]) -> dict[str, Any]:
    body = {
        "id": record.id,
        "properties": properties,
        "createdAt": record.created_at,
        "updatedAt": record.updated_at,
        "archived": bool(record.archived_at),
        "url": f"https://app.hubspot.com/contacts/{portal.portal_id}/record/"
        f"{KINDS[record.object_type].type_id}/{record.id}",
    }
    if record.archived_at:
        body["archivedAt"] = record.archived_at
    return body


def show_associations(portal: Portal, record: Record, object_types: Sequence[str]) -> dict[str, Any]:
    """The `associations` of a record that is read with them; a type without any is left out."""
    found: dict[str, Any] = {}
    single = KINDS[record.object_type].single
    for object_type in object_types:
        ends = portal.links.of((record.object_type, record.id), object_type)
        kind = f"{single}_to_{KINDS[object_type].single}"
        results = [{"id": end[1], "type": kind} for end, _ in ends if portal.is_live(end)]
        if results:
            found[object_type] = {"results": results}
    return found
