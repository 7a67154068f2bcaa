"""Every value and expression of a mapping with its place, for the checks that look at all of them alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from connector.mapping.schema import Choice, MappingDocument, Properties

Location = tuple[str | int, ...]
Section = Literal["rules", "caller", "contact", "call", "records"]


class Value(Struct, frozen=True):
    """One value of the mapping: a property's entry, an alternative within `first`, or a part of `caller`."""

    choice: Choice
    location: Location
    section: Section


class Expression(Struct, frozen=True):
    """One `when` or `template`."""

    text: str
    location: Location
    section: Section
    is_condition: bool


def values(document: MappingDocument) -> Iterator[Value]:
    """Every value, those within `first` too, in no promised order."""
    for name in ("number", "email", "name"):
        choice = getattr(document.caller, name)
        if choice is not None:
            yield from _nested(choice, ("caller", name), "caller")
    yield from _of_properties(document.contact.properties, ("contact", "properties"), "contact")
    yield from _of_properties(document.call.properties, ("call", "properties"), "call")
    for at, record in enumerate(document.records):
        yield from _of_properties(record.properties, ("records", at, "properties"), "records")


def expressions(document: MappingDocument) -> Iterator[Expression]:
    """Every condition and template, in no promised order."""
    for at, rule in enumerate(document.rules):
        if rule.when is not None:
            yield Expression(rule.when, ("rules", at, "when"), "rules", True)
    for at, record in enumerate(document.records):
        if record.when is not None:
            yield Expression(record.when, ("records", at, "when"), "records", True)
    for value in values(document):
        if value.choice.when is not None:
            yield Expression(value.choice.when, (*value.location, "when"), value.section, True)
        if value.choice.template is not None:
            yield Expression(value.choice.template, (*value.location, "template"), value.section, False)


def _of_properties(properties: Properties, location: Location, section: Section) -> Iterator[Value]:
    for name, form in properties.items():
        if isinstance(form, list):
            for at, entry in enumerate(form):
                yield from _nested(entry, (*location, name, at), section)
        else:
            yield from _nested(form, (*location, name), section)


def _nested(choice: Choice, location: Location, section: Section) -> Iterator[Value]:
    yield Value(choice, location, section)
    for at, inner in enumerate(choice.first or []):
        yield from _nested(inner, (*location, "first", at), section)
