"""Bringing a database to the newest revision of the tables. Alembic is loaded only when there is work for it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import column, inspect, select, table

from connector.errors import FatalError, InputError
from connector.ledger.store import Store, Transaction

NEWEST = "0003"
"""The newest revision in `migrations/versions`, known without loading Alembic."""

VERSION_TABLE = "connector_schema"
"""Holds the revision; a name of our own, so that a database of another program is never taken for a ledger."""

_VERSION = table(VERSION_TABLE, column("version_num"))
_MIGRATIONS = Path(__file__).with_name("migrations")


def upgrade(store: Store, *, where: str) -> None:
    """Leave the database at the newest revision.

    Raises InputError when it is another program's database, FatalError when its revision is newer.
    """
    with store.reading() as tx:
        found = revision_of(tx, where)
    if found == NEWEST:
        return
    with store.writing() as tx:
        # Another process may have been here first: look again now that nobody else can write.
        found = revision_of(tx, where)
        if found != NEWEST:
            _run_migrations(tx, found, where)


def revision_of(tx: Transaction, where: str) -> str | None:
    """The revision of the tables, None for a database without any.

    Raises InputError when it is another program's database.
    """
    tables = inspect(tx.db).get_table_names()
    if VERSION_TABLE in tables:
        revision: str | None = tx.db.scalar(select(_VERSION.c.version_num))
        return revision
    if tables:
        raise InputError("E506", "this database holds the tables of another program", where=where)
    return None


def _run_migrations(tx: Transaction, found: str | None, where: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    # Alembic reads its options with percent signs as references.
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = tx.db
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise FatalError("E507", f"the ledger has revision {found}, this version knows up to {NEWEST}", where=where)
    command.upgrade(config, "head")
