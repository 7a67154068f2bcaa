"""Calls that the CRM has already: found by key or by id before anything is decided about them."""

from __future__ import annotations

from collections.abc import Sequence

from connector.engine.erased import is_erased, keep
from connector.engine.plan import Item
from connector.mapping.compile import CompiledMapping
from connector.model import FINGERPRINT, KEY, STATE, WRITTEN, Call, State
from connector.ports import Crm

DELETED = "deleted in the CRM"
_MARKS = (KEY, FINGERPRINT, WRITTEN, STATE)


def engagement_properties(mapping: CompiledMapping) -> tuple[str, ...]:
    """Every property of an engagement that may change, and the marks that say whose values they are."""
    return tuple(sorted({*mapping.call_properties, "hubspot_owner_id", *_MARKS}))


def look_at_engagements(crm: Crm, items: Sequence[Item], mapping: CompiledMapping, *, reads_keys_first: bool) -> None:
    """Find the engagements of these calls and end the calls that need nothing more.

    A call that is there as it should be is unchanged; one that a person deleted is never made again; and what the
    platform erased of one is not taken from the CRM.
    """
    by_key = [item for item in items if _is_looked_up_by_key(item, reads_keys_first)]
    _look_by_key(crm, by_key)
    changed = [item for item in items if item.is_open and item.engagement_id]
    _look_by_id(crm, changed, engagement_properties(mapping))
    for item in changed:
        if item.is_open and is_erased(item):
            keep(item)


def _is_looked_up_by_key(item: Item, reads_keys_first: bool) -> bool:
    if item.entry is None:
        return reads_keys_first
    # An interrupted run may have got as far as the call itself.
    return item.entry.engagement_id is None and item.entry.state in (State.INTENT, State.FAILED, State.DEAD)


def _look_by_key(crm: Crm, items: Sequence[Item]) -> None:
    if not items:
        return
    found = crm.read("calls", "key", [str(item.call.key) for item in items], _MARKS)
    for item in items:
        record = found.get(str(item.call.key))
        if record is None:
            continue
        item.engagement, item.engagement_id = record, record.id
        if record.archived:
            item.skip(DELETED, State.GONE)
        elif item.call.is_partial or not is_changed(record.properties.get(FINGERPRINT), item.fingerprint):
            item.decision = item.known_decision or ("held" if record.properties.get(STATE) else "matched")
            item.reason = "found in the CRM by its key"
            item.finish("unchanged" if item.entry is None else "created")


def _look_by_id(crm: Crm, items: Sequence[Item], properties: Sequence[str]) -> None:
    if not items:
        return
    found = crm.read("calls", "id", [item.engagement_id for item in items if item.engagement_id], properties)
    for item in items:
        record = found.get(item.engagement_id or "")
        if record is None or record.archived:
            item.skip(DELETED, State.GONE)
        else:
            item.engagement = record


def full_fingerprint(mapping: CompiledMapping, call: Call) -> str:
    """What the CRM and the ledger remember of a call's values: `{mapping version}-{hash of what the mapping reads}`."""
    return f"{mapping.version}-{mapping.fingerprint(call)}"


def is_changed(stored: str | None, fingerprint: str) -> bool:
    """Whether the source's values changed since this fingerprint was stored.

    A fingerprint names the mapping that it was taken with (`{mapping}-{values}`): those of two mappings say nothing
    of each other, and an edited mapping applies to new and changed calls only.
    """
    if not stored or stored == fingerprint:
        return False
    return stored.partition("-")[0] == fingerprint.partition("-")[0]
