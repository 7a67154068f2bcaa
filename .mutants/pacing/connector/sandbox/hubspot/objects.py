"""One record at a time: create, read, list, update, archive."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any, Final

import msgspec

from connector.sandbox.hubspot.answers import (
    bad_json,
    bad_request,
    created,
    no_content,
    not_found,
    ok,
    page_not_found,
)
from connector.sandbox.hubspot.kinds import plural
from connector.sandbox.hubspot.lookup import check_id_property, find_record
from connector.sandbox.hubspot.portal import Portal
from connector.sandbox.hubspot.views import asked, show, show_all, show_associations, show_changed
from connector.sandbox.hubspot.writes import commit, draft_change, draft_new
from connector.sandbox.wire import Request, Response

PAGE_LENGTH: Final = 10
PAGE_LENGTH_MAX: Final = 100


def read_json(request: Request) -> Any:
    """The decoded body. Raises a 400 when it is not JSON."""
    try:
        return msgspec.json.decode(request.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise bad_json(str(error)) from error


def read_object(request: Request) -> dict[str, Any]:
    """The body as a JSON object. Raises a 400 when it is not one."""
    body = read_json(request)
    if not isinstance(body, dict):
        raise bad_json("Cannot deserialize value of type `java.util.LinkedHashMap`")
    return body


def listed(request: Request, name: str) -> list[str]:
    """A query parameter that may be repeated, or hold several values with commas."""
    return [part.strip() for value in request.query.get(name, ()) for part in value.split(",") if part.strip()]


def read_count(request: Request, name: str, default: int, highest: int | None = None) -> int:
    """A query parameter that counts something. Raises a 400 when it is no number or too high."""
    text = request.first(name) or str(default)
    if not (text.isascii() and text.isdigit()) or (highest is not None and int(text) > highest):
        raise bad_request(f"Invalid value for parameter `{name}`: {text}")
    return int(text)


def wants_archived(request: Request) -> bool:
    return request.first("archived").lower() == "true"


def create(portal: Portal, request: Request, object_type: str, *, dated: bool) -> Response:
    """POST: 201 with the whole record."""
    record = commit(portal, draft_new(portal, object_type, read_object(request), {}, dated=dated))
    return created(request, show_all(portal, record), f"{request.path.rstrip('/')}/{record.id}")


def read(portal: Portal, request: Request, object_type: str, value: str) -> Response:
    """GET: 200, or 404, which is a page when the record was asked for by `idProperty`."""
    id_property = request.first("idProperty")
    record = find_record(portal, object_type, value, id_property, archived=wants_archived(request))
    if record is None:
        raise page_not_found() if id_property else not_found()
    body = show(portal, record, asked(portal, object_type, listed(request, "properties")))
    associations = show_associations(portal, record, _types(request))
    return ok({**body, "associations": associations} if associations else body)


def page(portal: Portal, request: Request, object_type: str) -> Response:
    """GET of the list: 200 with one page, oldest first."""
    limit, after = read_count(request, "limit", PAGE_LENGTH, PAGE_LENGTH_MAX), read_count(request, "after", 0)
    records = portal.stores[object_type].records
    ids = sorted(records, key=int) if portal.stores[object_type].merged else list(records)
    archived = wants_archived(request)
    what = asked(portal, object_type, listed(request, "properties"))
    results: list[dict[str, Any]] = []
    paging: dict[str, Any] = {}
    for record_id in ids[bisect_right(ids, after, key=int) :]:
        record = records[record_id]
        if bool(record.archived_at) != archived:
            continue
        if len(results) == limit:
            last = results[-1]["id"]
            link = f"https://api.hubapi.com{request.path}?limit={limit}&after={last}"
            paging = {"paging": {"next": {"after": last, "link": link}}}
            break
        associations = show_associations(portal, record, _types(request))
        results.append(show(portal, record, what) | ({"associations": associations} if associations else {}))
    return ok({"results": results, **paging})


def update(portal: Portal, request: Request, object_type: str, value: str) -> Response:
    """PATCH: 200 with what changed, or 404."""
    id_property = request.first("idProperty")
    if id_property:
        check_id_property(portal, object_type, id_property)
    record = find_record(portal, object_type, value, id_property, archived=False)
    if record is None:
        raise not_found()
    draft = draft_change(portal, record, read_object(request).get("properties"), {})
    return ok(show_changed(portal, commit(portal, draft), draft.sent))


def archive(portal: Portal, object_type: str, record_id: str) -> Response:
    """DELETE: 204, also for a record that is not there any more."""
    archive_record(portal, object_type, record_id)
    return no_content()


def archive_record(portal: Portal, object_type: str, record_id: str) -> bool:
    """Archive a live record; whether there was one."""
    record = portal.record(object_type, record_id)
    if record is None:
        return False
    gone = record.copy()
    gone.archived_at = gone.updated_at = portal.stamp
    portal.keep(gone)
    return True


def _types(request: Request) -> list[str]:
    return [name for name in map(plural, listed(request, "associations")) if name]
