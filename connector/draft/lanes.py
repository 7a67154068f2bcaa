"""The lanes of a ledger in memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from connector.draft.times import whole_ms
from connector.errors import LaneError
from connector.model import Lane


class _Lease(NamedTuple):
    lane: Lane
    until: datetime


class DraftLanes:
    """Who holds which lane, by the clock `now`. Fences outlive their lanes: a number is never given twice."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._held: dict[str, _Lease] = {}
        self._fences: dict[str, int] = {}
        self._ends: dict[str, datetime] = {}
        """When the last lease on a lane ends, or ended, given up or not."""

    def take(self, portal_id: str, owner: str, *, lease_seconds: float) -> Lane | None:
        held = self._held.get(portal_id)
        if held is not None and held.lane.owner != owner and held.until > whole_ms(self._now()):
            return None
        fence = self._fences[portal_id] = self._fences.get(portal_id, 0) + 1
        end = self._ends.get(portal_id)
        idle = None if end is None else (whole_ms(self._now()) - end).total_seconds()
        lane = Lane(portal_id=portal_id, owner=owner, fence=fence, idle_seconds=idle)
        self._held[portal_id] = self._lease(lane, lease_seconds)
        return lane

    def renew(self, lane: Lane, *, lease_seconds: float) -> None:
        self._holding(lane)
        self._held[lane.portal_id] = self._lease(lane, lease_seconds)

    def release(self, lane: Lane) -> None:
        if self._is_held(lane):
            del self._held[lane.portal_id]

    def check(self, lane: Lane) -> None:
        if self._holding(lane).until <= whole_ms(self._now()):
            raise _lost(lane)

    def guard(self, lane: Lane) -> None:
        """Raise LaneError unless this fence is still the newest."""
        self._holding(lane)

    def _lease(self, lane: Lane, lease_seconds: float) -> _Lease:
        until = self._ends[lane.portal_id] = whole_ms(self._now() + timedelta(seconds=lease_seconds))
        return _Lease(lane, until)

    def _holding(self, lane: Lane) -> _Lease:
        if not self._is_held(lane):
            raise _lost(lane)
        return self._held[lane.portal_id]

    def _is_held(self, lane: Lane) -> bool:
        held = self._held.get(lane.portal_id)
        return held is not None and held.lane == lane


def _lost(lane: Lane) -> LaneError:
    return LaneError("E522", f"the lane of portal {lane.portal_id} is no longer this run's")
