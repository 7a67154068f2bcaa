"""The lanes of a ledger in memory."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import structs

from connector.draft.times import whole_ms
from connector.errors import LaneError
from connector.model import Lane


class DraftLanes:
    """Who holds which lane. Fences outlive their lanes: a number is never given twice."""

    def __init__(self) -> None:
        self._held: dict[str, Lane] = {}
        self._fences: dict[str, int] = {}

    def take(self, portal_id: str, owner: str, *, now: datetime, lease_seconds: float) -> Lane | None:
        held = self._held.get(portal_id)
        if held is not None and held.owner != owner and held.until > whole_ms(now):
            return None
        fence = self._fences[portal_id] = self._fences.get(portal_id, 0) + 1
        until = whole_ms(now + timedelta(seconds=lease_seconds))
        taken = self._held[portal_id] = Lane(portal_id=portal_id, owner=owner, fence=fence, until=until)
        return taken

    def renew(self, lane: Lane, *, now: datetime, lease_seconds: float) -> Lane:
        held = self._holding(lane)
        until = whole_ms(now + timedelta(seconds=lease_seconds))
        renewed = self._held[lane.portal_id] = structs.replace(held, until=until)
        return renewed

    def release(self, lane: Lane) -> None:
        if self._is_held(lane):
            del self._held[lane.portal_id]

    def check(self, lane: Lane, *, now: datetime) -> None:
        if self._holding(lane).until <= whole_ms(now):
            raise _lost(lane)

    def guard(self, lane: Lane) -> None:
        """Raise LaneError unless this fence is still the newest."""
        self._holding(lane)

    def _holding(self, lane: Lane) -> Lane:
        if not self._is_held(lane):
            raise _lost(lane)
        return self._held[lane.portal_id]

    def _is_held(self, lane: Lane) -> bool:
        held = self._held.get(lane.portal_id)
        return held is not None and (held.fence, held.owner) == (lane.fence, lane.owner)


def _lost(lane: Lane) -> LaneError:
    return LaneError("E522", f"the lane of portal {lane.portal_id} is no longer this run's")
