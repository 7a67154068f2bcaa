"""The tables and statements are words that SQLite and PostgreSQL both know."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from unittest.mock import MagicMock

import pytest
from sqlalchemy import BigInteger, Connection, LargeBinary, Text, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from connector.errors import InputError
from connector.ledger import connections, entries, facts, lanes, people, runs
from connector.ledger.puts import _replacing, put_at_once
from connector.ledger.store import Transaction, Words
from connector.ledger.tables import metadata
from connector.model import Entry, Lane, RunSummary, State

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LANE = Lane(portal_id="50001", owner="run-1", fence=1)
ENTRY = Entry(call_id="c1", state=State.INTENT, ended_at=NOW, account="org_1")
RUN = RunSummary(run_id="run-1", connection="default", kind="sync", started_at=NOW)


WORDS = Words(
    insert=postgresql.insert,
    put=put_at_once,
    now=lambda: literal(1, BigInteger),
    meaning=lambda error: None,
)


class Postgres:
    """Compiles what it is asked for PostgreSQL and keeps the words."""

    dialect = postgresql.dialect()

    def __init__(self) -> None:
        self.asked: list[str] = []

    def execute(self, statement: Any, *_: object) -> MagicMock:
        self.asked.append(str(statement.compile(dialect=self.dialect)))
        return MagicMock()

    scalar = scalars = execute

    def exec_driver_sql(self, statement: str, arguments: dict[str, list[Any]]) -> None:
        assert all(f"%({name})s" in statement for name in arguments)
        self.asked.append(statement)


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        pytest.param(lambda tx: entries.store(tx, "default", [ENTRY]), "ON CONFLICT (connection, call_id)", id="store"),
        pytest.param(lambda tx: entries.look_up(tx, "default", ["c1"]), "call_id IN", id="look up"),
        pytest.param(lambda tx: entries.unfinished(tx, "default", now=NOW, limit=1), "UNION ALL", id="unfinished"),
        pytest.param(lambda tx: entries.count(tx, "default"), "GROUP BY", id="count"),
        pytest.param(lambda tx: people.store(tx, "1", {"h": "5"}), "ON CONFLICT (portal_id, hash)", id="people"),
        pytest.param(lambda tx: people.look_up(tx, "1", ["h"]), "hash IN", id="look up people"),
        pytest.param(lambda tx: lanes.take(tx, "1", "me", lease_seconds=1), "DO NOTHING", id="make a lane"),
        pytest.param(lambda tx: lanes.take(tx, "1", "me", lease_seconds=1), "RETURNING", id="take a lane"),
        pytest.param(lambda tx: lanes.take(tx, "1", "me", lease_seconds=1), "FOR UPDATE", id="who held a lane"),
        pytest.param(lambda tx: lanes.guard(tx, LANE), "FOR SHARE", id="guard a lane"),
        pytest.param(lambda tx: lanes.renew(tx, LANE, lease_seconds=1), "UPDATE lane", id="renew a lane"),
        pytest.param(lambda tx: lanes.release(tx, LANE), "UPDATE lane", id="release a lane"),
        pytest.param(lambda tx: connections.advance(tx, "default", NOW), "FOR UPDATE", id="advance"),
        pytest.param(lambda tx: connections.add(tx, "default", source="klen"), "DO NOTHING", id="connection"),
        pytest.param(lambda tx: runs.store(tx, RUN), "ON CONFLICT (id)", id="run"),
        pytest.param(lambda tx: runs.find(tx, "0"), "LIMIT", id="find a run"),
        pytest.param(lambda tx: facts.remember(tx, "portal", b"x", now=NOW), "ON CONFLICT (name)", id="fact"),
        pytest.param(lambda tx: facts.recall(tx, "portal", now=NOW, age_seconds_max=1), "SELECT", id="recall"),
        pytest.param(facts.add_secret, "DO NOTHING", id="secret"),
    ],
)
def test_postgresql_can_be_asked_the_same(ask: Any, words: str) -> None:
    postgres = Postgres()
    db: Connection = postgres  # type: ignore[assignment]
    # The answers mean nothing, so what is done with them may fail.
    with suppress(TypeError, InputError):
        ask(Transaction(db, WORDS))
    assert any(words in asked for asked in postgres.asked), postgres.asked


@pytest.mark.parametrize("insert", [sqlite.insert, postgresql.insert])
def test_a_row_takes_the_place_of_that_with_its_key(insert: Any) -> None:
    statement = _replacing(insert(metadata.tables["person"]), metadata.tables["person"])
    kept = str(statement).partition(" ON CONFLICT ")[2]
    assert kept == "(portal_id, hash) DO UPDATE SET contact_id = excluded.contact_id"


def test_no_statement_asks_for_too_many_ids() -> None:
    ids = [f"c{number % 2_345}" for number in range(5_000)]
    assert [len(chunk) for chunk in entries.chunks(ids)] == [1_000, 1_000, 345]
    assert [one for chunk in entries.chunks(ids) for one in chunk] == ids[:2_345]
    assert list(entries.chunks([])) == []


def test_tables_have_only_what_every_database_has() -> None:
    for table in metadata.sorted_tables:
        assert not table.foreign_keys
        for column in table.columns:
            assert isinstance(column.type, Text | BigInteger | LargeBinary), column
            assert column.autoincrement == "auto", column
            assert column.server_default is None, column


def test_postgresql_compares_text_byte_by_byte() -> None:
    for table in metadata.sorted_tables:
        sql = str(CreateTable(table).compile(dialect=postgresql.dialect()))
        assert sql.count(" TEXT") == sql.count('TEXT COLLATE "C"')
        assert "SERIAL" not in sql
        for index in table.indexes:
            assert str(CreateIndex(index).compile(dialect=postgresql.dialect()))
