"""What only contacts can do: be merged, and be deleted for good."""

from __future__ import annotations

from typing import Final

from connector.sandbox.hubspot import phones
from connector.sandbox.hubspot.answers import bad_request, no_content, not_found, ok
from connector.sandbox.hubspot.lookup import find_record
from connector.sandbox.hubspot.objects import read_object
from connector.sandbox.hubspot.portal import Portal
from connector.sandbox.hubspot.store import ADDITIONAL_EMAILS, Record, emails_of
from connector.sandbox.hubspot.views import show_all
from connector.sandbox.hubspot.writes import STAGE
from connector.sandbox.wire import Request, Response

MERGED_IDS: Final = "hs_merged_object_ids"
MERGE_COUNT_MAX: Final = 250


def merge(portal: Portal, request: Request) -> Response:
    """POST merge: 200 with the contact that both became."""
    body = read_object(request)
    primary = portal.record("contacts", str(body.get("primaryObjectId", "")))
    other = portal.record("contacts", str(body.get("objectIdToMerge", "")))
    if primary is None or other is None:
        raise not_found()
    return ok(show_all(portal, merge_records(portal, primary, other)))


def gdpr_delete(portal: Portal, request: Request) -> Response:
    """POST gdpr-delete: 204; an address that nobody has is blocklisted all the same."""
    body = read_object(request)
    value = str(body.get("objectId", ""))
    by_email = body.get("idProperty") == "email"
    forget_contact(portal, value, by_email=by_email)
    return no_content()


def merge_records(portal: Portal, primary: Record, other: Record) -> Record:
    """One contact out of two: the primary one's values win. Raises a 400 when they cannot be merged."""
    if primary.id == other.id:
        raise bad_request("A contact cannot be merged with itself")
    former = [*_split(primary, MERGED_IDS), *_split(other, MERGED_IDS)]
    if len(former) >= MERGE_COUNT_MAX:
        raise bad_request(f"Merge is not allowed: a contact cannot be merged more than {MERGE_COUNT_MAX} times")
    keeps_id = portal.choices.merge_keeps_primary_id
    merged_id = primary.id if keeps_id else portal.new_id()
    gone = [other.id] if keeps_id else [primary.id, other.id]
    record = primary.copy()
    record.id = merged_id
    record.created_at = min(primary.created_at, other.created_at)
    record.updated_at = portal.stamp
    record.properties = _merged_properties(portal, primary, other)
    record.properties |= {
        "hs_object_id": merged_id,
        "createdate": record.created_at,
        "lastmodifieddate": portal.stamp,
        MERGED_IDS: ";".join(dict.fromkeys([*former, primary.id, other.id])),
    }
    store = portal.stores["contacts"]
    for record_id in gone:
        store.remove(record_id)
        store.merged[record_id] = merged_id
        portal.indexes["contacts"].forget(record_id, portal.at)
    portal.keep(record)
    for record_id in gone:
        portal.links.move(("contacts", record_id), ("contacts", merged_id))
    return record


def forget_contact(portal: Portal, value: str, *, by_email: bool) -> None:
    """Delete a contact for good, live or archived, and blocklist its addresses."""
    if by_email:
        portal.blocklist.add(value.lower())
    id_property = "email" if by_email else ""
    for archived in (False, True):
        record = find_record(portal, "contacts", value, id_property, archived=archived)
        if record is not None:
            portal.blocklist.update(emails_of(record.properties))
            portal.stores["contacts"].remove(record.id)
            portal.indexes["contacts"].forget(record.id, portal.at)
            portal.links.drop(("contacts", record.id))


def _merged_properties(portal: Portal, primary: Record, other: Record) -> dict[str, str]:
    properties = {**other.properties, **primary.properties}
    stages = [stage for stage in (primary.properties.get(STAGE), other.properties.get(STAGE)) if stage]
    definition = portal.schemas["contacts"].get(STAGE)
    if stages and definition is not None:
        order = definition.option_values
        properties[STAGE] = max(stages, key=lambda stage: order.index(stage) if stage in order else -1)
    addresses = [*emails_of(primary.properties), *emails_of(other.properties)]
    others = [address for address in dict.fromkeys(addresses) if address != properties.get("email")]
    properties.pop(ADDITIONAL_EMAILS, None)
    if others:
        properties[ADDITIONAL_EMAILS] = ";".join(others)
    for name in phones.NAMES:
        properties.pop(name, None)
    return properties | phones.calculated(properties, portal.region)


def _split(record: Record, name: str) -> list[str]:
    value = record.properties.get(name)
    return value.split(";") if value else []
