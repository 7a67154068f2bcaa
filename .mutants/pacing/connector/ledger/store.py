"""A SQL database and its transactions, without a word of what is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Engine, Executable, Table
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from connector.errors import ConnectorError, TransientError
from connector.unbroken import unbroken

Row = Mapping[str, Any]
Insert = Callable[[Table], Any]
"""The database's own `insert`, which knows ON CONFLICT: alike in SQLite and PostgreSQL, but two classes."""
Meaning = Callable[[DBAPIError], ConnectorError | None]
"""What a database's error means for the user; None for a bug of ours, which keeps its traceback."""


class Transaction(NamedTuple):
    """An open transaction."""

    db: Connection
    insert: Insert

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        """Store rows in place of those with the same primary key; each row names every column."""
        if rows:
            statement, arguments = _put(self.insert, table, self.db.dialect)
            self.db.exec_driver_sql(statement, [arguments(row) for row in rows])

    def add(self, table: Table, row: Row) -> None:
        """Store a row unless one with the same primary key is there."""
        self.db.execute(_add(self.insert, table), row)


class Store:
    """Runs transactions on an engine and says what its errors mean. No signal cuts through one."""

    def __init__(self, engine: Engine, *, reader: Engine, insert: Insert, meaning: Meaning) -> None:
        self.engine = engine
        self._reader = reader
        self._insert = insert
        self._meaning = meaning

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A transaction that sees one state of the database and changes nothing."""
        with unbroken(), self._explained(), self._reader.begin() as db:
            yield Transaction(db, self._insert)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction that no other writer overtakes; durable when the block has ended, undone when it raises."""
        with unbroken(), self._explained(), self.engine.begin() as db:
            yield Transaction(db, self._insert)

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            explained = self._meaning(error)
            if explained is None:
                raise
            raise explained from error
        except PoolTimeoutError as error:
            raise TransientError("E511", "another thread has been using the ledger for too long") from error


@cache
def _put(insert: Insert, table: Table, dialect: Dialect) -> tuple[str, Callable[[Row], Any]]:
    """The statement as the driver takes it, and what makes its arguments of a row.

    Core would work out the arguments of each row anew, which costs as much as storing it. No type of ours needs that.
    """
    fresh = insert(table)
    keys = [column.name for column in table.primary_key]
    values = {column.name: fresh.excluded[column.name] for column in table.columns if column.name not in keys}
    compiled = fresh.on_conflict_do_update(index_elements=keys, set_=values).compile(dialect=dialect)
    return str(compiled), itemgetter(*compiled.positiontup) if compiled.positiontup else dict


@cache
def _add(insert: Insert, table: Table) -> Executable:
    statement: Executable = insert(table).on_conflict_do_nothing()
    return statement
