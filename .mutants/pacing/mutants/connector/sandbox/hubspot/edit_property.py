"""What an admin does to properties in HubSpot's own pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connector.sandbox.hubspot.portal import EditError, Portal
from connector.sandbox.hubspot.properties import archive

PROPERTY_EDITS = frozenset({"lock_property", "retype_property", "delete_property"})


def edit_property(
    portal: Portal, action: str, object_type: str, name: str, wanted: Mapping[str, str]
) -> dict[str, Any]:
    """Carry out one of `PROPERTY_EDITS` and answer the property as it was left. `wanted` has the new `type` and
    `fieldType`. Raises EditError for a property that is not there, Refusal where HubSpot would not delete it."""
    schema = portal.schemas[object_type]
    definition = schema.definitions.get(name)
    if definition is None:
        raise EditError(f"there is no property {name!r} of {object_type}")
    match action:
        case "lock_property":
            definition.read_only = True
        case "retype_property":
            definition.type = wanted.get("type", definition.type)
            definition.field_type = wanted.get("fieldType", definition.field_type)
        case _:
            archive(portal, object_type, name)
    schema.refresh()
    return definition.as_json()
