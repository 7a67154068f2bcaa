"""What reading a platform's calls came to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from connector.engine.spool import Spool
from connector.model import Call, CallCounts, Entry, Failure

Fate = Literal["unchanged", "skipped", "failed"]


@dataclass(slots=True)
class Reading:
    """What a walk found, apart from the calls that now wait in the spool to be carried; close that when it is done."""

    counts: CallCounts = field(default_factory=CallCounts)
    newest: datetime | None = None
    account: str | None = None
    failures: list[Failure] = field(default_factory=list)
    settled: list[Entry] = field(default_factory=list)
    """Entries to store without a look at the CRM: unreadable calls, and known calls under an edited mapping."""
    met: set[str] = field(default_factory=set)
    """Calls that need no fetching by their id any more: awaited ones that the list gave in full, and fetched ones."""
    spool: Spool[Call] = field(default_factory=lambda: Spool(Call), compare=False)

    def wait(self, calls: list[Call], *, is_counted: bool = True) -> None:
        """Have calls wait, and count those as read that do not wait yet; one that does stays as it was.

        Of a call that was unchanged as the list gave it first, only what becomes of it in the end is counted; one that
        could not be read there is a failure all the same.
        """
        for call in calls:
            match self.spool.forget(call.key.id):
                case "unchanged" | "skipped" as fate:
                    self._add(fate, -1)
        put = self.spool.put(calls)
        self.counts.read += put if is_counted else 0

    def count(self, call_id: str, fate: Fate) -> bool:
        """Count a call that reading alone settled; False, and nothing is counted, where it was or waits to be.

        A platform may list a call twice, and what was listed may be asked for by its id as well.
        """
        is_first = self.spool.note(call_id, fate)
        if is_first:
            self._add(fate, 1)
        return is_first

    def _add(self, fate: Fate, number: int) -> None:
        self.counts.read += number
        setattr(self.counts, fate, getattr(self.counts, fate) + number)
