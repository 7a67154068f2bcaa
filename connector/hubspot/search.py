"""Searching: within 3,000 characters a request, page by page, and never trusting the index.

HubSpot's search is stale for seconds to minutes, its `total` counts archived records and its hits may no longer match
(developer docs "search", recordings of 2022): a hit is a proposal, and the values of record are read by id.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from connector.hubspot.answers import Item, Page
from connector.hubspot.client import HubSpotClient
from connector.hubspot.errors import expect
from connector.hubspot.flight import Flight

BODY_CHARACTERS_MAX = 2_800
"""HubSpot refuses bodies beyond 3,000."""
PAGE = 200
RESULTS_MAX = 10_000
PHONE_INDEXES = ("hs_searchable_calculated_phone_number", "hs_searchable_calculated_mobile_number")
"""HubSpot's own digits of `phone` and `mobilephone`: national ones if the number is valid, else all of them.

Every text with a digit in it has such a value, so that searching the raw texts as well would double the cost and find
nothing more.
"""


def search_all(
    client: HubSpotClient, object_type: str, groups: Sequence[dict[str, Any]], properties: Collection[str]
) -> list[Item]:
    """Every hit of this search, to its last page; HubSpot shows at most 10,000."""
    hits: list[Item] = []
    after: str | None = None
    while len(hits) < RESULTS_MAX:
        page = search_page(client, object_type, groups, properties, after=after)
        hits.extend(page.results)
        if page.after is None or page.after == after:
            break
        after = page.after
    return hits


def search_page(
    client: HubSpotClient,
    object_type: str,
    groups: Sequence[dict[str, Any]],
    properties: Collection[str],
    *,
    after: str | None = None,
    limit: int = PAGE,
) -> Page:
    """One page of hits."""
    answer = client.search(object_type, _body(groups, properties, after=after, limit=limit))
    return expect(answer, Page, f"searching {object_type}")


def find_ids_by_number(client: HubSpotClient, flight: Flight, numbers: Collection[str]) -> list[str]:
    """The ids of contacts that may have one of these E.164 numbers, each once, in a stable order."""
    # Imported here: the tables of all the world's numbers are heavy, and most runs have nobody to look for.
    from connector.mapping.phone import search_forms

    bodies = list(pack(list(dict.fromkeys(form for number in numbers for form in search_forms(number))), PHONE_INDEXES))
    found = flight.map(lambda forms: search_all(client, "contacts", _groups(PHONE_INDEXES, forms), []), bodies)
    return sorted({item.id for hits in found for item in hits}, key=age)


def find_ids_by_value(client: HubSpotClient, object_type: str, name: str, values: Collection[str]) -> list[str]:
    """The ids of live records that may have one of these values in this property, oldest first."""
    # HubSpot wants the values of a list in lower case and compares without regard to it (developer docs "search").
    bodies = pack(list(dict.fromkeys(value.lower() for value in values)), [name])
    hits = [item for packed in bodies for item in search_all(client, object_type, _groups([name], packed), [])]
    return sorted({item.id for item in hits}, key=age)


def age(record_id: str) -> tuple[int, str]:
    """Sorts ids of records as HubSpot gave them out: older ones are smaller numbers."""
    return len(record_id), record_id


def pack(values: Sequence[str], names: Collection[str]) -> Iterator[list[str]]:
    """The values in as few requests as the size of the encoded body allows, when each of these properties is asked."""
    room = BODY_CHARACTERS_MAX - len(_body(_groups(names, []), [], after="9" * 5))
    packed: list[str] = []
    used = 0
    for value in values:
        size = (len(msgspec.json.encode(value)) + 1) * len(names)
        if packed and used + size > room:
            yield packed
            packed, used = [], 0
        packed.append(value)
        used += size
    if packed:
        yield packed


def _groups(names: Iterable[str], values: Iterable[str]) -> list[dict[str, Any]]:
    listed = list(values)
    return [{"filters": [{"propertyName": name, "operator": "IN", "values": listed}]} for name in names]


def _body(
    groups: Sequence[dict[str, Any]], properties: Collection[str], *, after: str | None, limit: int = PAGE
) -> bytes:
    body: dict[str, Any] = {"filterGroups": groups, "properties": sorted(properties), "limit": limit}
    if after is not None:
        body["after"] = after
    return msgspec.json.encode(body)
