"""Times as platforms and callers' data write them, read as UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from connector.mapping.text import Unreadable

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)
_SECONDS = (int(_EARLIEST.timestamp()), int(_LATEST.timestamp()))

_ISO = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d|\d{8})"
    r"(?:[Tt ](?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,12}))?)?)?"
    r" ?(?P<zone>[Zz]|[+-]\d\d(?::?\d\d)?)?",
    re.ASCII,
)
_COUNT = re.compile(r"\d{9,16}(?:\.\d{1,9})?", re.ASCII)


def read_instant(value: Any, timezone: str) -> datetime:
    """A moment in UTC, from a datetime, ISO 8601 text, or seconds, milliseconds or microseconds since 1970.

    Text without an offset is local time in `timezone`: the earlier of two where clocks go back, moved on where they
    skip. A date is its midnight, `24:00` the next day's, a leap second the next minute. Raises Unreadable for anything
    else and outside 2000 to 2100.
    """
    match value:
        case datetime():
            at = _utc(value, timezone)
        case bool():
            raise Unreadable("it is true or false, not a time")
        case int() | float():
            at = _from_count(value)
        case str() if _COUNT.fullmatch(value.strip()):
            at = _from_count(float(value))
        case str():
            at = _from_iso(value.strip(), timezone)
        case _:
            raise Unreadable("it is no time")
    if not _EARLIEST <= at < _LATEST:
        raise Unreadable("the time is not between 2000 and 2100")
    return at


def epoch_ms(at: datetime) -> int:
    """Milliseconds since 1970 of a timezone-aware time, exactly."""
    return (at - _EPOCH) // timedelta(milliseconds=1)


def _from_count(count: float) -> datetime:
    """Seconds, milliseconds and microseconds of a century do not overlap: the size says which it is."""
    for per_second in (1, 1_000, 1_000_000):
        if _SECONDS[0] * per_second <= count < _SECONDS[1] * per_second:
            return _EPOCH + timedelta(microseconds=round(count * (1_000_000 // per_second)))
    raise Unreadable("the time is not between 2000 and 2100")


def _from_iso(text: str, timezone: str) -> datetime:
    parts = _ISO.fullmatch(text)
    if not parts:
        raise Unreadable("it is no date and time as 2026-04-22T10:14:07Z")
    day = parts["date"].replace("-", "")
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    late = timedelta(seconds=1) if second == 60 else timedelta()
    if (hour, minute, second) == (24, 0, 0):
        hour, late = 0, timedelta(days=1)
    micros = int((parts["fraction"] or "")[:6].ljust(6, "0"))
    zone = "" if parts["zone"] in (None, "z", "Z") else parts["zone"]
    try:
        at = datetime(  # noqa: DTZ001 - its zone follows
            int(day[:4]), int(day[4:6]), int(day[6:]), hour, minute, 59 if second == 60 else second, micros
        )
        if parts["zone"] is None:
            return _utc(at + late, timezone)
        return datetime.fromisoformat(f"{at.isoformat()}{zone or '+00:00'}").astimezone(UTC) + late
    except (ValueError, OverflowError) as error:
        raise Unreadable("there is no such date or time") from error


def _utc(at: datetime, timezone: str) -> datetime:
    try:
        return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(timezone))).astimezone(UTC)
    except OverflowError as error:
        raise Unreadable("the time is not between 2000 and 2100") from error
