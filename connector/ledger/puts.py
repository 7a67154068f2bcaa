"""Storing many rows in place of those with the same keys, in the way that is quickest on each database.

Core would work out the arguments of each row anew, which costs as much as storing it. No type of ours needs that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Connection, Dialect, LargeBinary, Table, Text, bindparam, cast, func, select

Row = Mapping[str, Any]
Insert = Callable[[Table], Any]
"""The database's own `insert`, which knows ON CONFLICT: alike in SQLite and PostgreSQL, but two classes."""
Put = Callable[[Connection, Insert, Table, Sequence[Row]], None]
"""Stores one row or more; each names every column, and of two with the same key the later one counts."""


def put_one_by_one(db: Connection, insert: Insert, table: Table, rows: Sequence[Row]) -> None:
    """For a database within this process."""
    statement, arguments = _single(insert, table, db.dialect)
    db.exec_driver_sql(statement, [arguments(row) for row in rows])


def put_at_once(db: Connection, insert: Insert, table: Table, rows: Sequence[Row]) -> None:
    """For a database that is asked over a wire: one statement, with an array for each column."""
    keys = [column.name for column in table.primary_key]
    # One statement may touch a row only once.
    last = list({tuple(row[key] for key in keys): row for row in rows}.values())
    columns = {column.name: [row[column.name] for row in last] for column in table.columns}
    db.exec_driver_sql(_whole(insert, table, db.dialect), columns)


@cache
def _single(insert: Insert, table: Table, dialect: Dialect) -> tuple[str, Callable[[Row], Any]]:
    """The statement as the driver takes it, and what makes its arguments of a row."""
    compiled = _replacing(insert(table), table).compile(dialect=dialect)
    return str(compiled), itemgetter(*compiled.positiontup) if compiled.positiontup else dict


@cache
def _whole(insert: Insert, table: Table, dialect: Dialect) -> str:
    names = [column.name for column in table.columns]
    arrays = [cast(bindparam(column.name), ARRAY(_plain(column.type))) for column in table.columns]
    rows = func.unnest(*arrays).table_valued(*names).render_derived()
    return str(_replacing(insert(table).from_select(names, select(rows)), table).compile(dialect=dialect))


def _replacing(fresh: Any, table: Table) -> Any:
    keys = [column.name for column in table.primary_key]
    values = {column.name: fresh.excluded[column.name] for column in table.columns if column.name not in keys}
    return fresh.on_conflict_do_update(index_elements=keys, set_=values)


def _plain(kind: Any) -> Any:
    """The type without its collation, which an array does not take."""
    return next(plain() for plain in (Text, BigInteger, LargeBinary) if isinstance(kind, plain))
