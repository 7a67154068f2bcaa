"""What it takes to speak to one account of a voice platform."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from connector.ports import Clock
from connector.sources.rate import nothing_before


def nothing_more() -> Collection[str]:
    """For who reads no more of a call than what the list gives."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """The key of an account and the way to its platform.

    `base_url` and `account` are None where the platform's own say. `wants` answers the attributes of `Call` that
    somebody will read (`transcript`, `recording_url`, …), and the paths of the platform's fields that take a request
    more (`contact.do_not_call`), so that nothing is fetched in vain; it is asked when the first call is.
    `sent_before` answers how many seconds ago each request of the runs before was sent, for limits that outlast a run.
    `transport` replaces the network.
    """

    api_key: str
    clock: Clock
    base_url: str | None = None
    account: str | None = None
    wants: Callable[[], Collection[str]] = nothing_more
    sent_before: Callable[[], Iterable[float]] = nothing_before
    transport: Any = None
