"""Where a walk stands in a list that is paged by time: `after` a moment means older than that moment.

The same word means newer than that on other platforms, and on other paths of the same one. Believed blindly, a turned
sense walks away from the new calls and never sees one again; so what a page holds is checked against what was asked.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from connector.errors import ConnectorError
from connector.sources.platform import no_progress
from connector.sources.reading import read_id, read_time

PAGES_REMEMBERED = 3
"""An item can only come again on a neighbouring page: older ones would be newer than the cursor."""


class Trail:
    """One walk through one list, newest first. Items are records with an `id` and the time in `created_at`."""

    def __init__(self, path: str, platform: str, *, page_items: int) -> None:
        self._path = path
        self._platform = platform
        self._page_items = page_items
        self._seen: deque[set[str]] = deque(maxlen=PAGES_REMEMBERED)
        self._cursor_at: datetime | None = None
        self.cursor: str | None = None
        """What to send as `after` next: the time of the last item, word for word."""
        self.before_edge: str | None = None
        """The time of the last item that is newer than the cursor: from there the page's last moment comes again."""
        self.goes_on = True

    def take(self, items: Sequence[Any], *, has_more: bool) -> list[Any]:
        """The items of the next page that are new. Raises the coded error of a page that cannot follow here."""
        self._expect_older(items, self._cursor_at)
        fresh = self._fresh(items)
        if items and not fresh and not all(_time(item) == self._cursor_at for item in items):
            raise self._stuck("gives the same page again")
        # Whether there is more is told wrongly at times: a full page is followed by another look.
        self.goes_on = bool(fresh) and (has_more or len(items) >= self._page_items)
        if self.goes_on:
            self._move(items)
        return fresh

    def take_edge(self, items: Sequence[Any]) -> list[Any]:
        """Of a page that was asked for after `before_edge`, what stands at the cursor's moment and is new."""
        self._expect_older(items, read_time(self.before_edge))
        at_edge = [item for item in items if _time(item) == self._cursor_at]
        if len(at_edge) >= self._page_items:
            raise self._crowded()
        return self._fresh(at_edge)

    def _expect_older(self, items: Sequence[Any], cursor_at: datetime | None) -> None:
        if cursor_at is None:
            return
        for item in items:
            at = _time(item)
            if at is not None and at > cursor_at:
                raise self._stuck("holds newer items than were asked for: cursor semantics changed")

    def _fresh(self, items: Sequence[Any]) -> list[Any]:
        fresh: list[Any] = []
        names: set[str] = set()
        for item in items:
            name = _name(item)
            if name not in names and not any(name in page for page in self._seen):
                names.add(name)
                fresh.append(item)
        self._seen.append(names)
        return fresh

    def _move(self, items: Sequence[Any]) -> None:
        timed = [(at, item["created_at"]) for item in items if (at := _time(item)) is not None]
        if not timed:
            raise self._stuck("has a page without a single time, from which no other can be asked for")
        self._cursor_at, last = timed[-1]
        self.cursor = str(last)
        newer = [text for at, text in timed if at > self._cursor_at]
        if len(timed) >= self._page_items and not newer:
            raise self._crowded()
        self.before_edge = str(newer[-1]) if newer else None

    def _crowded(self) -> ConnectorError:
        return self._stuck("has more of one moment than a page holds, beyond which a time cannot lead")

    def _stuck(self, what: str) -> ConnectorError:
        return no_progress(self._path, self._platform, what=what)


def _time(item: Any) -> datetime | None:
    return read_time(item.get("created_at")) if isinstance(item, dict) else None


def _name(item: Any) -> str:
    call_id = read_id(item.get("id")) if isinstance(item, dict) else None
    return call_id if call_id is not None else f"\n{item!r}"
