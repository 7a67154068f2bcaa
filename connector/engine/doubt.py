"""Which wishes an earlier run may have sent already, and when at the latest: for a CRM that does not refuse twins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from connector.engine.first import reads_keys_first
from connector.engine.lane import LaneHolder
from connector.model import Call, Entry, State
from connector.ports import Crm, Ledger

LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Doubt:
    """What is known of the writes of earlier runs, told for each wish as `Create.perhaps_sent_at`."""

    def __init__(self, ledger: Ledger, *, unfinished_since: datetime | None, reads_keys_first: bool) -> None:
        """`unfinished_since`: when interrupted runs began their last write, at the latest; None where none was.

        `reads_keys_first`: whether the CRM may hold calls that the ledger does not know (a lost ledger, a second
        deployment).
        """
        self._ledger = ledger
        self._unfinished_since = unfinished_since
        self.reads_keys_first = reads_keys_first
        self._ended_at: dict[str, datetime | None] = {}

    @property
    def of_anything(self) -> datetime | None:
        """For what several calls share, such as a contact: any interrupted run may have sent it."""
        return self._unfinished_since or (LONG_AGO if self.reads_keys_first else None)

    def of_call(self, entry: Entry | None) -> datetime | None:
        """For what belongs to one call, from what the ledger said of the call before this run."""
        if entry is not None and entry.state is State.INTENT:
            return self._end_of(entry.run_id) or self._unfinished_since
        # A ledger that was lost knew of it, be it a call or a record of one that was found by its key: when is not
        # known, and not waited for.
        return LONG_AGO if self.reads_keys_first else None

    def _end_of(self, run_id: str) -> datetime | None:
        """When a run ended in order, and with it all that it had begun; None for one that was killed."""
        if run_id not in self._ended_at:
            run = self._ledger.run(run_id) if run_id else None
            self._ended_at[run_id] = run.finished_at if run is not None else None
        return self._ended_at[run_id]


def doubt_left(
    ledger: Ledger, crm: Crm, connection: str, first: Sequence[Call], *, portal_id: str, lane: LaneHolder, now: datetime
) -> Doubt:
    """What the runs before this one left in doubt; `first` are the calls of its first window."""
    return Doubt(
        ledger,
        unfinished_since=_unfinished_since(ledger, portal_id, lane, now=now),
        reads_keys_first=reads_keys_first(ledger, crm, connection, first, now=now),
    )


def _unfinished_since(ledger: Ledger, portal_id: str, lane: LaneHolder, *, now: datetime) -> datetime | None:
    """When a run before this one began its last write to the portal, at the latest, if it left intents behind.

    None when every call is settled: then nobody's writes are in doubt.
    """
    names = [state.name for state in ledger.connections() if state.portal_id == portal_id]
    if not any(ledger.list_entries(name, states=[State.INTENT], limit=1) for name in names):
        return None
    return lane.held_before or now
