"""What the connector keeps in a portal: its property group and its properties, per object type."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from msgspec import Struct

from connector.model import (
    CALL_TYPE,
    CONTACT_KEY,
    FINGERPRINT,
    FIRST_CALL_AT,
    KEY,
    LAST_CALL_AT,
    LAST_CALL_TYPE,
    LAST_OUTCOME,
    OUTCOME,
    SOURCE,
    STATE,
    WRITTEN,
    key_property,
)

GROUP = "call_connector"
GROUP_LABEL = "Call connector"
ALWAYS = ("contacts", "calls")
"""Every mapping writes these; records of other types only where it says so."""


class Wanted(Struct, frozen=True, kw_only=True):
    """A property as the portal should have it."""

    name: str
    label: str
    description: str
    type: str = "string"
    field_type: str = "text"
    unique: bool = False

    def definition(self, group: str) -> dict[str, Any]:
        """The body that creates it."""
        body = {
            "name": self.name,
            "label": self.label,
            "description": self.description,
            "groupName": group,
            "type": self.type,
            "fieldType": self.field_type,
            "formField": False,
        }
        # Left out unless it is wanted: some object types refuse the very word.
        return {**body, "hasUniqueValue": True} if self.unique else body


_MARKS = (
    Wanted(
        name=KEY,
        label="Call connector: key",
        description="Names the call behind this record, so that it is never made twice. Please leave as it is.",
        unique=True,
    ),
    Wanted(
        name=FINGERPRINT,
        label="Call connector: fingerprint",
        description="Changes when the call changes on the phone platform. Please leave as it is.",
    ),
    Wanted(
        name=WRITTEN,
        label="Call connector: written values",
        description="Tells what people changed from what the connector wrote, so that their changes stay.",
        field_type="textarea",
    ),
)
_CALLS = (
    Wanted(
        name=STATE,
        label="Call connector: state",
        description="`held` while it is open which contact this call belongs to; blank otherwise.",
    ),
    Wanted(name=CALL_TYPE, label="Call type (phone platform)", description="What kind of call it was."),
    Wanted(name=OUTCOME, label="Call outcome (phone platform)", description="How the call ended."),
)
_CONTACTS = (
    Wanted(
        name=CONTACT_KEY,
        label="Call connector: contact key",
        description="The number or address that this contact was made for, so that it is never made twice.",
        unique=True,
    ),
    Wanted(
        name=FIRST_CALL_AT,
        label="First call answered",
        description="When this contact first spoke to the receptionist.",
        type="datetime",
        field_type="date",
    ),
    Wanted(
        name=LAST_CALL_AT,
        label="Last call answered",
        description="When this contact last spoke to the receptionist.",
        type="datetime",
        field_type="date",
    ),
    Wanted(name=LAST_CALL_TYPE, label="Last call type", description="What kind of call the last one was."),
    Wanted(name=LAST_OUTCOME, label="Last call outcome", description="How the last call ended."),
    Wanted(name=SOURCE, label="Call source", description="The phone platform that this contact's calls come from."),
)


def wanted(object_type: str) -> tuple[Wanted, ...]:
    """The properties that records of this type carry."""
    match object_type:
        case "contacts":
            return _CONTACTS
        case "calls":
            return _MARKS + _CALLS
        case _:
            return _MARKS


def key_of(object_type: str) -> Wanted:
    """The property that must be unique on records of this type."""
    return next(entry for entry in wanted(object_type) if entry.name == key_property(object_type))


def object_types_of(records: Collection[str]) -> tuple[str, ...]:
    """Contacts and calls, then the types of these records by name."""
    return (*ALWAYS, *sorted(set(records) - set(ALWAYS)))
