"""Run by Alembic: applies revisions on the open connection and inside the transaction that it was given."""

from __future__ import annotations

from alembic import context

from connector.ledger.tables import metadata
from connector.ledger.upgrade import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    # SQLite changes a table by copying it.
    render_as_batch=True,
)
context.run_migrations()
