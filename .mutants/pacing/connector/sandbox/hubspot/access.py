"""The key and its scopes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from msgspec import Struct

from connector.sandbox.hubspot.answers import Refusal
from connector.sandbox.hubspot.kinds import KINDS
from connector.sandbox.wire import Request

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
SECONDS_PER_DAY = 86_400
SCOPES_URL = "https://developers.hubspot.com/scopes"


ALL_SCOPES: Final = tuple(
    sorted(
        {
            "oauth",
            "crm.objects.owners.read",
            *(scope for kind in KINDS.values() for scope in kind.scopes),
            *(f"crm.schemas.{name}.{access}" for name in ("contacts", "calls") for access in ("read", "write")),
        }
    )
)


class Access(Struct, kw_only=True):
    """Whether a request may come in: the one token, until when it is good, and what it may do (None: all)."""

    token: str
    scopes: Collection[str] | None = None
    expires_at: datetime | None = None

    def check(self, request: Request, now: datetime) -> None:
        """Raise the 401 that HubSpot sends for a missing, an expired or an unknown token."""
        given = request.header("authorization")
        if not given.startswith("Bearer "):
            raise _unauthorized(
                "INVALID_AUTHENTICATION",
                "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find "
                "more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview",
            )
        if given.removeprefix("Bearer ") != self.token:
            # HubSpot reads a token that it does not know as one that expired at the beginning of time.
            raise expired(EPOCH, now)
        if self.expires_at is not None and now >= self.expires_at:
            raise expired(self.expires_at, now)

    def told(self, portal_id: int) -> dict[str, object]:
        """What HubSpot says of the token to who asks it."""
        scopes = ALL_SCOPES if self.scopes is None else tuple(sorted(self.scopes))
        return {"userId": 5101, "hubId": portal_id, "appId": 9001, "scopes": list(scopes)}

    def check_scopes(self, any_of: Collection[str], style: str, object_type: str, portal_id: int) -> None:
        """Raise a 403 when none of these scopes is granted; a property's own has the bare shape."""
        if self.scopes is None or not any_of or not set(any_of).isdisjoint(self.scopes):
            return
        if style == "properties":
            kind = KINDS[object_type]
            raise Refusal(
                HTTPStatus.FORBIDDEN,
                f"You do not have permissions to view object type ObjectTypeId{{legacyObjectType={kind.legacy}}} "
                f"in portal {portal_id} (requires one of [{', '.join(sorted(any_of))}])",
                bare=True,
            )
        raise Refusal(
            HTTPStatus.FORBIDDEN,
            "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: "
            + SCOPES_URL,
            category="MISSING_SCOPES",
            errors=[
                {
                    "message": "One or more of the following scopes are required.",
                    "context": {"requiredGranularScopes": sorted(any_of)},
                }
            ],
            more={"links": {"scopes": SCOPES_URL}},
            bare=True,
        )


def _unauthorized(category: str, message: str, context: dict[str, list[str]] | None = None) -> Refusal:
    return Refusal(HTTPStatus.UNAUTHORIZED, message, category=category, context=context, bare=True)


def expired(at: datetime, now: datetime) -> Refusal:
    """The 401 for a token that expired at this moment."""
    seconds = int((now - at).total_seconds())
    ago = f"{seconds // SECONDS_PER_DAY} day(s)" if seconds >= SECONDS_PER_DAY else f"{seconds} second(s)"
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"
    if at == EPOCH:
        moment = "1970-01-01T00:00:00Z"
    return _unauthorized(
        "EXPIRED_AUTHENTICATION",
        f"The OAuth token used to make this call expired {ago} ago.",
        {"expire time": [moment]},
    )
