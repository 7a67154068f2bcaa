"""Linking records that are there already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from http import HTTPStatus

from connector.errors import RecordError, TransientError, UncertainWriteError
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

    def associate(self, object_type: str, links: Sequence[tuple[str, Association]]) -> None:
        """Link each record to the other end; what is linked already stays as it is.

        Raises RecordError (E233) when an end is not there, after all others were linked.
        """
        by_type: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for record_id, end in dict.fromkeys(links):
            by_type[end.object_type].append((record_id, end.id))
        jobs = [(other, batch) for other, pairs in by_type.items() for batch in batches(pairs)]
        refused = sum(self._flight.map(lambda job: self._batch(object_type, *job), jobs))
        if refused:
            message = f"HubSpot refused {refused} of {len(links)} links of {object_type}"
            raise RecordError("E233", message)

    def _batch(self, object_type: str, other: str, pairs: Sequence[tuple[str, str]]) -> int:
        """How many of these HubSpot refused."""
        answer = self._send(object_type, other, pairs)
        if answer.status in REFUSED or answer.status == HTTPStatus.NOT_FOUND:
            if len(pairs) == 1:
                return 1
            half = len(pairs) // 2
            return self._batch(object_type, other, pairs[:half]) + self._batch(object_type, other, pairs[half:])
        return len(expect(answer, LinkAnswer, f"linking {object_type} to {other}").errors or ())

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
