"""Who has the e-mail address that HubSpot says is taken."""

from __future__ import annotations

from collections.abc import Mapping

from connector.hubspot.client import HubSpotClient
from connector.hubspot.names import ADDITIONAL_EMAILS, addresses
from connector.hubspot.read import by_email, by_id
from connector.model import CrmRecord

OWNER_PROPERTIES = frozenset({"email", ADDITIONAL_EMAILS})


def owners_named(
    client: HubSpotClient, object_type: str, ids: Mapping[str, str], asked: frozenset[str]
) -> dict[str, CrmRecord]:
    """The records that HubSpot named in its refusals, by what the refused inputs are called.

    HubSpot is believed even where the value is not yet to be seen on the record: an index may lag, and an address may
    be a secondary one.
    """
    records = by_id(client, object_type, list(dict.fromkeys(ids.values())), asked)
    return {name: records[record_id] for name, record_id in ids.items() if record_id in records}


def owners_found(client: HubSpotClient, emails: Mapping[str, str], asked: frozenset[str]) -> dict[str, CrmRecord]:
    """The contacts that have these addresses, by what the inputs are called."""
    contacts = by_email(client, list(dict.fromkeys(emails.values())), asked)
    return {name: contacts[email] for name, email in emails.items() if email in contacts}


def has_address(contact: CrmRecord, email: str) -> bool:
    """Whether this is one of the contact's addresses; it must have been read with `OWNER_PROPERTIES`."""
    return email.lower() in addresses(contact.properties.get("email"), contact.properties.get(ADDITIONAL_EMAILS))
