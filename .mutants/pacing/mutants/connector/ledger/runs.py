"""Runs and their summaries."""

from __future__ import annotations

from msgspec import json
from sqlalchemy import select

from connector.errors import InputError
from connector.ledger.instants import to_ms
from connector.ledger.store import Transaction
from connector.ledger.tables import run
from connector.model import RunSummary

_AFTER_EVERY_ID = "\U0010ffff"


def store(tx: Transaction, summary: RunSummary) -> None:
    row = {
        "id": summary.run_id,
        "connection": summary.connection,
        "started_at": to_ms(summary.started_at),
        "summary": json.encode(summary).decode(),
    }
    tx.put(run, [row])


def newest(tx: Transaction, connection: str, *, limit: int) -> list[RunSummary]:
    chosen = select(run.c.summary).where(run.c.connection == connection)
    ordered = chosen.order_by(run.c.started_at.desc(), run.c.id.desc()).limit(limit)
    return [_summary(text) for text in tx.db.scalars(ordered)]


def find(tx: Transaction, beginning: str) -> RunSummary | None:
    """The run with this id, else the only one whose id begins so. Raises InputError when there are several."""
    begins = select(run.c.id, run.c.summary).where(run.c.id >= beginning, run.c.id < beginning + _AFTER_EVERY_ID)
    found = tx.db.execute(begins.order_by(run.c.id).limit(2)).all()
    # The whole id sorts before all longer ones that begin with it.
    if len(found) > 1 and found[0].id != beginning:
        raise InputError("E532", f"more than one run begins with {beginning!r}")
    return _summary(found[0].summary) if found else None


def _summary(text: str) -> RunSummary:
    return json.decode(text, type=RunSummary)
