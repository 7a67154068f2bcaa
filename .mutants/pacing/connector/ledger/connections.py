"""What is remembered of each connection."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import RowMapping, select, update

from connector.errors import InputError
from connector.ledger.instants import from_ms_if_set, to_ms, to_ms_if_set
from connector.ledger.store import Transaction
from connector.ledger.tables import connection
from connector.model import ConnectionState


def every(tx: Transaction) -> list[ConnectionState]:
    return [_state(row) for row in tx.db.execute(select(connection).order_by(connection.c.name)).mappings()]


def find(tx: Transaction, name: str, *, source: str) -> ConnectionState | None:
    """The connection, None when it is new. Raises InputError when it is remembered with another source."""
    row = tx.db.execute(select(connection).where(connection.c.name == name)).mappings().first()
    return None if row is None else _of_source(row, source)


def add(tx: Transaction, name: str, *, source: str) -> ConnectionState:
    """Remember the connection unless another run just did; raises InputError when that one had another source."""
    tx.add(connection, {"name": name, "source": source})
    return _of_source(_known(tx, name), source)


def pin(
    tx: Transaction, name: str, *, account: str | None, portal_id: str | None, started_from: datetime | None
) -> ConnectionState:
    known = _known(tx, name)
    wished = {"account": account, "portal_id": portal_id, "started_from": to_ms_if_set(started_from)}
    new = {column: value for column, value in wished.items() if value is not None and known[column] is None}
    if new:
        tx.db.execute(update(connection).where(connection.c.name == name).values(new))
        known = _known(tx, name)
    return _state(known)


def advance(tx: Transaction, name: str, watermark: datetime) -> None:
    known = _known(tx, name)["watermark"]
    new = to_ms(watermark)
    if known is None or new > known:
        tx.db.execute(update(connection).where(connection.c.name == name).values(watermark=new))


def _known(tx: Transaction, name: str) -> RowMapping:
    """The row of a connection, kept from others until the transaction ends."""
    row = tx.db.execute(select(connection).where(connection.c.name == name).with_for_update()).mappings().first()
    if row is None:
        raise LookupError(f"connection {name!r} was never opened in this ledger")
    return row


def _of_source(row: RowMapping, source: str) -> ConnectionState:
    if row["source"] != source:
        message = f"the ledger knows connection {row['name']!r} with source {row['source']}, not {source}"
        raise InputError("E531", message)
    return _state(row)


def _state(row: RowMapping) -> ConnectionState:
    return ConnectionState(
        name=row["name"],
        source=row["source"],
        account=row["account"],
        portal_id=row["portal_id"],
        started_from=from_ms_if_set(row["started_from"]),
        watermark=from_ms_if_set(row["watermark"]),
    )
