"""The right to write to one portal: a lease with a fence that grows with each holder."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update

from connector.errors import LaneError
from connector.ledger.instants import from_ms, to_ms
from connector.ledger.store import Transaction
from connector.ledger.tables import lane as lanes
from connector.model import Lane

_NOBODY = ""


def take(tx: Transaction, portal_id: str, owner: str, *, now: datetime, lease_seconds: float) -> Lane | None:
    until = to_ms(now + timedelta(seconds=lease_seconds))
    tx.add(lanes, {"portal_id": portal_id, "owner": _NOBODY, "fence": 0, "until": 0})
    # Looking and taking are one statement, so that of any number of contenders one wins.
    taken = (
        update(lanes)
        .where(lanes.c.portal_id == portal_id, or_(lanes.c.until <= to_ms(now), lanes.c.owner == owner))
        .values(owner=owner, fence=lanes.c.fence + 1, until=until)
        .returning(lanes.c.fence)
    )
    fence = tx.db.scalar(taken)
    return None if fence is None else Lane(portal_id=portal_id, owner=owner, fence=fence, until=from_ms(until))


def renew(tx: Transaction, lane: Lane, *, now: datetime, lease_seconds: float) -> Lane:
    until = to_ms(now + timedelta(seconds=lease_seconds))
    renewed = update(lanes).where(*_held_by(lane)).values(until=until)
    if tx.db.execute(renewed).rowcount == 0:
        raise _lost(lane)
    return Lane(portal_id=lane.portal_id, owner=lane.owner, fence=lane.fence, until=from_ms(until))


def release(tx: Transaction, lane: Lane) -> None:
    tx.db.execute(update(lanes).where(*_held_by(lane)).values(owner=_NOBODY, until=0))


def check(tx: Transaction, lane: Lane, *, now: datetime) -> None:
    """Raise LaneError unless this fence holds the lane and its lease runs."""
    until = tx.db.scalar(select(lanes.c.until).where(*_held_by(lane)))
    if until is None or until <= to_ms(now):
        raise _lost(lane)


def guard(tx: Transaction, lane: Lane) -> None:
    """Raise LaneError unless this fence is still the newest; nobody can take the lane before the transaction ends.

    A lease that ran out without another taking the lane does no harm: what this run stores is still the truth.
    """
    held = select(lanes.c.fence).where(*_held_by(lane)).with_for_update(read=True)
    if tx.db.scalar(held) is None:
        raise _lost(lane)


def _held_by(lane: Lane) -> tuple[ColumnElement[bool], ...]:
    return lanes.c.portal_id == lane.portal_id, lanes.c.fence == lane.fence, lanes.c.owner == lane.owner


def _lost(lane: Lane) -> LaneError:
    return LaneError("E522", f"the lane of portal {lane.portal_id} is no longer this run's")
