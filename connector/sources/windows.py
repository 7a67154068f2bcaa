"""Reading a list that has no pages: at most so many calls per answer, between two times of their making.

An answer that is not full holds all there is between its bounds. A full one is cut: where it runs from newest to
oldest, at the oldest call of it, else in the middle, so that nothing hangs on an order that nobody promised. Bounds
are times that never change, so that calls that come or go meanwhile shift nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from msgspec import Struct

TICK = timedelta(milliseconds=1)
"""What platforms write times to; what they compare may be finer, so that bounds lie between ticks."""


class Window(Struct, frozen=True):
    """From `low` (included) to `high` (excluded); None is open."""

    low: datetime | None = None
    high: datetime | None = None

    def may_hold(self, at: datetime) -> bool:
        """Whether a platform that rounds its times to a tick may answer with this one."""
        return (self.low is None or at >= self.low - TICK) and (self.high is None or at <= self.high)


class NoProgressError(Exception):
    """The list cannot be read on. The text says how that showed."""


class TooHeavyError(Exception):
    """So many elements make an answer that is larger than allowed: fewer may not."""


class Windows:
    """One reading of the list. `ask` gives at most so many elements of a window, `made_at` reads the time of one.

    `ask` raises TooHeavyError where it cannot take so many; so does `read` when it cannot take a single one.
    """

    def __init__(
        self,
        ask: Callable[[Window, int], Sequence[Any]],
        made_at: Callable[[Any], datetime | None],
        *,
        size: int,
        size_max: int,
    ) -> None:
        self._ask = ask
        self._made_at = made_at
        self._size = size
        self._size_max = size_max
        self._is_newest_first = True
        """Until a full answer shows that it is not: one that happens to be in order proves nothing after that."""

    def read(self, window: Window = Window()) -> Iterator[Any]:  # noqa: B008 -- frozen
        """Every element once, from newest to oldest where the platform gives them so. Raises NoProgressError."""
        while True:
            page = self._page(window)
            times = self._times(page, window)
            if len(page) < self._size:
                yield from page
                return
            oldest, newest = min(times), max(times)
            self._is_newest_first = self._is_newest_first and _is_newest_first(times)
            if oldest == newest:
                # It is in any order, so that there may be newer ones too.
                yield from self._newer(oldest, window)
                yield from self._of_one_moment(oldest)
                if window.low == oldest:
                    return
                middle = oldest
            elif not self._is_newest_first:
                middle = _middle(times)
                yield from self.read(Window(middle, window.high))
            else:
                # The oldest moment of the page may go on behind it, and is read with what is older.
                middle = oldest + TICK
                yield from (element for element in page if (self._made_at(element) or newest) >= middle)
            window = Window(window.low, middle)

    def _page(self, window: Window) -> Sequence[Any]:
        """The elements of a window, from now on fewer at once where they are heavy."""
        while True:
            try:
                return self._ask(window, self._size)
            except TooHeavyError:
                if self._size == 1:
                    raise
                self._size = max(1, self._size // 10)

    def _newer(self, moment: datetime, window: Window) -> Iterator[Any]:
        after = moment + TICK
        if window.high is None or window.high > after:
            yield from self.read(Window(after, window.high))

    def _of_one_moment(self, moment: datetime) -> Sequence[Any]:
        window = Window(moment, moment + TICK)
        page = self._ask(window, self._size_max)
        self._times(page, window)
        if len(page) >= self._size_max:
            raise NoProgressError(f"has {self._size_max} calls or more of one moment, and gives no more at once")
        return page

    def _times(self, page: Sequence[Any], window: Window) -> list[datetime]:
        """When the elements of a page were made, as far as that can be read."""
        times = [at for element in page if (at := self._made_at(element)) is not None]
        if not all(map(window.may_hold, times)):
            raise NoProgressError("gives calls that it was not asked for: it takes no bounds")
        if len(page) >= self._size and not times:
            raise NoProgressError("does not say when its calls were made")
        return times


def _is_newest_first(times: Sequence[datetime]) -> bool:
    return all(before >= after for before, after in pairwise(times))


def _middle(times: Sequence[datetime]) -> datetime:
    """A time with calls on both sides of it, of times that are not all the same."""
    ordered = sorted(times)
    return next(at for at in ordered[len(ordered) // 2 :] if at > ordered[0])
