"""What is wished of the CRM, what it answers, and what is known of a portal."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, field

KEY = "call_connector_key"
CONTACT_KEY = "call_connector_contact_key"
FINGERPRINT = "call_connector_fingerprint"
WRITTEN = "call_connector_written"
STATE = "call_connector_state"
CALL_TYPE = "call_connector_call_type"
OUTCOME = "call_connector_outcome"
FIRST_CALL_AT = "call_connector_first_call_at"
LAST_CALL_AT = "call_connector_last_call_at"
LAST_CALL_TYPE = "call_connector_last_call_type"
LAST_OUTCOME = "call_connector_last_outcome"
SOURCE = "call_connector_source"


def key_property(object_type: str) -> str:
    """The unique property that carries our key on records of this type (`contacts`, `calls`, `tasks`, …)."""
    return CONTACT_KEY if object_type == "contacts" else KEY


def modified_property(object_type: str) -> str:
    """HubSpot's own property that says when a record of this type was last modified, by whomever."""
    return "lastmodifieddate" if object_type == "contacts" else "hs_lastmodifieddate"


def unguarded(portal: Portal) -> tuple[str, ...]:
    """The object types on which the portal does not refuse a second record with our key by itself."""
    keys = {name: there.get(key_property(name)) for name, there in portal.properties.items()}
    return tuple(name for name, key in keys.items() if key is None or not key.unique)


class CrmRecord(Struct, frozen=True, kw_only=True):
    """A record as the CRM holds it now. `properties` has every property asked for; unset ones are None."""

    id: str
    properties: dict[str, str | None]
    archived: bool = False


class Association(Struct, frozen=True):
    """The other end of a link, by object type (`contacts`, `companies`, …) and id."""

    object_type: str
    id: str


class Create(Struct, frozen=True, kw_only=True):
    """A record that should exist once: `key` is set at creation, so that the CRM refuses a second one."""

    key: str
    properties: dict[str, str]
    associations: tuple[Association, ...] = ()
    perhaps_sent_at: datetime | None = None
    """When an earlier run may have begun to send this very wish, at the latest; None when none did.

    A CRM that refuses a second one by itself need not care. Another one looks for it first, for as long as its look may
    not tell yet.
    """


class Update(Struct, frozen=True, kw_only=True):
    """New values for some properties of one record; `""` clears a value."""

    id: str
    properties: dict[str, str]


class Done(Struct, frozen=True):
    """Written. `otherwise` holds the values that the CRM returned other than they were sent, as it returned them."""

    id: str
    otherwise: dict[str, str | None] = field(default_factory=dict)


class Exists(Struct, frozen=True):
    """Not created: this record already has the key, or already owns the e-mail address (`by`: `key` or `email`).

    The record may be archived: a person deleted it.
    """

    record: CrmRecord
    by: str = "key"


UNANSWERED = "E222"
"""The CRM failed on this wish alone, time and again, while it took others; a later run may fare better."""


UNSENT = "E225"
"""The wish was not sent: the CRM refused several before it and did not say why; a later run may fare better."""


class Refused(Struct, frozen=True):
    """The CRM will not take this wish as it is, however often it is sent; `UNANSWERED` and `UNSENT` ones may pass."""

    code: str
    message: str
    properties: tuple[str, ...] = ()
    """The properties that it complained about, when it named them: the wish may pass without them."""


class Gone(Struct, frozen=True):
    """There is no such record any more: deleted, or merged into another."""

    id: str


Outcome = Done | Exists | Refused | Gone


class Option(Struct, frozen=True):
    value: str
    label: str


class Property(Struct, frozen=True, kw_only=True):
    """A property's definition in the portal. `options` stand in the portal's own order."""

    name: str
    label: str
    type: str
    unique: bool = False
    read_only: bool = False
    calculated: bool = False
    options: tuple[Option, ...] = ()


class Owner(Struct, frozen=True, kw_only=True):
    id: str
    email: str | None = None
    name: str | None = None
    active: bool = True


class Portal(Struct, frozen=True, kw_only=True):
    """What the connector knows of a HubSpot account."""

    id: str
    time_zone: str = "UTC"
    ui_domain: str = "app.hubspot.com"
    properties: dict[str, dict[str, Property]] = field(default_factory=dict)
    """By object type, then by property name."""
    owners: tuple[Owner, ...] = ()
