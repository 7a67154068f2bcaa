"""Wishes made to fit the portal: labels become internal values, what the portal cannot take is left out and noted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from connector.mapping.compile import CompiledMapping
from connector.mapping.dispositions import DEFAULT_DISPOSITIONS
from connector.mapping.misfit import WHY, misfit
from connector.mapping.policy import Wish
from connector.model import Option, Owner, Portal, Property

OWNER = "hubspot_owner_id"

LIFECYCLE_STAGES = (
    # HubSpot's default lifecycle stages in their order , for where no portal is known.
    "subscriber",
    "lead",
    "marketingqualifiedlead",
    "salesqualifiedlead",
    "opportunity",
    "customer",
    "evangelist",
    "other",
)


def warning(code: str, what: str) -> str:
    """A note that tells of a loss, with the code that explains it; what it says of values is never a value."""
    return f"{code} {what}"


def is_warning(note: str) -> bool:
    """Whether this note tells of something that the CRM could not take: such a call counts as degraded."""
    return _WARNING.match(note) is not None


def refused_value(of: str, name: str) -> str:
    """The note on a property that HubSpot refused when it was written."""
    if name == "email":
        return warning("W237", f"{of} {name}: left out, HubSpot does not take the address")
    return warning("W236", f"{of} {name}: left out, HubSpot refused the value")


# The codes of HubSpot's side; that of a guessed caller (W341) tells of no loss.
_WARNING = re.compile(r"W2\d{2} ")


class Fitted(Struct, frozen=True):
    """The wishes that the portal can take, and a note for each that it cannot."""

    wishes: tuple[Wish, ...]
    notes: tuple[str, ...]


def fit(wishes: Sequence[Wish], properties: Mapping[str, Property], *, of: str) -> Fitted:
    """Fit wishes to the property definitions of one object type; without any definitions everything fits.

    `of` says in notes whose properties they are: `contact`, `call`, or the name of a record.
    """
    if not properties:
        return Fitted(tuple(wishes), ())
    kept: list[Wish] = []
    notes: list[str] = []
    for wish in wishes:
        definition = properties.get(wish.property)
        value = wish.value
        if definition is not None and definition.type == "enumeration" and definition.options:
            value = option_value(wish.property, value, definition.options) or value
        code = misfit(definition, value)
        if code is None:
            kept.append(wish if value == wish.value else replace(wish, value=value))
        else:
            notes.append(warning(code, f"{of} {wish.property}: left out, {WHY[code]}"))
    return Fitted(tuple(kept), tuple(notes))


def lacking(portal: Portal, mapping: CompiledMapping) -> frozenset[str]:
    """The object types in which the portal, as far as it is known, lacks a property that the mapping names."""
    known = portal.properties
    records = {name for kind in mapping.object_types for name in known.get(kind, {})}
    types = {
        kind
        for kind, names in (("contacts", mapping.contact_properties), ("calls", mapping.call_properties))
        if names - known.get(kind, {}).keys()
    }
    return frozenset(types | (mapping.object_types if mapping.record_properties - records else set()))


def option_value(name: str, wanted: str, options: Sequence[Option]) -> str | None:
    """The internal value of an option named by its value or its label, or None. Several, `;`-separated, are kept."""
    values = {option.value for option in options}
    if wanted in values or all(part in values for part in wanted.split(";")):
        return wanted
    lowered = wanted.casefold()
    for option in options:
        if option.label.casefold() == lowered or option.value.casefold() == lowered:
            return option.value
    default = DEFAULT_DISPOSITIONS.get(lowered) if name == "hs_call_disposition" else None
    return default if default in values else None


def option_order(properties: Mapping[str, Property], name: str) -> tuple[str, ...]:
    """The values of an enumeration in the portal's own order; nothing for other properties."""
    definition = properties.get(name)
    if definition is not None:
        return tuple(option.value for option in definition.options)
    return LIFECYCLE_STAGES if name == "lifecyclestage" and not properties else ()


class OwnerChoice(Struct, frozen=True):
    """Who should own a record, or why nobody does."""

    owner_id: str | None
    why: str = ""

    def notes(self, of: str) -> tuple[str, ...]:
        """For the call's explanation, where somebody was meant and could not be taken."""
        return (warning("W238", f"{of} {OWNER}: left out, {self.why}"),) if self.why else ()


def choose_owner(contact_owner: str | None, mapped: str | None, portal: Portal) -> OwnerChoice:
    """The contact's owner while active, else the mapping's, else nobody with a note."""
    contacts_owner = _active(contact_owner, portal.owners)
    if contacts_owner:
        return OwnerChoice(contacts_owner.id)
    chosen = _active(mapped, portal.owners)
    if chosen:
        return OwnerChoice(chosen.id)
    if mapped:
        return OwnerChoice(None, "the mapping's owner is not an active user")
    if contact_owner:
        return OwnerChoice(None, "the contact's owner is not an active user")
    return OwnerChoice(None)


def _active(wanted: str | None, owners: Sequence[Owner]) -> Owner | None:
    if not wanted:
        return None
    lowered = wanted.strip().lower()
    for owner in owners:
        if owner.active and (owner.id == wanted or (owner.email or "").lower() == lowered):
            return owner
    return None
