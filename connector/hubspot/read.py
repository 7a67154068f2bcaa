"""Reading records by what names them: id, our key, e-mail address."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Literal

import msgspec

from connector.hubspot.answers import Item, Page, record
from connector.hubspot.batch_read import batch_read, read_one
from connector.hubspot.client import HubSpotClient
from connector.hubspot.errors import expect
from connector.hubspot.flight import Flight, batches
from connector.hubspot.ladder import KeyPlace, Ladder
from connector.hubspot.names import ADDITIONAL_EMAILS, MERGED_IDS, addresses, former_ids
from connector.hubspot.search import age, find_ids_by_number, find_ids_by_value, search_all, search_page
from connector.model import CrmRecord

By = Literal["id", "key", "email"]

SEARCH_GROUPS_MAX = 5
PAGE = 100
PHONES = ("phone", "mobilephone")


class Reader:
    """Reads in batches of 100, several in flight. Each record has exactly the properties asked for."""

    def __init__(self, client: HubSpotClient, flight: Flight, ladder: Ladder) -> None:
        self._client = client
        self._flight = flight
        self._ladder = ladder

    def read(
        self, object_type: str, by: By, values: Collection[str], properties: Collection[str]
    ) -> dict[str, CrmRecord]:
        """As the port says: what is not there is absent."""
        wanted = list(dict.fromkeys(values))
        asked = frozenset(properties)
        found: dict[str, CrmRecord] = {}
        for part in self._flight.map(lambda batch: self._read(object_type, by, batch, asked), batches(wanted)):
            found.update(part)
        missing = [value for value in wanted if value not in found]
        if by == "id" and object_type == "contacts" and missing:
            found.update(self._follow_merged(missing, asked))
        return found

    def find_by_number(self, numbers: Collection[str], properties: Collection[str]) -> list[CrmRecord]:
        """As the port says. The search tells ids only: short requests, and values read fresh."""
        ids = find_ids_by_number(self._client, self._flight, numbers)
        found = self.read("contacts", "id", ids, {*properties, *PHONES})
        return list({contact.id: contact for contact in found.values()}.values())

    def holds_keys(self, object_type: str) -> bool:
        """Whether any record has a key, as far as a search and a page of archived ones tell.

        In a property of HubSpot's own, anybody's value is taken for one: to look in vain costs little.
        """
        name = self._ladder.place(object_type).name
        filters = [{"propertyName": name, "operator": "HAS_PROPERTY"}]
        if search_page(self._client, object_type, [{"filters": filters}], [name], limit=1).results:
            return True
        answer = self._client.first_page(object_type, [name], archived=True, limit=PAGE)
        page = expect(answer, Page, f"listing archived {object_type}")
        return any(item.properties.get(name) for item in page.results)

    def _read(self, object_type: str, by: By, values: Sequence[str], asked: frozenset[str]) -> dict[str, CrmRecord]:
        match by:
            case "id":
                return by_id(self._client, object_type, values, asked)
            case "key":
                return by_key(self._client, object_type, self._ladder.place(object_type), values, asked)
            case "email":
                return by_email(self._client, values, asked)

    def _follow_merged(self, ids: Sequence[str], asked: frozenset[str]) -> dict[str, CrmRecord]:
        """The contacts that these became, from the search, then from HubSpot's own following of old ids."""
        found: dict[str, CrmRecord] = {}
        groups = list(batches([value for value in ids if value.isdecimal()], SEARCH_GROUPS_MAX))
        for part in self._flight.map(lambda group: self._search_merged(group, asked), groups):
            found.update(part)
        left = [value for group in groups for value in group if value not in found]
        contacts = self._flight.map(lambda record_id: self._get(record_id, asked), left)
        found.update({value: contact for value, contact in zip(left, contacts, strict=True) if contact is not None})
        return found

    def _search_merged(self, ids: Sequence[str], asked: frozenset[str]) -> dict[str, CrmRecord]:
        groups = [
            {"filters": [{"propertyName": MERGED_IDS, "operator": "CONTAINS_TOKEN", "value": value}]} for value in ids
        ]
        hits = search_all(self._client, "contacts", groups, sorted(asked | {MERGED_IDS}))
        return _by_former_id(hits, ids, asked)

    def _get(self, record_id: str, asked: frozenset[str]) -> CrmRecord | None:
        item = read_one(self._client, "contacts", record_id, asked)
        return None if item is None else record(item, asked)


def by_id(
    client: HubSpotClient, object_type: str, values: Sequence[str], asked: frozenset[str]
) -> dict[str, CrmRecord]:
    """At most 100 live records by id; a contact answered for by the one that it was merged into is under its old id."""
    ids = [value for value in values if value.isdecimal()]
    also = {MERGED_IDS} if object_type == "contacts" else set()
    items = batch_read(client, object_type, ids, asked | also)
    return _by_former_id(items, ids, asked)


def by_key(
    client: HubSpotClient,
    object_type: str,
    place: KeyPlace,
    values: Sequence[str],
    asked: frozenset[str],
    *,
    perhaps_archived: Collection[str] | None = None,
) -> dict[str, CrmRecord]:
    """At most 100 records by our key: where it is unique, archived ones among them where no live one has it.

    Only of those in `perhaps_archived` an archived one is looked for, where that is given. Where the key is not unique,
    they are searched for: what was written minutes ago may be missing, archived records always are, and of several
    with one key the oldest is answered.
    """
    if not place.step.is_guarded:
        return _searched(client, object_type, place.name, values, asked)
    name = place.name
    found: dict[str, CrmRecord] = {}
    for archived in (False, True):
        sought = values if not archived or perhaps_archived is None else perhaps_archived
        missing = [value for value in sought if value not in found]
        for item in batch_read(client, object_type, missing, asked | {name}, id_property=name, archived=archived):
            key = item.properties.get(name)
            if key:
                found[key] = msgspec.structs.replace(record(item, asked), archived=archived or item.archived)
    return found


def _searched(
    client: HubSpotClient, object_type: str, name: str, values: Sequence[str], asked: frozenset[str]
) -> dict[str, CrmRecord]:
    wanted = set(values)
    found: dict[str, CrmRecord] = {}
    for ids in batches(find_ids_by_value(client, object_type, name, values)):
        # The index is stale: what counts is the value that the record has now.
        for item in sorted(batch_read(client, object_type, ids, asked | {name}), key=lambda item: age(item.id)):
            key = item.properties.get(name) or ""
            if key in wanted:
                found.setdefault(key, record(item, asked))
    return found


def by_email(client: HubSpotClient, values: Sequence[str], asked: frozenset[str]) -> dict[str, CrmRecord]:
    """At most 100 contacts by e-mail address, under each of their addresses that was asked for."""
    found: dict[str, CrmRecord] = {}
    for item in batch_read(client, "contacts", values, asked | {"email", ADDITIONAL_EMAILS}, id_property="email"):
        contact = record(item, asked)
        for address in addresses(item.properties.get("email"), item.properties.get(ADDITIONAL_EMAILS)):
            found.setdefault(address, contact)
    return {value: found[value.lower()] for value in values if value.lower() in found}


def _by_former_id(items: Iterable[Item], ids: Collection[str], asked: frozenset[str]) -> dict[str, CrmRecord]:
    wanted = set(ids)
    found: dict[str, CrmRecord] = {}
    for item in items:
        contact = record(item, asked)
        for value in (item.id, *former_ids(item.properties.get(MERGED_IDS))):
            if value in wanted:
                found[value] = contact
    return found
