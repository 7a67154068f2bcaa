"""The lanes of a ledger in memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from connector.draft.times import whole_ms
from connector.errors import LaneError
from connector.model import Lane


class DraftLanes:
    """Who holds which lane, by the clock `now`. Fences outlive their lanes: a number is never given twice."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._held: dict[str, Lane] = {}
        self._fences: dict[str, int] = {}
        self._ends: dict[str, datetime] = {}
        """When the last lease on a lane ends, or ended, given up or not."""

    def take(self, portal_id: str, owner: str, *, lease_seconds: float) -> Lane | None:
        now, end = whole_ms(self._now()), self._end_of(lease_seconds)
        ended = self._ends.get(portal_id)
        if ended is not None:
            # One that ends later than its length from now was given by a clock that was set back since.
            ended = self._ends[portal_id] = min(ended, end)
        held = self._held.get(portal_id)
        if held is not None and held.owner != owner and self._ends[portal_id] > now:
            return None
        fence = self._fences[portal_id] = self._fences.get(portal_id, 0) + 1
        idle = None if ended is None else (now - ended).total_seconds()
        lane = Lane(portal_id=portal_id, owner=owner, fence=fence, idle_seconds=idle)
        self._held[portal_id], self._ends[portal_id] = lane, end
        return lane

    def renew(self, lane: Lane, *, lease_seconds: float) -> None:
        self.guard(lane)
        self._ends[lane.portal_id] = self._end_of(lease_seconds)

    def release(self, lane: Lane) -> None:
        if self._held.get(lane.portal_id) == lane:
            del self._held[lane.portal_id]

    def check(self, lane: Lane) -> None:
        self.guard(lane)
        if self._ends[lane.portal_id] <= whole_ms(self._now()):
            raise _lost(lane)

    def guard(self, lane: Lane) -> None:
        """Raise LaneError unless this fence is still the newest."""
        if self._held.get(lane.portal_id) != lane:
            raise _lost(lane)

    def _end_of(self, lease_seconds: float) -> datetime:
        return whole_ms(self._now() + timedelta(seconds=lease_seconds))


def _lost(lane: Lane) -> LaneError:
    return LaneError("E522", f"the lane of portal {lane.portal_id} is no longer this run's")
