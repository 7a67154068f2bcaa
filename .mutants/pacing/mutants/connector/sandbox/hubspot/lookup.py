"""Finding a record by its id, or by the value of a unique property."""

from __future__ import annotations

from typing import Final

from connector.sandbox.hubspot.answers import Refusal, bad_request
from connector.sandbox.hubspot.kinds import KINDS
from connector.sandbox.hubspot.portal import Portal
from connector.sandbox.hubspot.store import Record

OBJECT_ID: Final = "hs_object_id"


def non_unique(portal: Portal, object_type: str, name: str) -> Refusal:
    """400: records cannot be told apart by this property."""
    return bad_request(
        f"Unable to perform update/upsert by non-unique {KINDS[object_type].type_id} property {name} "
        f"in portal ID {portal.portal_id}"
    )


def check_id_property(portal: Portal, object_type: str, name: str, *, email: bool = True) -> None:
    """Raise a 400 unless records can be found by this property; `email` says whether contacts can be by theirs."""
    if name == "email" and object_type == "contacts" and email:
        return
    definition = portal.schemas[object_type].get(name)
    if definition is None or not definition.unique or definition.hubspot_defined:
        raise non_unique(portal, object_type, name)


def find_record(portal: Portal, object_type: str, value: str, id_property: str, *, archived: bool) -> Record | None:
    """The record with this id or value: among the live ones, or among the archived ones. Raises as above."""
    if id_property and id_property != OBJECT_ID:
        check_id_property(portal, object_type, id_property)
        return _find_by(portal, object_type, id_property, value, archived=archived)
    if not archived:
        return portal.record(object_type, value)
    record = portal.stores[object_type].records.get(value)
    return record if record is not None and record.archived_at else None


def _find_by(portal: Portal, object_type: str, name: str, value: str, *, archived: bool) -> Record | None:
    store = portal.stores[object_type]
    if name == "email":
        value = value.lower()
        owner = store.email_owner(value)
    else:
        owner = store.owner(name, value)
    record = store.records[owner] if owner else None
    if record is not None and bool(record.archived_at) == archived:
        is_secondary = name == "email" and record.properties.get("email") != value
        return None if is_secondary and not portal.choices.secondary_email_resolves else record
    if archived and (name == "email" or not portal.choices.archived_keeps_unique):
        # Nobody owns these values any more, so there is no index to ask.
        gone = (r for r in store.records.values() if r.archived_at and r.properties.get(name) == value)
        return next(gone, None)
    return None
