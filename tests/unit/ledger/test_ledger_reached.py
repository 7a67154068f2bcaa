"""How a PostgreSQL server is reached: by which settings, under which name in errors, and what a look at it says."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import MagicMock

import psycopg
import pytest
from sqlalchemy.exc import DataError
from sqlalchemy.pool import QueuePool

from connector.clock import utc_now
from connector.errors import FatalError, InputError, TransientError
from connector.ledger import postgresql
from connector.ledger.address import PostgresqlAddress
from connector.ledger.open import look_at_place, open_ledger, open_to_look, shape_of, upgrade_ledger
from connector.ledger.place import ServerPlace
from connector.ledger.shape import NEWEST, Shape
from connector.ledger.store import Transaction
from tests.stubs.postgresql import Databases, ask, needs_postgresql

STORED = "+447700900123"
OURS = {
    "application_name": "call-connector",
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "4",
    "tcp_user_timeout": "30000",
    "client_encoding": "UTF8",
}


@pytest.mark.parametrize(
    ("rest", "parameters", "where"),
    [
        ("", {}, "postgresql:///"),
        ("/ledger", {"dbname": "ledger"}, "postgresql:///ledger"),
        (
            "me:hunter2@db.example:5433/ledger",
            {"user": "me", "password": "hunter2", "host": "db.example", "port": "5433", "dbname": "ledger"},
            "postgresql://db.example:5433/ledger",
        ),
        (
            "db.example?connect_timeout=60&client_encoding=LATIN1",
            {"host": "db.example", "connect_timeout": "60"},
            "postgresql://db.example/",
        ),
        (
            "[2001:db8::1]:5433/ledger",
            {"host": "2001:db8::1", "port": "5433", "dbname": "ledger"},
            "postgresql://[2001:db8::1]:5433/ledger",
        ),
        (
            "one:5432,two:5433,[::1]/ledger",
            {"host": "one,two,::1", "port": "5432,5433,", "dbname": "ledger"},
            "postgresql://one:5432,two:5433,[::1]/ledger",
        ),
        (
            "one,two/ledger?port=5433",
            {"host": "one,two", "port": "5433", "dbname": "ledger"},
            "postgresql://one:5433,two:5433/ledger",
        ),
        # libpq will refuse it, in its own words.
        (
            "one,two,three/ledger?port=5432,5433",
            {"host": "one,two,three", "port": "5432,5433", "dbname": "ledger"},
            "postgresql://one:5432,two:5433/ledger",
        ),
    ],
)
def test_what_an_address_leaves_open_is_ours_but_for_the_encoding(
    rest: str, parameters: dict[str, Any], where: str
) -> None:
    reached = postgresql._reached(PostgresqlAddress(f"postgresql://{rest}"))
    assert reached == ({**OURS, **parameters}, where)


def test_an_address_that_libpq_refuses_is_not_repeated() -> None:
    with pytest.raises(InputError) as caught:
        postgresql._reached(PostgresqlAddress("postgresql://db.example/ledger?hunter2=1"))
    assert caught.value.message == "the address is not one that PostgreSQL understands"
    assert (caught.value.code, caught.value.where) == ("E501", "CONNECTOR_LEDGER_URL")
    assert caught.value.__suppress_context__


def test_a_run_leaves_connections_for_others() -> None:
    store, _ = postgresql._store(PostgresqlAddress("postgresql://db.example/ledger"))
    pool = store.engine.pool
    assert isinstance(pool, QueuePool)
    assert (pool.size(), pool._max_overflow, pool._timeout) == (3, 2, 10)


def test_no_error_repeats_the_password_that_a_server_repeats(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise psycopg.OperationalError("who says hunter2 is not known here")

    monkeypatch.setattr("psycopg.connect", refuse)
    for look in (look_at_place, open_to_look, shape_of, upgrade_ledger):
        with pytest.raises(TransientError) as caught:
            look("postgresql://me:hunter2@db.example/ledger")
        assert (caught.value.code, caught.value.message) == ("E517", "who says ••• is not known here")


def test_a_server_that_follows_another_one_cannot_hold_a_ledger() -> None:
    db: Any = MagicMock()
    db.execute.return_value.scalar_one.return_value = True
    with pytest.raises(TransientError) as caught:
        postgresql._require_rights(Transaction(db, MagicMock()), "here")
    assert (caught.value.code, caught.value.where) == ("E512", "here")
    assert caught.value.message == "the server follows another one and cannot be written"


@needs_postgresql
def test_a_look_says_where_of_which_version_and_how_far_the_clocks_are_apart(postgresql_url: str) -> None:
    start = utc_now()
    # It took half an hour, as far as this machine's clock can tell: the server's was asked in the middle of it.
    clock = iter([start + timedelta(hours=2), *[start + timedelta(hours=2.5)] * 3])
    place = look_at_place(postgresql_url, now=lambda: next(clock))
    assert isinstance(place, ServerPlace)
    assert place.where == where_of(postgresql_url)
    assert re.fullmatch(r"\d+\.\d+", place.version)
    assert place.clock_ahead_seconds == pytest.approx(2.25 * 3600, abs=30)


@needs_postgresql
def test_a_bug_does_not_tell_what_was_to_be_stored(postgresql_url: str) -> None:
    ledger = postgresql.open_postgresql(PostgresqlAddress(postgresql_url), secret=None)
    with pytest.raises(DataError) as caught:
        ledger.store.write(lambda tx: tx.db.exec_driver_sql("SELECT %(number)s::text, 1 / 0", {"number": STORED}))
    ledger.close()
    assert STORED not in str(caught.value)


@needs_postgresql
@pytest.mark.parametrize(
    ("statement", "code", "message"),
    [
        ("", "E519", "the database holds no ledger yet"),
        ("CREATE TABLE bookmarks (url text)", "E506", "this database holds the tables of another program"),
    ],
    ids=["nothing", "another program's"],
)
def test_what_is_no_ledger_is_named_by_its_place(databases: Databases, statement: str, code: str, message: str) -> None:
    url = databases.empty()
    if statement:
        ask(url, statement)
    runs: list[Callable[[str], object]] = [look_at_place, lambda url: open_ledger(url, secret=None)]
    for look in (*runs, open_to_look, shape_of, upgrade_ledger) if statement else runs:
        with pytest.raises(FatalError) as caught:
            look(url)
        assert (caught.value.code, caught.value.message, caught.value.where) == (code, message, where_of(url))


@needs_postgresql
def test_a_shape_is_named_by_its_place(postgresql_url: str) -> None:
    shape = Shape(where=where_of(postgresql_url), revision=NEWEST)
    assert shape_of(postgresql_url) == shape
    assert upgrade_ledger(postgresql_url) == shape


@needs_postgresql
def test_a_secret_that_is_given_is_the_ledgers(postgresql_url: str) -> None:
    ledger = open_ledger(postgresql_url, secret=b"given")
    assert ledger.secret == b"given"
    ledger.close()
    assert ask(postgresql_url, "SELECT count(*) FROM meta") == [(0,)]


@needs_postgresql
def test_leases_of_a_server_are_measured_by_a_clock_that_is_given(postgresql_url: str) -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    ledger = postgresql.open_postgresql(PostgresqlAddress(postgresql_url), secret=None, now=lambda: now)
    assert ledger.take_lane("50001", "one", lease_seconds=60)
    ledger.close()
    assert ask(postgresql_url, "SELECT until FROM lane") == [(int(now.timestamp() * 1000) + 60_000,)]


def where_of(url: str) -> str:
    return f"postgresql://{url.rpartition('@')[2]}"
