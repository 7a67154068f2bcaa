"""Reading `Retry-After`, which platforms send as seconds, fractions of them, or a date (RFC 9110, 10.2.3)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

SECONDS_MIN = 1.0
SECONDS_MAX = 86_400.0


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds to wait, between 1 s and 24 h; None when the header is absent or says nothing readable."""
    text = headers.get("retry-after", "").strip()
    if not text:
        return None
    seconds = _seconds(text, now)
    if seconds is None:
        return None
    return min(max(seconds, SECONDS_MIN), SECONDS_MAX)


def _seconds(text: str, now: datetime) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return _seconds_until(text, now)
    return None if math.isnan(number) else number


def _seconds_until(text: str, now: datetime) -> float | None:
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return (at - now).total_seconds()
