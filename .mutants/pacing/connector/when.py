"""Durations and moments as people write them: `7d`, `24h`, `5m`, `2026-03-01`, `2026-03-01T09:30+01:00`."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal

from connector.errors import InputError

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DURATION = re.compile(r"(\d{1,6})\s*([smhdw])", re.IGNORECASE)

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
"""No platform of today has calls from before."""

DURATION_EXPECTED = "a number and a unit, for example 30s, 5m, 24h, 7d or 2w"
MOMENT_EXPECTED = "a date or time such as 2026-03-01 or 2026-03-01T09:30, or an age such as 7d"


def read_duration(text: str) -> timedelta | None:
    """`5m` → five minutes; None when it is not a duration."""
    found = _DURATION.fullmatch(text.strip())
    if found is None:
        return None
    return timedelta(**{_UNITS[found[2].lower()]: int(found[1])})


def read_moment(text: str) -> datetime | timedelta | None:
    """An age, or a date or time that may still lack its zone; None when it is neither."""
    if (age := read_duration(text)) is not None:
        return age
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None


def resolve(
    moment: datetime | timedelta, *, now: datetime, zone: tzinfo, where: str, fold: Literal[0, 1] = 0
) -> datetime:
    """The moment in UTC: an age counts back from `now`, a time without a zone is read in `zone`.

    An hour that a clock change repeats is the first one, or with `fold=1` the second. Raises InputError (E105) for
    what lies before the year 2000 or after tomorrow: no call can be there.
    """
    try:
        at = now - moment if isinstance(moment, timedelta) else _with_zone(moment, zone, fold).astimezone(UTC)
    except OverflowError:
        raise _out_of_range(where) from None
    if not EARLIEST <= at <= now + timedelta(days=1):
        raise _out_of_range(where)
    return at


def _with_zone(moment: datetime, zone: tzinfo, fold: Literal[0, 1]) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone, fold=fold)


def _out_of_range(where: str) -> InputError:
    return InputError("E105", f"{where} lies before the year 2000 or after tomorrow", where=where)
