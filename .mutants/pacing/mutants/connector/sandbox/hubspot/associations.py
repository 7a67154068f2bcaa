"""The v4 associations API, which has a pool of requests of its own."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from connector.sandbox.hubspot.answers import OBJECT_NOT_FOUND, Refusal, bad_request, batch, created, no_content, ok
from connector.sandbox.hubspot.kinds import DEFAULTS, ENDS, KINDS, LABELS
from connector.sandbox.hubspot.links import End
from connector.sandbox.hubspot.objects import read_count, read_json, read_object
from connector.sandbox.hubspot.portal import Portal
from connector.sandbox.wire import Request, Response

CREATE_COUNT_MAX: Final = 2_000
READ_COUNT_MAX: Final = 1_000
PAGE_LENGTH_MAX: Final = 500
_DEFINED: Final = "HUBSPOT_DEFINED"
_CATEGORY: Final = "associationCategory"
_TYPE_ID: Final = "associationTypeId"


def put_default(portal: Portal, start: End, end: End) -> Response:
    """PUT of the unlabelled association: 200, as a batch of one."""
    results = _link_default(portal, start, end)
    return batch(HTTPStatus.OK, portal.stamp, results)


def put_types(portal: Portal, request: Request, start: End, end: End) -> Response:
    """PUT with types: 201; they replace the labels that were there."""
    type_ids = _read_types(start[0], end[0], read_json(request))
    _check_ends(portal, start, end)
    portal.links.put(start, end, type_ids)
    return created(request, _pair(start, end, type_ids), request.path)


def page(portal: Portal, request: Request, start: End, end_type: str) -> Response:
    """GET: 200 with the records of one type that a record is linked to."""
    _check_record(portal, start, "FROM")
    limit = read_count(request, "limit", PAGE_LENGTH_MAX, PAGE_LENGTH_MAX)
    skip = read_count(request, "after", 0)
    found = _targets(portal, start, end_type)
    body: dict[str, Any] = {"results": found[skip : skip + limit]}
    if skip + limit < len(found):
        body["paging"] = {"next": {"after": str(skip + limit), "link": f"{request.path}?after={skip + limit}"}}
    return ok(body)


def delete(portal: Portal, start: End, end: End) -> Response:
    """DELETE: 204."""
    portal.links.remove(start, end)
    return no_content()


def batch_default(portal: Portal, request: Request, start_type: str, end_type: str) -> Response:
    """POST batch/associate/default: 200, with the errors of the pairs that could not be linked beside the others."""
    results: list[dict[str, Any]] = []
    errors: list[dict[str, Any]] = []
    for item in _inputs(request, CREATE_COUNT_MAX):
        try:
            start, end = _ends(item, start_type, end_type)
            results += _link_default(portal, start, end)
        except Refusal as refusal:
            errors.append(refusal.entry())
    return batch(HTTPStatus.OK, portal.stamp, results, errors)


def batch_create(portal: Portal, request: Request, start_type: str, end_type: str) -> Response:
    """POST batch/create: 201, or 207 with the pairs that could not be linked."""
    results: list[dict[str, Any]] = []
    errors: list[dict[str, Any]] = []
    for item in _inputs(request, CREATE_COUNT_MAX):
        try:
            start, end = _ends(item, start_type, end_type)
            type_ids = _read_types(start_type, end_type, item.get("types"))
            _check_ends(portal, start, end)
        except Refusal as refusal:
            errors.append(refusal.entry())
            continue
        portal.links.put(start, end, type_ids)
        results.append(_pair(start, end, type_ids))
    portal.shuffle(results)
    return batch(HTTPStatus.MULTI_STATUS if errors else HTTPStatus.CREATED, portal.stamp, results, errors)


def batch_read(portal: Portal, request: Request, start_type: str, end_type: str) -> Response:
    """POST batch/read: 200, or 207 when some records have no such association."""
    results: list[dict[str, Any]] = []
    errors: list[dict[str, Any]] = []
    for item in _inputs(request, READ_COUNT_MAX):
        record_id = str(item.get("id", ""))
        targets = _targets(portal, (start_type, record_id), end_type)
        if targets:
            results.append({"from": {"id": record_id}, "to": targets})
        else:
            errors.append(_no_associations(start_type, record_id, end_type).entry())
    portal.shuffle(results)
    return batch(HTTPStatus.MULTI_STATUS if errors else HTTPStatus.OK, portal.stamp, results, errors)


def batch_archive(portal: Portal, request: Request, start_type: str, end_type: str) -> Response:
    """POST batch/archive: 204, also for pairs that are not linked."""
    for item in _inputs(request, CREATE_COUNT_MAX):
        for target in item.get("to") or ():
            portal.links.remove((start_type, _id(item.get("from"))), (end_type, _id(target)))
    return no_content()


def _link_default(portal: Portal, start: End, end: End) -> list[dict[str, Any]]:
    """Link two records without a label; the answer names both directions."""
    if (start[0], end[0]) not in DEFAULTS:
        raise bad_request(f"No default association between {start[0]} and {end[0]}")
    _check_ends(portal, start, end)
    portal.links.add(start, end, ())
    return [
        {
            "from": {"id": one[1]},
            "to": {"id": other[1]},
            "associationSpec": {_CATEGORY: _DEFINED, _TYPE_ID: DEFAULTS[one[0], other[0]]},
        }
        for one, other in ((start, end), (end, start))
    ]


def _targets(portal: Portal, start: End, end_type: str) -> list[dict[str, Any]]:
    return [
        {
            "toObjectId": end[1],
            "associationTypes": [
                {"category": _DEFINED, "typeId": type_id, "label": LABELS.get(type_id)} for type_id in type_ids
            ],
        }
        for end, type_ids in portal.links.of(start, end_type)
        if portal.is_live(end)
    ]


def _pair(start: End, end: End, type_ids: tuple[int, ...]) -> dict[str, Any]:
    return {
        "fromObjectTypeId": KINDS[start[0]].type_id,
        "fromObjectId": start[1],
        "toObjectTypeId": KINDS[end[0]].type_id,
        "toObjectId": end[1],
        "labels": [LABELS[type_id] for type_id in type_ids if type_id in LABELS],
    }


def _read_types(start_type: str, end_type: str, raw: Any) -> tuple[int, ...]:
    """The association types of a body. Raises a 400 when one does not link these two object types."""
    try:
        type_ids = tuple(int(item[_TYPE_ID]) for item in raw if item[_CATEGORY] == _DEFINED)
    except (KeyError, TypeError, ValueError) as error:
        raise bad_request("Association types need an associationCategory and an associationTypeId") from error
    wrong = [type_id for type_id in type_ids if ENDS.get((start_type, type_id), ("",))[0] != end_type]
    if wrong or not type_ids:
        raise bad_request(f"Invalid association types {wrong} between {start_type} and {end_type}")
    return type_ids


def _ends(item: dict[str, Any], start_type: str, end_type: str) -> tuple[End, End]:
    return (start_type, _id(item.get("from"))), (end_type, _id(item.get("to")))


def _id(raw: Any) -> str:
    return str(raw.get("id", "")) if isinstance(raw, dict) else ""


def _check_ends(portal: Portal, start: End, end: End) -> None:
    _check_record(portal, start, "FROM")
    _check_record(portal, end, "TO")


def _check_record(portal: Portal, end: End, side: str) -> None:
    if not portal.is_live(end):
        single = KINDS[end[0]].single
        raise Refusal(
            HTTPStatus.NOT_FOUND,
            f"No {single} with ID {end[1]} exists",
            category=OBJECT_NOT_FOUND,
            sub_category=f"crm.associations.{side}_OBJECT_NOT_FOUND",
            context={"objectType": [single], "id": [end[1]]},
        )


def _no_associations(start_type: str, record_id: str, end_type: str) -> Refusal:
    start, end = KINDS[start_type].single, KINDS[end_type].single
    return Refusal(
        HTTPStatus.NOT_FOUND,
        f"No {end} is associated with {start} {record_id}.",
        category=OBJECT_NOT_FOUND,
        sub_category="crm.associations.NO_ASSOCIATIONS_FOUND",
        context={"fromObjectId": [record_id], "fromObjectType": [start], "toObjectType": [end]},
    )


def _inputs(request: Request, count_max: int) -> list[dict[str, Any]]:
    inputs = read_object(request).get("inputs")
    if not isinstance(inputs, list) or not all(isinstance(item, dict) for item in inputs):
        return []
    if len(inputs) > count_max:
        raise bad_request(f"Association batch endpoints are limited to {count_max} inputs per request")
    return inputs
