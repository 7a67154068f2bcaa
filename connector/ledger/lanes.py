"""The right to write to one portal: a lease with a fence that grows with each holder."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select, update

from connector.errors import LaneError
from connector.ledger.store import Transaction
from connector.ledger.tables import lane as lanes
from connector.model import Lane

_NOBODY = ""


def take(tx: Transaction, portal_id: str, owner: str, *, lease_seconds: float) -> Lane | None:
    tx.add(lanes, {"portal_id": portal_id, "owner": _NOBODY, "fence": 0, "until": 0})
    _end_in_time(tx, portal_id, lease_seconds=lease_seconds)
    before = select(tx.now - lanes.c.until).where(lanes.c.portal_id == portal_id, lanes.c.until > 0)
    idle_ms = tx.db.scalar(before.with_for_update())
    # Looking and taking are one statement, so that of any number of contenders one wins.
    taken = (
        update(lanes)
        .where(lanes.c.portal_id == portal_id, or_(lanes.c.until <= tx.now, lanes.c.owner.in_([owner, _NOBODY])))
        .values(owner=owner, fence=lanes.c.fence + 1, until=_until(tx, lease_seconds))
        .returning(lanes.c.fence)
    )
    fence = tx.db.scalar(taken)
    if fence is None:
        return None
    idle_seconds = None if idle_ms is None else idle_ms / 1000
    return Lane(portal_id=portal_id, owner=owner, fence=fence, idle_seconds=idle_seconds)


def _end_in_time(tx: Transaction, portal_id: str, *, lease_seconds: float) -> None:
    """Have no lease end later than its length from now: one that does was given by a clock that was set back since.

    Its holder keeps it for now: one that lives renews it long before, and one that died bars nobody for longer.
    """
    end = _until(tx, lease_seconds)
    tx.db.execute(update(lanes).where(lanes.c.portal_id == portal_id, lanes.c.until > end).values(until=end))


def renew(tx: Transaction, lane: Lane, *, lease_seconds: float) -> None:
    renewed = update(lanes).where(*_held_by(lane)).values(until=_until(tx, lease_seconds))
    if tx.db.execute(renewed).rowcount == 0:
        raise _lost(lane)


def release(tx: Transaction, lane: Lane) -> None:
    """Give the lane up; the end of its lease stays, for who wants to know until when this run may have written."""
    tx.db.execute(update(lanes).where(*_held_by(lane)).values(owner=_NOBODY))


def check(tx: Transaction, lane: Lane) -> None:
    """Raise LaneError unless this fence holds the lane and its lease runs."""
    running = select(lanes.c.fence).where(*_held_by(lane), lanes.c.until > tx.now)
    if tx.db.scalar(running) is None:
        raise _lost(lane)


def guard(tx: Transaction, lane: Lane) -> None:
    """Raise LaneError unless this fence is still the newest; nobody can take the lane before the transaction ends.

    A lease that ran out without another taking the lane does no harm: what this run stores is still the truth.
    """
    held = select(lanes.c.fence).where(*_held_by(lane)).with_for_update(read=True)
    if tx.db.scalar(held) is None:
        raise _lost(lane)


def _until(tx: Transaction, lease_seconds: float) -> ColumnElement[int]:
    # Rounded down, so that a lease is never longer than its holder thinks.
    return tx.now + int(lease_seconds * 1000)


def _held_by(lane: Lane) -> tuple[ColumnElement[bool], ...]:
    return lanes.c.portal_id == lane.portal_id, lanes.c.fence == lane.fence, lanes.c.owner == lane.owner


def _lost(lane: Lane) -> LaneError:
    return LaneError("E522", f"the lane of portal {lane.portal_id} is no longer this run's")
