"""The first tables: connections, entries, people, lanes, runs, facts.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "meta",
        sa.Column("name", Text, primary_key=True),
        sa.Column("value", Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "connection",
        sa.Column("name", Text, primary_key=True),
        sa.Column("source", Text, nullable=False),
        sa.Column("account", Text),
        sa.Column("portal_id", Text),
        sa.Column("started_from", sa.BigInteger),
        sa.Column("watermark", sa.BigInteger),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entry",
        sa.Column("connection", Text, primary_key=True),
        sa.Column("call_id", Text, primary_key=True),
        sa.Column("state", Text, nullable=False),
        sa.Column("ended_at", sa.BigInteger, nullable=False),
        sa.Column("account", Text, nullable=False),
        sa.Column("fingerprint", Text, nullable=False),
        sa.Column("mapping_version", Text, nullable=False),
        sa.Column("decision", Text, nullable=False),
        sa.Column("reason", Text, nullable=False),
        sa.Column("contact_id", Text),
        sa.Column("engagement_id", Text),
        sa.Column("records", Text, nullable=False),
        sa.Column("attempts", sa.BigInteger, nullable=False),
        sa.Column("code", Text, nullable=False),
        sa.Column("message", Text, nullable=False),
        sa.Column("notes", Text, nullable=False),
        sa.Column("run_id", Text, nullable=False),
        sa.Column("updated_at", sa.BigInteger),
        sqlite_with_rowid=False,
    )
    op.create_index("entry_by_state", "entry", ["connection", "state", "ended_at", "call_id"])
    op.create_table(
        "person",
        sa.Column("portal_id", Text, primary_key=True),
        sa.Column("hash", Text, primary_key=True),
        sa.Column("contact_id", Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "lane",
        sa.Column("portal_id", Text, primary_key=True),
        sa.Column("owner", Text, nullable=False),
        sa.Column("fence", sa.BigInteger, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "run",
        sa.Column("id", Text, primary_key=True),
        sa.Column("connection", Text, nullable=False),
        sa.Column("started_at", sa.BigInteger, nullable=False),
        sa.Column("summary", Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("run_by_start", "run", ["connection", "started_at", "id"])
    op.create_table(
        "fact",
        sa.Column("name", Text, primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
