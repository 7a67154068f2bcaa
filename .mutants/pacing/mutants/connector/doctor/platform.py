"""The voice platform: does it take the key, and is it the account that the ledger knows?"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from connector.doctor.reading import Unread, fine, told, unchecked
from connector.errors import ConnectorError, FatalError, InputError
from connector.model import Call, SourceProfile
from connector.ports import Counted, Source
from connector.reports import Diagnosis

CHECK = "key"
CALLS_LOOKED_AT_MAX = 20
"""Unreadable calls may stand before the first one that tells whose it is."""
LOOK_BACK = timedelta(days=30)
"""Far enough for a call or two, where a platform can be asked for recent ones only."""


class PlatformSeen(Struct, frozen=True, kw_only=True):
    """What the key opens: whose it is and how many calls it counts as far as it says, and the first of its list."""

    profile: SourceProfile
    call_count: int | None = None
    account: str | None = None
    """The account in the calls themselves, None when there are none."""
    newest_at: datetime | None = None


def look(source: Source, now: datetime) -> PlatformSeen:
    """A few small requests: whose key it is, its calls' number, and their list as far as the first one.

    Raises as `Source` does, but for a number that cannot be had.
    """
    profile = source.profile()
    first = _first_call(source, now)
    return PlatformSeen(
        profile=profile,
        call_count=_call_count(source),
        account=first.key.account if first else None,
        newest_at=first.ended_at if first else None,
    )


def _first_call(source: Source, now: datetime) -> Call | None:
    calls = source.calls(since=now - LOOK_BACK)
    try:
        looked_at = zip(range(CALLS_LOOKED_AT_MAX), calls, strict=False)
        return next((call for _, call in looked_at if isinstance(call, Call)), None)
    finally:
        close = getattr(calls, "close", None)
        if close is not None:
            close()


def _call_count(source: Source) -> int | None:
    if not isinstance(source, Counted):
        return None
    try:
        return source.call_count()
    except ConnectorError:
        return None


def check_key(
    seen: PlatformSeen | ConnectorError,
    *,
    configured: str | None,
    pinned: str | Unread | None,
    remembered: int | None = None,
) -> list[Diagnosis]:
    """`configured` is CONNECTOR_SOURCE_ACCOUNT; `pinned` the account that the ledger's calls carry, if any.

    `remembered` is how many calls the ledger knows, None where that cannot be told.
    """
    if isinstance(seen, ConnectorError):
        return [told(CHECK, seen)]
    shown = seen.profile.name or seen.account or seen.profile.account
    whose = f"the platform takes the key ({shown})" if shown else "the platform takes the key"
    newest = f"newest call {seen.newest_at:%Y-%m-%d %H:%M} UTC" if seen.newest_at else "no calls yet"
    counted = _counted(seen.call_count, remembered) if seen.call_count else ""
    return [fine(CHECK, f"{whose}, {counted}{newest}"), *_accounts(seen.account, configured, pinned)]


def _counted(count: int, remembered: int | None) -> str:
    """The platform's number beside the ledger's. They may well differ: `backfill` carries what is older than a ledger,
    platforms forget calls that the ledger does not, and not every platform says since when it counts."""
    beside = f" ({remembered:,} in the ledger)" if remembered else ""
    return f"it counts {count:,} call{'s' if count > 1 else ''}{beside}, "


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
