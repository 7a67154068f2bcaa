"""The contacts that the CRM had before the first call, and what became of some of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from connector.sandbox.edge_calls import CONTACTS, GDPR_DELETED, MERGED, OWNED_BY
from connector.sandbox.edges import ordinal
from connector.sandbox.hubspot import HubSpot
from connector.sandbox.people import caller_count, clients

_HERE_SINCE = timedelta(days=200)


def move_in(hubspot: HubSpot, *, seed: int, calls: int, began_at: datetime) -> None:
    """Fill an empty portal with the people whom the callers of so many calls should find there."""
    people = [_edge_contact(each) for each in CONTACTS] + clients(seed, caller_count(ordinal(calls)))
    ids = hubspot.seed_contacts(people, created_at=began_at - _HERE_SINCE)
    by_email = {person["email"]: record_id for person, record_id in zip(people, ids, strict=True) if "email" in person}
    for loser, winner in MERGED.items():
        hubspot.edit("merge", record_id=by_email[winner], other=by_email[loser])
    for address in GDPR_DELETED:
        hubspot.edit("gdpr_delete", record_id=by_email[address])


def _edge_contact(contact: dict[str, str]) -> dict[str, str]:
    if "email" not in contact:
        return contact
    owner = OWNED_BY.get(contact["email"])
    return {**contact, "lifecyclestage": "customer", **({"hubspot_owner_id": owner} if owner else {})}
