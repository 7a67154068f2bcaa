"""Linking records that are there already. Linking again what is linked changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from http import HTTPStatus

from msgspec import Struct

from connector.errors import TransientError, UncertainWriteError
from connector.hubspot.answers import LinkAnswer
from connector.hubspot.batch import REFUSED
from connector.hubspot.client import HubSpotClient
from connector.hubspot.errors import expect
from connector.hubspot.failing import SILENT_ROUNDS_MAX, Isolation
from connector.hubspot.flight import Flight, batches
from connector.hubspot.guarded import ROUND_PAUSE_SECONDS
from connector.model import UNANSWERED, Association, Refused
from connector.ports import Clock

LINK_REFUSED = "E233"


class Link(Struct, frozen=True):
    """One link to be made; `name` is what it is known by within its batch."""

    start: str
    end: str

    @property
    def name(self) -> str:
        return f"{self.start}>{self.end}"


class Linker:
    """Links records that are there by HubSpot's unlabelled type, in batches of 100, several in flight."""

    def __init__(self, client: HubSpotClient, flight: Flight, clock: Clock) -> None:
        self._client = client
        self._flight = flight
        self._clock = clock

    def associate(
        self, object_type: str, links: Sequence[tuple[str, Association]]
    ) -> dict[tuple[str, Association], Refused]:
        """Link each record to the other end; what is linked already stays as it is.

        Answers the links that HubSpot refused (an end is gone, or has as many links as it may), and those on which it
        failed alone. Raises TransientError (E221) when so many go unanswered that HubSpot is down.
        """
        by_type: dict[str, list[Link]] = defaultdict(list)
        for record_id, end in dict.fromkeys(links):
            by_type[end.object_type].append(Link(record_id, end.id))
        jobs = [(other, batch) for other, wanted in by_type.items() for batch in batches(wanted)]
        refused = self._flight.map(lambda job: self._batch(object_type, *job), jobs)
        return {
            (link.start, Association(other, link.end)): refusal
            for (other, _), part in zip(jobs, refused, strict=True)
            for link, refusal in part.items()
        }

    def _batch(self, object_type: str, other: str, links: Sequence[Link]) -> dict[Link, Refused]:
        write = _LinkWrite(self._client, object_type, other)
        for number in range(1, SILENT_ROUNDS_MAX + 1):
            write.deliver(links)
            if not write.unanswered:
                return write.refused
            self._clock.sleep(ROUND_PAUSE_SECONDS * number)
        isolation = Isolation(write)
        isolation.search([link for link in links if link.name in write.unanswered])
        if isolation.is_down:
            message = f"HubSpot did not say whether {object_type} were linked to {other}"
            raise TransientError("E221", message)
        failing = Refused(UNANSWERED, f"HubSpot fails on its link to {other} each time")
        return {**dict.fromkeys((link for link in links if link.name in isolation.failing), failing), **write.refused}


class _LinkWrite:
    """Links of one kind, sent in any grouping, and what is known of each."""

    def __init__(self, client: HubSpotClient, object_type: str, other: str) -> None:
        self._client = client
        self._object_type = object_type
        self._other = other
        self.refused: dict[Link, Refused] = {}
        self.unanswered: set[str] = set()
        """The names of links whose last request brought no answer."""

    def deliver(self, links: Sequence[Link]) -> None:
        """Make these in one request; whose link was refused is told apart by halves."""
        inputs = [{"from": {"id": link.start}, "to": {"id": link.end}} for link in links]
        names = {link.name for link in links}
        try:
            answer = self._client.associate_default(self._object_type, self._other, inputs)
        except UncertainWriteError:
            self.unanswered |= names
            return
        self.unanswered -= names
        is_refused = answer.status in REFUSED or answer.status == HTTPStatus.NOT_FOUND
        doing = f"linking {self._object_type} to {self._other}"
        if not is_refused and not expect(answer, LinkAnswer, doing).errors:
            return
        if len(links) == 1:
            self.refused[links[0]] = Refused(LINK_REFUSED, f"HubSpot refused the link to {self._other}")
            return
        half = len(links) // 2
        self.deliver(links[:half])
        self.deliver(links[half:])
