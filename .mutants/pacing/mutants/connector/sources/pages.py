"""Reading a numbered list to its end while the platform goes on writing to it.

Nothing is promised of its order, so each reading begins with a look at both ends. Rows may move between two requests:
what comes twice is told once, and what a deleted row pulled over an edge is looked for again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any, Literal

from msgspec import Struct

SLACK = timedelta(hours=1)
"""How far a list may be out of order and still be called ordered: rows are numbered when a call is asked for, and it
starts when somebody answers."""

Order = Literal["newest_first", "oldest_first", "unsorted"]
ReadTime = Callable[[Any], datetime | None]


class Page(Struct, frozen=True, kw_only=True):
    """One page of a list, as the platform answered it."""

    number: int
    """From 1."""
    items: list[Any]
    count: int | None
    """How many rows the whole list has, if the platform says so."""
    pages: int
    """How many pages the list has."""


class StuckError(Exception):
    """Page after page holds the same rows: the platform does not turn its pages."""

    def __init__(self, page: int) -> None:
        super().__init__(f"page {page} holds nothing but what stood on the pages before it")


class Pages:
    """One reading of one list; `rows` may be called once."""

    def __init__(
        self, ask: Callable[[int], Page], *, at: ReadTime, name: Callable[[Any], Hashable], now: datetime
    ) -> None:
        """`at` reads when a row's call began, None where it does not say; `name` what makes it this row."""
        self._ask = ask
        self._at = at
        self._name = name
        self._until = now
        self._seen: set[Hashable] = set()
        self._count: int | None = None
        self._has_moved = self._is_again = False
        self._pages = 1
        self.order: Order = "newest_first"

    def rows(self) -> Iterator[Any]:
        """Every row once, the newest first. Asks for a page when it is needed; for all of them if they are in no order.

        When rows came or went meanwhile the list is gone through once more, for those that were missed. What began
        after the reading did is left to the next one. Raises StuckError.
        """
        first = self._turn_to(1)
        last = self._turn_to(first.pages) if first.pages > 1 else first
        ends = [*first.items, *(last.items if last is not first else ())]
        # Where nobody says how long the list is, nobody can tell either what stands at its end.
        self.order = order_of(ends, self._at) if first.count is not None else "unsorted"
        self._until = max((self._until, *_times(ends, self._at)))
        yield from self._pass(first, last)
        if self._has_moved:
            self._is_again = True
            yield from self._pass(self._turn_to(1), None)

    def _pass(self, first: Page, last: Page | None) -> Iterator[Any]:
        batches = self._batches(first, last)
        if self.order == "unsorted":
            # Only the whole list tells which call is the newest.
            batches = iter([[row for batch in batches for row in batch]])
        yield from sorted_within(batches, self._at, SLACK)

    def _batches(self, first: Page, last: Page | None) -> Iterator[list[Any]]:
        """The rows that were not seen yet, page by page, the newest page first."""
        if self.order == "oldest_first":
            page = last if last is not None and last.number == self._pages else self._turn_to(self._pages)
            step, at_hand = -1, first if page.number == 2 and last is not None else None
        else:
            page = first
            step, at_hand = 1, last if self._pages == 2 else None
        while True:
            yield self._unseen(page)
            number = page.number + step
            if step > 0 and number > self._pages:
                return
            number = min(number, self._pages)
            if number < 1:
                return
            before = self._count
            following = at_hand if at_hand is not None and at_hand.number == number else self._turn_to(number)
            if self._count != before:
                # Rows moved since the last page: those that slipped over the edge stand on it now.
                yield self._unseen(self._turn_to(page.number))
            elif not self._is_again and following.items and self._is_seen(following):
                raise StuckError(number)
            if not following.items and step > 0:
                return
            page = following

    def _unseen(self, page: Page) -> list[Any]:
        rows = page.items if self.order != "oldest_first" else page.items[::-1]
        fresh = {name: row for row in rows if (name := self._name(row)) not in self._seen}
        self._seen.update(fresh)
        return [row for row in fresh.values() if (self._at(row) or self._until) <= self._until]

    def _is_seen(self, page: Page) -> bool:
        return all(self._name(row) in self._seen for row in page.items)

    def _turn_to(self, number: int) -> Page:
        page = self._ask(number)
        if self._count is not None and page.count != self._count:
            self._has_moved = True
        self._count, self._pages = page.count, page.pages
        return page


def order_of(rows: Sequence[Any], at: ReadTime) -> Order:
    """How these rows are ordered, give or take `SLACK`; the newest first where nothing speaks against it."""
    times = list(_times(rows, at))
    newest_first = all(time <= oldest + SLACK for time, oldest in zip(times, accumulate(times, min), strict=True))
    oldest_first = all(time >= newest - SLACK for time, newest in zip(times, accumulate(times, max), strict=True))
    if newest_first and oldest_first:
        # All within the slack of each other: the ends tell.
        return "newest_first" if not times or times[0] >= times[-1] else "oldest_first"
    if newest_first:
        return "newest_first"
    return "oldest_first" if oldest_first else "unsorted"


def sorted_within(batches: Iterable[list[Any]], at: ReadTime, slack: timedelta) -> Iterator[Any]:
    """Rows that are newest first but for this slack, put in their exact order; those without a time come at once."""
    held: list[tuple[datetime, Any]] = []
    for batch in batches:
        for row in batch:
            began_at = at(row)
            if began_at is None:
                yield row
            else:
                held.append((began_at, row))
        held.sort(key=lambda each: each[0], reverse=True)
        # What is still to come began at most `slack` after the oldest so far.
        safe = 0
        while safe < len(held) and held[safe][0] > held[-1][0] + slack:
            safe += 1
        ready, held = held[:safe], held[safe:]
        yield from (row for _, row in ready)
    yield from (row for _, row in held)


def _times(rows: Iterable[Any], at: ReadTime) -> Iterator[datetime]:
    return (began_at for row in rows if (began_at := at(row)) is not None)
