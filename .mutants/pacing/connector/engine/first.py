"""What a run makes sure of before its first window is carried."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from connector.errors import FatalError
from connector.model import KEY, Call, Portal
from connector.ports import Crm, Ledger

KEYS_SAMPLED = 100
"""Calls looked up by key to tell whether a ledger is new or was lost: one batch."""


def require_same_portal(ledger: Ledger, connection: str, portal: Portal) -> None:
    """Pin the portal at the first run. Raises FatalError (E121) when the token opens another one later."""
    if ledger.pin(connection, portal_id=portal.id).portal_id != portal.id:
        raise FatalError(
            "E121",
            "the token belongs to another HubSpot portal than the one this connection was first run with",
            where="CONNECTOR_HUBSPOT_TOKEN",
        )


def reads_keys_first(ledger: Ledger, crm: Crm, connection: str, first: Sequence[Call], *, now: datetime) -> bool:
    """Whether calls that the ledger does not know may be in the CRM; asked once, before the first window that a
    ledger ever carries."""
    fact = f"keys-first:{connection}"
    remembered = ledger.recall(fact, now=now, age_seconds_max=None)
    if remembered is None:
        remembered = b"yes" if _finds_keys(crm, first) else b"no"
        ledger.remember(fact, remembered, now=now)
    return remembered == b"yes"


def _finds_keys(crm: Crm, first: Sequence[Call]) -> bool:
    # The search that `holds_keys` is lags behind writes of seconds ago; reading by key does not.
    sample = [str(call.key) for call in first[:: -(-len(first) // KEYS_SAMPLED)]]
    return bool(crm.read("calls", "key", sample, [KEY])) or crm.holds_keys()
