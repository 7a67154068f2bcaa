"""Refusals to order: HubSpot's own answer for a status, whatever was asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from connector.sandbox.hubspot.access import expired
from connector.sandbox.hubspot.answers import Refusal, page_not_found, too_many

MIGRATING = 477
"""HubSpot's own status: the portal moves between data centres; `Retry-After` says for how long."""
_EXPIRED_AGO = timedelta(seconds=75)


def ordered(status: int, *, policy: str = "", retry_after: str = "", now: datetime) -> Refusal:
    """The refusal with this status: of a 429 in the shape of its `policy` (`DAILY`, `TEN_SECONDLY_ROLLING`, `SECONDLY`,
    or `bare` for the shape without a policy name); of a 477 with one hour to wait when nothing is said."""
    wait = retry_after or ("3600" if status == MIGRATING else "")
    headers = (("Retry-After", wait),) if wait else ()
    match status:
        case HTTPStatus.UNAUTHORIZED:
            return expired(now - _EXPIRED_AGO, now)
        case HTTPStatus.NOT_FOUND:
            return page_not_found()
        case HTTPStatus.TOO_MANY_REQUESTS:
            return too_many(policy or "TEN_SECONDLY_ROLLING", headers=headers)
        case _:
            return Refusal(status, _message(status), category=_category(status), headers=headers)


def _message(status: int) -> str:
    known: dict[int, str] = {
        HTTPStatus.LOCKED: "The resource is locked by another operation. Please wait before trying again.",
        MIGRATING: "This account is being migrated between data centers.",
    }
    if status in known:
        return known[status]
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"HTTP {status}"


def _category(status: int) -> str | None:
    known: dict[int, Any] = {HTTPStatus.LOCKED: "LOCKED", MIGRATING: "MIGRATION_IN_PROGRESS"}
    return known.get(status)
