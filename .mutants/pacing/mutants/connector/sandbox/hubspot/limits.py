"""The three pools of requests, and the day: who is over gets a 429, everyone gets the headers."""

from __future__ import annotations

import random
from collections import deque
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from connector.sandbox.hubspot.answers import Headers, too_many

INTERVAL = "interval"
SEARCH = "search"
ASSOCIATIONS = "associations"
SEARCHES_PER_SECOND = 5
INTERVAL_SECONDS = 10


class Allowance(Struct, frozen=True):
    """What one kind of app may send: per ten seconds, to the associations API likewise, and per day (0: no cap)."""

    interval_max: int
    associations_max: int
    daily_max: int


ALLOWANCES: Final = {
    "free": Allowance(100, 100, 250_000),
    "professional": Allowance(190, 150, 625_000),
    "enterprise": Allowance(190, 150, 1_000_000),
    "addon": Allowance(250, 200, 2_000_000),
    "oauth": Allowance(110, 150, 0),
}


class _Window:
    """At most so many in any span of so many seconds."""

    def __init__(self, count_max: int, seconds: float) -> None:
        self.count_max = count_max
        self._seconds = seconds
        self._sent: deque[float] = deque()
        self._pause_of_others = 0.0
        self._next_of_others = 0.0

    def share(self, count: int, at: float) -> None:
        """Let another app send so many per window from now on, evenly; what finds no room is refused to it."""
        self._pause_of_others = self._seconds / count if count else 0.0
        self._next_of_others = at

    def others(self, at: float) -> int:
        """Let the other app send what it has by now: how many of its requests were taken."""
        taken = 0
        while self._pause_of_others and self._next_of_others <= at:
            if self.room(self._next_of_others) > 0:
                self.take(self._next_of_others)
                taken += 1
            self._next_of_others += self._pause_of_others
        return taken

    def room(self, at: float) -> int:
        sent = self._sent
        while sent and sent[0] <= at - self._seconds:
            sent.popleft()
        return self.count_max - len(sent)

    def take(self, at: float) -> None:
        self._sent.append(at)


class Limits:
    """The limits of a portal. Switched off, nothing is refused and no header speaks of limits; the day is counted."""

    def __init__(self, *, on: bool, app_kind: str, daily_max: int | None, time_zone: str, seed: int) -> None:
        allowance = ALLOWANCES[app_kind]
        self.on = on
        self.daily_max = allowance.daily_max if daily_max is None else daily_max
        self.sent_today = 0
        self._zone = ZoneInfo(time_zone)
        self._today: date | None = None
        self._at = 0.0
        self._shapes = random.Random(seed).sample(("SECONDLY", "bare"), 2)
        self._refused = 0
        self._pools = {
            INTERVAL: _Window(allowance.interval_max, INTERVAL_SECONDS),
            ASSOCIATIONS: _Window(allowance.associations_max, INTERVAL_SECONDS),
            SEARCH: _Window(SEARCHES_PER_SECOND, 1),
        }

    def share(self, per_ten_seconds: int, now: datetime) -> None:
        """Let another app use the ten-second pool too, evenly, and the day with it; 0 sends it away."""
        self._pools[INTERVAL].share(per_ten_seconds, now.timestamp())

    def leave(self, count: int, now: datetime) -> None:
        """Let others have used the day but for so many requests."""
        self._begin(now)
        self.sent_today = max(0, self.daily_max - count)

    def spend(self, pool: str, now: datetime) -> None:
        """Count one request. Raises a 429 when the pool or the day has none left; a refused one is not counted."""
        self._begin(now)
        self.sent_today += self._pools[INTERVAL].others(now.timestamp())
        if self.on:
            self._check(pool, now.timestamp())
        self.sent_today += 1

    def headers(self, pool: str) -> Headers:
        """The headers that an answer from this pool carries; search has none of the interval's."""
        if not self.on or not pool:
            return ()
        daily: Headers = ()
        if self.daily_max:
            left = max(0, self.daily_max - self.sent_today)
            daily = (
                ("X-HubSpot-RateLimit-Daily", str(self.daily_max)),
                ("X-HubSpot-RateLimit-Daily-Remaining", str(left)),
            )
        if pool == SEARCH:
            return daily
        window = self._pools[pool]
        room = max(0, window.room(self._at))
        secondly = window.count_max // INTERVAL_SECONDS
        return (
            *daily,
            ("X-HubSpot-RateLimit-Interval-Milliseconds", str(INTERVAL_SECONDS * 1000)),
            ("X-HubSpot-RateLimit-Max", str(window.count_max)),
            ("X-HubSpot-RateLimit-Remaining", str(room)),
            ("X-HubSpot-RateLimit-Secondly", str(secondly)),
            ("X-HubSpot-RateLimit-Secondly-Remaining", str(min(secondly, room))),
        )

    def _begin(self, now: datetime) -> None:
        today = now.astimezone(self._zone).date()
        if today != self._today:
            self._today = today
            self.sent_today = 0

    def _check(self, pool: str, at: float) -> None:
        self._at = at
        if self.daily_max and self.sent_today >= self.daily_max:
            raise too_many("DAILY")
        window = self._pools[pool]
        if window.room(at) <= 0:
            if pool != SEARCH:
                raise too_many("TEN_SECONDLY_ROLLING")
            self._refused += 1
            raise too_many(self._shapes[self._refused % 2])
        window.take(at)
