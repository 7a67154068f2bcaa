"""A PostgreSQL database for each test that asks for one, on the server that `.ci/postgresql` starts."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from connector.ledger.open import upgrade_ledger
from connector.ledger.tables import metadata

SERVER = os.environ.get("CONNECTOR_TEST_POSTGRESQL", "")
"""Read here, since no test sees the developer's settings."""
FOLDER = os.environ.get("CONNECTOR_TEST_POSTGRESQL_FOLDER", "")

needs_postgresql = pytest.mark.skipif(not SERVER, reason="no PostgreSQL server: .ci/postgresql COMMAND starts one")


def address_of(database: str, **changes: Any) -> str:
    """The address of a database on the test's server; `user`, `password` and `port` may be changed."""
    parts = urlsplit(SERVER)
    user, password = changes.get("user", parts.username), changes.get("password", parts.password)
    place = f"{user}:{password}@{parts.hostname}:{changes.get('port', parts.port)}"
    return urlunsplit((parts.scheme, place, f"/{database}", "", ""))


def ask(url: str, statement: str) -> list[tuple[Any, ...]]:
    """Ask past the ledger."""
    with psycopg.connect(url, autocommit=True) as db:
        cursor = db.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


class Databases:
    """Makes databases and takes them away again."""

    def __init__(self) -> None:
        self._made: list[str] = []

    def empty(self, options: str = "") -> str:
        """The address of a database that holds nothing."""
        name = f"test_{secrets.token_hex(8)}"
        ask(SERVER, f"CREATE DATABASE {name} {options}")
        self._made.append(name)
        return address_of(name)

    def prepared(self) -> str:
        """The address of a database with the tables of a ledger."""
        url = self.empty()
        upgrade_ledger(url)
        return url

    def drop(self) -> None:
        for name in self._made:
            ask(SERVER, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """For tests that need databases of their own."""
    if not SERVER:
        pytest.skip("no PostgreSQL server: .ci/postgresql COMMAND starts one")
    made = Databases()
    yield made
    made.drop()


@pytest.fixture(scope="session")
def _prepared_database(databases: Databases) -> str:
    return databases.prepared()


@pytest.fixture
def postgresql_url(_prepared_database: str) -> str:
    """The address of a ledger that remembers nothing yet. It is the same one for all tests of a process."""
    forget_everything(_prepared_database)
    return _prepared_database


def forget_everything(url: str) -> None:
    # Of so few rows quicker than TRUNCATE.
    with psycopg.connect(url) as db:
        for table in metadata.tables:
            db.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))


Rows = dict[str, list[tuple[Any, ...]]]
"""By table."""


def rows_of(url: str) -> Rows:
    """All that a ledger remembers."""
    with psycopg.connect(url) as db:
        return {
            table.name: db.execute(sql.SQL("TABLE {}").format(sql.Identifier(table.name))).fetchall()
            for table in metadata.sorted_tables
        }


def put_rows(url: str, rows: Rows) -> None:
    """Have a ledger remember this and nothing else."""
    forget_everything(url)
    with psycopg.connect(url) as db, db.cursor() as cursor:
        for table, kept in rows.items():
            places = sql.SQL(", ").join([sql.Placeholder()] * len(metadata.tables[table].columns))
            cursor.executemany(sql.SQL("INSERT INTO {} VALUES ({})").format(sql.Identifier(table), places), kept)
