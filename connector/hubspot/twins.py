"""Records that share one of our keys, in a portal that does not refuse the second one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Literal

from connector.hubspot.batch_read import batch_read
from connector.hubspot.client import HubSpotClient
from connector.hubspot.flight import Flight, batches
from connector.hubspot.ladder import KeyPlace
from connector.hubspot.search import age, find_ids_by_value


def read_twins(
    client: HubSpotClient,
    flight: Flight,
    object_type: str,
    place: KeyPlace,
    *,
    by: Literal["id", "key"],
    values: Collection[str],
) -> dict[str, tuple[str, ...]]:
    """As the port says. Where HubSpot keeps the key unique nothing is asked."""
    if place.step.is_guarded or not values:
        return {}
    keys = {value: value for value in values} if by == "key" else _keys(client, flight, object_type, place.name, values)
    holders = _holders(client, flight, object_type, place.name, set(keys.values()))
    return {value: holders[key] for value, key in keys.items() if len(holders.get(key, ())) > 1}


def _keys(
    client: HubSpotClient, flight: Flight, object_type: str, name: str, ids: Collection[str]
) -> Mapping[str, str]:
    """The keys of the records that have one, by id."""
    parts = flight.map(lambda batch: batch_read(client, object_type, batch, {name}), batches(list(ids)))
    return {item.id: key for part in parts for item in part if (key := item.properties.get(name))}


def _holders(
    client: HubSpotClient, flight: Flight, object_type: str, name: str, keys: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """The ids of the live records with each key, oldest first; what counts is the key that a record has now."""
    ids = find_ids_by_value(client, object_type, name, sorted(keys)) if keys else []
    found: defaultdict[str, list[str]] = defaultdict(list)
    for record_id, key in _keys(client, flight, object_type, name, ids).items():
        found[key].append(record_id)
    return {key: tuple(sorted(holders, key=age)) for key, holders in found.items()}
