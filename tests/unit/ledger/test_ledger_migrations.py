"""A ledger of every earlier revision comes to the newest one with all that it held, in a file and on a server."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import BigInteger, Connection, LargeBinary, MetaData, Table, func, insert, inspect, select, text

import connector.ledger.upgrade as upgrade_module
from connector.ledger.address import PostgresqlAddress
from connector.ledger.open import open_ledger, shape_of, upgrade_ledger
from connector.ledger.postgresql import _store as server_store
from connector.ledger.shape import NEWEST
from connector.ledger.sqlite import _store as file_store
from connector.ledger.store import Store
from connector.ledger.upgrade import VERSION_TABLE
from connector.model import State
from tests.stubs.clock import START
from tests.stubs.postgresql import Databases

ROWS = int(os.environ.get("MIGRATED_ROWS", "1500"))
"""`make torture` takes 100,000."""
REVISIONS = [f"{number:04d}" for number in range(1, int(NEWEST) + 1)]
BATCH = 5_000

Address = Callable[[], str]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/connector.db"
    databases: Databases = request.getfixturevalue("databases")
    return databases.empty()


def opened(url: str) -> Store:
    """The store below a ledger, whatever the tables are."""
    if url.startswith("postgresql"):
        return server_store(PostgresqlAddress(url)).store
    return file_store(Path(url.removeprefix("sqlite:///")), 5.0, lambda: START)


def make(db: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(upgrade_module.__file__).with_name("migrations")))
    config.attributes["connection"] = db
    command.upgrade(config, revision)


def fill(store: Store) -> MetaData:
    """Every table of this revision, every column of it, with rows enough to matter."""
    found = MetaData()
    with store.reading() as tx:
        found.reflect(tx.db)
    for table in found.sorted_tables:
        if table.name == VERSION_TABLE:
            continue
        rows = ROWS if table.name == "entry" else ROWS // 10
        for start in range(0, rows, BATCH):
            batch = [a_row(table, number) for number in range(start, min(start + BATCH, rows))]
            with store.writing() as tx:
                tx.db.execute(insert(table), batch)
    return found


def a_row(table: Table, number: int) -> dict[str, Any]:
    return {column.name: a_value(column, number) for column in table.columns}


def a_value(column: Any, number: int) -> Any:
    special = {"connection": "default", "state": list(State)[number % len(State)].value, "records": "{}", "notes": "[]"}
    if column.name in special:
        return special[column.name]
    if column.nullable and number % 3 == 0:
        return None
    if isinstance(column.type, BigInteger):
        return 1_700_000_000_000 + number
    if isinstance(column.type, LargeBinary):
        return bytes([0, number % 256])
    return f"{column.name}-{number:08d}-é"


def checksums(db: Connection, tables: MetaData) -> dict[str, str]:
    """Of each table, over the columns that it had: what a migration adds is nothing that was there before."""
    return {
        table.name: hashlib.sha256("".join(map(str, rows_of(db, table))).encode()).hexdigest()
        for table in tables.sorted_tables
        if table.name != VERSION_TABLE
    }


def rows_of(db: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    for row in db.execute(select(*table.columns).order_by(*table.primary_key)):
        yield tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)


@pytest.mark.parametrize("revision", REVISIONS)
def test_all_that_was_there_is_there(url: str, revision: str) -> None:
    store = opened(url)
    with store.writing() as tx:
        make(tx.db, revision)
    tables = fill(store)
    with store.reading() as tx:
        before = checksums(tx.db, tables)
    assert shape_of(url).revision == revision

    for was in (revision, NEWEST):
        assert upgrade_ledger(url).revision == was
        with store.reading() as tx:
            assert checksums(tx.db, tables) == before
            assert tx.db.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}")) == NEWEST  # noqa: S608 - ours
            indexes = {index["name"] for index in inspect(tx.db).get_indexes("entry")}
            assert {"entry_by_state", "entry_by_look"} <= indexes
            assert tx.db.scalar(select(func.count()).select_from(tables.tables["entry"])) == ROWS
    store.close()

    ledger = open_ledger(url, secret=b"secret")
    assert sum(ledger.count_entries("default").values()) == ROWS
    assert len(ledger.list_entries("default", limit=20)) == 20
    ledger.close()
