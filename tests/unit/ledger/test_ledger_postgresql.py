"""A PostgreSQL database as a ledger: who may use it, how it is prepared, and what its failures mean."""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import Text, select, text

from connector.errors import ConnectorError, FatalError, InputError, LaneError, TransientError
from connector.ledger import postgresql
from connector.ledger.address import PostgresqlAddress
from connector.ledger.open import has_ledger, look_at_place, open_ledger, open_to_look, shape_of, upgrade_ledger
from connector.ledger.place import ServerPlace
from connector.ledger.postgresql import open_postgresql
from connector.ledger.shape import NEWEST
from connector.ledger.sql import SqlLedger
from connector.ledger.store import RepeatableError, Transaction
from connector.ledger.tables import meta, metadata
from connector.model import Entry, State
from tests.stubs.postgresql import SERVER, Databases, address_of, ask, needs_postgresql

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PASSWORD = "a-long-pass-word"

pytestmark = needs_postgresql


def database_of(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


@pytest.fixture
def ledger(postgresql_url: str) -> Iterator[SqlLedger]:
    opened = open_postgresql(PostgresqlAddress(postgresql_url), secret=None, patience_seconds=3.0)
    yield opened
    opened.close()


def all_of(error: BaseException | None) -> str:
    """Everything that the error says, and those behind it."""
    said = []
    while error is not None:
        said += [str(error), repr(error), *traceback.format_exception(error)]
        said += [str(getattr(error, name, "")) for name in ("where", "fix", "message", "statement", "params")]
        error = error.__cause__ or error.__context__
    return "\n".join(said)


# --- who may use it


@pytest.mark.parametrize(
    ("changes", "code", "exit_code"),
    [
        pytest.param({"password": PASSWORD}, "E518", 2, id="wrong password"),
        pytest.param({"user": "nobody", "password": PASSWORD}, "E518", 2, id="unknown user"),
        pytest.param({"port": 1}, "E517", 4, id="server down"),
    ],
)
def test_a_server_that_does_not_let_in(changes: dict[str, Any], code: str, exit_code: int) -> None:
    url = address_of("postgres", **changes)
    for look in (look_at_place, open_to_look, shape_of, upgrade_ledger, lambda url: open_ledger(url, secret=None)):
        with pytest.raises(ConnectorError) as caught:
            look(url)
        assert (caught.value.code, caught.value.exit_code) == (code, exit_code)
        assert str(caught.value.where).startswith("postgresql://127.0.0.1:")
        password = urlsplit(url).password
        assert password is not None
        assert password not in all_of(caught.value)


def test_an_unknown_database() -> None:
    with pytest.raises(InputError) as caught:
        open_ledger(address_of("nowhere"), secret=None)
    assert (caught.value.code, caught.value.exit_code) == ("E518", 2)
    assert "nowhere" in caught.value.message


def test_too_many_connections_are_waited_out_by_running_again(databases: Databases) -> None:
    url = databases.prepared()
    ask(SERVER, f"CREATE USER busy PASSWORD '{PASSWORD}' CONNECTION LIMIT 0")
    try:
        with pytest.raises(TransientError) as caught:
            open_ledger(address_of(database_of(url), user="busy", password=PASSWORD), secret=None)
    finally:
        ask(SERVER, "DROP USER busy")
    assert (caught.value.code, caught.value.exit_code) == ("E517", 4)


def test_a_user_without_rights_is_told_by_a_look_and_by_a_run(databases: Databases) -> None:
    url = databases.prepared()
    ask(SERVER, f"CREATE USER guest PASSWORD '{PASSWORD}'")
    ask(url, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO guest")
    guest = address_of(database_of(url), user="guest", password=PASSWORD)
    try:
        for look, message in (
            (look_at_place, "this user may not read and write every table of the ledger"),
            (lambda url: open_ledger(url, secret=None), "PostgreSQL does not let this user work there (42501)"),
        ):
            with pytest.raises(InputError) as caught:
                look(guest)
            assert (caught.value.code, caught.value.message) == ("E518", message)
            assert caught.value.where == f"postgresql://{url.rpartition('@')[2]}"
    finally:
        ask(url, "DROP OWNED BY guest")
        ask(SERVER, "DROP USER guest")


def test_what_speaks_to_postgresql_may_not_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connector.ledger.address.find_spec", lambda name: None)
    with pytest.raises(InputError) as caught:
        open_ledger(address_of("postgres"), secret=None)
    assert caught.value.code == "E509"


# --- preparing it


def test_a_run_makes_no_tables(databases: Databases) -> None:
    url = databases.empty()
    for look in (look_at_place, lambda url: open_ledger(url, secret=None)):
        with pytest.raises(InputError) as caught:
            look(url)
        assert (caught.value.code, caught.value.exit_code) == ("E519", 2)
        assert "connector db upgrade" in caught.value.fix
    assert open_to_look(url) is None
    assert shape_of(url).revision is None
    assert ask(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == []


def test_upgrading_makes_the_tables_and_then_has_nothing_to_do(databases: Databases) -> None:
    url = databases.empty()
    assert upgrade_ledger(url).revision is None
    assert upgrade_ledger(url).revision == NEWEST
    assert shape_of(url).revision == NEWEST
    place = look_at_place(url)
    assert isinstance(place, ServerPlace)
    assert abs(place.clock_ahead_seconds) < 30
    assert place.version[0].isdigit()
    assert has_ledger(url)


def test_ids_are_compared_byte_by_byte_whatever_the_databases_language_is(postgresql_url: str) -> None:
    """This test's server speaks none, so that only the columns themselves can tell."""
    question = """
        SELECT collation_name, count(*) FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name <> 'connector_schema' AND data_type = 'text' GROUP BY 1
    """
    texts = sum(isinstance(column.type, Text) for table in metadata.sorted_tables for column in table.columns)
    assert ask(postgresql_url, question) == [("C", texts)]


def test_of_many_upgrades_at_once_one_does_the_work(databases: Databases) -> None:
    url, start = databases.empty(), threading.Barrier(4)

    def work(_: int) -> object:
        start.wait()
        return upgrade_ledger(url)

    with ThreadPoolExecutor(4) as threads:
        assert len(list(threads.map(work, range(4)))) == 4
    assert ask(url, "SELECT version_num FROM connector_schema") == [(NEWEST,)]


def test_an_upgrade_that_fails_leaves_nothing_behind(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> None:
    url = databases.empty()

    def broken(*_: object) -> None:
        raise RuntimeError("a bug in a revision")

    with monkeypatch.context() as patched:
        patched.setattr("alembic.op.create_index", broken)
        with pytest.raises(RuntimeError):
            upgrade_ledger(url)
    assert shape_of(url).revision is None
    upgrade_ledger(url)
    assert shape_of(url).revision == NEWEST


@pytest.mark.parametrize(
    ("revision", "code"), [("0001", "E519"), ("9999", "E507")], ids=["an older version", "a newer version"]
)
def test_a_ledger_of_another_version_is_left_alone(databases: Databases, revision: str, code: str) -> None:
    url = databases.prepared()
    ask(url, f"UPDATE connector_schema SET version_num = '{revision}'")  # noqa: S608 - of the table above
    for look in (look_at_place, open_to_look, lambda url: open_ledger(url, secret=None)):
        with pytest.raises(FatalError) as caught:
            look(url)
        assert (caught.value.code, caught.value.exit_code) == (code, 2)
    if code == "E507":
        with pytest.raises(FatalError, match="E507"):
            upgrade_ledger(url)


def test_the_tables_of_another_program_are_left_alone(databases: Databases) -> None:
    url = databases.empty()
    ask(url, "CREATE TABLE bookmarks (url text)")
    for look in (look_at_place, open_to_look, shape_of, upgrade_ledger):
        with pytest.raises(InputError, match="E506"):
            look(url)
    assert ask(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == [("bookmarks",)]


def test_a_database_that_cannot_store_every_text_is_refused(databases: Databases) -> None:
    url = databases.empty("ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(InputError) as caught:
        upgrade_ledger(url)
    assert (caught.value.code, caught.value.where) == ("E510", f"postgresql://{url.rpartition('@')[2]}")
    assert caught.value.message == "the database stores text as LATIN1, UTF8 is needed"


def test_a_schema_of_its_own_is_enough(databases: Databases) -> None:
    """Beside the tables of another program, by the settings of the database's user."""
    url = databases.empty()
    ask(url, "CREATE TABLE bookmarks (url text); CREATE SCHEMA connector")
    ask(url, f"ALTER DATABASE {database_of(url)} SET search_path = connector")
    upgrade_ledger(url)
    ledger = open_ledger(url, secret=None)
    ledger.connection("default", source="klen")
    ledger.close()
    assert ask(url, "SELECT name FROM connector.connection") == [("default",)]


# --- looking


def test_looking_stores_nothing(postgresql_url: str) -> None:
    looking = open_to_look(postgresql_url)
    assert looking is not None
    assert looking.connections() == []
    assert looking.secret == b"", "no hash of a person is made with it"
    for write in (
        lambda: looking.connection("default", source="klen"),
        lambda: looking.take_lane("50001", "me", lease_seconds=1),
    ):
        with pytest.raises(TransientError, match="E512"):
            write()
    looking.close()
    assert ask(postgresql_url, "SELECT count(*) FROM meta") == [(0,)]


def test_who_looks_is_told_at_once(postgresql_url: str) -> None:
    looking = open_to_look(postgresql_url)
    assert isinstance(looking, SqlLedger)
    tries: list[int] = []

    def act(tx: Transaction) -> None:
        tries.append(1)
        tx.db.exec_driver_sql(raising("57P01"))

    with pytest.raises(RepeatableError):
        looking.store.read(act)
    assert tries == [1]
    looking.close()


# --- the server's clock


def test_the_servers_clock_measures_leases(ledger: SqlLedger) -> None:
    lane = ledger.take_lane("50001", "one", lease_seconds=60)
    assert lane is not None
    ms = ledger.store.read(lambda tx: tx.db.execute(text("SELECT until FROM lane")).scalar_one())
    now = ledger.store.read(lambda tx: tx.db.execute(text("SELECT extract(epoch FROM now()) * 1000")).scalar_one())
    assert 0 <= float(now) + 60_000 - ms < 10_000
    ledger.check_lane(lane)
    assert ledger.take_lane("50001", "two", lease_seconds=60) is None
    ledger.renew_lane(lane, lease_seconds=0.05)
    time.sleep(0.06)
    with pytest.raises(LaneError):
        ledger.check_lane(lane)
    assert ledger.take_lane("50001", "two", lease_seconds=60)


def test_the_time_is_that_of_the_moment_and_not_of_the_transaction(ledger: SqlLedger) -> None:
    """Who waited for a row must not take its own beginning for the present."""

    def twice(tx: Transaction) -> tuple[int, int]:
        first = tx.db.scalar(select(tx.now))
        time.sleep(0.02)
        second = tx.db.scalar(select(tx.now))
        assert first is not None
        assert second is not None
        return first, second

    first, second = ledger.store.read(twice)
    assert second >= first + 20


# --- text


@pytest.mark.parametrize(
    ("odd", "kept"),
    [
        ("a\0b", "ab"),
        ("\0", ""),
        ("a\ud800b", "a\ufffdb"),
        ("\udcff\0\udfff", "\ufffd\ufffd"),
        ("\U0001f4de\u0301 e", "\U0001f4de\u0301 e"),
    ],
)
def test_no_text_undoes_a_transaction(ledger: SqlLedger, odd: str, kept: str) -> None:
    lane = ledger.take_lane(odd, odd, lease_seconds=60)
    assert lane is not None
    entries = [
        Entry(call_id=call_id, state=State.FAILED, ended_at=NOW, account=odd, message=odd, notes=("x",))
        for call_id in ("c1", "c2")
    ]
    ledger.settle("default", entries, lane=lane, people={odd: odd})
    found = ledger.entries("default", ["c1", "c2", odd])
    assert {entry.message for entry in found.values()} == {entry.account for entry in found.values()} == {kept}
    assert ledger.people(odd, [odd]) == {kept: kept}


# --- failures


def raising(state: str) -> str:
    return f"DO $$ BEGIN RAISE EXCEPTION 'the words of +447700900123' USING ERRCODE = '{state}'; END $$"


@pytest.mark.parametrize(
    ("state", "code", "exit_code"),
    [
        ("40001", "E511", 4),
        ("40P01", "E511", 4),
        ("55P03", "E511", 4),
        ("57014", "E511", 4),
        ("25006", "E512", 4),
        ("53100", "E513", 2),
        ("53300", "E517", 4),
        ("57P01", "E517", 4),
        ("08006", "E517", 4),
        ("42501", "E518", 2),
        ("42P01", "E514", 2),
        ("XX001", "E514", 2),
        ("58030", "E515", 2),
        ("P0001", "E515", 2),
    ],
)
def test_what_the_server_says_becomes_a_code(postgresql_url: str, state: str, code: str, exit_code: int) -> None:
    ledger = open_postgresql(PostgresqlAddress(postgresql_url), secret=b"secret", patience_seconds=0.0)
    with pytest.raises(ConnectorError) as caught:
        ledger.store.write(lambda tx: tx.db.exec_driver_sql(raising(state)))
    ledger.close()
    assert (caught.value.code, caught.value.exit_code) == (code, exit_code)
    assert "447700900123" not in f"{caught.value}{caught.value.where}{caught.value.fix}"


@pytest.mark.parametrize("state", ["22001", "23505", "42601", "42703"])
def test_a_defect_of_ours_keeps_its_traceback(ledger: SqlLedger, state: str) -> None:
    with pytest.raises(Exception, match=r"RaiseException|psycopg") as caught:
        ledger.store.write(lambda tx: tx.db.exec_driver_sql(raising(state)))
    assert not isinstance(caught.value, ConnectorError)


@pytest.mark.parametrize("state", ["40001", "40P01", "55P03", "57P01"])
def test_what_the_server_undid_is_done_again(ledger: SqlLedger, state: str) -> None:
    tries: list[int] = []

    def act(tx: Transaction) -> None:
        tries.append(len(tries))
        tx.put(meta, [{"name": f"try {len(tries)}", "value": ""}])
        if len(tries) < 3:
            tx.db.exec_driver_sql(raising(state))

    ledger.store.write(act)
    assert tries == [0, 1, 2]
    kept = ledger.store.read(lambda tx: tx.db.exec_driver_sql("SELECT name FROM meta WHERE name LIKE 'try%%'").all())
    assert kept == [("try 3",)]


def test_a_row_that_another_keeps_is_not_waited_for_longer_than_a_lease(
    postgresql_url: str,
) -> None:
    soon = postgresql._WRITING.replace("lock_timeout = '5s'", "lock_timeout = 50")
    store, _ = postgresql._store(PostgresqlAddress(postgresql_url), writing=soon)
    quick = SqlLedger(store, secret=b"secret")
    assert quick.take_lane("50001", "one", lease_seconds=0.001)
    with quick.store.writing() as tx:
        tx.db.exec_driver_sql("UPDATE lane SET until = 0")
        with pytest.raises(TransientError, match="E511"):
            quick.take_lane("50001", "two", lease_seconds=60)
    assert quick.take_lane("50001", "two", lease_seconds=60)
    quick.close()


def test_nothing_is_left_set_in_a_session_or_prepared(ledger: SqlLedger) -> None:
    """A pooler may give the connection to somebody else after each transaction."""
    ledger.connection("default", source="klen")
    lane = ledger.take_lane("50001", "one", lease_seconds=60)
    assert lane is not None
    for _ in range(8):
        ledger.settle("default", [Entry(call_id="c", state=State.DONE, ended_at=NOW, account="o")], lane=lane)
    raw = ledger.store.engine.raw_connection()
    cursor = raw.cursor()
    for name in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
        cursor.execute(f"SHOW {name}")
        assert cursor.fetchone() == ("0",), name
    cursor.execute("SELECT count(*) FROM pg_prepared_statements")
    assert cursor.fetchone() == (0,)
    cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
    assert cursor.fetchone() == (0,)
    raw.close()


def test_every_transaction_has_its_limits(ledger: SqlLedger) -> None:
    names = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")

    def limits(tx: Transaction) -> list[Any]:
        return [tx.db.exec_driver_sql(f"SHOW {name}").scalar_one() for name in names]

    assert ledger.store.read(limits) == ledger.store.write(limits) == ["5s", "20s", "20s"]
