"""Dotted paths: `leadData.email`, `call.started_at`, `leadData."post code"`, `items.0.name`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any

from msgspec import Struct

from connector.mapping.view import View

Read = Callable[[View], Any]
"""What stands at a path for one call; None where nothing does."""

RESERVED = frozenset(("call", "caller", "crm", "connection", "source"))
"""Names that mean the call itself; a platform's field of the same name is reached through `source`."""

_STEP = re.compile(r'(?P<name>[^\s."\'\[\](){}|,]+)|"(?P<quoted>[^"\n]+)"')

_CALL: dict[str, Read] = {
    "id": attrgetter("call.key.id"),
    "caller_masked": attrgetter("caller.masked"),
    **{
        name: attrgetter(f"call.{name}")
        for name in ("started_at", "ended_at", "duration_seconds", "direction", "status", "agent_number", "agent_name")
    },
    **{name: attrgetter(f"call.{name}") for name in ("summary", "transcript", "recording_url")},
}
CALL_FIELDS = frozenset(_CALL)
CALLER_FIELDS = frozenset(("number", "email", "name"))
CONNECTION_FIELDS = frozenset(("name", "source", "region", "timezone"))


class Path(Struct, frozen=True):
    """A path's first name and the keys that lead on from it."""

    root: str
    keys: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ".".join(part if _STEP.fullmatch(part) else f'"{part}"' for part in (self.root, *self.keys))


def parse_path(text: str) -> Path:
    """Read a path as a mapping writes it. Raises ValueError in words."""
    parts: list[str] = []
    at = 0
    while True:
        step = _STEP.match(text, at)
        if step is None:
            raise ValueError("a path is names with dots between them; odd names stand in double quotes")
        parts.append(step["name"] or step["quoted"])
        at = step.end()
        if at == len(text):
            return Path(parts[0], tuple(parts[1:]))
        if text[at] != ".":
            raise ValueError("a path is names with dots between them; odd names stand in double quotes")
        at += 1


def reader(path: Path, tables: Mapping[str, Mapping[str, Any]]) -> Read:
    """A function that reads this path. What leads nowhere reads as None: whether it could is `check`'s to say."""
    root, keys = path.root, path.keys
    match root:
        case "call":
            return _CALL.get(keys[0], _nothing) if len(keys) == 1 else _nothing
        case "caller":
            return attrgetter(f"caller.{keys[0]}") if len(keys) == 1 and keys[0] in CALLER_FIELDS else _nothing
        case "connection":
            return lambda view: _follow(view.connection, keys)
        case "crm":
            return _contact_reader(keys)
        case "source":
            return _payload_reader(keys)
        case _ if root in tables:
            constant = _follow(tables[root], keys)
            return lambda view: constant
        case _:
            return _payload_reader((root, *keys))


def read_payload(payload: Mapping[str, Any], keys: tuple[str, ...]) -> Any:
    """What stands in a platform's record at these keys; the whole record without any."""
    return _follow(payload, keys)


def _payload_reader(keys: tuple[str, ...]) -> Read:
    if len(keys) == 1:
        key = keys[0]
        return lambda view: view.call.payload.get(key)
    return lambda view: _follow(view.call.payload, keys)


def _contact_reader(keys: tuple[str, ...]) -> Read:
    if not keys or keys[0] != "contact":
        return _nothing
    inner = keys[1:]
    if len(inner) == 1:
        key = inner[0]
        return lambda view: view.contact.get(key)
    return lambda view: _follow(view.contact, inner)


def _nothing(view: View) -> None:
    return None


def _follow(value: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        if type(value) is dict or isinstance(value, Mapping):
            value = value.get(key)
        elif isinstance(value, list | tuple) and key.isdecimal() and len(key) < 9:
            value = value[int(key)] if int(key) < len(value) else None
        else:
            return None
    return value
