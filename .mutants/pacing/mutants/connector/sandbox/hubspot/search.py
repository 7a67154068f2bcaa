"""Search: matches on the index as it was some seconds ago, answers the values of now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from connector.sandbox.hubspot.answers import bad_request, ok
from connector.sandbox.hubspot.derived import DERIVED, derive
from connector.sandbox.hubspot.filters import ASSOCIATION, Filter, Group, matches, rank, read_groups
from connector.sandbox.hubspot.index import Document
from connector.sandbox.hubspot.kinds import plural
from connector.sandbox.hubspot.objects import read_object
from connector.sandbox.hubspot.portal import Portal
from connector.sandbox.hubspot.views import asked, show
from connector.sandbox.wire import Request, Response

BODY_LENGTH_MAX: Final = 3_000
LIMIT: Final = 10
LIMIT_MAX: Final = 200
REACH_MAX: Final = 10_000
_EXACT: Final = ("string", "phone_number", "enumeration")
_QUERIED: Final = {
    "contacts": ("firstname", "lastname", "email", "phone", "hs_additional_emails", "fax", "mobilephone", "company"),
    "companies": ("website", "phone", "name", "domain"),
    "deals": ("dealname", "pipeline", "dealstage", "description", "dealtype"),
    "tickets": ("subject", "content"),
    "calls": ("hs_call_title", "hs_body_preview"),
    "tasks": ("hs_body_preview", "hs_task_subject"),
    "notes": ("hs_body_preview",),
}


def search(portal: Portal, request: Request, object_type: str) -> Response:
    """POST search: 200. `total` counts what the index matches, results are only the records that are still there."""
    if len(request.body.decode("utf-8", "replace")) > BODY_LENGTH_MAX:
        raise bad_request(f"The request body is over the limit of {BODY_LENGTH_MAX} characters")
    body = read_object(request)
    limit, after = _window(body)
    groups = read_groups(body.get("filterGroups"), portal.schemas[object_type])
    query = str(body.get("query") or "").lower()
    portal.indexes[object_type].catch_up(portal.at)
    found = [
        record_id
        for record_id in _find(portal, object_type, groups)
        if not query or _answers(_document(portal, object_type, record_id), object_type, query)
    ]
    _sort(portal, object_type, found, body.get("sorts"))
    names = body.get("properties")
    what = asked(portal, object_type, [str(name) for name in names] if isinstance(names, list) else ())
    records = (portal.record(object_type, record_id) for record_id in found[after : after + limit])
    results = [show(portal, record, what) for record in records if record is not None]
    answer: dict[str, Any] = {"total": len(found), "results": results}
    if after + limit < len(found):
        answer["paging"] = {"next": {"after": str(after + limit)}}
    return ok(answer)


def _window(body: dict[str, Any]) -> tuple[int, int]:
    limit = body.get("limit", LIMIT)
    if not isinstance(limit, int) or not 0 <= limit <= LIMIT_MAX:
        raise bad_request(f"limit must be between 0 and {LIMIT_MAX}")
    after = str(body.get("after") or "0")
    if not after.isdigit():
        raise bad_request("after must be an integer")
    if int(after) + limit > REACH_MAX:
        raise bad_request(f"A search cannot reach beyond {REACH_MAX} results")
    return limit, int(after)


def _find(portal: Portal, object_type: str, groups: list[Group]) -> list[str]:
    """The ids of all documents that meet one of the groups, or of all when there is none."""
    documents = portal.indexes[object_type].documents
    if not groups:
        return list(documents)
    found: dict[str, None] = {}
    for group in groups:
        for record_id in _candidates(portal, object_type, group):
            if record_id not in found and record_id in documents and _meets(portal, object_type, record_id, group):
                found[record_id] = None
    return list(found)


def _candidates(portal: Portal, object_type: str, group: Group) -> Iterable[str]:
    """Fewer documents to look at, where a filter asks for exact values."""
    index = portal.indexes[object_type]
    for condition in group:
        if condition.type in _EXACT and condition.name not in DERIVED and not condition.name.startswith(ASSOCIATION):
            if condition.operator == "EQ":
                return index.candidates(condition.name, [condition.value.lower()])
            if condition.operator == "IN":
                return index.candidates(condition.name, [value.lower() for value in condition.values])
    return list(index.documents)


def _meets(portal: Portal, object_type: str, record_id: str, group: Group) -> bool:
    document = portal.indexes[object_type].documents[record_id]
    return all(_holds(portal, object_type, record_id, document, condition) for condition in group)


def _holds(portal: Portal, object_type: str, record_id: str, document: Document, condition: Filter) -> bool:
    if condition.name.startswith(ASSOCIATION):
        other = plural(condition.name.removeprefix(ASSOCIATION)) or ""
        ends = portal.links.of((object_type, record_id), other)
        return matches(condition, ";".join(end[1] for end, _ in ends))
    if condition.name in DERIVED:
        return matches(condition, derive(object_type, document).get(condition.name))
    return matches(condition, document.get(condition.name))


def _document(portal: Portal, object_type: str, record_id: str) -> Document:
    return portal.indexes[object_type].documents[record_id]


def _answers(document: Document, object_type: str, query: str) -> bool:
    """Whether every word of a query begins or stands in one of the searched properties."""
    names = _QUERIED[object_type]
    texts = {**document, **derive(object_type, document)} if not DERIVED.isdisjoint(names) else document
    haystack = " ".join(texts.get(name, "").lower() for name in names)
    return all(word in haystack for word in query.split())


def _sort(portal: Portal, object_type: str, found: list[str], sorts: Any) -> None:
    found.sort(key=int)
    if not isinstance(sorts, list) or not sorts:
        return
    if len(sorts) > 1:
        raise bad_request("Only one sort is allowed")
    name, descending = _read_sort(sorts[0])
    definition = portal.schemas[object_type].get(name)
    if definition is None:
        raise bad_request(f'There was a problem with the request: property "{name}" does not exist')
    kind = definition.type

    def key(record_id: str) -> tuple[bool, tuple[int, float, str]]:
        value = _document(portal, object_type, record_id).get(name)
        return (value is None) != descending, rank(kind, value or "")

    found.sort(key=key, reverse=descending)


def _read_sort(raw: Any) -> tuple[str, bool]:
    if isinstance(raw, dict):
        return str(raw.get("propertyName", "")), str(raw.get("direction", "ASCENDING")).upper() == "DESCENDING"
    text = str(raw)
    return text.removeprefix("-"), text.startswith("-")
