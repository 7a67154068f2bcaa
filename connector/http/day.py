"""The requests of a day that all integrations of a portal share, and what of them may be used here."""

from __future__ import annotations

import math

BELIEVED_SECONDS = 3600.0
"""How long a spent day is believed: it ends at midnight where the portal is, which no header tells."""


class Day:
    """Counts down by what the answers say. `share` is the part of the whole day's requests that may be used."""

    def __init__(self, share: float) -> None:
        self._share = share
        self._kept = 0
        self.remaining: int | None = None
        """Requests that may still be sent within the share; None until an answer told."""
        self.take_part(1.0)

    @property
    def keeps_part(self) -> bool:
        """Whether it is only for the part kept back for others that no request is left."""
        return bool(self.remaining)

    def take_part(self, part: float) -> None:
        """From now on, leave the rest of what is left of each day to others: 0.5 takes half."""
        self._part = part
        self._left_first = -1
        self._closed_until = -math.inf

    def learn(self, limit: int, remaining: int, now: float) -> None:
        """`remaining` of `limit` requests are left to all together."""
        left = max(0, remaining - (limit - part_of(limit, self._share)))
        if left > self._left_first:
            # The first answer, or the first of a new day.
            self._left_first = left
            self._kept = left - math.floor(left * self._part)
        self.remaining = left
        self._closed_until = now + BELIEVED_SECONDS if left <= self._kept else -math.inf

    def seconds_until_open(self, now: float) -> float:
        """How long no request may be sent; 0 when one may."""
        return max(0.0, self._closed_until - now)


def part_of(limit: int, share: float) -> int:
    """The whole requests in a share of a limit, one at least."""
    # The small addition keeps 0.9 × 190 at 171 where the product of floats falls just short of it.
    return max(1, math.floor(limit * share + 1e-9))
