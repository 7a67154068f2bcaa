"""What platforms told of their calls.

Revision ID: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "hint",
        sa.Column("connection", Text, primary_key=True),
        sa.Column("delivery", Text, primary_key=True),
        sa.Column("call_id", Text, nullable=False),
        sa.Column("received_at", sa.BigInteger, nullable=False),
        sa.Column("tries", sa.BigInteger, nullable=False),
        sa.Column("is_done", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("hint_by_age", "hint", ["connection", "is_done", "received_at", "delivery"])
