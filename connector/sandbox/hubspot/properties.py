"""The properties API: definitions and groups, read, made, changed, archived."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any, Final

from connector.sandbox.hubspot.answers import (
    OBJECT_NOT_FOUND,
    VALIDATION_ERROR,
    Refusal,
    bad_request,
    batch,
    created,
    no_content,
    not_found,
    ok,
)
from connector.sandbox.hubspot.defaults import BOOL_OPTIONS
from connector.sandbox.hubspot.definitions import FIELD_TYPES, TYPES, UNIQUE_COUNT_MAX, Definition, Group, Option
from connector.sandbox.hubspot.objects import read_object, wants_archived
from connector.sandbox.hubspot.portal import Portal
from connector.sandbox.wire import Request, Response

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,99}")
_NEEDED: Final = ("name", "label", "type", "fieldType", "groupName")


def page(portal: Portal, request: Request, object_type: str) -> Response:
    """GET all: 200; with `archived=true` only the archived ones."""
    archived = wants_archived(request)
    listed = portal.schemas[object_type].definitions.values()
    return ok({"results": [d.as_json() for d in listed if bool(d.archived_at) == archived and not d.visible_at]})


def read(portal: Portal, request: Request, object_type: str, name: str) -> Response:
    """GET one: 200 or 404."""
    definition = portal.schemas[object_type].definitions.get(name)
    if definition is None or definition.visible_at or bool(definition.archived_at) != wants_archived(request):
        raise _unknown(name)
    return ok(definition.as_json())


def create(portal: Portal, request: Request, object_type: str) -> Response:
    """POST: 201; 409 for a name that is there already; an archived one comes back to life."""
    definition = _make(portal, object_type, read_object(request))
    return created(request, definition.as_json(), f"{request.path.rstrip('/')}/{definition.name}")


def create_many(portal: Portal, request: Request, object_type: str) -> Response:
    """POST batch/create: 201, or 207 with what could not be made."""
    results, errors = [], []
    for item in _inputs(request):
        try:
            results.append(_make(portal, object_type, item).as_json())
        except Refusal as refusal:
            errors.append(refusal.entry({"name": [str(item.get("name", ""))]}))
    return batch(HTTPStatus.MULTI_STATUS if errors else HTTPStatus.CREATED, portal.stamp, results, errors)


def read_many(portal: Portal, request: Request, object_type: str) -> Response:
    """POST batch/read: 200, or 207 with the names that are not there."""
    schema = portal.schemas[object_type]
    names = [str(item.get("name", "")) for item in _inputs(request)]
    found = [definition for definition in map(schema.get, names) if definition is not None]
    missing = [name for name in names if schema.get(name) is None]
    errors = [_unknown(name).entry({"name": [name]}) for name in missing]
    status = HTTPStatus.MULTI_STATUS if errors else HTTPStatus.OK
    return batch(status, portal.stamp, [definition.as_json() for definition in found], errors)


def update(portal: Portal, request: Request, object_type: str, name: str) -> Response:
    """PATCH: 200; `options` replaces the list; what makes a property unique cannot be changed."""
    definition = _existing(portal, object_type, name)
    body = read_object(request)
    if "hasUniqueValue" in body and bool(body["hasUniqueValue"]) != definition.unique:
        raise bad_request("hasUniqueValue cannot be changed after a property has been created")
    if definition.hubspot_defined and not body.keys() <= {"options"}:
        raise _read_only(name)
    if "options" in body:
        definition.options = _read_options(body["options"])
    _check_group(portal, object_type, str(body.get("groupName", definition.group)))
    definition.label = str(body.get("label", definition.label))
    definition.description = str(body.get("description", definition.description))
    definition.group = str(body.get("groupName", definition.group))
    definition.updated_at = portal.stamp
    portal.schemas[object_type].refresh()
    return ok(definition.as_json())


def archive(portal: Portal, object_type: str, name: str) -> Response:
    """DELETE: 204; HubSpot's own cannot be archived."""
    definition = _existing(portal, object_type, name)
    if definition.hubspot_defined:
        raise _read_only(name)
    definition.archived_at = portal.stamp
    portal.schemas[object_type].refresh()
    return no_content()


def groups(portal: Portal, object_type: str) -> Response:
    """GET groups: 200."""
    return ok({"results": [group.as_json() for group in portal.schemas[object_type].groups.values()]})


def read_group(portal: Portal, object_type: str, name: str) -> Response:
    """GET a group: 200 or 404."""
    group = portal.schemas[object_type].groups.get(name)
    if group is None:
        raise not_found(f"Property group {name} does not exist")
    return ok(group.as_json())


def create_group(portal: Portal, request: Request, object_type: str) -> Response:
    """POST a group: 201, or 409 when it is there already."""
    body = read_object(request)
    name, label = str(body.get("name", "")), str(body.get("label", ""))
    if not _NAME.fullmatch(name) or not label:
        raise bad_request("A property group needs a name of lower-case letters, digits and _, and a label")
    there = portal.schemas[object_type].groups
    if name in there:
        raise _taken(f"A property group named '{name}' already exists.", "Properties.GROUP_WITH_NAME_EXISTS")
    group = Group(name=name, label=label, display_order=_order(body), hubspot_defined=False)
    there[name] = group
    return created(request, group.as_json(), f"{request.path.rstrip('/')}/{name}")


