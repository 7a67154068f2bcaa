"""When a call is to be looked at again.

Revision ID: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("entry", sa.Column("listed", Text))
    op.add_column("entry", sa.Column("look_again_at", sa.BigInteger))
    op.create_index("entry_by_look", "entry", ["connection", "look_again_at"])
