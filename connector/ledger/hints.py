"""What platforms told of their calls, until it is seen to, and a while longer so that a repetition is known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import RowMapping, delete, select

from connector.ledger.instants import from_ms, to_ms
from connector.ledger.puts import Row
from connector.ledger.store import Transaction
from connector.ledger.tables import hint
from connector.model import Hint


def take(tx: Transaction, connection: str, one: Hint) -> bool:
    """Store it unless one with its delivery is there."""
    here = hint.c.connection == connection, hint.c.delivery == one.delivery
    if tx.db.execute(select(hint.c.delivery).where(*here)).first() is not None:
        return False
    tx.put(hint, [_row(connection, one)])
    return True


def waiting(tx: Transaction, connection: str, *, limit: int) -> list[Hint]:
    asked = select(hint).where(hint.c.connection == connection, hint.c.is_done == 0)
    rows = tx.db.execute(asked.order_by(hint.c.received_at, hint.c.delivery).limit(limit)).mappings()
    return [_hint(row) for row in rows]


def keep(tx: Transaction, connection: str, hints: Iterable[Hint], *, done_since: datetime) -> None:
    tx.put(hint, [_row(connection, one) for one in hints])
    old = hint.c.connection == connection, hint.c.is_done == 1, hint.c.received_at < to_ms(done_since)
    tx.db.execute(delete(hint).where(*old))


def _row(connection: str, one: Hint) -> Row:
    return {
        "connection": connection,
        "delivery": one.delivery,
        "call_id": one.call_id,
        "received_at": to_ms(one.received_at),
        "tries": one.tries,
        "is_done": int(one.is_done),
    }


def _hint(row: RowMapping) -> Hint:
    """One that waits: no others are ever read."""
    return Hint(
        delivery=row["delivery"],
        call_id=row["call_id"],
        received_at=from_ms(row["received_at"]),
        tries=row["tries"],
    )
