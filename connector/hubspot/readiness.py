"""Whether a portal can hold what the connector promises, told before the first write."""

from __future__ import annotations

from collections.abc import Collection

from connector.errors import InputError
from connector.hubspot.ladder import Step, step_of
from connector.hubspot.shape import Wanted, key_of, object_types_of, wanted
from connector.model import Portal, Property


def require_ready(portal: Portal, object_types: Collection[str], *, keyless: Collection[str] = ()) -> None:
    """Raise InputError unless contacts, calls and these types have the connector's properties as they should be.

    `keyless` are the types on which HubSpot refused even a plain property for our key: E242, unless one of HubSpot's
    own takes it. E243: a property is of another type. E241: something is missing.
    """
    types = object_types_of(object_types)
    missing: list[str] = []
    for object_type in types:
        there = portal.properties.get(object_type, {})
        step = step_of(object_type, there, keyless=keyless)
        if step is None and object_type in keyless:
            raise no_key(object_type)
        for entry in needed(object_type, step):
            if entry.name not in there:
                missing.append(f"{object_type}.{entry.name}")
            elif fault := misfit(entry, there[entry.name]):
                raise InputError("E243", f"{entry.name} on {object_type} {fault}", where=f"{object_type}.{entry.name}")
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise InputError("E241", f"the portal lacks the property {missing[0]}{more}", where=missing[0])


def needed(object_type: str, step: Step | None) -> tuple[Wanted, ...]:
    """The properties that records of a type on this step carry: none where the portal takes none."""
    return () if step is Step.EXTERNAL else wanted(object_type)


def no_key(object_type: str) -> InputError:
    """Nobody could tell whether a record is there already."""
    name = key_of(object_type).name
    message = f"the portal refused a property for our key on {object_type}"
    return InputError("E242", message, where=f"{object_type}.{name}")


def misfit(entry: Wanted, there: Property) -> str:
    """What is wrong with a property that has the right name; nothing when it will do."""
    if entry.type != there.type:
        return f"is of type {there.type}, not {entry.type}"
    return ""
