"""The protocol for a unique key (P7): HubSpot itself refuses the second record.

Send with our key and a trace id per input. Whatever is then refused as taken, or not answered for, is looked up by its
key, archived records among them; only what is not there is sent again. So a record stands once after a lost answer, a
502 that did commit, or two runs at the same time.
"""

from __future__ import annotations

from collections.abc import Sequence

from connector.hubspot.batch import BatchWrite
from connector.hubspot.creation import Creation
from connector.hubspot.failing import SILENT_ROUNDS_MAX, Isolation
from connector.hubspot.refusals import Failure, Kind
from connector.model import Outcome

ROUNDS_MAX = 3
"""Times that a record is sent before we give up; each but the first follows a look at what is there."""
ROUND_PAUSE_SECONDS = 1.0


class GuardedCreation(Creation):
    """One batch, at most 100 wishes."""

    def run(self) -> dict[str, Outcome]:
        todo = self._linkable()
        size = len(self._wishes)
        unanswered: set[str] = set()
        for number in range(ROUNDS_MAX):
            if not todo:
                break
            if number:
                self._clock.sleep(ROUND_PAUSE_SECONDS * number)
            write = self._send(todo, size=size)
            size, unanswered = 1 if write.anonymous_problems else len(self._wishes), write.unanswered
            if number + 1 >= SILENT_ROUNDS_MAX and unanswered.issuperset(todo):
                # What the second attempt may have written will be refused as taken, and is looked at then.
                self._doubted.update(todo)
                break
            todo = self._settle(todo, write)
        silent = [key for key in todo if key in unanswered]
        self._give_up([key for key in todo if key not in unanswered] + self._isolate(silent))
        return self._outcomes

    def _settle(self, keys: Sequence[str], write: BatchWrite, *, is_last: bool = False) -> list[str]:
        """Keep what is certain, look up what is not, and answer the keys that nothing was found for.

        An archived record with the key is looked for where one was met, or nothing will be sent any more: until then
        HubSpot refuses the key of one.
        """
        uncertain = self._sort(keys, write.verdicts)
        met = [key for key, failure in uncertain.items() if failure is not None or is_last]
        self._outcomes.update(self._by_key(list(uncertain), perhaps_archived=met))
        taken = {
            key: failure for key, failure in uncertain.items() if failure is not None and key not in self._outcomes
        }
        self._outcomes.update(self._owners(taken))
        return [key for key in uncertain if key not in self._outcomes]

    def _isolate(self, keys: Sequence[str]) -> list[str]:
        """Write the neighbours of records on which HubSpot fails; answers the keys that nothing can be said of."""
        if not keys:
            return []
        self._clock.sleep(ROUND_PAUSE_SECONDS * SILENT_ROUNDS_MAX)
        write = self._write()
        isolation = Isolation(write)
        isolation.search(self._inputs(keys))
        left = self._settle(keys, write, is_last=True)
        if not isolation.is_down and self._pulse.is_felt(self._type):
            failing = [key for key in left if key in isolation.failing]
            self._outcomes.update({key: Failure(kind=Kind.FAILING).refused() for key in failing})
        return [key for key in left if key not in self._outcomes]
