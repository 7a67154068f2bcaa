"""The token: whose portal it opens, and what it may do there."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from connector.doctor.reading import Unread, fine, told, unchecked
from connector.errors import AccessError, ConnectorError, FatalError, TransientError
from connector.hubspot.examination import Vitals
from connector.reports import Diagnosis

TOKEN = "token"  # noqa: S105 - the name of a check
SCOPES = "scopes"

REFUSED = "E201"

_READ_SCOPES = {"deals": "crm.objects.deals", "companies": "crm.objects.companies", "leads": "crm.objects.leads"}


def check_token(vitals: Vitals | ConnectorError, *, pinned: str | Unread | None) -> list[Diagnosis]:
    """`pinned` is the portal that the ledger's record ids belong to, if any."""
    if isinstance(vitals, ConnectorError):
        return [told(TOKEN, vitals)]
    details = ", ".join(part for part in (vitals.account_type, vitals.time_zone, vitals.ui_domain) if part)
    diagnoses = [fine(TOKEN, f"opens portal {vitals.portal_id}" + (f" ({details})" if details else ""))]
    if isinstance(pinned, Unread):
        diagnoses.append(unchecked(TOKEN, f"whether the ledger belongs to this portal: {pinned.reason}"))
    elif pinned and pinned != vitals.portal_id:
        message = f"the ledger belongs to portal {pinned}, the token opens {vitals.portal_id}"
        diagnoses.append(told(TOKEN, FatalError("E121", message, where="CONNECTOR_HUBSPOT_TOKEN")))
    return diagnoses


def hides_the_rest(vitals: Vitals | ConnectorError) -> str:
    """Why nothing more need be asked of HubSpot; empty when asking may help: a 403 or 404 tells of one address only."""
    if isinstance(vitals, TransientError):
        return f"HubSpot is not available ({vitals.code})"
    if isinstance(vitals, ConnectorError) and vitals.code == REFUSED:
        return f"HubSpot does not accept the token ({vitals.code})"
    return ""


def check_scopes(
    probes: Mapping[str, ConnectorError | None] | Unread,
    granted: frozenset[str] | Unread | None,
    *,
    needs_setup: bool,
) -> list[Diagnosis]:
    """`probes` is what came of reading each object type, and the owners; `granted` what HubSpot says of the token.

    Reading is proved by reading. Writing cannot be proved without a write, so there HubSpot's word is taken, or none.
    """
    if isinstance(probes, Unread):
        return [unchecked(SCOPES, probes.reason)]
    refused = [told(SCOPES, error) for error in probes.values() if error is not None]
    readable = [name for name, error in probes.items() if error is None]
    said = [fine(SCOPES, f"may read {', '.join(readable)}")] if readable else []
    return [*said, *refused, *_writing(probes, granted, needs_setup=needs_setup)]


def _writing(probed: Collection[str], granted: frozenset[str] | Unread | None, *, needs_setup: bool) -> list[Diagnosis]:
    if granted is None:
        return [unchecked(SCOPES, "whether it may write, which HubSpot does not tell of this token")]
    if isinstance(granted, Unread):
        return [unchecked(SCOPES, f"whether it may write: {granted.reason}")]
    wanted = write_scopes(probed, needs_setup=needs_setup)
    lacking = [scope for scope in wanted if scope not in granted]
    if not lacking:
        return [fine(SCOPES, f"may write: {', '.join(wanted)}")]
    where = "HubSpot: Development, Keys, Service keys"
    return [told(SCOPES, AccessError("E202", f"the token lacks the scope {scope}", where=where)) for scope in lacking]


def write_scopes(object_types: Collection[str], *, needs_setup: bool) -> tuple[str, ...]:
    """What a token needs to write these, and to create properties where `setup` is still to run.

    Calls, notes and tasks go with contacts (HubSpot's specifications, 2026). Which scope creates a property of calls
    is not settled there, so that none is asked for.
    """
    scopes = {"crm.objects.contacts.write"}
    scopes |= {f"{_READ_SCOPES[name]}.write" for name in object_types if name in _READ_SCOPES}
    scopes |= {"tickets"} if "tickets" in object_types else set()
    scopes |= {"crm.schemas.contacts.write"} if needs_setup else set()
    return tuple(sorted(scopes))
