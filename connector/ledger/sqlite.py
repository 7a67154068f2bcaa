"""The ledger in one SQLite file: how it is opened, locked, kept durable, and what SQLite's errors mean."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, BigInteger, Connection, Engine, create_engine, event, literal
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError

from connector.clock import utc_now
from connector.errors import ConnectorError, FatalError, InputError, TransientError
from connector.ledger.instants import to_ms
from connector.ledger.place import FileSystem, file_system_of, prepare
from connector.ledger.puts import put_one_by_one
from connector.ledger.sql import SqlLedger
from connector.ledger.store import Store, Words
from connector.ledger.upgrade import upgrade

BUSY_SECONDS = 5.0
"""How long a transaction waits for another process's."""

OLDEST_LIBRARY = (3, 35, 0)
"""The first SQLite that answers RETURNING."""

_BEGIN = "sqlite_begin"


def open_sqlite(
    path: Path,
    *,
    secret: bytes | None,
    now: Callable[[], datetime] = utc_now,
    busy_seconds: float = BUSY_SECONDS,
    file_system: FileSystem = file_system_of,
    library: tuple[int, ...] = sqlite3.sqlite_version_info,
) -> SqlLedger:
    """Open the ledger in this file, making or upgrading it first where that is needed; raises as `open_ledger` does.

    Only this machine reaches the file, so that its own clock `now` measures the leases of all who do.
    """
    if library < OLDEST_LIBRARY:
        raise InputError("E508", f"this Python has SQLite {'.'.join(map(str, library))}, 3.35 is needed")
    # An error names the whole path, since a relative one says little in the log of a scheduled run.
    path = path.absolute()
    prepare(path, file_system=file_system)
    store = _store(path, busy_seconds, now)
    try:
        upgrade(store, where=str(path))
        return SqlLedger(store, secret=secret)
    except BaseException:
        store.close()
        raise


def _store(path: Path, busy_seconds: float, now: Callable[[], datetime]) -> Store:
    engine = _engine(URL.create("sqlite", database=str(path)), busy_seconds)
    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", _begin)
    reader = engine.execution_options(**{_BEGIN: "BEGIN"})
    return Store(engine, reader=reader, words=_words(path, now))


def reading_store(path: Path) -> Store:
    """A file that is there, to be read and left exactly as it is.

    Another process may be writing, or may have died and left its write-ahead log: then the log is read as well, and
    stays. Without a log nothing is written, so that not even the shared memory beside the file is needed.
    """
    has_log = path.with_name(path.name + "-wal").exists()
    how = {"mode": "ro", "uri": "true"} if has_log else {"immutable": "1", "mode": "ro", "uri": "true"}
    engine = _engine(URL.create("sqlite", database=path.as_uri(), query=how), BUSY_SECONDS)
    return Store(engine, reader=engine, words=_words(path, utc_now))


def _engine(url: URL, busy_seconds: float) -> Engine:
    return create_engine(
        url,
        connect_args={"timeout": busy_seconds},
        # The threads of one process take turns on one connection: SQLite has one writer at a time anyway, and waiting
        # here is fairer than its polling.
        pool_size=1,
        max_overflow=0,
        # Errors must not carry what was to be stored.
        hide_parameters=True,
    )


def _words(path: Path, now: Callable[[], datetime]) -> Words:
    def meaning(error: DBAPIError) -> ConnectorError | None:
        return meaning_of(error.orig, where=str(path))

    return Words(insert=insert, put=put_one_by_one, now=lambda: literal(to_ms(now()), BigInteger), meaning=meaning)


def _connected(connection: Any, _record: object) -> None:
    # Python's own opening of transactions is deferred and partial: we begin them ourselves.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    # NORMAL may lose the last transactions when the power fails; each method promises that it is durable.
    connection.execute("PRAGMA synchronous = FULL")


def _begin(db: Connection) -> None:
    # A transaction that reads first and writes later fails when another wrote in between: a writer takes its lock at
    # the start. https://www.sqlite.org/lang_transaction.html
    db.exec_driver_sql(db.get_execution_options().get(_BEGIN, "BEGIN IMMEDIATE"))


def meaning_of(error: BaseException | None, *, where: str) -> ConnectorError | None:
    """What a SQLite error means for the user. https://www.sqlite.org/rescode.html"""
    if not isinstance(error, sqlite3.Error):
        return None
    # The low byte is the kind; the rest tells more of it.
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return TransientError("E511", "another process is writing to the ledger", where=where)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return FatalError("E512", "the ledger is read-only", where=where)
        case sqlite3.SQLITE_FULL:
            return FatalError("E513", "the disk of the ledger is full", where=where)
        case sqlite3.SQLITE_CORRUPT:
            return FatalError("E514", "the ledger is damaged", where=where)
        case sqlite3.SQLITE_NOTADB:
            return InputError("E506", "this file is not a ledger", where=where)
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_IOERR:
            return FatalError("E515", f"the ledger cannot be opened or read ({error.sqlite_errorname})", where=where)
        case _:
            return None
