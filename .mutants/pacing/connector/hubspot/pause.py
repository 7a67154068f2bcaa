"""A portal that gives no answers until a time that is known: said once, remembered, and not asked about in between."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Struct

from connector.errors import TransientError
from connector.http.pacing import DaySpentError
from connector.hubspot.errors import DAILY_LIMIT
from connector.ports import Clock, Facts

T = TypeVar("T")

KEPT_PART = "E223"
ASK_AGAIN_AFTER = timedelta(hours=1)
"""A limit may be raised before its time is over: one request an hour finds out."""
REMEMBERED_SECONDS_MIN = 300.0
"""Shorter pauses are over before another run matters."""
TOLD_SECONDS_MIN = 60.0
"""What is over sooner needs no time of day."""

_SPENT = "the portal's daily limit of requests is used up"
_SHARE_SPENT = "the share of the portal's daily limit that CONNECTOR_QUOTA_SHARE allows is used up"
_PART_SPENT = (
    "this backfill has used its half of what was left of the portal's requests for today; the rest is for sync"
)


class Stop(Struct, frozen=True, kw_only=True):
    """Why nothing is asked, and until when. `noted_at` is when HubSpot said so last."""

    code: str
    message: str
    until: datetime
    noted_at: datetime


class Pause:
    """One portal's stop, if there is one, kept under `name` in the ledger. Safe to use from several threads."""

    def __init__(self, facts: Facts, clock: Clock, *, name: str, time_zone: Callable[[], str]) -> None:
        self._facts = facts
        self._clock = clock
        self._name = name
        self._time_zone = time_zone
        self._lock = threading.RLock()
        self._is_recalled = False
        self._stop: Stop | None = None

    def ask(self, send: Callable[[], T]) -> T:
        """What `send` gives, unless HubSpot said to come back later: then TransientError, at most once an hour asked.

        Errors of `send` that name a time long after now are remembered, and tell it in words.
        """
        with self._lock:
            stop = self._recall()
            if stop is not None:
                # Under the lock: the first request tells all others whether it is over.
                self._refuse_while_believed(stop)
                answer = self._sent(send)
                self._remember(None)
                return answer
        return self._sent(send)

    def _refuse_while_believed(self, stop: Stop) -> None:
        now = self._clock.now()
        if now - stop.noted_at < ASK_AGAIN_AFTER:
            raise TransientError(stop.code, stop.message, retry_after=(stop.until - now).total_seconds())

    def _sent(self, send: Callable[[], T]) -> T:
        try:
            return send()
        except TransientError as error:
            told = self._told(error)
            if told.retry_after is not None and told.code != KEPT_PART and told.retry_after >= REMEMBERED_SECONDS_MIN:
                now = self._clock.now()
                until = now + timedelta(seconds=told.retry_after)
                self._remember(Stop(code=told.code, message=told.message, until=until, noted_at=now))
            if told is error:
                raise
            raise told from error

    def _told(self, error: TransientError) -> TransientError:
        """The same error with the time to go on in words."""
        now, zone = self._clock.now(), self._time_zone()
        match error.__cause__:
            case DaySpentError(keeps_part=True):
                return until_midnight(KEPT_PART, _PART_SPENT, now, zone)
            case DaySpentError():
                return until_midnight(DAILY_LIMIT, _SHARE_SPENT, now, zone)
        if error.code == DAILY_LIMIT:
            return until_midnight(DAILY_LIMIT, _SPENT, now, zone)
        if error.retry_after is None or error.retry_after < TOLD_SECONDS_MIN:
            return error
        message = f"{error.message}: go on {_moment(now + timedelta(seconds=error.retry_after), zone)}"
        return TransientError(error.code, message, where=error.where, retry_after=error.retry_after)

    def _recall(self) -> Stop | None:
        """The stop that holds now."""
        if not self._is_recalled:
            stored = self._facts.recall(self._name, now=self._clock.now(), age_seconds_max=None)
            self._stop = _read(stored) if stored else None
            self._is_recalled = True
        stop = self._stop
        return stop if stop is not None and self._clock.now() < stop.until else None

    def _remember(self, stop: Stop | None) -> None:
        with self._lock:
            self._stop = stop
        self._facts.remember(self._name, msgspec.json.encode(stop) if stop else b"", now=self._clock.now())


def until_midnight(code: str, message: str, now: datetime, time_zone: str) -> TransientError:
    """The day's requests are spent: the count starts anew at midnight where the portal is."""
    zone = _zone(time_zone)
    midnight = (now.astimezone(zone) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    # Timestamps, since the difference of two times of one zone ignores a change of the clocks between them.
    seconds = midnight.timestamp() - now.timestamp()
    return TransientError(code, f"{message}: go on {_moment(midnight, time_zone)}", retry_after=seconds)


def _moment(at: datetime, time_zone: str) -> str:
    """`at 2026-04-23 00:00 Europe/London (2026-04-22 23:00 UTC)`."""
    zone = _zone(time_zone)
    there, utc = f"{at.astimezone(zone):%Y-%m-%d %H:%M}", f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return f"at {utc}" if zone.key == "UTC" else f"at {there} {zone.key} ({utc})"


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _read(stored: bytes) -> Stop | None:
    try:
        return msgspec.json.decode(stored, type=Stop)
    except msgspec.DecodeError:
        # Remembered by another version, in another shape.
        return None
