"""What reading a platform's calls came to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from connector.model import CallCounts, Entry, Failure


@dataclass(slots=True)
class Reading:
    """What a walk found, apart from the calls that now wait in the spool."""

    counts: CallCounts = field(default_factory=CallCounts)
    newest: datetime | None = None
    account: str | None = None
    failures: list[Failure] = field(default_factory=list)
    settled: list[Entry] = field(default_factory=list)
    """Entries to store without a look at the CRM: unreadable calls, and known calls under an edited mapping."""
    met: set[str] = field(default_factory=set)
    """Calls that need no fetching by their id any more: awaited ones that the list gave in full, and fetched ones."""
