"""Databases of every age are brought to the newest tables, newer ones are left alone."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from msgspec.structs import replace

import connector.ledger.upgrade as upgrade_module
from connector.errors import FatalError, InputError
from connector.ledger.shape import NEWEST
from connector.ledger.sqlite import open_sqlite
from connector.ledger.tables import metadata
from connector.ledger.upgrade import VERSION_TABLE, require_newest
from connector.model import Entry, State

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "connector.db"


def made(path: Path) -> Path:
    open_sqlite(path, secret=None).close()
    return path


def execute(path: Path, statement: str) -> list[tuple[object, ...]]:
    db = sqlite3.connect(path)
    rows = db.execute(statement).fetchall()
    db.commit()
    db.close()
    return rows


def test_the_newest_revision_is_known_without_alembic() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(upgrade_module.__file__).with_name("migrations")))
    assert ScriptDirectory.from_config(config).get_heads() == [NEWEST]


@pytest.mark.parametrize("content", [None, b""], ids=["no file", "an empty file"])
def test_a_new_ledger_has_the_newest_tables(path: Path, content: bytes | None) -> None:
    if content is not None:
        path.write_bytes(content)
    ledger = open_sqlite(path, secret=None)
    with ledger.store.reading() as tx:
        context = MigrationContext.configure(tx.db, opts={"version_table": VERSION_TABLE})
        assert context.get_current_revision() == NEWEST
        assert compare_metadata(context, metadata) == []
    ledger.close()
    tables = execute(path, "SELECT sql FROM sqlite_master WHERE type = 'table' AND name <> 'connector_schema'")
    assert len(tables) == len(metadata.tables)
    assert all(str(sql).rstrip().endswith("WITHOUT ROWID") for (sql,) in tables)


def test_opening_again_keeps_what_is_stored(path: Path) -> None:
    ledger = open_sqlite(path, secret=None)
    lane = ledger.take_lane("50001", "run-1", lease_seconds=300)
    assert lane is not None
    entry = Entry(call_id="c1", state=State.DONE, ended_at=NOW, account="org_1")
    ledger.settle("default", [entry], lane=lane)
    secret = ledger.secret
    ledger.close()
    before = path.read_bytes()
    ledger = open_sqlite(path, secret=None)
    assert ledger.entries("default", ["c1"]) == {"c1": entry}
    assert ledger.secret == secret
    ledger.close()
    assert path.read_bytes() == before


def test_a_ledger_of_the_first_revision_keeps_what_is_stored(path: Path) -> None:
    ledger = open_sqlite(path, secret=None)
    lane = ledger.take_lane("50001", "run-1", lease_seconds=300)
    assert lane is not None
    held = Entry(call_id="c1", state=State.HELD, ended_at=NOW, account="org_1", engagement_id="9", updated_at=NOW)
    meant = Entry(call_id="c2", state=State.INTENT, ended_at=NOW, account="org_1", updated_at=NOW)
    ledger.settle("default", [held, meant], lane=lane)
    ledger.close()
    execute(path, "DROP INDEX entry_by_doubt")
    execute(path, "ALTER TABLE entry DROP COLUMN perhaps_sent_at")
    execute(path, "DROP TABLE hint")
    execute(path, "DROP INDEX entry_by_look")
    execute(path, "ALTER TABLE entry DROP COLUMN look_again_at")
    execute(path, "ALTER TABLE entry DROP COLUMN listed")
    execute(path, "UPDATE connector_schema SET version_num = '0001'")
    ledger = open_sqlite(path, secret=None)
    # What an interrupted run of the earlier version was about to write is in doubt as well.
    assert ledger.entries("default", ["c1", "c2"]) == {"c1": held, "c2": replace(meant, perhaps_sent_at=NOW)}
    with ledger.store.reading() as tx:
        context = MigrationContext.configure(tx.db, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, metadata) == []
    ledger.close()


@pytest.mark.parametrize(
    ("revision", "told"),
    [
        (None, ("E519", "the database holds no ledger yet")),
        ("0000", ("E519", f"the ledger has revision 0000, and this version of the connector works with {NEWEST}")),
        (NEWEST, None),
        ("9999", ("E507", f"the ledger has revision 9999, this version knows up to {NEWEST}")),
    ],
)
def test_who_upgrades_nothing_needs_the_newest_tables(path: Path, revision: str | None, told: object) -> None:
    ledger = open_sqlite(path, secret=None)
    with ledger.store.writing() as tx:
        if revision is None:
            tx.db.exec_driver_sql("DROP TABLE connector_schema")
            metadata.drop_all(tx.db)
        else:
            tx.db.exec_driver_sql("UPDATE connector_schema SET version_num = ?", (revision,))
    caught = None
    with ledger.store.reading() as tx:
        try:
            require_newest(tx, "here")
        except FatalError as error:
            caught = error
    ledger.close()
    assert (caught and (caught.code, caught.message)) == told
    assert caught is None or caught.where == "here"


def test_a_newer_ledger_is_left_alone(path: Path) -> None:
    execute(made(path), "UPDATE connector_schema SET version_num = '9999'")
    before = path.read_bytes()
    with pytest.raises(FatalError) as caught:
        open_sqlite(path, secret=None)
    assert (caught.value.code, caught.value.where) == ("E507", str(path))
    assert caught.value.message == f"the ledger has revision 9999, this version knows up to {NEWEST}"
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name], "the file is still open"


def test_the_database_of_another_program_is_left_alone(path: Path) -> None:
    execute(path, "CREATE TABLE bookmarks (url TEXT)")
    with pytest.raises(InputError) as caught:
        open_sqlite(path, secret=None)
    assert (caught.value.code, caught.value.where) == ("E506", str(path))
    assert caught.value.message == "this database holds the tables of another program"
    assert execute(path, "SELECT name FROM sqlite_master") == [("bookmarks",)]


def test_an_upgrade_that_fails_leaves_nothing_behind(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug in a revision")

    with monkeypatch.context() as patched:
        patched.setattr("alembic.op.create_index", broken)
        with pytest.raises(RuntimeError):
            open_sqlite(path, secret=None)
    assert execute(path, "SELECT name FROM sqlite_master") == []
    assert execute(made(path), "SELECT version_num FROM connector_schema") == [(NEWEST,)]


def test_the_package_may_lie_in_a_folder_with_a_percent_sign(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    migrations = path.parent / "50%(x)s"
    shutil.copytree(Path(upgrade_module.__file__).with_name("migrations"), migrations)
    monkeypatch.setattr(upgrade_module, "_MIGRATIONS", migrations)
    assert execute(made(path), "SELECT version_num FROM connector_schema") == [(NEWEST,)]


def test_only_a_migration_loads_alembic(path: Path) -> None:
    program = f"""if True:
        import sys
        from connector.ledger.open import open_ledger
        assert "sqlalchemy" not in sys.modules
        open_ledger("sqlite:///{made(path)}", secret=None).close()
        assert "sqlalchemy" in sys.modules
        assert "alembic" not in sys.modules
    """
    subprocess.run([sys.executable, "-c", program], check=True)
