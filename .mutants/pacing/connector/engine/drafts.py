"""What should become of one record, before it is sent."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from connector.model import Association, Create, Update


class Draft(Struct, kw_only=True):
    """One record as it should become, with each value's origin, for `plan` and `calls show`."""

    name: str
    """The record's name in the mapping; blank for the engagement."""
    object_type: str
    key: str
    id: str | None = None
    """Of a record that exists."""
    create: Create | None = None
    update: Update | None = None
    before: Mapping[str, str | None] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    links: tuple[Association, ...] = ()
    """Links that an existing record still lacks."""
