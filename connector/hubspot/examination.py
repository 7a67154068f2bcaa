"""What a portal and a token say of themselves when they are asked one thing at a time; everything here only reads."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import msgspec
from msgspec import Struct

from connector.hubspot.answers import Account, Page, TokenInfo, decode
from connector.hubspot.client import HubSpotClient
from connector.hubspot.errors import expect
from connector.hubspot.portal import PortalFacts
from connector.hubspot.survey import survey
from connector.model import Owner, Property
from connector.reports import PortalSchema


class Quota(Struct, frozen=True, kw_only=True):
    """Requests: of ten seconds and of the day, allowed and left; None where HubSpot does not say."""

    interval_max: int | None = None
    interval_remaining: int | None = None
    day_max: int | None = None
    day_remaining: int | None = None


class Vitals(Struct, frozen=True, kw_only=True):
    """The account behind a token, and what came along with the answer."""

    portal_id: str
    account_type: str = ""
    """`STANDARD`, `DEVELOPER_TEST`, `SANDBOX`, …"""
    time_zone: str = ""
    ui_domain: str = ""
    answered_at: datetime | None = None
    """HubSpot's clock, to the second."""
    quota: Quota = Quota()


class Examination:
    """One portal, asked anew whatever is remembered. Each method is one question and raises as the port `Crm` says."""

    def __init__(self, client: HubSpotClient, facts: PortalFacts) -> None:
        self._client = client
        self._facts = facts

    def vitals(self) -> Vitals:
        """The account's details, which every valid token may read."""
        answer = self._client.account()
        account = expect(answer, Account, "reading the account's details")
        return Vitals(
            portal_id=str(account.portal_id),
            account_type=account.account_type or "",
            time_zone=account.time_zone or "",
            ui_domain=account.ui_domain or "",
            answered_at=_date(answer.headers),
            quota=_quota(answer.headers),
        )

    def scopes(self) -> frozenset[str] | None:
        """The token's scopes; None where HubSpot does not tell, as it may for some kinds of token."""
        answer = self._client.token_info()
        if answer.status != HTTPStatus.OK:
            return None
        try:
            return frozenset(decode(answer.body, TokenInfo).scopes) or None
        except msgspec.DecodeError:
            return None

    def require_readable(self, object_type: str) -> None:
        """Raise AccessError (E202) unless the token may read records of this type. Asks for the cheapest page."""
        answer = self._client.first_page(object_type, [], archived=False, limit=1)
        expect(answer, Page, f"reading {object_type}")

    def properties(self, object_type: str) -> dict[str, Property]:
        return self._facts.properties(object_type, fresh=True)

    def owners(self) -> tuple[Owner, ...]:
        """The owners that are active now."""
        return self._facts.owners(fresh=True)

    def survey(self, object_types: Collection[str]) -> PortalSchema:
        """What a mapping with records of these types is checked against, as `HubSpotCrm.survey`."""
        return survey(self._client, self._facts, object_types)

    def keyless(self) -> frozenset[str]:
        """The object types on which HubSpot refused even a plain property for our key when `setup` last tried."""
        return self._facts.keyless()


def _quota(headers: Mapping[str, str]) -> Quota:
    return Quota(
        interval_max=_count(headers, "max"),
        interval_remaining=_count(headers, "remaining"),
        day_max=_count(headers, "daily"),
        day_remaining=_count(headers, "daily-remaining"),
    )


def _count(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(f"x-hubspot-ratelimit-{name}", "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _date(headers: Mapping[str, str]) -> datetime | None:
    try:
        at = parsedate_to_datetime(headers.get("date", ""))
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
