"""From method and path to the endpoint, its pool of requests and the scopes it needs.

Dated paths are other names of v3 and v4 ones, where HubSpot documents that they exist.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct

from connector.sandbox.hubspot import account, associations, batches, contacts, objects, properties, search
from connector.sandbox.hubspot.answers import bad_request, not_allowed, not_found
from connector.sandbox.hubspot.kinds import KINDS, plural
from connector.sandbox.hubspot.limits import ASSOCIATIONS, INTERVAL, SEARCH
from connector.sandbox.hubspot.portal import Portal
from connector.sandbox.wire import Request, Response

DATE: Final = "2026-09"
READ: Final = "read"
WRITE: Final = "write"


class Place(Struct, frozen=True, kw_only=True):
    """What a path names: the object type, the parts that stand for a `*`, and the other type of a link."""

    kind: str = ""
    other: str = ""
    parts: tuple[str, ...] = ()
    dated: bool = False


class Route(Struct, frozen=True, kw_only=True):
    """Where a request goes."""

    endpoint: Callable[[Portal, Request], Response]
    pool: str = INTERVAL
    scopes: tuple[str, ...] = ()
    """Any one of these will do; none are needed when it is empty."""
    scope_style: str = ""
    object_type: str = ""


class _Door(Struct, frozen=True):
    """One endpoint of a table: what it does to the data, what it calls, whose requests it counts among."""

    access: str
    call: Callable[[Portal, Request, Place], Response]
    pool: str = INTERVAL


_Table = Mapping[str, _Door]

_OBJECTS: Final[_Table] = {
    "GET": _Door(READ, lambda p, r, at: objects.page(p, r, at.kind)),
    "POST": _Door(WRITE, lambda p, r, at: objects.create(p, r, at.kind, dated=at.dated)),
    "POST search": _Door(READ, lambda p, r, at: search.search(p, r, at.kind), SEARCH),
    "POST batch/read": _Door(READ, lambda p, r, at: batches.read(p, r, at.kind)),
    "POST batch/create": _Door(WRITE, lambda p, r, at: batches.create(p, r, at.kind, dated=at.dated)),
    "POST batch/update": _Door(WRITE, lambda p, r, at: batches.update(p, r, at.kind)),
    "POST batch/upsert": _Door(WRITE, lambda p, r, at: batches.upsert(p, r, at.kind, dated=at.dated)),
    "POST batch/archive": _Door(WRITE, lambda p, r, at: batches.archive(p, r, at.kind)),
    "GET *": _Door(READ, lambda p, r, at: objects.read(p, r, at.kind, at.parts[0])),
    "PATCH *": _Door(WRITE, lambda p, r, at: objects.update(p, r, at.kind, at.parts[0])),
    "DELETE *": _Door(WRITE, lambda p, _, at: objects.archive(p, at.kind, at.parts[0])),
}
_CONTACTS: Final[_Table] = {
    "POST merge": _Door(WRITE, lambda p, r, _: contacts.merge(p, r)),
    "POST gdpr-delete": _Door(WRITE, lambda p, r, _: contacts.gdpr_delete(p, r)),
}
_RECORD_LINKS: Final[_Table] = {
    "PUT *": _Door(
        WRITE,
        lambda p, r, at: associations.put_types(p, r, (at.kind, at.parts[0]), (at.other, at.parts[1])),
        ASSOCIATIONS,
    ),
    "DELETE *": _Door(
        WRITE,
        lambda p, _, at: associations.delete(p, (at.kind, at.parts[0]), (at.other, at.parts[1])),
        ASSOCIATIONS,
    ),
    "GET": _Door(READ, lambda p, r, at: associations.page(p, r, (at.kind, at.parts[0]), at.other), ASSOCIATIONS),
}
_DEFAULT_LINK: Final[_Table] = {
    "PUT *": _Door(
        WRITE,
        lambda p, _, at: associations.put_default(p, (at.kind, at.parts[0]), (at.other, at.parts[1])),
        ASSOCIATIONS,
    ),
}
_BATCH_LINKS: Final[_Table] = {
    "POST associate/default": _Door(
        WRITE, lambda p, r, at: associations.batch_default(p, r, at.kind, at.other), ASSOCIATIONS
    ),
    "POST create": _Door(WRITE, lambda p, r, at: associations.batch_create(p, r, at.kind, at.other), ASSOCIATIONS),
    "POST read": _Door(READ, lambda p, r, at: associations.batch_read(p, r, at.kind, at.other), ASSOCIATIONS),
    "POST archive": _Door(WRITE, lambda p, r, at: associations.batch_archive(p, r, at.kind, at.other), ASSOCIATIONS),
}
_PROPERTIES: Final[_Table] = {
    "GET": _Door(READ, lambda p, r, at: properties.page(p, r, at.kind)),
    "POST": _Door(WRITE, lambda p, r, at: properties.create(p, r, at.kind)),
    "GET groups": _Door(READ, lambda p, _, at: properties.groups(p, at.kind)),
    "POST groups": _Door(WRITE, lambda p, r, at: properties.create_group(p, r, at.kind)),
    "GET groups/*": _Door(READ, lambda p, _, at: properties.read_group(p, at.kind, at.parts[0])),
    "POST batch/create": _Door(WRITE, lambda p, r, at: properties.create_many(p, r, at.kind)),
    "POST batch/read": _Door(READ, lambda p, r, at: properties.read_many(p, r, at.kind)),
    "GET *": _Door(READ, lambda p, r, at: properties.read(p, r, at.kind, at.parts[0])),
    "PATCH *": _Door(WRITE, lambda p, r, at: properties.update(p, r, at.kind, at.parts[0])),
    "DELETE *": _Door(WRITE, lambda p, _, at: properties.archive(p, at.kind, at.parts[0])),
}
_PIPELINES: Final[_Table] = {
    "GET": _Door(READ, lambda p, _, at: account.pipelines(p, at.kind)),
    "GET *": _Door(READ, lambda p, _, at: account.pipeline(p, at.kind, at.parts[0])),
    "GET */stages": _Door(READ, lambda p, _, at: account.stages(p, at.kind, at.parts[0])),
}
_OWNERS: Final[_Table] = {
    "GET": _Door(READ, lambda p, r, _: account.owners(p, r)),
    "GET *": _Door(READ, lambda p, r, at: account.owner(p, r, at.parts[0])),
}
_ACCOUNT: Final[_Table] = {
    "GET calling/v1/dispositions": _Door(READ, lambda p, _, __: account.dispositions(p)),
    "GET account-info/v3/details": _Door(READ, lambda p, _, __: account.details(p)),
    "GET account-info/v3/api-usage/daily/private-apps": _Door(READ, lambda p, _, __: account.usage(p)),
}


def find(request: Request) -> Route:
    """The route of a request. Raises a 404 for an unknown path and a 405 for a method that it does not know."""
    segments = request.path.strip("/").split("/")
    match segments:
        case ["crm", area, version, *rest] if version == DATE:
            reader = _AREAS.get((version, area))
        case ["crm", version, area, *rest]:
            reader = _AREAS.get((version, area))
        case _:
            door, _ = _pick(_ACCOUNT, request.method, segments)
            return _route(door, Place(), ())
    if reader is None:
        raise not_found()
    return reader(request.method, rest)


def _objects(method: str, rest: list[str], *, dated: bool = False) -> Route:
    kind, rest = _kind(rest), rest[1:]
    # Merging and deleting for good have no dated names.
    table = _CONTACTS if kind == "contacts" and not dated and rest in (["merge"], ["gdpr-delete"]) else _OBJECTS
    door, parts = _pick(table, method, rest)
    return _route(door, Place(kind=kind, parts=parts, dated=dated), _object_scopes(kind, door.access))


def _dated_objects(method: str, rest: list[str]) -> Route:
    match rest:
        case [_, _, "associations", "default", _, _]:
            return _record_links(method, rest)
    return _objects(method, rest, dated=True)


def _record_links(method: str, rest: list[str]) -> Route:
    match rest:
        case [_, record_id, "associations", "default", name, *ids]:
            table = _DEFAULT_LINK
        case [_, record_id, "associations", name, *ids]:
            table = _RECORD_LINKS
        case _:
            raise not_found()
    door, parts = _pick(table, method, ids)
    kind = _kind(rest)
    place = Place(kind=kind, other=_kind([name]), parts=(record_id, *parts))
    return _route(door, place, _object_scopes(kind, door.access))


def _batch_links(method: str, rest: list[str]) -> Route:
    match rest:
        case [start, end, "batch", *names]:
            door, _ = _pick(_BATCH_LINKS, method, names)
            place = Place(kind=_kind([start]), other=_kind([end]))
            return _route(door, place, _object_scopes(place.kind, door.access))
    raise not_found()


def _properties(method: str, rest: list[str]) -> Route:
    kind = _kind(rest)
    door, parts = _pick(_PROPERTIES, method, rest[1:])
    # Which scope the schema of an activity needs is not settled by the documents: the contacts' will do as well.
    schemas = (f"crm.schemas.{kind}.{door.access}", f"crm.schemas.contacts.{door.access}")
    scopes = schemas + (_object_scopes(kind, READ) if door.access == READ else ())
    return _route(door, Place(kind=kind, parts=parts), scopes, style="properties")


def _pipelines(method: str, rest: list[str]) -> Route:
    kind = _kind(rest)
    door, parts = _pick(_PIPELINES, method, rest[1:])
    return _route(door, Place(kind=kind, parts=parts), _object_scopes(kind, READ))


def _owners(method: str, rest: list[str]) -> Route:
    door, parts = _pick(_OWNERS, method, rest)
    return _route(door, Place(parts=parts), ("crm.objects.owners.read",))


_AREAS: Final[Mapping[tuple[str, str], Callable[[str, list[str]], Route]]] = {
    ("v3", "objects"): _objects,
    (DATE, "objects"): _dated_objects,
    ("v4", "objects"): _record_links,
    ("v4", "associations"): _batch_links,
    (DATE, "associations"): _batch_links,
    ("v3", "properties"): _properties,
    (DATE, "properties"): _properties,
    ("v3", "owners"): _owners,
    (DATE, "owners"): _owners,
    ("v3", "pipelines"): _pipelines,
}


def _pick(table: _Table, method: str, rest: list[str]) -> tuple[_Door, tuple[str, ...]]:
    """The endpoint of a table for the rest of a path, and what stands in the places of its `*`."""
    door = table.get(f"{method} {'/'.join(rest)}".rstrip())
    if door is not None:
        return door, ()
    known = False
    for key, candidate in table.items():
        wanted, _, pattern = key.partition(" ")
        parts = _parts(pattern.split("/") if pattern else [], rest)
        if parts is not None and wanted == method:
            return candidate, parts
        known = known or parts is not None
    raise not_allowed(method) if known else not_found()


def _parts(pattern: list[str], rest: list[str]) -> tuple[str, ...] | None:
    if len(pattern) != len(rest) or any(p not in ("*", r) for p, r in zip(pattern, rest, strict=True)):
        return None
    return tuple(r for p, r in zip(pattern, rest, strict=True) if p == "*")


def _route(door: _Door, place: Place, scopes: tuple[str, ...], *, style: str = "") -> Route:
    return Route(
        endpoint=lambda portal, request: door.call(portal, request, place),
        pool=door.pool,
        scopes=scopes,
        scope_style=style,
        object_type=place.kind,
    )


def _object_scopes(kind: str, access: str) -> tuple[str, ...]:
    scope = KINDS[kind].scope
    return (scope,) if scope == "tickets" else (f"{scope}.{access}",)


def _kind(rest: list[str]) -> str:
    """The object type that a path begins with. Raises a 404 without one, a 400 for one that the portal has not."""
    if not rest:
        raise not_found()
    kind = plural(rest[0])
    if kind is None:
        raise bad_request(f"Unable to infer object type from: {rest[0]}")
    return kind
