"""What records are linked to, as HubSpot's v4 associations tell it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from http import HTTPStatus

from connector.hubspot.answers import Ends, LinksAnswer
from connector.hubspot.client import HubSpotClient
from connector.hubspot.errors import expect
from connector.hubspot.flight import Flight, batches

READ_MAX = 1_000
"""Records that one request may ask of (developer docs "associations v4", 2026-11)."""


def read_links(
    client: HubSpotClient, flight: Flight, object_type: str, ids: Collection[str], to: str
) -> dict[str, frozenset[str]]:
    """The ids of the records of type `to` that each of these is linked to; an empty set for none."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, set[str]] = {record_id: set() for record_id in wanted}
    for part in flight.map(lambda batch: _read(client, object_type, batch, to), batches(wanted, READ_MAX)):
        for record_id, end in part:
            found.setdefault(record_id, set()).add(end)
    return {record_id: frozenset(found[record_id]) for record_id in wanted}


def _read(client: HubSpotClient, object_type: str, ids: Sequence[str], to: str) -> list[tuple[str, str]]:
    """Pairs of a record and what it is linked to, to the last page of each."""
    pairs: list[tuple[str, str]] = []
    inputs: list[dict[str, str]] = [{"id": record_id} for record_id in ids]
    while inputs:
        ends = _ask(client, object_type, inputs, to)
        pairs += [(str(each.start.id), str(end.to_object_id)) for each in ends for end in each.to]
        following = [{"id": str(each.start.id), "after": each.after} for each in ends if each.after]
        inputs = [each for each in following if each not in inputs]
    return pairs


def _ask(client: HubSpotClient, object_type: str, inputs: list[dict[str, str]], to: str) -> list[Ends]:
    answer = client.links(object_type, to, inputs)
    # That none of them has a link is told by 207 with errors; 404 is not documented and could mean nothing else.
    if answer.status == HTTPStatus.NOT_FOUND and b"OBJECT_NOT_FOUND" in answer.body:
        return []
    return expect(answer, LinksAnswer, f"reading what {object_type} are linked to").results
