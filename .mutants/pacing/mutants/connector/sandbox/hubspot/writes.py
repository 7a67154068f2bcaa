"""Writing records: what a write would make of a record is drafted and checked first, then committed.

A batch that fails as a whole must leave nothing behind, hence the two steps. `Claims` are the unique values that
earlier drafts of the same request will take.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from connector.sandbox.hubspot import phones
from connector.sandbox.hubspot.answers import (
    Problem,
    bad_associations,
    bad_json,
    blocklisted,
    email_taken,
    invalid_properties,
    missing_required,
    value_taken,
)
from connector.sandbox.hubspot.kinds import ENDS, KINDS
from connector.sandbox.hubspot.links import End
from connector.sandbox.hubspot.portal import Portal
from connector.sandbox.hubspot.store import ADDITIONAL_EMAILS, Record, emails_of
from connector.sandbox.hubspot.values import TEXT_LENGTH_MAX, InvalidValue, as_text, read_value

Claims = dict[tuple[str, str], str]
"""(property, value) → the id of the record that will have it."""
STAGE: Final = "lifecyclestage"


class Draft(Struct, frozen=True):
    """A record as it will be, and the links that it comes with."""

    record: Record
    links: tuple[tuple[End, int], ...] = ()
    sent: tuple[str, ...] = ()
    """The names of the properties that a change named."""


def draft_new(
    portal: Portal,
    object_type: str,
    item: Mapping[str, Any],
    claims: Claims,
    *,
    dated: bool = False,
    by: str = "INTEGRATION",
) -> Draft:
    """Draft a record to create. Raises Refusal."""
    values = read_properties(portal, object_type, item.get("properties"))
    kind = KINDS[object_type]
    for name in kind.required:
        if not values.get(name):
            raise missing_required(object_type, name, dated=dated)
    links = _read_links(portal, object_type, item.get("associations"))
    record_id = portal.new_id()
    check_unique(portal, object_type, values, record_id, claims)
    properties = {name: value for name, value in values.items() if value} if "" in values.values() else values
    properties[kind.created] = properties[kind.modified] = portal.stamp
    properties["hs_object_id"] = record_id
    properties["hs_object_source"] = properties["hs_object_source_label"] = by
    if properties.get("hubspot_owner_id"):
        properties["hubspot_owner_assigneddate"] = portal.stamp
    if object_type == "contacts":
        if portal.choices.default_lifecyclestage:
            properties.setdefault(STAGE, portal.choices.default_lifecyclestage)
        properties.update(phones.calculated(properties, portal.region))
    record = Record(
        id=record_id,
        object_type=object_type,
        properties=properties,
        created_at=portal.stamp,
        updated_at=portal.stamp,
    )
    return Draft(record, links)


def draft_change(portal: Portal, record: Record, raw: Any, claims: Claims) -> Draft:
    """Draft new values for a record. Raises Refusal."""
    object_type = record.object_type
    values = read_properties(portal, object_type, raw)
    check_unique(portal, object_type, values, record.id, claims)
    if STAGE in values and _is_backward(portal, object_type, record.properties.get(STAGE, ""), values[STAGE]):
        # HubSpot takes the request and leaves the stage where it is.
        del values[STAGE]
    properties = dict(record.properties)
    for name, value in values.items():
        if value:
            properties[name] = value
        else:
            properties.pop(name, None)
    properties[KINDS[object_type].modified] = portal.stamp
    if values.get("hubspot_owner_id"):
        properties["hubspot_owner_assigneddate"] = portal.stamp
    if object_type == "contacts":
        _settle_contact(portal, properties, values)
    changed = record.copy()
    changed.properties = properties
    changed.updated_at = portal.stamp
    return Draft(changed, (), tuple(raw))


def commit(portal: Portal, draft: Draft, *, instantly: bool = False) -> Record:
    """Make the draft true."""
    record = draft.record
    portal.keep(record, instantly=instantly)
    if draft.links:
        start = (record.object_type, record.id)
        for end, type_id in draft.links:
            portal.links.add(start, end, (type_id,))
    return record


def read_properties(portal: Portal, object_type: str, raw: Any) -> dict[str, str]:
    """The values of a write as they will be stored, blank ones to clear. Raises a 400 that names every bad one."""
    if not isinstance(raw, dict):
        raise bad_json("Cannot deserialize value of type `java.util.LinkedHashMap` for `properties`")
    schema = portal.schemas[object_type]
    simple = schema.simple
    values: dict[str, str] = {}
    problems: list[Problem] = []
    for name, value in raw.items():
        if type(value) is str and name in simple:
            allowed = simple[name]
            if value in allowed if allowed else len(value) <= TEXT_LENGTH_MAX:
                values[name] = value
                continue
        definition = schema.get(name)
        if definition is None:
            problems.append(Problem(name, "PROPERTY_DOESNT_EXIST", f'Property "{name}" does not exist'))
        elif definition.read_only:
            message = f'"{name}" is a read only property; its value cannot be set.'
            problems.append(Problem(name, "READ_ONLY_VALUE", message))
        else:
            try:
                values[name] = read_value(definition, as_text(value))
            except TypeError as error:
                raise bad_json(f"Cannot deserialize value of type `java.lang.String` for `{name}`") from error
            except InvalidValue as invalid:
                problems.append(Problem(name, invalid.code, invalid.message))
    if problems:
        raise invalid_properties(problems, portal.portal_id)
    return values


def check_unique(portal: Portal, object_type: str, values: Mapping[str, str], own_id: str, claims: Claims) -> None:
    """Raise the refusal for the first value that another record has; else claim them all for this one."""
    store = portal.stores[object_type]
    taken: Claims = {}
    for name in store.unique:
        value = values.get(name)
        if value:
            existing = store.owner(name, value) or claims.get((name, value))
            if existing and existing != own_id:
                raise value_taken(
                    object_type, name, value, own_id=own_id, existing_id=existing, portal_id=portal.portal_id
                )
            taken[name, value] = own_id
    if object_type == "contacts" and values.get("email"):
        email = values["email"]
        _check_email(portal, email, own_id, claims)
        taken["email", email] = own_id
    claims.update(taken)


def _check_email(portal: Portal, email: str, own_id: str, claims: Claims) -> None:
    store = portal.stores["contacts"]
    existing = store.email_owner(email)
    if existing and existing != own_id:
        if store.records[existing].properties.get("email") == email:
            raise email_taken(existing)
        raise value_taken("contacts", "email", email, own_id=own_id, existing_id=existing, portal_id=portal.portal_id)
    claimed = claims.get(("email", email))
    if claimed and claimed != own_id:
        raise email_taken(claimed)
    if email in portal.blocklist:
        raise blocklisted(email)


def _read_links(portal: Portal, object_type: str, raw: Any) -> tuple[tuple[End, int], ...]:
    """The inline associations of a create. Raises a 400 when one has no such type or no such target."""
    if not raw:
        return ()
    found: list[tuple[End, int]] = []
    try:
        for association in raw:
            target = str(association["to"]["id"])
            for kind in association["types"]:
                other_type, _ = ENDS[object_type, int(kind["associationTypeId"])]
                record = portal.record(other_type, target)
                if record is None or kind.get("associationCategory", "HUBSPOT_DEFINED") != "HUBSPOT_DEFINED":
                    raise bad_associations()
                found.append(((other_type, record.id), int(kind["associationTypeId"])))
    except (KeyError, TypeError, ValueError) as error:
        raise bad_associations() from error
    return tuple(found)


def _is_backward(portal: Portal, object_type: str, current: str, wanted: str) -> bool:
    definition = portal.schemas[object_type].get(STAGE)
    if definition is None or not current or not wanted:
        return False
    order = definition.option_values
    return current in order and order.index(wanted) < order.index(current)


def _settle_contact(portal: Portal, properties: dict[str, str], values: Mapping[str, str]) -> None:
    """Bring what is calculated on a contact into line with its new values."""
    if not phones.SOURCES.keys().isdisjoint(values):
        for name in phones.NAMES:
            properties.pop(name, None)
        properties.update(phones.calculated(properties, portal.region))
    if "email" in values and ADDITIONAL_EMAILS in properties:
        others = emails_of({ADDITIONAL_EMAILS: properties[ADDITIONAL_EMAILS]})
        properties[ADDITIONAL_EMAILS] = ";".join(address for address in others if address != values["email"])
        if not properties[ADDITIONAL_EMAILS]:
            del properties[ADDITIONAL_EMAILS]
