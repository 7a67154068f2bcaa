"""What must be right for a mapping to be applied at all, whatever the platform and the portal hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from connector.mapping import phone
from connector.mapping.faults import suggestion
from connector.mapping.load import Loaded, in_file_order
from connector.mapping.paths import RESERVED
from connector.mapping.regions import REGIONS
from connector.mapping.schema import MappingDocument, RecordSection, steps_of
from connector.mapping.template import examine_condition, examine_template
from connector.mapping.transforms import TRANSFORMS
from connector.mapping.walk import Location, Value, expressions, values
from connector.model import CONTACT_KEY, FINGERPRINT, KEY, WRITTEN
from connector.reports import Finding

KEYS = frozenset((KEY, CONTACT_KEY, FINGERPRINT, WRITTEN))
"""Properties that no mapping may set."""

TRANSCRIPT_RECORD = "transcript"
STANDARD_OBJECTS = (
    *("tasks", "notes", "meetings", "emails", "communications", "postal_mail"),
    *("companies", "deals", "tickets", "leads", "products", "line_items", "quotes"),
)
_DUE_OBJECTS = frozenset(("tasks", "notes", "meetings", "emails", "communications", "postal_mail"))


def faults_of_structure(loaded: Loaded) -> list[Finding]:
    """Every such fault, in the file's order."""
    document = loaded.document
    found = [
        *_faults_of_defaults(loaded, document),
        *_faults_of_rules(loaded, document),
        *_faults_of_records(loaded, document),
        *_faults_of_names(loaded, document),
        *_faults_of_expressions(loaded, document),
    ]
    for value in values(document):
        found += _faults_of_transforms(loaded, value)
    return in_file_order(found)


def faults_of_source(loaded: Loaded, source: str) -> list[Finding]:
    """A finding when the mapping is for another platform than this connection's."""
    said = loaded.document.source
    if said == source:
        return []
    message = f"the mapping is for {said}, and CONNECTOR_SOURCE is {source}"
    return [finding(loaded, ("source",), "E418", message)]


def finding(loaded: Loaded, location: Location, code: str, message: str, *, key: bool = False) -> Finding:
    """A finding at a place of the mapping, or at the key there."""
    return Finding(where=loaded.where(location, key=key), code=code, message=message)


def _faults_of_defaults(loaded: Loaded, document: MappingDocument) -> Iterator[Finding]:
    defaults = document.defaults
    try:
        ZoneInfo(defaults.timezone)
    except (OSError, ValueError, KeyError):
        yield finding(loaded, ("defaults", "timezone"), "E412", "this is no time zone; Europe/London is one")
    if defaults.region not in REGIONS:
        hint = " (did you mean GB?)" if defaults.region == "UK" else ""
        message = f"`{defaults.region}` is no country whose numbers are known{hint}"
        yield finding(loaded, ("defaults", "region"), "E412", message)
        return
    for at, text in enumerate(document.own_numbers):
        number = phone.read_number(text, defaults.region)
        if number is None or not number.usable:
            message = "this is no phone number; write it as +442079460000, in quotes"
            yield finding(loaded, ("own_numbers", at), "E412", message)


def _faults_of_rules(loaded: Loaded, document: MappingDocument) -> Iterator[Finding]:
    for at, rule in enumerate(document.rules[:-1]):
        if rule.when is None:
            message = "this rule always holds, so that the rules after it are never reached"
            yield finding(loaded, ("rules", at), "E414", message)
    names = [rule.name for rule in document.rules]
    for at, name in enumerate(names):
        if name is not None and name in names[:at]:
            yield finding(loaded, ("rules", at, "name"), "E415", f"a rule before this one is called `{name}` too")


def _faults_of_records(loaded: Loaded, document: MappingDocument) -> Iterator[Finding]:
    names = Counter[str]()
    if document.call.transcript == "note":
        names[TRANSCRIPT_RECORD] += 1
    for at, record in enumerate(document.records):
        names[record.name] += 1
        if names[record.name] > 1:
            yield finding(loaded, ("records", at, "name"), "E415", f"another record is called `{record.name}` too")
        yield from _faults_of_object(loaded, record, ("records", at))


def _faults_of_object(loaded: Loaded, record: RecordSection, location: Location) -> Iterator[Finding]:
    name = record.object
    if name in ("contacts", "calls"):
        message = f"`{name}` have their own part of the mapping: `{name[:-1]}`"
        yield finding(loaded, (*location, "object"), "E412", message)
    elif name not in STANDARD_OBJECTS and not name.startswith("p_") and not name[0].isdecimal():
        message = f"there is no object `{name}`{suggestion(name, STANDARD_OBJECTS)}; custom ones begin with p_ or 2-"
        yield finding(loaded, (*location, "object"), "E412", message)
    if name in _DUE_OBJECTS and "hs_timestamp" not in record.properties:
        yield finding(loaded, (*location, "properties"), "E417", f"{name} need `hs_timestamp`", key=True)


def _faults_of_names(loaded: Loaded, document: MappingDocument) -> Iterator[Finding]:
    for name in document.tables:
        if name in RESERVED:
            yield finding(loaded, ("tables", name), "E426", f"`{name}` means the call itself", key=True)
    sections: list[tuple[Location, frozenset[str]]] = [
        (("contact", "properties"), frozenset(document.contact.properties)),
        (("call", "properties"), frozenset(document.call.properties)),
    ]
    for at, record in enumerate(document.records):
        sections.append((("records", at, "properties"), frozenset(record.properties)))
    for location, names in sections:
        for name in names & KEYS:
            yield finding(loaded, (*location, name), "E416", f"`{name}` is set by the connector alone", key=True)


def _faults_of_expressions(loaded: Loaded, document: MappingDocument) -> Iterator[Finding]:
    for expression in expressions(document):
        text = expression.text
        scan = examine_condition(text) if expression.is_condition else examine_template(text)
        for problem in scan.problems:
            where = loaded.where_within(expression.location, text, problem.offset)
            yield Finding(where=where, code=problem.code, message=problem.message)


def _faults_of_transforms(loaded: Loaded, value: Value) -> Iterator[Finding]:
    form = value.choice.transform
    for at, (name, argument) in enumerate(steps_of(form)):
        place: Location = (*value.location, "transform", *([at] if isinstance(form, list) else []))
        transform = TRANSFORMS.get(name)
        if transform is None:
            message = f"there is no transform `{name}`{suggestion(name, TRANSFORMS)}"
            yield finding(loaded, place, "E422", message)
            continue
        try:
            transform.read_argument(argument)
        except ValueError as error:
            yield finding(loaded, place, "E423", f"`{name}`: {error}")
