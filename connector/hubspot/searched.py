"""The protocol for a key that is not unique (P6): nothing is sent twice before the search must have shown the first.

HubSpot would take a second record with the same key, and tells of the first one through its search alone, late. So
whatever is not answered for is looked for until it is found, or until the exchange must be over at HubSpot and the
bound of the search's lag has passed; then it is sent again, in smaller parts, to tell a record on which HubSpot fails
from its neighbours. All that are in doubt wait together. Contacts with an e-mail address need not wait: HubSpot refuses
a second one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from connector.hubspot.batch import BatchWrite, Verdict
from connector.hubspot.creation import Creation
from connector.hubspot.failing import SILENT_MAX
from connector.hubspot.flight import BATCH, Flight, batches
from connector.hubspot.guarded import ROUND_PAUSE_SECONDS
from connector.hubspot.ladder import KeyPlace
from connector.hubspot.lag import DOUBT_SECONDS, doubt_seconds, pauses
from connector.hubspot.means import Means
from connector.hubspot.refusals import Failure, Kind
from connector.model import Create, Outcome

ONE_WAIT_MAX = 14
"""Inputs of a silent batch that are sent one by one after a single wait: 2·log₂(100) requests, what one record on which
HubSpot fails may cost."""
TWO_WAITS_PARTS = 7
"""Parts, and inputs of a part, where so many more need two waits: 7 + 7 requests for up to 49."""
THREE_WAITS_PARTS = 5
"""The same where all need three: 5 + 5 + 4 requests for 100, in parts of 20, of 4, and one by one."""


class SearchedCreation(Creation):
    """Any number of wishes, in batches, several in flight."""

    def __init__(
        self, means: Means, flight: Flight, object_type: str, place: KeyPlace, wishes: Sequence[Create]
    ) -> None:
        super().__init__(means, object_type, place, wishes)
        self._flight = flight

    def run(self) -> dict[str, Outcome]:
        todo, size = self._look_first(self._linkable()), BATCH
        while todo:
            writes = self._flight.map(lambda part: self._send(part, size=BATCH), list(batches(todo, size)))
            is_alive = self._pulse.is_felt(self._type)
            if is_down(writes, is_alive=is_alive or size == BATCH):
                self._doubted.update(todo)
                self._give_up(todo)
            todo = self._settle(todo, writes)
            if size == 1:
                silent = {name for write in writes for name in write.unanswered}
                self._judge([key for key in todo if key in silent] if is_alive else [], todo)
                break
            size = smaller(size, len(todo))
            if todo:
                self._clock.sleep(ROUND_PAUSE_SECONDS)
        return self._outcomes

    def _look_first(self, keys: Sequence[str]) -> list[str]:
        """What an earlier run may have sent is looked for before it is sent; answers what is to be sent now."""
        now = self._clock.now()
        left = {
            key: doubt_seconds(begun_at, now)
            for key in keys
            if (begun_at := self._wishes[key].perhaps_sent_at) is not None and not self._is_refused_twice(key)
        }
        if left:
            self._watch(list(left), max(left.values()))
        return [key for key in keys if key not in self._outcomes]

    def _settle(self, keys: Sequence[str], writes: Sequence[BatchWrite]) -> list[str]:
        """Keep what is certain, look for what is not until it is; answers the keys to be sent again."""
        uncertain = self._sort(keys, _verdicts(writes))
        self._outcomes.update(self._owners({key: each for key, each in uncertain.items() if each is not None}))
        doubted = [key for key, failure in uncertain.items() if failure is None]
        self._outcomes.update(self._by_email([key for key in doubted if self._is_refused_twice(key)]))
        self._watch([key for key in doubted if not self._is_refused_twice(key)], DOUBT_SECONDS)
        return [key for key in uncertain if key not in self._outcomes]

    def _watch(self, keys: Sequence[str], seconds: float) -> None:
        """Look for these until all are found or so much time has passed."""
        missing = list(keys)
        for pause in pauses(seconds):
            if not missing:
                return
            self._clock.sleep(pause)
            for found in self._flight.map(self._by_key, list(batches(missing))):
                self._outcomes.update(found)
            missing = [key for key in missing if key not in self._outcomes]

    def _is_refused_twice(self, key: str) -> bool:
        """Whether HubSpot refuses a second record like this for another reason than our key."""
        return self._type == "contacts" and bool(self._email(key))

    def _judge(self, failing: Sequence[str], left: Sequence[str]) -> None:
        """What went unanswered all alone and is not there, while others were taken, is what HubSpot fails on."""
        self._outcomes.update({key: Failure(kind=Kind.FAILING).refused() for key in failing})
        self._give_up([key for key in left if key not in self._outcomes])


def smaller(size: int, left: int) -> int:
    """Inputs per request in the next round, after one of `size` left so many in doubt.

    Minutes lie between two rounds, so there are as few as the requests allow.
    """
    if size < BATCH:
        return -(-size // THREE_WAITS_PARTS) if size > TWO_WAITS_PARTS else 1
    if left <= ONE_WAIT_MAX:
        return 1
    parts = TWO_WAITS_PARTS if left <= TWO_WAITS_PARTS**2 else THREE_WAITS_PARTS
    return -(-min(left, BATCH) // parts)


def is_down(writes: Sequence[BatchWrite], *, is_alive: bool) -> bool:
    """Whether none of these was answered, so that waiting for a look would tell nothing of single records."""
    is_silent = all(write.unanswered and not write.verdicts for write in writes)
    return is_silent and (len(writes) >= SILENT_MAX or not is_alive)


def _verdicts(writes: Iterable[BatchWrite]) -> dict[str, Verdict]:
    return {name: verdict for write in writes for name, verdict in write.verdicts.items()}
