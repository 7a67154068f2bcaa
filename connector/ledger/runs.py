"""Runs and their summaries, and how far unfinished backfills got."""

from __future__ import annotations

from datetime import datetime

from msgspec import json
from sqlalchemy import delete, select

from connector.errors import InputError
from connector.ledger.instants import from_ms_if_set, to_ms
from connector.ledger.store import Transaction
from connector.ledger.tables import backfill, run
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


def backfill_progress(tx: Transaction, connection: str, window: str) -> datetime | None:
    asked = select(backfill.c.until).where(backfill.c.connection == connection, backfill.c.window == window)
    return from_ms_if_set(tx.db.scalar(asked))


def note_backfill(tx: Transaction, connection: str, window: str, until: datetime | None) -> None:
    if until is None:
        tx.db.execute(delete(backfill).where(backfill.c.connection == connection, backfill.c.window == window))
    else:
        tx.put(backfill, [{"connection": connection, "window": window, "until": to_ms(until)}])


def _summary(text: str) -> RunSummary:
    return json.decode(text, type=RunSummary)
