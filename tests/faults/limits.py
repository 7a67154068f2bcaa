"""HubSpot refuses, or is not there: what it says for how long, and what the run makes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from connector.sandbox.faults import Fault as Script
from connector.sandbox.site import HUBSPOT_TOKEN
from tests.faults.stage import Stage
from tests.faults.terms import Fault

NEW_TOKEN = "pat-eu1-rotated"
DAY_SECONDS = 24 * 3600.0
READING = "batch/read"
CREATING = "calls/batch/create"
Strike = Callable[[Stage], object]


def refuse(path: str = "/crm/", **fault: Any) -> Strike:
    """HubSpot says no, in its own words."""
    return lambda stage: stage.fault("hubspot", "refuse", path=path, **fault)


def _shared(stage: Stage) -> None:
    """Of 190 requests per ten seconds another app takes all but two."""
    stage.sandbox.hubspot.set_limits(on=True, others_per_ten_seconds=188)
    stage.clock.sleep(20)


def _nearly_spent(stage: Stage) -> None:
    stage.set(quota_share="1.0")
    stage.sandbox.hubspot.set_limits(on=True, daily_left=6)


def _spent(share: str) -> Strike:
    def strike(stage: Stage) -> None:
        stage.set(quota_share=share)
        stage.sandbox.hubspot.set_limits(on=True, daily_left=62_504)

    return strike


def _revoked(stage: Stage) -> None:
    stage.at(f"before POST /crm/v3/objects/{CREATING}", lambda: stage.sandbox.hubspot.set_token(NEW_TOKEN))


def _renewed(stage: Stage) -> None:
    stage.calm()
    stage.set(hubspot_token=NEW_TOKEN)


def _expires(stage: Stage) -> None:
    def expire() -> None:
        stage.sandbox.hubspot.set_token(HUBSPOT_TOKEN, expires_at=stage.clock.now())

    stage.at("before POST /crm/v3/objects/contacts/batch/create", expire)


def _extended(stage: Stage) -> None:
    stage.calm()
    stage.sandbox.hubspot.set_token(HUBSPOT_TOKEN)


def _down(stage: Stage) -> None:
    """For an hour, from the midst of the run."""
    script = Script(side="hubspot", action="refuse", status=503, nth=6, times=0, lasts=3600)
    stage.sandbox.faults.set([script])


def goes_on(_stage: Stage) -> None:
    """Nobody mends it: it is over when it is over."""


LIMITS = (
    Fault("429, ten seconds, with its policy", "reading", refuse(READING, policy="TEN_SECONDLY_ROLLING")),
    Fault("429, ten seconds, with its policy", "creating calls", refuse(CREATING, policy="TEN_SECONDLY_ROLLING")),
    Fault("429, a second, with its policy", "searching", refuse("contacts/search", policy="SECONDLY")),
    Fault("429, the older shape, no `Retry-After`", "creating calls", refuse(CREATING, policy="bare")),
    Fault("429, `Retry-After: 20`", "creating calls", refuse(CREATING, policy="bare", retry_after="20")),
    Fault("429, without an end", "everywhere", refuse(policy="TEN_SECONDLY_ROLLING", times=0)),
    Fault(
        "429, the daily limit is reached",
        "creating calls",
        refuse(CREATING, policy="DAILY", times=0, lasts=DAY_SECONDS / 2),
        mend=goes_on,
        next_after_seconds=DAY_SECONDS,
    ),
    Fault(
        "the last of the day's requests is used",
        "after six requests",
        _nearly_spent,
        mend=goes_on,
        next_after_seconds=DAY_SECONDS,
    ),
    Fault(
        "our share of the daily limit is used up",
        "after four requests",
        _spent("0.9"),
        mend=goes_on,
        next_after_seconds=DAY_SECONDS,
    ),
    Fault("another app uses 188 of 190 requests per ten seconds", "everywhere", _shared),
    Fault("423, locked", "creating contacts", refuse("contacts/batch/create", status=423)),
    Fault("477, moving, `Retry-After: 40`", "creating calls", refuse(CREATING, status=477, retry_after="40")),
    Fault(
        "477, moving, `Retry-After` of two hours",
        "everywhere",
        refuse(status=477, retry_after="7200", times=0, lasts=7200),
        mend=goes_on,
    ),
    Fault("the token is revoked, and a new one set", "before creating calls", _revoked, mend=_renewed),
    Fault("the token expires, and is renewed", "before creating contacts", _expires, mend=_extended),
    Fault("HubSpot is down for an hour", "from the sixth request on", _down, mend=goes_on),
)
