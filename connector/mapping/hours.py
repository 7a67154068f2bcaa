"""Business hours: when work is next done, across nights, weekends, holidays and clock changes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d", re.ASCII)
_ONE_DAY = timedelta(days=1)


class BusinessHours(Struct, frozen=True, kw_only=True):
    """The same opening hours on each working day of one time zone. Made by `business_hours`."""

    days: frozenset[int]
    """Monday is 0."""
    opens: time
    closes: time | None
    """None: open until midnight."""
    holidays: frozenset[date]
    timezone: str

    def after(self, at: datetime, duration: timedelta) -> datetime:
        """The moment (UTC) when so much working time has passed since `at`, which must be timezone-aware.

        Nights, weekends and holidays do not count; an hour is an hour whatever the clocks do. No duration gives the
        next moment of working time. Raises OverflowError past the year 9999.
        """
        if duration < timedelta(0):
            raise ValueError("working time is counted forward only")
        left = duration
        at = at.astimezone(UTC)
        day = self._local_day(at)
        while True:
            if self._is_working(day):
                opens, closes = self._span(day)
                start = max(at, opens)
                if start < closes and start + left <= closes:
                    return start + left
                left -= max(closes - start, timedelta(0))
            day += _ONE_DAY

    def same_day_else(self, at: datetime, morning: time) -> datetime:
        """Closing time (UTC) of today while it is open at `at`, else `morning` of the next working day.

        Before opening, today is that next working day.
        """
        day = self._local_day(at)
        while True:
            if self._is_working(day):
                opens, closes = self._span(day)
                if opens <= at < closes:
                    return closes
                if at < opens:
                    due = self._at(day, morning)
                    return due if due > at else opens
            day += _ONE_DAY

    def _local_day(self, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.timezone)).date()

    def _is_working(self, day: date) -> bool:
        return day.weekday() in self.days and day not in self.holidays

    def _span(self, day: date) -> tuple[datetime, datetime]:
        closes = self._at(day + _ONE_DAY, time(0)) if self.closes is None else self._at(day, self.closes)
        return self._at(day, self.opens), closes

    def _at(self, day: date, clock: time) -> datetime:
        """A local time in UTC; one that the clocks skip is read with the offset from before the change."""
        return datetime.combine(day, clock, tzinfo=ZoneInfo(self.timezone)).astimezone(UTC)


def business_hours(
    *, days: Iterable[str], opens: str, closes: str, holidays: Iterable[str | date] = (), timezone: str
) -> BusinessHours:
    """Read business hours as a mapping writes them; raises ValueError in words where they cannot be meant.

    `days` are `mon` … `sun`, times `HH:MM` (`24:00` closes at midnight), holidays `YYYY-MM-DD`.
    """
    numbers = frozenset(_day(day) for day in days)
    if not numbers:
        raise ValueError("business hours need at least one day")
    opening = read_clock(opens)
    closing = None if closes == "24:00" else read_clock(closes)
    if closing is not None and closing <= opening:
        raise ValueError(f"business hours end ({closes}) before they begin ({opens}): they cannot span midnight")
    try:
        ZoneInfo(timezone)
    except (OSError, ValueError, KeyError) as error:
        raise ValueError(f"{timezone!r} is no time zone; expected a name such as Europe/London") from error
    return BusinessHours(
        days=numbers,
        opens=opening,
        closes=closing,
        holidays=frozenset(_holiday(day) for day in holidays),
        timezone=timezone,
    )


def read_clock(text: str) -> time:
    """`09:00` as a time of day; raises ValueError in words."""
    if _CLOCK.fullmatch(text):
        hours, _, minutes = text.partition(":")
        return time(int(hours), int(minutes))
    raise ValueError(f"{text!r} is no time of day; expected HH:MM such as 09:00")


def _day(text: str) -> int:
    if text not in DAYS:
        raise ValueError(f"{text!r} is no day; expected one of {', '.join(DAYS)}")
    return DAYS.index(text)


def _holiday(day: str | date) -> date:
    if isinstance(day, date):
        return day
    try:
        return date.fromisoformat(day)
    except ValueError as error:
        raise ValueError(f"{day!r} is no day of the calendar; expected YYYY-MM-DD") from error
