"""A SQL database and its transactions, without a word of what is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from typing import NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, Executable, Table
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_random_exponential

from connector.errors import ConnectorError, InputError, TransientError
from connector.ledger.puts import Insert, Put, Row
from connector.unbroken import unbroken

T = TypeVar("T")
Meaning = Callable[[DBAPIError], ConnectorError | None]
"""What a database's error means for the user; None for a bug of ours, which keeps its traceback."""


class RepeatableError(TransientError):
    """The transaction was undone, or the connection broke so that nobody knows: it may be repeated at once."""


class Words(NamedTuple):
    """What one kind of database says in its own way."""

    insert: Insert
    put: Put
    now: Callable[[], ColumnElement[int]]
    """The time by which leases are measured, in milliseconds since 1970."""
    meaning: Meaning


class Transaction(NamedTuple):
    """An open transaction."""

    db: Connection
    words: Words

    @property
    def now(self) -> ColumnElement[int]:
        """The time by which leases are measured, in milliseconds since 1970."""
        return self.words.now()

    def put(self, table: Table, rows: Sequence[Row]) -> None:
        """Store rows in place of those with the same primary key; each row names every column."""
        if rows:
            self.words.put(self.db, self.words.insert, table, rows)

    def add(self, table: Table, row: Row) -> None:
        """Store a row unless one with the same primary key is there."""
        self.db.execute(_add(self.words.insert, table), row)


class Store:
    """Runs transactions on an engine and says what its errors mean. No signal cuts through one."""

    def __init__(self, engine: Engine, *, reader: Engine, words: Words, patience_seconds: float = 0.0) -> None:
        """`patience_seconds` is how long a transaction is repeated that the database undid or lost."""
        self.engine = engine
        self._reader = reader
        self._words = words
        self._patience_seconds = patience_seconds
        self._is_patient = True

    def read(self, act: Callable[[Transaction], T]) -> T:
        """What this reads in one state of the database."""
        return self._patiently(self.reading, act)

    def write(self, act: Callable[[Transaction], T]) -> T:
        """Do this wholly or not at all; durable when it returns.

        It may be done again from its beginning, and even after it was done, if a connection breaks in the commit: it
        must come to the same twice.
        """
        return self._patiently(self.writing, act)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A transaction that sees one state of the database and changes nothing."""
        with unbroken(), self._explained(), self._reader.begin() as db:
            yield Transaction(db, self._words)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction that no other writer overtakes; durable when the block has ended, undone when it raises."""
        with unbroken(), self._explained(), self.engine.begin() as db:
            yield Transaction(db, self._words)

    def close(self) -> None:
        self.engine.dispose()

    def _patiently(
        self, opened: Callable[[], AbstractContextManager[Transaction]], act: Callable[[Transaction], T]
    ) -> T:
        def once() -> T:
            with opened() as tx:
                return act(tx)

        # Who waited in vain once is not kept waiting again by each of the steps that end a run.
        patience_seconds = self._patience_seconds if self._is_patient else 0.0
        attempts = Retrying(
            retry=retry_if_exception_type(RepeatableError),
            stop=stop_after_delay(patience_seconds),
            wait=wait_random_exponential(multiplier=0.05, max=1.0),
            reraise=True,
        )
        try:
            result = attempts(once)
        except RepeatableError:
            self._is_patient = False
            raise
        self._is_patient = True
        return result

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            explained = self._words.meaning(error)
            if explained is None:
                raise
            raise explained from error
        except UnicodeEncodeError as error:
            raise InputError("E533", "a name or an id holds bytes that are no text") from error
        except PoolTimeoutError as error:
            raise TransientError("E511", "another thread has been using the ledger for too long") from error


@cache
def _add(insert: Insert, table: Table) -> Executable:
    statement: Executable = insert(table).on_conflict_do_nothing()
    return statement
