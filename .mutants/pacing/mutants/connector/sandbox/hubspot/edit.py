"""What a person does in HubSpot's own pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from connector.sandbox.hubspot.answers import Refusal
from connector.sandbox.hubspot.contacts import forget_contact, merge_records
from connector.sandbox.hubspot.edit_property import PROPERTY_EDITS, edit_property
from connector.sandbox.hubspot.kinds import DEFAULTS, KINDS, plural
from connector.sandbox.hubspot.links import End
from connector.sandbox.hubspot.objects import archive_record
from connector.sandbox.hubspot.portal import EditError, Portal
from connector.sandbox.hubspot.staff import FORMER_OWNERS
from connector.sandbox.hubspot.store import Record, emails_of
from connector.sandbox.hubspot.values import iso
from connector.sandbox.hubspot.views import show_all
from connector.sandbox.hubspot.writes import commit, draft_change, draft_new

BY_HAND: Final = "CRM_UI"


def edit(
    portal: Portal, action: str, *, object_type: str, record_id: str, properties: dict[str, str], other: str = ""
) -> dict[str, Any]:
    """Carry out one edit and answer the record. Raises EditError."""
    kind = plural(object_type)
    if kind is None:
        raise EditError(f"there is no object type {object_type!r}: expected one of {', '.join(KINDS)}")
    try:
        if action in PROPERTY_EDITS:
            return edit_property(portal, action, kind, record_id, properties)
        return show_all(portal, _edit(portal, action, (kind, record_id), properties, other))
    except Refusal as refusal:
        raise EditError(refusal.message) from refusal


def seed(portal: Portal, people: Iterable[Mapping[str, str]], *, created_at: datetime | None) -> list[str]:
    """Create contacts that searches find at once. Raises EditError."""
    ids: list[str] = []
    for person in people:
        try:
            # Somebody who left still owns what was theirs, though nobody could give it to them today.
            former = {"hubspot_owner_id": owner} if (owner := person.get("hubspot_owner_id")) in FORMER_OWNERS else {}
            values = {name: value for name, value in person.items() if name not in former}
            draft = draft_new(portal, "contacts", {"properties": values}, {}, by=BY_HAND)
            draft.record.properties.update(former)
        except Refusal as refusal:
            raise EditError(refusal.message) from refusal
        if created_at is not None:
            record = draft.record
            record.created_at = record.updated_at = iso(created_at)
            record.properties["createdate"] = record.properties["lastmodifieddate"] = record.created_at
        ids.append(commit(portal, draft, instantly=True).id)
    return ids


def _edit(portal: Portal, action: str, end: End, properties: dict[str, str], other: str) -> Record:
    kind, record_id = end
    match action:
        case "create":
            return commit(portal, draft_new(portal, kind, {"properties": properties}, {}, by=BY_HAND))
        case "restore":
            return _restore(portal, kind, record_id)
        case "set":
            return commit(portal, draft_change(portal, _live(portal, kind, record_id), properties, {}))
        case "archive":
            archive_record(portal, kind, _live(portal, kind, record_id).id)
            return portal.stores[kind].records[record_id]
        case "merge" if kind == "contacts":
            return merge_records(portal, _live(portal, kind, record_id), _live(portal, kind, other))
        case "gdpr_delete" if kind == "contacts":
            record = _live(portal, kind, record_id)
            forget_contact(portal, record_id, by_email=False)
            return record
        case "associate" | "dissociate":
            return _link(portal, action, _live(portal, kind, record_id), other)
    raise EditError(f"{kind} cannot be edited by {action!r}")


def _live(portal: Portal, kind: str, record_id: str) -> Record:
    record = portal.record(kind, record_id)
    if record is None:
        raise EditError(f"there is no {KINDS[kind].single} {record_id!r}")
    return record


def _restore(portal: Portal, kind: str, record_id: str) -> Record:
    archived = portal.stores[kind].records.get(record_id)
    if archived is None or not archived.archived_at:
        raise EditError(f"there is no archived {KINDS[kind].single} {record_id!r}")
    store = portal.stores[kind]
    if kind == "contacts" and any(map(store.email_owner, emails_of(archived.properties))):
        raise EditError("another contact has this e-mail address by now")
    if any(store.owner(name, archived.properties.get(name, "")) not in (None, record_id) for name in store.unique):
        raise EditError("another record has a unique value of this one by now")
    record = archived.copy()
    record.archived_at = ""
    record.updated_at = portal.stamp
    portal.keep(record)
    return record


def _link(portal: Portal, action: str, record: Record, other: str) -> Record:
    name, _, other_id = other.partition("/")
    kind = plural(name)
    if kind is None or (record.object_type, kind) not in DEFAULTS:
        raise EditError(f"a {KINDS[record.object_type].single} cannot be linked to {other!r}: expected `type/id`")
    start: End = (record.object_type, record.id)
    end: End = (kind, _live(portal, kind, other_id).id)
    if action == "associate":
        portal.links.add(start, end, ())
    else:
        portal.links.remove(start, end)
    return record
