"""What is remembered of each call."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from msgspec import json
from sqlalchemy import ColumnElement, Integer, RowMapping, Select, bindparam, func, or_, select, union_all
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from connector.ledger.instants import from_ms, from_ms_if_set, to_ms, to_ms_if_set
from connector.ledger.puts import Row
from connector.ledger.store import Transaction
from connector.ledger.tables import entry
from connector.model import Entry, State

LOOK_UP_MAX = 1000
"""Ids of one look-up; SQLite takes 32,766 variables."""

_RECORDS = json.Decoder(dict[str, str])
_NOTES = json.Decoder(tuple[str, ...])
_UNFINISHED = (State.INTENT, State.FAILED)

Columns = ReadOnlyColumnCollection[str, Any]
Order = Callable[[Columns], tuple[ColumnElement[Any], ...]]


def _oldest_first(columns: Columns) -> tuple[ColumnElement[Any], ...]:
    return columns["ended_at"].asc(), columns["call_id"].asc()


def _newest_first(columns: Columns) -> tuple[ColumnElement[Any], ...]:
    return columns["ended_at"].desc(), columns["call_id"].desc()


def look_up(tx: Transaction, connection: str, call_ids: Collection[str]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for chunk in chunks(call_ids):
        # One connection and a list of ids: 28 times faster than a list of (connection, id) pairs.
        asked = select(entry).where(entry.c.connection == connection, entry.c.call_id.in_(chunk))
        for row in tx.db.execute(asked).mappings():
            found[row["call_id"]] = _entry(row)
    return found


def store(tx: Transaction, connection: str, entries: Iterable[Entry]) -> None:
    tx.put(entry, [_row(connection, one) for one in entries])


def unfinished(tx: Transaction, connection: str, *, now: datetime, limit: int) -> list[Entry]:
    return _ordered(tx, connection, _UNFINISHED, _oldest_first, turn=now, limit=limit)


def due(tx: Transaction, connection: str, *, now: datetime, limit: int) -> list[Entry]:
    asked = select(entry).where(
        entry.c.connection == connection,
        entry.c.look_again_at <= to_ms(now),
        entry.c.state.not_in([state.value for state in _UNFINISHED]),
    )
    rows = tx.db.execute(asked.order_by(*_newest_first(entry.c)).limit(limit)).mappings()
    return [_entry(row) for row in rows]


def doubted(tx: Transaction, connection: str, *, since: datetime, limit: int) -> list[Entry]:
    asked = select(entry).where(
        entry.c.connection == connection, entry.c.perhaps_sent_at >= to_ms(since), entry.c.contact_id.is_(None)
    )
    rows = tx.db.execute(asked.order_by(*_newest_first(entry.c)).limit(limit)).mappings()
    return [_entry(row) for row in rows]


def newest(
    tx: Transaction, connection: str, states: Collection[State], *, since: datetime | None, code: str, limit: int
) -> list[Entry]:
    return _ordered(tx, connection, states or tuple(State), _newest_first, since=since, code=code, limit=limit)


def count(tx: Transaction, connection: str) -> dict[State, int]:
    counted = select(entry.c.state, func.count()).where(entry.c.connection == connection).group_by(entry.c.state)
    return {State(state): number for state, number in tx.db.execute(counted)}


def chunks(ids: Collection[str]) -> Iterator[list[str]]:
    """Distinct ids in lists that fit one statement."""
    distinct = list(dict.fromkeys(ids))
    for start in range(0, len(distinct), LOOK_UP_MAX):
        yield distinct[start : start + LOOK_UP_MAX]


def _ordered(
    tx: Transaction,
    connection: str,
    states: Collection[State],
    order: Order,
    *,
    limit: int,
    since: datetime | None = None,
    turn: datetime | None = None,
    code: str = "",
) -> list[Entry]:
    """The first entries in this order: of calls that ended at or after `since`, and that wait for no later `turn`."""
    given = {"since": to_ms_if_set(since), "turn": to_ms_if_set(turn)}
    bounds = {name: at for name, at in given.items() if at is not None}
    chosen = _first_of(frozenset(states), order, code, frozenset(bounds))
    values = {"connection": connection, "limit": limit, **bounds}
    return [_entry(row) for row in tx.db.execute(chosen, values).mappings()]


@lru_cache(maxsize=64)
def _first_of(states: Collection[State], order: Order, code: str, bounds: Collection[str]) -> Select[Any]:
    """Asks for the first `limit` entries of a `connection`. Each state is walked along the index and stops by itself.

    Making this statement takes longer than running it on a ledger with nothing to do: it is kept.
    """
    limit = bindparam("limit", type_=Integer)
    parts = [
        _of_state(state, code, bounds).order_by(*order(entry.c)).limit(limit).subquery() for state in sorted(states)
    ]
    together = union_all(*(part.select() for part in parts)).subquery()
    return together.select().order_by(*order(together.c)).limit(limit)


def _of_state(state: State, code: str, bounds: Collection[str]) -> Select[Any]:
    chosen = select(entry).where(entry.c.connection == bindparam("connection"), entry.c.state == state.value)
    if code:
        # Notes are a JSON list of texts: the code stands right behind a quote.
        noted = entry.c.notes.contains(f'"{code} ', autoescape=True)
        chosen = chosen.where(or_(entry.c.code == code, noted))
    if "since" in bounds:
        chosen = chosen.where(entry.c.ended_at >= bindparam("since"))
    if "turn" in bounds:
        chosen = chosen.where(or_(entry.c.look_again_at.is_(None), entry.c.look_again_at <= bindparam("turn")))
    return chosen


def _row(connection: str, one: Entry) -> Row:
    return {
        "connection": connection,
        "call_id": one.call_id,
        "state": one.state.value,
        "ended_at": to_ms(one.ended_at),
        "account": one.account,
        "fingerprint": one.fingerprint,
        "mapping_version": one.mapping_version,
        "decision": one.decision,
        "reason": one.reason,
        "contact_id": one.contact_id,
        "engagement_id": one.engagement_id,
        "records": json.encode(one.records).decode(),
        "attempts": one.attempts,
        "code": one.code,
        "message": one.message,
        "notes": json.encode(one.notes).decode(),
        "run_id": one.run_id,
        "updated_at": to_ms_if_set(one.updated_at),
        "listed": one.listed or None,
        "look_again_at": to_ms_if_set(one.look_again_at),
        "perhaps_sent_at": to_ms_if_set(one.perhaps_sent_at),
    }


def _entry(row: RowMapping) -> Entry:
    return Entry(
        call_id=row["call_id"],
        state=State(row["state"]),
        ended_at=from_ms(row["ended_at"]),
        account=row["account"],
        fingerprint=row["fingerprint"],
        mapping_version=row["mapping_version"],
        decision=row["decision"],
        reason=row["reason"],
        contact_id=row["contact_id"],
        engagement_id=row["engagement_id"],
        records=_RECORDS.decode(row["records"]),
        attempts=row["attempts"],
        code=row["code"],
        message=row["message"],
        notes=_NOTES.decode(row["notes"]),
        run_id=row["run_id"],
        updated_at=from_ms_if_set(row["updated_at"]),
        listed=row["listed"] or "",
        look_again_at=from_ms_if_set(row["look_again_at"]),
        perhaps_sent_at=from_ms_if_set(row["perhaps_sent_at"]),
    )
