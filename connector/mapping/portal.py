"""A mapping against a portal: properties that are not there, cannot be written, or do not take a fixed value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from connector.mapping.faults import suggestion
from connector.mapping.load import Loaded, in_file_order
from connector.mapping.schema import Choice, Properties, Scalar
from connector.mapping.structure import finding
from connector.mapping.text import as_hubspot
from connector.mapping.walk import Location, Section, values
from connector.model import Portal, Property
from connector.reports import Finding

DISPOSITION = "hs_call_disposition"
DISPOSITION_LABELS = ("Busy", "Connected", "Left live message", "Left voicemail", "No answer", "Wrong number")
"""HubSpot's own; a portal may have more, or others."""

_OURS = "call_connector_"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_EPOCH_MS = re.compile(r"\d{12,14}")


def check_against_portal(loaded: Loaded, portal: Portal) -> list[Finding]:
    """Every property, type, option and label that the portal does not have, with the nearest name.

    The connector's own properties are left out: `setup` makes them.
    """
    document = loaded.document
    found = [
        *_faults_of_properties(loaded, portal, "contacts", document.contact.properties, ("contact", "properties")),
        *_faults_of_properties(loaded, portal, "calls", document.call.properties, ("call", "properties")),
    ]
    for at, record in enumerate(document.records):
        if record.object not in portal.properties:
            message = f"the portal has no object `{record.object}`{suggestion(record.object, portal.properties)}"
            found.append(finding(loaded, ("records", at, "object"), "E431", message))
        else:
            location: Location = ("records", at, "properties")
            found += _faults_of_properties(loaded, portal, record.object, record.properties, location)
    found += _faults_of_constants(loaded, portal)
    return in_file_order(found)


def _faults_of_properties(
    loaded: Loaded, portal: Portal, object_type: str, properties: Properties, location: Location
) -> Iterator[Finding]:
    known = portal.properties.get(object_type, {})
    for name in properties:
        if name.startswith(_OURS):
            continue
        place = (*location, name)
        if name not in known:
            near = suggestion(name, known) or _by_label(name, known)
            yield finding(loaded, place, "E431", f"{object_type} have no property `{name}`{near}", key=True)
        elif known[name].read_only or known[name].calculated:
            yield finding(loaded, place, "E432", f"HubSpot itself sets `{name}`", key=True)


def _by_label(name: str, known: Mapping[str, Property]) -> str:
    """People know properties by their labels: `lead_status` is the label of `hs_lead_status`."""
    labels = {"_".join(prop.label.lower().split()): prop.name for prop in known.values()}
    return f" (did you mean {labels[name]}?)" if name in labels else ""


def _faults_of_constants(loaded: Loaded, portal: Portal) -> Iterator[Finding]:
    for value in values(loaded.document):
        prop = _property(loaded, portal, value.section, value.location)
        if prop is None or prop.read_only or prop.calculated:
            continue
        for place, constant in _constants(value.choice, value.location):
            yield from _faults_of_constant(loaded, place, prop, as_hubspot(constant))


def _property(loaded: Loaded, portal: Portal, section: Section, location: Location) -> Property | None:
    """The portal's property that a value of the mapping is written to."""
    match section:
        case "contact":
            object_type, name = "contacts", location[2]
        case "call":
            object_type, name = "calls", location[2]
        case "records":
            object_type, name = loaded.document.records[int(location[1])].object, location[3]
        case _:
            return None
    return portal.properties.get(object_type, {}).get(str(name))


def _constants(choice: Choice, location: Location) -> Iterator[tuple[Location, Scalar]]:
    if choice.value is not None and choice.map is None and choice.transform is None:
        yield (*location, "value"), choice.value
    for key, constant in (choice.map or {}).items():
        yield (*location, "map", key), constant
    if choice.default is not None:
        yield (*location, "default"), choice.default


def _faults_of_constant(loaded: Loaded, place: Location, prop: Property, text: str) -> Iterator[Finding]:
    if prop.name == DISPOSITION:
        known = {option.label for option in prop.options} | {option.value for option in prop.options}
        labels = {*known, *DISPOSITION_LABELS}
        if text.lower() not in {label.lower() for label in labels}:
            message = f"the portal has no disposition `{text}`{suggestion(text, labels)}"
            yield finding(loaded, place, "W434", message)
    elif prop.type == "enumeration" and prop.options:
        for part in text.split(";"):
            known = {option.value for option in prop.options} | {option.label for option in prop.options}
            if part.strip().lower() not in {word.lower() for word in known}:
                message = f"`{prop.name}` has no option `{part.strip()}`{suggestion(part.strip(), known)}"
                yield finding(loaded, place, "E434", message)
    elif not _fits(prop.type, text):
        yield finding(loaded, place, "E433", f"`{prop.name}` holds {_KINDS[prop.type]}")


_KINDS = {"number": "numbers", "bool": "true or false", "date": "dates", "datetime": "times"}


def _fits(kind: str, text: str) -> bool:
    match kind:
        case "number":
            return _NUMBER.fullmatch(text) is not None
        case "bool":
            return text.lower() in ("true", "false")
        case "date" | "datetime":
            return _EPOCH_MS.fullmatch(text) is not None or _is_iso(text)
        case _:
            return True


def _is_iso(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
