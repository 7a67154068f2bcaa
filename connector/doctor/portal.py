"""The portal: the properties that `setup` makes, and their unique keys."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from connector.doctor.reading import Unread, fine, told, unchecked
from connector.errors import ConnectorError, InputError
from connector.hubspot.ladder import Step, bounded_words, step_of
from connector.hubspot.readiness import misfit, needed, no_key
from connector.hubspot.shape import key_of
from connector.model import Property
from connector.reports import Diagnosis

PROPERTIES = "properties"

PropertiesRead = Mapping[str, dict[str, Property] | ConnectorError]


def check_properties(read: PropertiesRead | Unread, *, keyless: Collection[str]) -> list[Diagnosis]:
    """What `setup` makes, by object type. On `keyless` types HubSpot refused even a plain property for our key."""
    if isinstance(read, Unread):
        return [unchecked(PROPERTIES, read.reason)]
    diagnoses: list[Diagnosis] = []
    ready: list[str] = []
    for object_type, there in read.items():
        if isinstance(there, ConnectorError):
            diagnoses.append(told(PROPERTIES, there))
            continue
        step = step_of(object_type, there, keyless=keyless)
        faults = list(_faults(object_type, there, step, is_keyless=object_type in keyless))
        diagnoses += faults
        if not faults and step is not None and not step.is_guarded:
            where = f"{object_type}.{key_of(object_type).name}"
            diagnoses.append(told(PROPERTIES, InputError("W241", bounded_words(object_type, step), where=where)))
        elif not faults:
            ready.append(object_type)
    said = [fine(PROPERTIES, f"{', '.join(ready)} have what setup makes, with a unique key")] if ready else []
    return [*said, *diagnoses]


def is_prepared(read: PropertiesRead | Unread, *, keyless: Collection[str]) -> bool:
    """Whether `setup` has nothing to create, as far as that was read."""
    return not isinstance(read, Unread) and all(
        not isinstance(there, ConnectorError)
        and all(entry.name in there for entry in needed(kind, step_of(kind, there, keyless=keyless)))
        for kind, there in read.items()
    )


def _faults(
    object_type: str, there: Mapping[str, Property], step: Step | None, *, is_keyless: bool
) -> Iterator[Diagnosis]:
    if is_keyless and step is None:
        yield told(PROPERTIES, no_key(object_type))
        return
    wanted = needed(object_type, step)
    absent = [entry.name for entry in wanted if entry.name not in there]
    if absent:
        more = f" and {len(absent) - 1} more" if len(absent) > 1 else ""
        message = f"{object_type} lack {absent[0]}{more}"
        yield told(PROPERTIES, InputError("E241", message, where=f"{object_type}.{absent[0]}"))
    for entry in wanted:
        if entry.name in there and (fault := misfit(entry, there[entry.name])):
            message = f"{entry.name} on {object_type} {fault}"
            yield told(PROPERTIES, InputError("E243", message, where=f"{object_type}.{entry.name}"))
