"""When a walk through a platform's calls has seen enough."""

from __future__ import annotations

from datetime import datetime

QUIET_STREAK = 100
"""Consecutive calls with nothing to do, behind the look-back, after which a newest-first walk may stop."""


class Walk:
    """Watches a walk that claims to run from newest to oldest, or claims nothing, and says when it may stop.

    It may stop after `QUIET_STREAK` consecutive calls that are quiet: known and older than `look_back_to`, or older
    than `wanted_from`, where this connection's history begins. Newest may mean begun last or ended last: of calls that
    overlap, the one that began last need not end last. A list that is in neither order breaks the claim: then nothing
    can be concluded from a streak, and the walk is read to its end, as one is that claims no order.
    """

    def __init__(self, *, look_back_to: datetime, wanted_from: datetime, claims_order: bool = True) -> None:
        self._look_back_to = look_back_to
        self._wanted_from = wanted_from
        self._previous: tuple[datetime, datetime] | None = None
        self._is_by_start = self._is_by_end = claims_order
        self._streak = 0

    def is_wanted(self, ended_at: datetime) -> bool:
        """Whether a call of this age belongs to the connection's history at all."""
        return ended_at >= self._wanted_from

    @property
    def is_ordered(self) -> bool:
        """Whether every call so far came after all that are newer."""
        return self._is_by_start or self._is_by_end

    def saw(self, ended_at: datetime, *, started_at: datetime, is_quiet: bool) -> None:
        """Take note of the next call; `is_quiet` says that the ledger has it as it is now."""
        if self._previous is not None:
            started_before, ended_before = self._previous
            self._is_by_start = self._is_by_start and started_at <= started_before
            self._is_by_end = self._is_by_end and ended_at <= ended_before
        self._previous = started_at, ended_at
        behind = ended_at < self._look_back_to and is_quiet
        self._streak = self._streak + 1 if behind or not self.is_wanted(ended_at) else 0

    @property
    def may_stop(self) -> bool:
        return self.is_ordered and self._streak >= QUIET_STREAK
