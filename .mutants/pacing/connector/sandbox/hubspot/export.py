"""The portal's content in one canonical form, without ids and computed times, so that portals can be compared."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any, Final

import msgspec

from connector.model import CONTACT_KEY, KEY
from connector.sandbox.hubspot.definitions import Definition
from connector.sandbox.hubspot.links import End
from connector.sandbox.hubspot.portal import Portal
from connector.sandbox.hubspot.staff import OWNERS
from connector.sandbox.hubspot.store import ADDITIONAL_EMAILS, Record

DIGEST_LENGTH: Final = 16
# What tells records of a type apart in the eyes of a person, best first.
_IDENTITIES: Final = {
    "contacts": (CONTACT_KEY, "email", "phone", "mobilephone"),
    "companies": (KEY, "domain", "name"),
    "deals": (KEY, "dealname"),
    "tickets": (KEY, "subject"),
    "calls": (KEY, "hs_call_external_id"),
    "tasks": (KEY, "hs_task_subject"),
    "notes": (KEY,),
}
_COMPUTED: Final = frozenset({"hs_object_source", "hs_object_source_label"})
_OWNER: Final = "hubspot_owner_id"
_EMAILS: Final = {str(owner["id"]): str(owner["email"]) for owner in OWNERS}


def export(portal: Portal) -> bytes:
    """Custom properties, and the records of every type with their associations, all sorted."""
    contents = {end: _content(portal, record) for end, record in _records(portal)}
    names = _names(contents)
    body = {
        "properties": {kind: _custom(portal, kind) for kind in portal.schemas},
        "records": {
            kind: sorted(
                (_entry(portal, end, contents, names) for end in contents if end[0] == kind),
                key=msgspec.json.encode,
            )
            for kind in portal.stores
        },
    }
    compact = msgspec.json.encode(body, order="sorted")
    return msgspec.json.format(compact, indent=1) + b"\n"


def _records(portal: Portal) -> list[tuple[End, Record]]:
    return [((kind, record.id), record) for kind, store in portal.stores.items() for record in store.records.values()]


def _content(portal: Portal, record: Record) -> dict[str, Any]:
    """What was written to a record, by people or connectors."""
    definitions = portal.schemas[record.object_type].definitions
    properties = {
        name: value
        for name, value in record.properties.items()
        if name == ADDITIONAL_EMAILS or not (name in _COMPUTED or _is_computed(definitions.get(name)))
    }
    if _OWNER in properties:
        properties[_OWNER] = _EMAILS.get(properties[_OWNER], properties[_OWNER])
    content: dict[str, Any] = {"properties": dict(sorted(properties.items()))}
    if record.archived_at:
        content["archived"] = True
    return content


def _is_computed(definition: Definition | None) -> bool:
    return definition is None or definition.read_only or definition.calculated


def _names(contents: dict[End, dict[str, Any]]) -> dict[End, str]:
    """How other records call a record: by its own identity, with a digest of its content where that is not enough."""
    plain = {end: _identity(end[0], content) for end, content in contents.items()}
    counts = Counter((end[0], name) for end, name in plain.items())
    return {
        end: name if name and counts[end[0], name] == 1 else f"{name}#{_digest(contents[end])}"
        for end, name in plain.items()
    }


def _identity(kind: str, content: dict[str, Any]) -> str:
    properties: dict[str, str] = content["properties"]
    return next((properties[name] for name in _IDENTITIES[kind] if properties.get(name)), "")


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()[:DIGEST_LENGTH]


def _entry(portal: Portal, end: End, contents: dict[End, dict[str, Any]], names: dict[End, str]) -> dict[str, Any]:
    links: dict[str, list[str]] = {}
    for other, type_ids in portal.links.of(end):
        for type_id in type_ids:
            links.setdefault(f"{other[0]}:{type_id}", []).append(names[other])
    associations = {kind: sorted(targets) for kind, targets in sorted(links.items())}
    return {"name": names[end], **contents[end], "associations": associations}


def _custom(portal: Portal, kind: str) -> list[dict[str, Any]]:
    """The properties that somebody added."""
    added = sorted(d.name for d in portal.schemas[kind].definitions.values() if not d.hubspot_defined)
    definitions = (portal.schemas[kind].definitions[name] for name in added)
    return [
        {
            "name": definition.name,
            "label": definition.label,
            "type": definition.type,
            "fieldType": definition.field_type,
            "group": definition.group,
            "unique": definition.unique,
            "options": [[option.value, option.label] for option in definition.options],
            "archived": bool(definition.archived_at),
        }
        for definition in definitions
    ]
