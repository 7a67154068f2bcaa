"""Creating each record once, by the protocol that the portal allows for its type."""

from __future__ import annotations

from collections.abc import Sequence

from connector.hubspot.flight import Flight, batches
from connector.hubspot.guarded import GuardedCreation
from connector.hubspot.ladder import KeyPlace, Ladder
from connector.hubspot.means import Means
from connector.hubspot.searched import SearchedCreation
from connector.model import Create, Outcome


class Creator:
    """Creates records of any type, in batches of 100, several in flight."""

    def __init__(self, means: Means, flight: Flight, ladder: Ladder) -> None:
        self._means = means
        self._flight = flight
        self._ladder = ladder

    def create(self, object_type: str, wishes: Sequence[Create]) -> list[Outcome]:
        """One outcome per wish, in their order; wishes with the same key are one wish, and the first is taken.

        Raises TransientError when in the end it is still not known whether something was written, and nothing says
        that HubSpot is up.
        """
        if not wishes:
            return []
        first: dict[str, Create] = {}
        for wish in wishes:
            first.setdefault(wish.key, wish)
        outcomes = self._create(object_type, list(first.values()))
        self._means.doubts.heed(object_type, outcomes.values())
        return [outcomes[wish.key] for wish in wishes]

    def _create(self, object_type: str, wishes: Sequence[Create]) -> dict[str, Outcome]:
        place = self._ladder.place(object_type)
        if not place.step.is_guarded:
            return SearchedCreation(self._means, self._flight, object_type, place, wishes).run()
        parts = self._flight.map(lambda batch: self._batch(object_type, place, batch), batches(wishes))
        return {key: outcome for part in parts for key, outcome in part.items()}

    def _batch(self, object_type: str, place: KeyPlace, wishes: Sequence[Create]) -> dict[str, Outcome]:
        return GuardedCreation(self._means, object_type, place, wishes).run()
