"""How long HubSpot's search may not show a record yet: pure arithmetic of doubt and patience.

Recordings of 2022 have every record visible at 30 s, most within 5 s; users tell of minutes. So a look that finds a
record is believed at once, and one that finds nothing only when the whole bound has passed since the last attempt that
may have written it must be over at HubSpot.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from connector.http.terms import Limits

SEARCH_LAG_SECONDS = 300.0
"""The bound: what the search does not show after this long is taken for not there."""
EXCHANGE_SECONDS = Limits().total_seconds
"""What was begun is over by then: no exchange lasts longer, and HubSpot may go on with one that it broke off."""
DOUBT_SECONDS = EXCHANGE_SECONDS + SEARCH_LAG_SECONDS
"""How long a look that finds nothing proves nothing of a write that may just have begun."""
FIRST_PAUSE_SECONDS = 2.0


def doubt_seconds(begun_at: datetime, now: datetime) -> float:
    """How long from now on a look that finds nothing proves nothing of a write that began at `begun_at` at the latest.

    A time that lies ahead, as other machines' clocks may have it, counts as now.
    """
    return min(max(DOUBT_SECONDS - (now - begun_at).total_seconds(), 0.0), DOUBT_SECONDS)


def pauses(seconds: float) -> Iterator[float]:
    """What to wait before each look: none before the first, then twice as long each time; the last look is due when
    so many seconds have passed in all."""
    yield 0.0
    waited, pause = 0.0, FIRST_PAUSE_SECONDS
    while waited < seconds:
        step = min(pause, seconds - waited)
        yield step
        waited, pause = waited + step, pause * 2
