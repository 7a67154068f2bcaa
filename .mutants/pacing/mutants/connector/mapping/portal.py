"""A mapping against a portal: what is not there, cannot be written, or does not take what the mapping gives it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from connector.mapping import fitting, kinds
from connector.mapping.faults import suggestion
from connector.mapping.fields import PLATFORM_FIELDS
from connector.mapping.load import Loaded, in_file_order
from connector.mapping.schema import Choice, Properties, Property, RecordSection, Scalar, entries
from connector.mapping.structure import finding
from connector.mapping.text import as_hubspot
from connector.mapping.walk import Location
from connector.model import Owner
from connector.model import Property as Definition
from connector.reports import Finding, Pipeline, PortalSchema

_OURS = "call_connector_"
_PLURALS = {"contact": "contacts", "company": "companies", "deal": "deals", "ticket": "tickets"}
_MADE_BY_THE_CALL = ("deal", "ticket")
"""What only a record of the same call can be; a company may be the contact's own, too."""


class _Part(Struct, frozen=True, kw_only=True):
    """The properties of one object type in the mapping, and what the portal has for them."""

    object_type: str
    properties: Properties
    location: Location
    definitions: Mapping[str, Definition]
    pipelines: tuple[Pipeline, ...]
    owners: tuple[Owner, ...]


def check_against_portal(loaded: Loaded, schema: PortalSchema) -> list[Finding]:
    """Everything that shows without a call: objects, links, owners, properties, types, options, pipelines, stages.

    The connector's own properties are left out: `setup` makes them.
    """
    document = loaded.document
    parts = [
        _part(schema, "contacts", document.contact.properties, ("contact", "properties")),
        _part(schema, "calls", document.call.properties, ("call", "properties")),
    ]
    found = list(_faults_of_owners(loaded, schema))
    for at, record in enumerate(document.records):
        place: Location = ("records", at)
        if record.object in schema.portal.properties:
            parts.append(_part(schema, record.object, record.properties, (*place, "properties")))
            found += _faults_of_links(loaded, schema, record, place)
        else:
            found.append(_fault_of_object(loaded, schema, record.object, (*place, "object")))
    for part in parts:
        found += _faults_of_part(loaded, part)
    return in_file_order(found)


def _part(schema: PortalSchema, object_type: str, properties: Properties, location: Location) -> _Part:
    return _Part(
        object_type=object_type,
        properties=properties,
        location=location,
        definitions=schema.portal.properties.get(object_type, {}),
        pipelines=schema.pipelines.get(object_type, ()),
        owners=schema.portal.owners,
    )


def _fault_of_object(loaded: Loaded, schema: PortalSchema, name: str, place: Location) -> Finding:
    where = loaded.where(place)
    if name in schema.unread:
        why = schema.unread[name]
        near = suggestion(name, schema.portal.properties) if why.code == "E431" else ""
        return replace(why, where=where, message=why.message + near)
    message = f"the saved portal schema says nothing of `{name}`, so its properties were not checked"
    return Finding(where=where, code="W431", message=message)


def _faults_of_links(loaded: Loaded, schema: PortalSchema, record: RecordSection, place: Location) -> Iterator[Finding]:
    made = {other.object for other in loaded.document.records}
    for at, end in enumerate(record.associate):
        where: Location = (*place, "associate", at)
        if _PLURALS[end] not in schema.links.get(record.object, ()):
            message = f"{record.object} cannot be linked to {_PLURALS[end]}"
            yield finding(loaded, where, "E436", message)
        elif end in _MADE_BY_THE_CALL and _PLURALS[end] not in made:
            message = f"no record of this mapping makes {_PLURALS[end]}, so there is none to link to"
            yield finding(loaded, where, "W436", message)


