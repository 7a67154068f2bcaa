"""Keeping within another side's limits, pool by pool.

HubSpot counts three pools (developer docs, "usage guidelines" and "associations", read 2026): requests per ten seconds
and token, five searches per second and portal, and associations per ten seconds. The day is counted over all of them.
"""

from __future__ import annotations

import math
import threading
from collections import deque
from collections.abc import Callable, Mapping

from connector.http.day import Day, part_of
from connector.ports import Clock

INTERVAL_LIMIT = 100
"""Requests per ten seconds on the smallest plan: what holds until an answer tells the portal's own limit."""
SEARCHES_PER_SECOND = 5
ASSOCIATIONS_LIMIT = 100
WINDOW_SECONDS = 10.0
PROBE_SECONDS = 1.0
"""How long one request may take to tell what others use of a limit, before a second one asks as well."""
SLEEP_SECONDS_MIN = 0.001


class LongWaitError(Exception):
    """A turn would take longer than the caller wants to wait. `seconds` is how long it would have been."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the next turn is {seconds:.0f} s away")
        self.seconds = seconds


class DaySpentError(LongWaitError):
    """The day has no request left for us: its share is used, or what is left is kept for others (`keeps_part`)."""

    def __init__(self, seconds: float, *, keeps_part: bool) -> None:
        super().__init__(seconds)
        self.keeps_part = keeps_part


class _Pool:
    """At most `turns_max` turns in any `seconds`; others' use of the same limit is taken off as far as it is known."""

    def __init__(self, turns_max: int, seconds: float) -> None:
        self.turns_max = turns_max
        self.seconds = seconds
        self.limit = turns_max
        """What all users of this limit may send together."""
        self.turns: deque[float] = deque()
        self.others = 0
        self.others_until = -math.inf
        self.blocked_until = -math.inf
        self._probed_at = -math.inf

    def take(self, now: float) -> None:
        """Count one turn that was given."""
        self.turns.append(now)
        self._probed_at = now

    def seconds_until_turn(self, now: float) -> float:
        return max(self.blocked_until - now, self._seconds_until_room(now))

    def _seconds_until_room(self, now: float) -> float:
        while self.turns and self.turns[0] + self.seconds <= now:
            self.turns.popleft()
        if len(self.turns) >= self.turns_max:
            return self.turns[-self.turns_max] + self.seconds - now
        if now < self.others_until and len(self.turns) + self.others >= self.limit:
            own_oldest_leaves = self.turns[0] + self.seconds if self.turns else math.inf
            return min(self.others_until, own_oldest_leaves) - now
        if self.others and now >= self.others_until:
            # What is known of the others is too old: one request goes ahead and finds out, for all that wait.
            return max(0.0, self._probed_at + PROBE_SECONDS - now)
        return 0.0

    def see_remaining(self, remaining: int, now: float) -> None:
        """What is neither left nor ours was used by others; it leaves the window within one window's length."""
        ours = sum(1 for turn in self.turns if turn + self.seconds > now)
        self.others = max(0, self.limit - remaining - ours)
        self.others_until = now + self.seconds


class Pacing:
    """One portal's pools, shared by all threads: `interval`, `search` and `associations`.

    Never more than `share` of a pool's limit goes out in any of its windows.
    """

    def __init__(self, *, clock: Clock, share: float = 0.9) -> None:
        self._clock = clock
        self._share = share
        self._lock = threading.Lock()
        self._pools = {
            "interval": _Pool(self._part(INTERVAL_LIMIT), WINDOW_SECONDS),
            # One at a time, evenly: five at once, twice, would stand within one of HubSpot's seconds if the second
            # five travelled faster than the first.
            "search": _Pool(1, 1 / (SEARCHES_PER_SECOND * share)),
            "associations": _Pool(self._part(ASSOCIATIONS_LIMIT), WINDOW_SECONDS),
        }
        self._pools["interval"].limit = INTERVAL_LIMIT
        self._day = Day(share)

    def acquire(self, pool: str, *, seconds_max: float = 300.0, sleep: Callable[[float], None] | None = None) -> None:
        """Wait for a turn, with `sleep` if not the clock's own; a pool that is not limited (`""`) gives it at once.

        Raises LongWaitError at once when the turn is further away than `seconds_max`, DaySpentError when the day has
        none left.
        """
        entry = self._pools.get(pool)
        if entry is None:
            return
        sleep = sleep or self._clock.sleep
        while True:
            with self._lock:
                now = self._clock.monotonic()
                if closed := self._day.seconds_until_open(now):
                    raise DaySpentError(closed, keeps_part=self._day.keeps_part)
                seconds = entry.seconds_until_turn(now)
                if seconds <= 0:
                    entry.take(now)
                    return
            if seconds > seconds_max:
                raise LongWaitError(seconds)
            sleep(max(seconds, SLEEP_SECONDS_MIN))

    def learn(self, pool: str, headers: Mapping[str, str]) -> None:
        """Take limits and what is left of them from an answer's lower-case `x-hubspot-ratelimit-…` headers."""
        with self._lock:
            self._learn_day(headers)
            # Only the ten-second pool is described by headers; elsewhere they would tell of the wrong one.
            if pool == "interval":
                self._learn_interval(self._pools[pool], headers)

    def block(self, pool: str, seconds: float) -> None:
        """Give no turn in this pool for so long."""
        entry = self._pools.get(pool)
        if entry is None:
            return
        with self._lock:
            entry.blocked_until = max(entry.blocked_until, self._clock.monotonic() + seconds)

    @property
    def day_remaining(self) -> int | None:
        """Requests that may still be sent today within the share; None until an answer told."""
        with self._lock:
            return self._day.remaining

    def take_part_of_day(self, part: float) -> None:
        """Leave the rest of what is left of each day to other runs and integrations: 0.5 takes half."""
        with self._lock:
            self._day.take_part(part)

    def _part(self, limit: int) -> int:
        return part_of(limit, self._share)

    def _learn_interval(self, pool: _Pool, headers: Mapping[str, str]) -> None:
        limit = _count(headers, "x-hubspot-ratelimit-max")
        milliseconds = _count(headers, "x-hubspot-ratelimit-interval-milliseconds")
        remaining = _count(headers, "x-hubspot-ratelimit-remaining")
        if limit:
            pool.limit = limit
            pool.turns_max = self._part(limit)
        if milliseconds:
            pool.seconds = milliseconds / 1000
        if remaining is not None:
            pool.see_remaining(remaining, self._clock.monotonic())

    def _learn_day(self, headers: Mapping[str, str]) -> None:
        daily = _count(headers, "x-hubspot-ratelimit-daily")
        remaining = _count(headers, "x-hubspot-ratelimit-daily-remaining")
        if daily and remaining is not None:
            self._day.learn(daily, remaining, self._clock.monotonic())


def _count(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name, "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
