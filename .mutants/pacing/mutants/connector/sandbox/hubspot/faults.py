"""Faults to order: what goes wrong with one request, before or after it was carried out."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from msgspec import Struct

from connector.sandbox.hubspot.answers import Refusal, too_many
from connector.sandbox.wire import Dropped

MIGRATING = 477
"""HubSpot's own status: the portal moves between data centres; `Retry-After` says for how long."""


class Fault(Struct, frozen=True, kw_only=True):
    """One failure. With `committed` the request is carried out first and only its answer is lost."""

    status: int = 502
    drop: bool = False
    """The connection is reset; `status` does not matter."""
    committed: bool = False
    policy: str = ""
    """Of a 429: `DAILY`, `TEN_SECONDLY_ROLLING`, `SECONDLY`, or `bare` for the shape without a policy name."""
    retry_after: str = ""
    """The `Retry-After` header as it is sent; a 477 has one hour when nothing is said."""
    message: str = ""


def strike(fault: Fault) -> Refusal:
    """The error answer of this fault. Raises Dropped when the fault is a lost connection."""
    if fault.drop:
        raise Dropped("the connection was reset on purpose")
    retry_after = fault.retry_after or ("3600" if fault.status == MIGRATING else "")
    headers = (("Retry-After", retry_after),) if retry_after else ()
    if fault.status == HTTPStatus.TOO_MANY_REQUESTS:
        return too_many(fault.policy or "TEN_SECONDLY_ROLLING", headers=headers)
    return Refusal(
        fault.status, fault.message or _message(fault.status), category=_category(fault.status), headers=headers
    )


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
