"""This machine's clock against HubSpot's."""

from __future__ import annotations

from datetime import datetime

from connector.doctor.reading import Unread, fine, told, unchecked
from connector.errors import InputError
from connector.hubspot.examination import Vitals
from connector.reports import Diagnosis

CHECK = "clock"

WARN_SECONDS = 60
"""More than an answer takes; leases and waits of the connector are of this size."""
WRONG_SECONDS = 3600
"""From here on times in the CRM, windows and due dates are plainly wrong."""


def check_clock(vitals: Vitals | Unread, *, now: datetime) -> list[Diagnosis]:
    """`now` is this machine's time when the answer came."""
    if isinstance(vitals, Unread):
        return [unchecked(CHECK, vitals.reason)]
    if vitals.answered_at is None:
        return [unchecked(CHECK, "HubSpot's answer has no date")]
    ahead = (now - vitals.answered_at).total_seconds()
    if abs(ahead) <= WARN_SECONDS:
        return [fine(CHECK, f"within {WARN_SECONDS} s of HubSpot's")]
    message = f"this machine's clock is {_words(abs(ahead))} {'ahead of' if ahead > 0 else 'behind'} HubSpot's"
    return [told(CHECK, InputError("E131" if abs(ahead) > WRONG_SECONDS else "W131", message))]


def _words(seconds: float) -> str:
    for unit, length in (("d", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} s"