def _make(portal: Portal, object_type: str, body: dict[str, Any]) -> Definition:
    definition = _read_definition(portal, object_type, body)
    schema = portal.schemas[object_type]
    former = schema.definitions.get(definition.name)
    if former is not None and not former.archived_at:
        raise _taken(f"A property named '{definition.name}' already exists.", "Properties.PROPERTY_WITH_NAME_EXISTS")
    if former is not None:
        # Only what makes it unique is as it was: that can never be changed.
        definition.unique = former.unique
        definition.created_at = former.created_at
    else:
        _check_allowed(portal, object_type, definition)
    schema.definitions[definition.name] = definition
    schema.refresh()
    portal.stores[object_type].watch(schema.unique)
    return definition


def _read_definition(portal: Portal, object_type: str, body: dict[str, Any]) -> Definition:
    missing = [key for key in _NEEDED if not body.get(key)]
    if missing:
        raise bad_request(f"Invalid input JSON: required fields are missing: [{', '.join(missing)}]")
    name, kind, field_type = str(body["name"]), str(body["type"]), str(body["fieldType"])
    if not _NAME.fullmatch(name) or name.startswith("hs_"):
        raise bad_request(f'Property name "{name}" is not valid', sub_category="PropertyValidationError.INVALID_NAME")
    if kind not in TYPES or field_type not in FIELD_TYPES:
        raise bad_request(f"Property type {kind} with field type {field_type} is not valid")
    _check_group(portal, object_type, str(body["groupName"]))
    options = _read_options(body.get("options") or [])
    if kind == "enumeration" and not options and not body.get("externalOptions"):
        raise bad_request(f'Property "{name}" is an enumeration and needs options')
    lag = portal.choices.property_lag_seconds
    return Definition(
        name=name,
        label=str(body["label"]),
        type=kind,
        field_type=field_type,
        group=str(body["groupName"]),
        description=str(body.get("description") or ""),
        options=options or (list(BOOL_OPTIONS) if kind == "bool" else []),
        unique=bool(body.get("hasUniqueValue", False)),
        hubspot_defined=False,
        hidden=bool(body.get("hidden", False)),
        form_field=bool(body.get("formField", False)),
        display_order=_order(body),
        created_at=portal.stamp,
        updated_at=portal.stamp,
        visible_at=portal.at + lag if lag else 0.0,
    )


def _read_options(raw: Any) -> list[Option]:
    try:
        return [
            Option(
                value=str(item["value"]),
                label=str(item["label"]),
                hidden=bool(item.get("hidden", False)),
                display_order=int(item.get("displayOrder", -1)),
                description=str(item.get("description") or ""),
            )
            for item in raw
        ]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise bad_request("Property options need a value and a label each") from error


def _order(body: dict[str, Any]) -> int:
    order = body.get("displayOrder", -1)
    if not isinstance(order, int):
        raise bad_request("displayOrder must be a number")
    return order


def _check_allowed(portal: Portal, object_type: str, definition: Definition) -> None:
    if not portal.custom.get(object_type, True):
        raise bad_request(
            f"Custom properties are not supported for object type {object_type}",
            sub_category="PropertyValidationError.CUSTOM_PROPERTIES_NOT_SUPPORTED",
        )
    if definition.unique:
        _check_unique_allowed(portal, object_type)


def _check_unique_allowed(portal: Portal, object_type: str) -> None:
    if not portal.unique.get(object_type, True):
        raise bad_request(
            f"Properties with unique values are not supported for object type {object_type}",
            sub_category="PropertyValidationError.UNIQUE_VALUE_NOT_SUPPORTED",
        )
    definitions = portal.schemas[object_type].definitions.values()
    if sum(d.unique and not d.hubspot_defined and not d.archived_at for d in definitions) >= UNIQUE_COUNT_MAX:
        raise bad_request(f"At most {UNIQUE_COUNT_MAX} properties of an object can have unique values")


def _check_group(portal: Portal, object_type: str, name: str) -> None:
    if name not in portal.schemas[object_type].groups:
        raise bad_request(f'Property group "{name}" does not exist')


def _existing(portal: Portal, object_type: str, name: str) -> Definition:
    definition = portal.schemas[object_type].get(name)
    if definition is None:
        raise _unknown(name)
    return definition


def _unknown(name: str) -> Refusal:
    return Refusal(HTTPStatus.NOT_FOUND, f"Property {name} does not exist", category=OBJECT_NOT_FOUND)


def _taken(message: str, sub_category: str) -> Refusal:
    return Refusal(HTTPStatus.CONFLICT, message, category="OBJECT_ALREADY_EXISTS", sub_category=sub_category)


def _read_only(name: str) -> Refusal:
    return Refusal(
        HTTPStatus.BAD_REQUEST,
        f"{name} is a HubSpot defined property and cannot be changed",
        category=VALIDATION_ERROR,
        sub_category="PropertyValidationError.READ_ONLY_DEFINITION",
    )


def _inputs(request: Request) -> list[dict[str, Any]]:
    inputs = read_object(request).get("inputs")
    return [item for item in inputs if isinstance(item, dict)] if isinstance(inputs, list) else []
