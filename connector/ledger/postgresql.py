"""The ledger in a PostgreSQL database: how it is reached, guarded against hanging, upgraded and looked at.

Nothing is set for a session and no statement is prepared, so that a pooler that hands out a connection for each
transaction may stand in between.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

import psycopg
from psycopg.abc import Buffer
from psycopg.conninfo import conninfo_to_dict
from psycopg.types.string import StrDumperUnknown
from sqlalchemy import BigInteger, ColumnElement, Connection, cast, create_engine, event, extract, func, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError

from connector.errors import ConnectorError, InputError, TransientError
from connector.ledger.address import PostgresqlAddress
from connector.ledger.instants import from_ms, to_ms
from connector.ledger.place import ServerPlace
from connector.ledger.postgresql_errors import meaning_of
from connector.ledger.puts import put_at_once
from connector.ledger.shape import Shape
from connector.ledger.sql import SqlLedger
from connector.ledger.store import Store, Transaction, Words
from connector.ledger.tables import metadata
from connector.ledger.upgrade import require_newest, revision_of, upgrade

PATIENCE_SECONDS = 15.0
"""For how long a transaction is tried anew when the server undoes it or goes away: some restarts are over by then."""

_IF_NOT_GIVEN = {
    "application_name": "call-connector",
    "connect_timeout": "5",
    # A server that vanished without a word is noticed after half a minute.
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "4",
    "tcp_user_timeout": "30000",
}

# A transaction that waits for another's row, or whose process was stopped, lets go before a lease is over.
_LIMITS = (
    "SET LOCAL lock_timeout = '5s'; SET LOCAL statement_timeout = '20s'; "
    "SET LOCAL idle_in_transaction_session_timeout = '20s'"
)
# Whatever the server's defaults are. One message to the server, since several cost a round trip each.
_BEGIN = "begin"
_WRITING = f"BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; {_LIMITS}"
_READING = f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {_LIMITS}"

_NO_LIMITS = (
    "SET LOCAL lock_timeout = '60s'; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"
)
_UPGRADE_LOCK = 0x63616C6C
"""A number of our own among the advisory locks of a database."""

_RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE")


def open_postgresql(
    address: PostgresqlAddress,
    *,
    secret: bytes | None,
    now: Callable[[], datetime] | None = None,
    patience_seconds: float = PATIENCE_SECONDS,
) -> SqlLedger:
    """The ledger in this database, whose tables are there already; raises as `open.open_ledger` does.

    Leases are measured by the server's clock unless another one is given.
    """
    store, where = _store(address, now=now, patience_seconds=patience_seconds)
    with _closed_if_it_fails(store):
        with store.reading() as tx:
            require_newest(tx, where)
        return SqlLedger(store, secret=secret)


def open_server_for_reading(address: PostgresqlAddress) -> SqlLedger | None:
    """The ledger in this database, for reading alone; None where there is none."""
    store, where = _store(address, writing=_READING)
    with _closed_if_it_fails(store):
        with store.reading() as tx:
            is_there = revision_of(tx, where) is not None
            if is_there:
                require_newest(tx, where)
        if not is_there:
            store.close()
            return None
        # Hashes of people are never made here, so that the secret is not needed: a missing one would be stored.
        return SqlLedger(store, secret=b"")


def look_at_server(address: PostgresqlAddress, *, now: Callable[[], datetime]) -> ServerPlace:
    """The server as it stands. Raises as `open.look_at_place` does."""
    store, where = _store(address)
    with _closed_at_last(store), store.reading() as tx:
        require_newest(tx, where)
        _require_rights(tx, where)
        asked_at = now()
        ms = tx.db.execute(select(tx.now)).scalar_one()
        between = asked_at + (now() - asked_at) / 2
        return ServerPlace(
            where=where,
            version=str(tx.db.exec_driver_sql("SHOW server_version").scalar_one()).split()[0],
            clock_ahead_seconds=(between - from_ms(ms)) / timedelta(seconds=1),
        )


def shape_of_server(address: PostgresqlAddress) -> Shape:
    store, where = _store(address)
    with _closed_at_last(store), store.reading() as tx:
        return Shape(where=where, revision=revision_of(tx, where))


def upgrade_server(address: PostgresqlAddress) -> Shape:
    """Make the tables or bring them to the newest revision; answers how they were. Of several at once, one works."""
    store, where = _store(address)
    with _closed_at_last(store):
        with store.reading() as tx:
            _require_unicode(tx, where)
        return Shape(where=where, revision=upgrade(store, where=where, alone=_alone))


def _alone(tx: Transaction) -> None:
    """Wait for another upgrade to end. The lock is the transaction's: a pooler cannot leave it behind."""
    tx.db.exec_driver_sql(_NO_LIMITS)
    tx.db.execute(select(func.pg_advisory_xact_lock(_UPGRADE_LOCK)))


