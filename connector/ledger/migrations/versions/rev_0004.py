"""Which calls an interrupted run may have written.

Revision ID: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("entry", sa.Column("perhaps_sent_at", sa.BigInteger))
    op.create_index("entry_by_doubt", "entry", ["connection", "perhaps_sent_at"])
    op.execute("UPDATE entry SET perhaps_sent_at = updated_at WHERE state = 'intent'")
