"""A portal as JSON-able data, and back."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from connector.sandbox.hubspot.definitions import Definition, Group
from connector.sandbox.hubspot.portal import Portal
from connector.sandbox.hubspot.store import Record

VERSION: Final = 1


def dump(portal: Portal) -> dict[str, Any]:
    """Everything that a portal holds; what it is set up with (token, limits, lags) is not part of it."""
    return {
        "version": VERSION,
        "last_id": portal.last_id,
        "blocklist": sorted(portal.blocklist),
        "links": portal.links.dump(),
        "schemas": {
            kind: {
                "definitions": msgspec.to_builtins(list(schema.definitions.values())),
                "groups": msgspec.to_builtins(list(schema.groups.values())),
            }
            for kind, schema in portal.schemas.items()
        },
        "stores": {
            kind: {"records": msgspec.to_builtins(list(store.records.values())), "merged": dict(store.merged)}
            for kind, store in portal.stores.items()
        },
    }


def restore(portal: Portal, state: dict[str, Any]) -> None:
    """Put the dumped content in place of the portal's own. Raises ValueError for a dump of another version."""
    if state.get("version") != VERSION:
        raise ValueError(f"this portal was saved by another version: {state.get('version')!r}, expected {VERSION}")
    portal.start()
    portal.last_id = state["last_id"]
    portal.blocklist = set(state["blocklist"])
    portal.links.restore(state["links"])
    for kind, saved in state["schemas"].items():
        schema = portal.schemas[kind]
        definitions = msgspec.convert(saved["definitions"], list[Definition])
        schema.definitions = {definition.name: definition for definition in definitions}
        schema.groups = {group.name: group for group in msgspec.convert(saved["groups"], list[Group])}
        schema.refresh()
        portal.stores[kind].watch(schema.unique)
    for kind, saved in state["stores"].items():
        portal.stores[kind].merged = dict(saved["merged"])
        for record in msgspec.convert(saved["records"], list[Record]):
            portal.keep(record, instantly=True)
