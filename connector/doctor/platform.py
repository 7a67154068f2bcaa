"""The voice platform: does it take the key, and is it the account that the ledger knows?"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from connector.doctor.reading import Unread, fine, told, unchecked
from connector.errors import ConnectorError, FatalError, InputError
from connector.model import Call, SourceProfile
from connector.ports import Source
from connector.reports import Diagnosis

CHECK = "key"
CALLS_LOOKED_AT_MAX = 20
"""Unreadable calls may stand before the first one that tells whose it is."""
LOOK_BACK = timedelta(days=30)
"""Far enough for a call or two, where a platform can be asked for recent ones only."""


class PlatformSeen(Struct, frozen=True, kw_only=True):
    """What the key opens: whose it is as far as the platform says, and the first call of its list."""

    profile: SourceProfile
    account: str | None = None
    """The account in the calls themselves, None when there are none."""
    newest_at: datetime | None = None


def look(source: Source, now: datetime) -> PlatformSeen:
    """Two small requests: whose key it is, and the list of calls as far as its first call. Raises as `Source` does."""
    profile = source.profile()
    calls = source.calls(since=now - LOOK_BACK)
    try:
        for _, call in zip(range(CALLS_LOOKED_AT_MAX), calls, strict=False):
            if isinstance(call, Call):
                return PlatformSeen(profile=profile, account=call.key.account, newest_at=call.ended_at)
    finally:
        close = getattr(calls, "close", None)
        if close is not None:
            close()
    return PlatformSeen(profile=profile)


def check_key(
    seen: PlatformSeen | ConnectorError, *, configured: str | None, pinned: str | Unread | None
) -> list[Diagnosis]:
    """`configured` is CONNECTOR_SOURCE_ACCOUNT; `pinned` the account that the ledger's calls carry, if any."""
    if isinstance(seen, ConnectorError):
        return [told(CHECK, seen)]
    shown = seen.profile.name or seen.account or seen.profile.account
    whose = f"the platform takes the key ({shown})" if shown else "the platform takes the key"
    newest = f"newest call {seen.newest_at:%Y-%m-%d %H:%M} UTC" if seen.newest_at else "no calls yet"
    count = seen.profile.call_count
    counted = f"{count:,} call{'s' if count > 1 else ''}, " if count else ""
    return [fine(CHECK, f"{whose}, {counted}{newest}"), *_accounts(seen.account, configured, pinned)]


def _accounts(seen: str | None, configured: str | None, pinned: str | Unread | None) -> list[Diagnosis]:
    if isinstance(pinned, Unread):
        return [unchecked(CHECK, f"whether the ledger's calls are of this account: {pinned.reason}")]
    account = configured or seen
    diagnoses = []
    if account and pinned and account != pinned:
        message = f"the ledger's calls are of the account {pinned}, those of this key would be of {account}"
        diagnoses.append(told(CHECK, FatalError("E120", message, where="CONNECTOR_SOURCE_ACCOUNT")))
    if configured and seen and configured != seen:
        message = f"the platform's calls name the account {seen}, CONNECTOR_SOURCE_ACCOUNT says {configured}"
        diagnoses.append(told(CHECK, InputError("W340", message, where="CONNECTOR_SOURCE_ACCOUNT")))
    return diagnoses
