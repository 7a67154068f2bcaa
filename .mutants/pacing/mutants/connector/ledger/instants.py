"""Times as the ledger stores them: whole milliseconds since 1970, in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def to_ms(at: datetime) -> int:
    """Rounded down, the safe direction everywhere: a watermark looks back further, a lease ends sooner."""
    return (at - _EPOCH) // _MILLISECOND


def from_ms(ms: int) -> datetime:
    return _EPOCH + ms * _MILLISECOND


def to_ms_if_set(at: datetime | None) -> int | None:
    return None if at is None else to_ms(at)


def from_ms_if_set(ms: int | None) -> datetime | None:
    return None if ms is None else from_ms(ms)
