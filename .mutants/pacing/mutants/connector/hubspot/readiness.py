"""Whether a portal can hold what the connector promises, told before the first write."""

from __future__ import annotations

from collections.abc import Collection

from connector.errors import InputError
from connector.hubspot.shape import Wanted, key_of, object_types_of, wanted
from connector.model import Portal, Property


def require_ready(portal: Portal, object_types: Collection[str], *, refused_keys: Collection[str] = ()) -> None:
    """Raise InputError unless contacts, calls and these types have the connector's properties as they should be.

    `refused_keys` are the types on which HubSpot refused a unique property (E242). E243: a property is of another
    type, or the key is not unique. E241: something is missing.
    """
    types = object_types_of(object_types)
    for object_type in types:
        there = portal.properties.get(object_type, {})
        key = key_of(object_type)
        if key.name not in there and object_type in refused_keys:
            message = f"the portal refused a unique property on {object_type}"
            raise InputError("E242", message, where=f"{object_type}.{key.name}")
        for entry in wanted(object_type):
            if entry.name in there and (fault := misfit(entry, there[entry.name])):
                raise InputError("E243", f"{entry.name} on {object_type} {fault}", where=f"{object_type}.{entry.name}")
    missing = [
        f"{object_type}.{entry.name}"
        for object_type in types
        for entry in wanted(object_type)
        if entry.name not in portal.properties.get(object_type, {})
    ]
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise InputError("E241", f"the portal lacks the property {missing[0]}{more}", where=missing[0])


def misfit(entry: Wanted, there: Property) -> str:
    """What is wrong with a property that has the right name; nothing when it will do."""
    if entry.type != there.type:
        return f"is of type {there.type}, not {entry.type}"
    if entry.unique and not there.unique:
        return "is not unique"
    return ""
