"""The portal as the network sees it: one lock, the key, the limits, then the endpoint."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, Final

from connector.model import Association
from connector.sandbox.hubspot.access import Access
from connector.sandbox.hubspot.answers import Refusal, ok
from connector.sandbox.hubspot.choices import Choices
from connector.sandbox.hubspot.edit import edit, seed
from connector.sandbox.hubspot.export import export
from connector.sandbox.hubspot.kinds import KINDS
from connector.sandbox.hubspot.limits import Limits
from connector.sandbox.hubspot.ordered import ordered
from connector.sandbox.hubspot.portal import Portal
from connector.sandbox.hubspot.routes import find
from connector.sandbox.hubspot.state import dump, restore
from connector.sandbox.hubspot.store import Record
from connector.sandbox.wire import Request, Response

TOKEN_INFO: Final = ("POST", "/oauth/v2/private-apps/get/access-token-info")
"""Answers whose token it is and what it may do; known from public code (2026), not from a specification."""


class HubSpot:
    """One HubSpot account, safe to use from several threads.

    `unique` says per object type (plural) whether new properties may have `hasUniqueValue`, `custom` whether there may
    be new properties at all; what is not named may. `scopes` None means all.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        token: str,
        seed: int = 0,
        unique: Mapping[str, bool] | None = None,
        custom: Mapping[str, bool] | None = None,
        limits: bool = False,
        search_lag_seconds: float = 0.0,
        app_kind: str = "professional",
        daily_max: int | None = None,
        scopes: Collection[str] | None = None,
        token_expires_at: datetime | None = None,
        region: str = "GB",
        time_zone: str = "Europe/London",
        portal_id: int = 48121107,
        choices: Choices | None = None,
    ) -> None:
        self._lock = threading.RLock()
        self._access = Access(token=token, scopes=scopes, expires_at=token_expires_at)
        self._limits = Limits(on=limits, app_kind=app_kind, daily_max=daily_max, time_zone=time_zone, seed=seed)
        self._portal = Portal(
            now=now,
            seed=seed,
            unique=unique or {},
            custom=custom or {},
            search_lag_seconds=search_lag_seconds,
            region=region,
            time_zone=time_zone,
            portal_id=portal_id,
            choices=choices or Choices(),
            usage=self._limits,
        )

    @property
    def portal_id(self) -> str:
        """The account's id, as in addresses of records."""
        return str(self._portal.portal_id)

    def handle(self, request: Request) -> Response:
        """Answer one request."""
        with self._lock:
            self._portal.tick()
            return self._answer(request)

    def grant(self, scopes: Collection[str] | None) -> None:
        """Let the token do no more than this; None lets it do everything."""
        with self._lock:
            self._access.scopes = scopes

    def refuse(self, status: int, *, policy: str = "", retry_after: str = "") -> Response:
        """HubSpot's refusal with this status, to whatever was asked; the rest as in `ordered`."""
        with self._lock:
            self._portal.tick()
            return self._refuse(ordered(status, policy=policy, retry_after=retry_after, now=self._portal.moment))

    def allow(self, *, unique: Mapping[str, bool] | None = None, custom: Mapping[str, bool] | None = None) -> None:
        """Change what new properties of these object types may be. Raises ValueError for an unknown type."""
        if unknown := sorted({*(unique or {}), *(custom or {})} - KINDS.keys()):
            raise ValueError(f"unknown object types {unknown}: there are {', '.join(KINDS)}")
        with self._lock:
            self._portal.unique.update(unique or {})
            self._portal.custom.update(custom or {})

    @property
    def choices(self) -> Choices:
        return self._portal.choices

    def choose(self, choices: Choices) -> None:
        """Behave like this from now on."""
        with self._lock:
            self._portal.choose(choices)

    def set_limits(
        self, *, on: bool | None = None, daily_left: int | None = None, others_per_ten_seconds: int | None = None
    ) -> None:
        """Switch limits on or off, leave so many requests of the day, have another app use the ten-second pool too."""
        with self._lock:
            self._portal.tick()
            if on is not None:
                self._limits.on = on
            if daily_left is not None:
                self._limits.leave(daily_left, self._portal.moment)
            if others_per_ten_seconds is not None:
                self._limits.share(others_per_ten_seconds, self._portal.moment)

    def set_token(self, token: str, *, expires_at: datetime | None = None) -> None:
        """Take this token and no other from now on: every older one was rotated, or revoked."""
        with self._lock:
            self._access.token, self._access.expires_at = token, expires_at

    def records(self, object_type: str, *, archived: bool = False) -> list[Record]:
        """The records of one type, oldest first: the live ones, or the archived ones."""
        with self._lock:
            return [r for r in self._portal.store(object_type).records.values() if bool(r.archived_at) == archived]

    def associations(self, object_type: str, record_id: str) -> list[Association]:
        """What this record is linked to, among live records."""
        with self._lock:
            return self._portal.neighbours(object_type, record_id)

    def seed_contacts(self, people: Iterable[Mapping[str, str]], *, created_at: datetime | None = None) -> list[str]:
        """Put contacts into the portal as if they had always been there, search index included. Answers their ids.

        Raises EditError when HubSpot would not take one.
        """
        with self._lock:
            self._portal.tick()
            return seed(self._portal, people, created_at=created_at)

    def edit(
        self,
        action: str,
        *,
        object_type: str = "contacts",
        record_id: str = "",
        properties: Mapping[str, str] | None = None,
        other: str = "",
    ) -> dict[str, Any]:
        """Do what a person would in HubSpot's pages, without limits or faults: answers the record as JSON has it.

        Actions: `create`, `set`, `archive`, `restore`, `merge` (`other` is merged into `record_id`), `gdpr_delete`,
        `associate` and `dissociate` (`other` is `type/id`); of a property, whose name is `record_id`: `lock_property`,
        `retype_property` (`properties` has `type` and `fieldType`), `delete_property`, which answer the property.
        Raises EditError when HubSpot would refuse.
        """
        with self._lock:
            self._portal.tick()
            return edit(
                self._portal,
                action,
                object_type=object_type,
                record_id=record_id,
                properties=dict(properties or {}),
                other=other,
            )

    def export(self) -> bytes:
        """The portal's content as canonical JSON: two portals that a person could not tell apart give equal bytes."""
        with self._lock:
            return export(self._portal)

    def dump(self) -> dict[str, Any]:
        """Everything in the portal as JSON-able data, for `restore`."""
        with self._lock:
            return dump(self._portal)

    def restore(self, state: dict[str, Any]) -> None:
        """Become the portal that was dumped; everything in it is indexed for search."""
        with self._lock:
            self._portal.tick()
            restore(self._portal, state)

    def _answer(self, request: Request) -> Response:
        pool = ""
        try:
            self._access.check(request, self._portal.moment)
            if (request.method, request.path) == TOKEN_INFO:
                return self._sign(ok(self._access.told(self._portal.portal_id)), pool)
            route = find(request)
            pool = route.pool
            self._limits.spend(pool, self._portal.moment)
            self._access.check_scopes(route.scopes, route.scope_style, route.object_type, self._portal.portal_id)
            response = route.endpoint(self._portal, request)
        except Refusal as refusal:
            return self._refuse(refusal, pool)
        return self._sign(response, pool)

    def _refuse(self, refusal: Refusal, pool: str = "") -> Response:
        return self._sign(refusal.response(self._portal.correlation_id), "" if refusal.bare else pool)

    def _sign(self, response: Response, pool: str) -> Response:
        """The response with the headers that every answer carries."""
        headers = (
            ("Date", format_datetime(self._portal.moment.astimezone(UTC), usegmt=True)),
            ("X-HubSpot-Correlation-Id", self._portal.correlation_id),
            *self._limits.headers(pool),
        )
        return Response(response.status, (*response.headers, *headers), response.body)
