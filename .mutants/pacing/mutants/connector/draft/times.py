"""Times as precise as a real ledger keeps them."""

from __future__ import annotations

from datetime import datetime


def whole_ms(at: datetime) -> datetime:
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def whole_ms_if_set(at: datetime | None) -> datetime | None:
    return None if at is None else whole_ms(at)
