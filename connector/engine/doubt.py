"""Which wishes an earlier run may have sent already, and when at the latest: for a CRM that does not refuse twins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from connector.engine.first import reads_keys_first
from connector.engine.lane import LaneHolder
from connector.model import Call, Entry
from connector.ports import Crm, Ledger

LONG_AGO = datetime.min.replace(tzinfo=UTC)
FRESH = timedelta(hours=2)
"""How long ago an interrupted run may seem to have been, by the clock of its machine, to be taken for the last one:
longer than a run waits within its window, and than clocks of machines differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What is known of the writes of earlier runs, told for each wish as `Create.perhaps_sent_at`."""

    fresh_since: datetime
    """What seems to have been sent before is older than all that a CRM could still hide."""
    held_before: datetime = LONG_AGO
    """When an earlier run began its last write, at the latest."""
    is_of_contacts: bool = False
    """Whether an interrupted run may have sent a contact that the ledger does not know."""
    reads_keys_first: bool
    """Whether the CRM may hold calls that the ledger does not know (a lost ledger, a second deployment)."""

    @property
    def of_anything(self) -> datetime | None:
        """For what several calls share, such as a contact: any interrupted run may have sent it."""
        return self.held_before if self.is_of_contacts else self._of_a_lost_ledger

    def of_call(self, entry: Entry | None) -> datetime | None:
        """For what belongs to one call, from what the ledger said of the call before this run."""
        if entry is not None and entry.perhaps_sent_at is not None:
            return self.held_before if entry.perhaps_sent_at >= self.fresh_since else LONG_AGO
        return self._of_a_lost_ledger

    @property
    def _of_a_lost_ledger(self) -> datetime | None:
        # It knew of it, be it a call or a record of one that was found by its key: when is not known, and not waited
        # for.
        return LONG_AGO if self.reads_keys_first else None


def doubt_left(
    ledger: Ledger, crm: Crm, connection: str, first: Sequence[Call], *, portal_id: str, lane: LaneHolder, now: datetime
) -> Doubt:
    """What the runs before this one left in doubt; `first` are the calls of its first window."""
    fresh_since = now - FRESH
    names = [state.name for state in ledger.connections() if state.portal_id == portal_id]
    return Doubt(
        fresh_since=fresh_since,
        held_before=lane.held_before or now,
        is_of_contacts=any(ledger.doubted(name, since=fresh_since, limit=1) for name in names),
        reads_keys_first=reads_keys_first(ledger, crm, connection, first, now=now),
    )
