"""Small facts of a portal that adapters learned, and the ledger's own secret."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import bindparam, select

from connector.ledger.instants import to_ms
from connector.ledger.store import Transaction
from connector.ledger.tables import fact, meta

SECRET_BYTES = 32
_SECRET_NAME = "secret"  # noqa: S105 - the name of a row
_NAMED = select(fact.c.value, fact.c.at).where(fact.c.name == bindparam("name"))
_KEPT = select(meta.c.value).where(meta.c.name == _SECRET_NAME)


def recall(tx: Transaction, name: str, *, now: datetime, age_seconds_max: float | None) -> bytes | None:
    row = tx.db.execute(_NAMED, {"name": name}).first()
    if row is None:
        return None
    # A clock that was set back makes a fact look as if it came from the future: it ages all the same.
    age_seconds = abs(to_ms(now) - row.at) / 1000
    return bytes(row.value) if age_seconds_max is None or age_seconds <= age_seconds_max else None


def remember(tx: Transaction, name: str, value: bytes, *, now: datetime) -> None:
    tx.put(fact, [{"name": name, "value": value, "at": to_ms(now)}])


def find_secret(tx: Transaction) -> bytes | None:
    text = tx.db.scalar(_KEPT)
    return None if text is None else bytes.fromhex(text)


def add_secret(tx: Transaction) -> bytes:
    """Make a secret unless one is there: of two who make one at once, both go on with the first."""
    tx.add(meta, {"name": _SECRET_NAME, "value": secrets.token_hex(SECRET_BYTES)})
    return bytes.fromhex(tx.db.execute(_KEPT).scalar_one())
