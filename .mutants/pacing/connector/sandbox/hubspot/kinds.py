"""The object types of the portal and the links that they may have."""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class Kind(Struct, frozen=True, kw_only=True):
    """One object type by its many names."""

    name: str
    """The plural one in paths: `contacts`."""
    single: str
    """`contact`, as in association names."""
    type_id: str
    created: str = "createdate"
    modified: str = "hs_lastmodifieddate"
    shown: tuple[str, ...] = ()
    """The properties that are answered when none are asked for, beside id and times."""
    required: tuple[str, ...] = ()
    scope: str = "crm.objects.contacts"

    @property
    def legacy(self) -> str:
        """`CONTACT`, as in messages."""
        return self.single.upper()

    @property
    def scopes(self) -> tuple[str, ...]:
        """What a token needs to read and to write records of this type."""
        return (self.scope,) if self.scope == "tickets" else (f"{self.scope}.read", f"{self.scope}.write")


_ACTIVITY_CREATED = "hs_createdate"
_ALL = (
    Kind(
        name="contacts",
        single="contact",
        type_id="0-1",
        modified="lastmodifieddate",
        shown=("email", "firstname", "lastname"),
    ),
    Kind(name="companies", single="company", type_id="0-2", shown=("domain", "name"), scope="crm.objects.companies"),
    Kind(
        name="deals",
        single="deal",
        type_id="0-3",
        shown=("amount", "closedate", "dealname", "dealstage", "pipeline"),
        scope="crm.objects.deals",
    ),
    Kind(
        name="tickets",
        single="ticket",
        type_id="0-5",
        shown=("content", "hs_pipeline", "hs_pipeline_stage", "hs_ticket_category", "hs_ticket_priority", "subject"),
        required=("hs_pipeline_stage",),
        scope="tickets",
    ),
    Kind(name="tasks", single="task", type_id="0-27", created=_ACTIVITY_CREATED, required=("hs_timestamp",)),
    Kind(name="notes", single="note", type_id="0-46", created=_ACTIVITY_CREATED, required=("hs_timestamp",)),
    Kind(name="calls", single="call", type_id="0-48", created=_ACTIVITY_CREATED, required=("hs_timestamp",)),
)
KINDS: Final = {kind.name: kind for kind in _ALL}
_BY_ANY_NAME: Final = {name: kind.name for kind in _ALL for name in (kind.name, kind.single, kind.type_id)}
ACTIVITIES: Final = frozenset({"calls", "tasks", "notes"})


def plural(name: str) -> str | None:
    """The plural name of an object type given by any of its names, None for one that the portal has not."""
    return _BY_ANY_NAME.get(name.lower())


class Link(Struct, frozen=True):
    """A kind of association: what stands at its ends, and its ids there and back."""

    start: str
    end: str
    type_id: int
    reverse_id: int
    default: bool = True
    """What an association made without a type becomes."""


LINKS: Final = (
    Link("calls", "contacts", 194, 193),
    Link("calls", "companies", 182, 181),
    Link("calls", "deals", 206, 205),
    Link("calls", "tickets", 220, 219),
    Link("notes", "contacts", 202, 201),
    Link("notes", "companies", 190, 189),
    Link("notes", "deals", 214, 213),
    Link("notes", "tickets", 228, 227),
    Link("tasks", "contacts", 204, 203),
    Link("tasks", "companies", 192, 191),
    Link("tasks", "deals", 216, 215),
    Link("tasks", "tickets", 230, 229),
    Link("contacts", "companies", 279, 280),
    Link("contacts", "companies", 1, 2, default=False),
    Link("deals", "contacts", 3, 4),
    Link("deals", "companies", 341, 342),
    Link("deals", "companies", 5, 6, default=False),
    Link("tickets", "contacts", 16, 15),
    Link("tickets", "companies", 339, 340),
    Link("tickets", "companies", 26, 25, default=False),
    Link("tickets", "deals", 28, 27),
)
ENDS: Final = {(link.start, link.type_id): (link.end, link.reverse_id) for link in LINKS} | {
    (link.end, link.reverse_id): (link.start, link.type_id) for link in LINKS
}
"""(type of the one end, association type id) → (type of the other end, id of the way back)."""
DEFAULTS: Final = {(link.start, link.end): link.type_id for link in LINKS if link.default} | {
    (link.end, link.start): link.reverse_id for link in LINKS if link.default
}
"""(type, type) → the association type id that stands for `no type given`."""
LABELS: Final = {1: "Primary", 2: "Primary", 5: "Primary", 6: "Primary", 25: "Primary", 26: "Primary"}
