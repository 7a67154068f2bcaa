"""The portal: the properties that `setup` makes, and their unique keys."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from connector.doctor.reading import Unread, fine, told, unchecked
from connector.errors import ConnectorError, InputError
from connector.hubspot.readiness import misfit
from connector.hubspot.shape import key_of, wanted
from connector.model import Property
from connector.reports import Diagnosis

PROPERTIES = "properties"

PropertiesRead = Mapping[str, dict[str, Property] | ConnectorError]


def check_properties(read: PropertiesRead | Unread, *, refused_keys: Collection[str]) -> list[Diagnosis]:
    """What `setup` makes, by object type. `refused_keys` are the types whose unique key HubSpot refused before."""
    if isinstance(read, Unread):
        return [unchecked(PROPERTIES, read.reason)]
    diagnoses: list[Diagnosis] = []
    ready = []
    for object_type, there in read.items():
        if isinstance(there, ConnectorError):
            diagnoses.append(told(PROPERTIES, there))
            continue
        faults = list(_faults(object_type, there, is_key_refused=object_type in refused_keys))
        diagnoses += faults
        ready += [] if faults else [object_type]
    said = [fine(PROPERTIES, f"{', '.join(ready)} have what setup makes, with a unique key")] if ready else []
    return [*said, *diagnoses]


def is_prepared(read: PropertiesRead | Unread) -> bool:
    """Whether `setup` has nothing to create, as far as that was read."""
    return not isinstance(read, Unread) and all(
        not isinstance(there, ConnectorError) and all(entry.name in there for entry in wanted(object_type))
        for object_type, there in read.items()
    )


def _faults(object_type: str, there: Mapping[str, Property], *, is_key_refused: bool) -> Iterator[Diagnosis]:
    key = key_of(object_type).name
    if is_key_refused and key not in there:
        message = f"HubSpot refused a unique property on {object_type} when setup last tried"
        yield told(PROPERTIES, InputError("E242", message, where=f"{object_type}.{key}"))
        return
    absent = [entry.name for entry in wanted(object_type) if entry.name not in there]
    if absent:
        more = f" and {len(absent) - 1} more" if len(absent) > 1 else ""
        message = f"{object_type} lack {absent[0]}{more}"
        yield told(PROPERTIES, InputError("E241", message, where=f"{object_type}.{absent[0]}"))
    for entry in wanted(object_type):
        if entry.name in there and (fault := misfit(entry, there[entry.name])):
            message = f"{entry.name} on {object_type} {fault}"
            yield told(PROPERTIES, InputError("E243", message, where=f"{object_type}.{entry.name}"))
