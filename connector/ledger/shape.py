"""Of which revision a ledger's tables are, and which one this version works with."""

from __future__ import annotations

from msgspec import Struct

NEWEST = "0004"
"""The newest revision in `migrations/versions`, known without loading Alembic."""


class Shape(Struct, frozen=True, kw_only=True):
    where: str
    """Without a password."""
    revision: str | None
    """None where there is no ledger yet."""
    newest: str = NEWEST
    """The revision that this version of the connector works with."""