def _require_unicode(tx: Transaction, where: str) -> None:
    encoding = tx.db.exec_driver_sql("SHOW server_encoding").scalar_one()
    if encoding != "UTF8":
        raise InputError("E510", f"the database stores text as {encoding}, UTF8 is needed", where=where)


def _require_rights(tx: Transaction, where: str) -> None:
    if tx.db.execute(select(func.pg_is_in_recovery())).scalar_one():
        raise TransientError("E512", "the server follows another one and cannot be written", where=where)
    asked = [func.has_table_privilege(table, right) for table in metadata.tables for right in _RIGHTS]
    if not all(tx.db.execute(select(*asked)).one()):
        raise InputError("E518", "this user may not read and write every table of the ledger", where=where)


class _Reached(NamedTuple):
    parameters: dict[str, Any]
    where: str


def _reached(address: PostgresqlAddress) -> _Reached:
    """The address as libpq reads it. Raises InputError (E501); what libpq says of it may quote the password."""
    try:
        parameters = conninfo_to_dict(address.url)
    except (psycopg.Error, ValueError):
        message = "the address is not one that PostgreSQL understands"
        raise InputError("E501", message, where="CONNECTOR_LEDGER_URL") from None
    servers = _servers(str(parameters.get("host", "")), str(parameters.get("port", "")))
    where = f"postgresql://{servers}/{parameters.get('dbname', '')}"
    return _Reached({**_IF_NOT_GIVEN, **parameters, "client_encoding": "UTF8"}, where)


def _servers(host: str, port: str) -> str:
    """libpq's lists of hosts and ports as they stand in an address: each with its own, a number of IPv6 in brackets."""
    hosts, ports = host.split(","), port.split(",")
    if len(ports) == 1:
        ports *= len(hosts)
    named = [f"[{each}]" if ":" in each else each for each in hosts]
    return ",".join(f"{each}:{number}" if number else each for each, number in zip(named, ports, strict=False))


class _Opened(NamedTuple):
    store: Store
    where: str


def _store(
    address: PostgresqlAddress,
    *,
    now: Callable[[], datetime] | None = None,
    patience_seconds: float = 0.0,
    writing: str = _WRITING,
) -> _Opened:
    parameters, where = _reached(address)
    engine = create_engine(
        "postgresql+psycopg://",
        # In autocommit psycopg leaves it to us to begin transactions.
        creator=partial(_connected, parameters),
        # A run needs two or three at once; a server that many runs share has some hundred for all.
        pool_size=3,
        max_overflow=2,
        pool_timeout=10,
        use_native_hstore=False,
        # Errors must not carry what was to be stored.
        hide_parameters=True,
    ).execution_options(**{_BEGIN: writing})
    event.listen(engine, "begin", _begin)
    password = str(parameters.get("password") or "")

    def meaning(error: DBAPIError) -> ConnectorError | None:
        return meaning_of(error.orig, where=where, password=password)

    words = Words(insert=insert, put=put_at_once, now=_server_time if now is None else _given(now), meaning=meaning)
    reader = engine.execution_options(**{_BEGIN: _READING})
    return _Opened(Store(engine, reader=reader, words=words, patience_seconds=patience_seconds), where)


def _connected(parameters: Mapping[str, Any]) -> psycopg.Connection[Any]:
    db: psycopg.Connection[Any] = psycopg.connect(autocommit=True, prepare_threshold=None, **parameters)
    db.adapters.register_dumper(str, _StorableText)
    return db


class _StorableText(StrDumperUnknown):
    """Text as PostgreSQL takes it: NUL goes and half a surrogate pair becomes U+FFFD, so that one odd text from outside
    does not undo a whole transaction. Calls were freed of both when they were read."""

    def dump(self, obj: str) -> Buffer | None:
        try:
            return super().dump(obj)
        except (psycopg.DataError, UnicodeEncodeError):
            return super().dump(re.sub("[\ud800-\udfff]", "\ufffd", obj.replace("\0", "")))


def _begin(db: Connection) -> None:
    db.exec_driver_sql(db.get_execution_options()[_BEGIN])


def _server_time() -> ColumnElement[int]:
    """The time of this very moment: that of the transaction's beginning is older by what it waited for a lock."""
    return cast(func.floor(extract("epoch", func.clock_timestamp()) * 1000), BigInteger)


def _given(now: Callable[[], datetime]) -> Callable[[], ColumnElement[int]]:
    return lambda: literal(to_ms(now()), BigInteger)


@contextmanager
def _closed_at_last(store: Store) -> Iterator[None]:
    try:
        yield
    finally:
        store.close()


@contextmanager
def _closed_if_it_fails(store: Store) -> Iterator[None]:
    try:
        yield
    except BaseException:
        store.close()
        raise
