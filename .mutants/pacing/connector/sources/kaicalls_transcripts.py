"""KaiCalls' transcripts: a list of its own that cannot be asked for one call, read as far as somebody needs it."""

from __future__ import annotations

import math
from collections import OrderedDict
from datetime import datetime, timedelta

from connector.ports import Clock
from connector.sources.kaicalls_api import PAGE_ITEMS, TITLE, KaiCallsApi
from connector.sources.reading import read_id, read_text, read_time
from connector.sources.trail import Trail

DAYS_MAX = 3_650
"""The platform's own maximum is not published; further back there is nothing."""
TEXTS_MAX = 10 * PAGE_ITEMS
"""Transcripts kept in memory: what was passed by longer ago is asked for again."""
_PATH = "/transcripts"


class Transcripts:
    """One walk after the other from the newest transcript on, each as far back as the calls that are asked for.

    Calls that are asked for from the newest to the oldest, as the list has them, cost one walk.
    """

    def __init__(self, api: KaiCallsApi, clock: Clock) -> None:
        self._api = api
        self._clock = clock
        self._start()

    def _start(self) -> None:
        self._trail = Trail(_PATH, TITLE, page_items=PAGE_ITEMS)
        self._texts: OrderedDict[str, tuple[str | None, datetime | None]] = OrderedDict()
        self._kept_from: datetime | None = None
        """What is newer than this is no longer kept."""
        self._reached: datetime | None = None
        """What is not older than this was read."""
        self._days = 0

    def find(self, call_id: str, started_at: datetime) -> str | None:
        """The transcript of a call that began then; None when there is none yet. Raises as the platform does."""
        if call_id in self._texts:
            return self._texts[call_id][0]
        if self._kept_from is not None and started_at >= self._kept_from:
            self._start()
        days = self._days_to(started_at)
        if not self._trail.goes_on and days > self._days:
            self._start()
        while self._trail.goes_on and (self._reached is None or self._reached >= started_at):
            self._read_page(max(days, self._days))
        return self._texts[call_id][0] if call_id in self._texts else None

    def _days_to(self, started_at: datetime) -> int:
        """Enough of them, in doubling steps: a list that ends there is walked anew for an older call."""
        days = max(1, math.ceil((self._clock.now() - started_at) / timedelta(days=1)))
        return min(1 << (days - 1).bit_length(), DAYS_MAX)

    def _read_page(self, days: int) -> None:
        self._days = days
        page = self._api.transcripts(days=days, after=self._trail.cursor)
        fresh = self._trail.take([_named(item) for item in page.items], has_more=page.has_more)
        for item in fresh:
            self._keep(item)

    def _keep(self, item: object) -> None:
        if not isinstance(item, dict):
            return
        at = read_time(item.get("created_at"))
        if at is not None and (self._reached is None or at < self._reached):
            self._reached = at
        call_id = read_id(item.get("call_id"))
        if call_id is None:
            return
        self._texts[call_id] = read_text(item.get("transcript")), at
        if len(self._texts) > TEXTS_MAX:
            _, (_, self._kept_from) = self._texts.popitem(last=False)


def _named(item: object) -> object:
    """A transcript is its call's: it has no id of its own."""
    return {**item, "id": item.get("call_id")} if isinstance(item, dict) else item