def _faults_of_owners(loaded: Loaded, schema: PortalSchema) -> Iterator[Finding]:
    section = loaded.document.owner
    named: list[tuple[Location, str | int]] = [(("owner", "map", key), owner) for key, owner in section.map.items()]
    if section.default is not None:
        named.append((("owner", "default"), section.default))
    for place, owner in named:
        code, message = fitting.owner_verdict(str(owner), schema.portal.owners)
        if code:
            yield finding(loaded, place, code, message)


def _faults_of_part(loaded: Loaded, part: _Part) -> Iterator[Finding]:
    known = part.definitions
    for name, form in part.properties.items():
        place = (*part.location, name)
        if name.startswith(_OURS):
            continue
        if name not in known:
            writable = {other: each for other, each in known.items() if not (each.read_only or each.calculated)}
            near = suggestion(name, writable) or fitting.known_by_label(name, writable.values())
            yield finding(loaded, place, "E431", f"{part.object_type} have no property `{name}`{near}", key=True)
        elif known[name].read_only or known[name].calculated:
            yield finding(loaded, place, "E432", f"HubSpot itself sets `{name}`", key=True)
        else:
            for at, entry in enumerate(entries(form)):
                where = (*place, at) if isinstance(form, list) else place
                yield from _faults_of_entry(loaded, part, known[name], entry, where)


def _faults_of_entry(
    loaded: Loaded, part: _Part, definition: Definition, entry: Property, place: Location
) -> Iterator[Finding]:
    if entry.write == "forward" and not definition.options:
        message = f"`forward` goes by the order of a property's options, and `{definition.name}` has none"
        yield finding(loaded, (*place, "write"), "E437", message)
    for where, constant in _constants(entry, place):
        code, message = _verdict(part, definition, as_hubspot(constant))
        if code:
            yield finding(loaded, where, code, message)
    for where, choice in _sources(entry, place):
        kind = kinds.kind_of(choice, PLATFORM_FIELDS.get(loaded.document.source))
        misfit = kinds.misfit(kind, definition.type)
        if misfit:
            message = f"`{definition.name}` holds {fitting.HOLDS[definition.type]}, and {misfit}"
            yield finding(loaded, where, "E433", message)


def _verdict(part: _Part, definition: Definition, text: str) -> fitting.Verdict:
    if part.pipelines and definition.name in fitting.PIPELINES:
        return fitting.pipeline_verdict(text, part.pipelines)
    if part.pipelines and definition.name in fitting.STAGES:
        return fitting.stage_verdict(text, part.pipelines, _fixed_pipeline(part))
    return fitting.verdict(definition, text, owners=part.owners)


def _fixed_pipeline(part: _Part) -> str | None:
    """The one pipeline that the same record is always put into, if that is how the mapping says it."""
    for name in fitting.PIPELINES & part.properties.keys():
        form = part.properties[name]
        if not isinstance(form, list) and form.value is not None and form.map is None:
            return as_hubspot(form.value)
    return None


def _constants(choice: Choice, location: Location) -> Iterator[tuple[Location, Scalar]]:
    """The fixed values that may reach the property as they stand."""
    if choice.map is not None:
        for key, constant in choice.map.items():
            yield (*location, "map", key), constant
    elif choice.transform is None:
        if choice.value is not None:
            yield (*location, "value"), choice.value
        if choice.template is not None and "{" not in choice.template and choice.template.strip():
            yield (*location, "template"), choice.template
        for at, inner in enumerate(choice.first or []):
            yield from _constants(inner, (*location, "first", at))
    if choice.default is not None:
        yield (*location, "default"), choice.default


def _sources(choice: Choice, location: Location) -> Iterator[tuple[Location, Choice]]:
    """The parts whose kind of value reaches the property, with the place that names it."""
    if choice.map is not None:
        return
    if choice.first is not None and choice.transform is None:
        for at, inner in enumerate(choice.first):
            yield from _sources(inner, (*location, "first", at))
    elif choice.transform is not None:
        yield (*location, "transform"), choice
    elif choice.from_ is not None:
        yield (*location, "from"), choice
