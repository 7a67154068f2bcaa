"""How many requests are left, and how many calls they would carry."""

from __future__ import annotations

import math

from connector.doctor.reading import Unread, fine, told, unchecked
from connector.errors import InputError, TransientError
from connector.hubspot.examination import Vitals
from connector.reports import Diagnosis

CHECK = "quota"

REQUESTS_PER_1000_CALLS = 100
"""Cautious: a backfill of new callers takes some 30, and about 10 more for each kind of record that every call gets."""
LOW_SHARE = 0.1


def check_quota(vitals: Vitals | Unread, *, share: float) -> list[Diagnosis]:
    """`share` is CONNECTOR_QUOTA_SHARE, the part of each limit that a run may use."""
    if isinstance(vitals, Unread):
        return [unchecked(CHECK, vitals.reason)]
    quota = vitals.quota
    lines = []
    if quota.interval_max is not None:
        lines.append(fine(CHECK, f"ten seconds: {quota.interval_max} requests, {quota.interval_remaining} left"))
    if quota.day_max is None or quota.day_remaining is None:
        return [*lines, unchecked(CHECK, "the day: HubSpot's answer does not tell its limit")]
    return [*lines, _day(quota.day_max, quota.day_remaining, share)]


def usable(day_max: int, day_remaining: int, share: float) -> int:
    """Requests that a run may still send today: the rest of the day is for the portal's other integrations."""
    return max(0, day_remaining - (day_max - math.floor(day_max * share + 1e-9)))


def _day(day_max: int, day_remaining: int, share: float) -> Diagnosis:
    left = usable(day_max, day_remaining, share)
    told_left = f"today: {day_remaining} of {day_max} requests left, {left} of them ours to use"
    if left == 0:
        fix = "Run again after midnight in the portal's time zone, or raise CONNECTOR_QUOTA_SHARE."
        return told(CHECK, TransientError("E219", told_left, where="CONNECTOR_QUOTA_SHARE", fix=fix))
    told_left += f", enough for some {left * 1000 // REQUESTS_PER_1000_CALLS:,} calls"
    if left < LOW_SHARE * day_max:
        return told(CHECK, InputError("W262", told_left))
    return fine(CHECK, told_left)
