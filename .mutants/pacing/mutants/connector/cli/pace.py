"""How quickly a long run gets on, and when it may be through."""

from __future__ import annotations

from collections import deque

WINDOW_SECONDS = 60.0
"""What the pace is taken over: limits make it change, and what was an hour ago tells nothing."""


class Pace:
    """Calls per second over the last minute. Seconds are those of a clock that never goes back."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def saw(self, done: int, at: float) -> None:
        """Take note of how many calls are settled by now."""
        self._seen.append((at, done))
        while len(self._seen) > 2 and self._seen[1][0] <= at - WINDOW_SECONDS:
            self._seen.popleft()

    @property
    def rate(self) -> float | None:
        """None until there is something to tell."""
        if not self._seen:
            return None
        (began, before), (at, done) = self._seen[0], self._seen[-1]
        return (done - before) / (at - began) if at > began and done > before else None

    def seconds_left(self, total: int) -> float | None:
        """Until so many calls are settled at this pace."""
        rate = self.rate
        return (total - self._seen[-1][1]) / rate if rate else None


def in_words(seconds: float) -> str:
    """`45 s`, `12 min`, `3 h 05 min`."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"
