"""Linking records that are there already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from http import HTTPStatus

from connector.errors import TransientError, UncertainWriteError
from connector.http.client import Answer
from connector.hubspot.answers import LinkAnswer
from connector.hubspot.batch import REFUSED
from connector.hubspot.client import HubSpotClient
from connector.hubspot.errors import expect
from connector.hubspot.flight import Flight, batches
from connector.model import Association
from connector.ports import Clock

ROUNDS_MAX = 3
ROUND_PAUSE_SECONDS = 1.0


class Linker:
    """Links records that are there by HubSpot's unlabelled type, in batches of 100, several in flight."""

    def __init__(self, client: HubSpotClient, flight: Flight, clock: Clock) -> None:
        self._client = client
        self._flight = flight
        self._clock = clock

    def associate(self, object_type: str, links: Sequence[tuple[str, Association]]) -> list[tuple[str, Association]]:
        """Link each record to the other end; what is linked already stays as it is.

        Answers the links that HubSpot refused: an end is gone, or has as many links as it may.
        """
        by_type: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for record_id, end in dict.fromkeys(links):
            by_type[end.object_type].append((record_id, end.id))
        jobs = [(other, batch) for other, pairs in by_type.items() for batch in batches(pairs)]
        refused = self._flight.map(lambda job: self._batch(object_type, *job), jobs)
        return [
            (start, Association(other, end))
            for (other, _), pairs in zip(jobs, refused, strict=True)
            for start, end in pairs
        ]

    def _batch(self, object_type: str, other: str, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Those of these that HubSpot refused."""
        answer = self._send(object_type, other, pairs)
        is_refused = answer.status in REFUSED or answer.status == HTTPStatus.NOT_FOUND
        if not is_refused and not expect(answer, LinkAnswer, f"linking {object_type} to {other}").errors:
            return []
        if len(pairs) == 1:
            return list(pairs)
        # Whose link it was is told apart by halves: linking again what is linked changes nothing.
        half = len(pairs) // 2
        return self._batch(object_type, other, pairs[:half]) + self._batch(object_type, other, pairs[half:])

    def _send(self, object_type: str, other: str, pairs: Sequence[tuple[str, str]]) -> Answer:
        inputs = [{"from": {"id": start}, "to": {"id": end}} for start, end in pairs]
        for number in range(1, ROUNDS_MAX):
            try:
                return self._client.associate_default(object_type, other, inputs)
            except UncertainWriteError:
                # Linking again what is linked changes nothing.
                self._clock.sleep(ROUND_PAUSE_SECONDS * number)
        try:
            return self._client.associate_default(object_type, other, inputs)
        except UncertainWriteError as error:
            message = f"HubSpot did not say whether {object_type} were linked to {other}"
            raise TransientError("E221", message) from error
