"""The leads of KaiCalls' twin: one for each caller who left something to go by, whatever the number of their calls."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any
from uuid import UUID

import msgspec

from connector.sandbox.history import History
from connector.sandbox.people import OWN_NUMBER, timestamp

AGENT_ID = "5a4db0c5-0000-4000-8000-00000000a001"
_FRESH = timedelta(minutes=1)
_DIGITS_MIN = 7


def lead_id_of(call: dict[str, Any]) -> str | None:
    """The id of the lead behind a call; None for colleagues, hang-ups and others who are nobody to sell to."""
    name = _identity(call)
    return None if name is None else str(UUID(bytes=blake2b(name.encode(), digest_size=16).digest(), version=4))


def is_named(call: dict[str, Any]) -> bool:
    """Whether the platform names the lead of this call although one call of five stays without."""
    return zlib.crc32(str(call.get("id")).encode()) % 5 != 0


class Leads:
    """Made from the calls that are over: the first call makes the lead, later ones fill in what it lacks."""

    def __init__(self, history: History, now: Callable[[], datetime]) -> None:
        self._history = history
        self._now = now
        self._made_at: datetime | None = None
        self._by_id: dict[str, dict[str, Any]] = {}

    def find(self, lead_id: str) -> dict[str, Any] | None:
        """The lead of this id as it is by now, give or take a minute."""
        if lead_id not in self._by_id or self._made_at is None or self._now() - self._made_at > _FRESH:
            self._make()
        return self._by_id.get(lead_id)

    def all(self) -> list[dict[str, Any]]:
        """Every lead, newest first."""
        self._make()
        return sorted(self._by_id.values(), key=lambda lead: str(lead["created_at"]), reverse=True)

    def _make(self) -> None:
        self._made_at = self._now()
        self._by_id = {}
        for raw in reversed(list(self._history.newest_first(self._made_at))):
            call = msgspec.json.decode(raw)
            lead_id = lead_id_of(call) if isinstance(call, dict) else None
            if lead_id is not None:
                lead = _lead(lead_id, call)
                known = self._by_id.get(lead_id)
                self._by_id[lead_id] = lead if known is None else _filled(known, lead)


def _identity(call: dict[str, Any]) -> str | None:
    """What makes a caller the same one again: the number, else the address, else the name."""
    given = call.get("leadData") or {}
    kind = call.get("callType")
    if kind == "staff" or call.get("callerNumber") == OWN_NUMBER or (kind == "unknown" and not given):
        return None
    return _number(call) or given.get("email") or given.get("name") or call.get("callerName")


def _number(call: dict[str, Any]) -> str | None:
    number = call.get("callerNumber")
    if not isinstance(number, str) or number.startswith("sip:") or sum(map(str.isdigit, number)) < _DIGITS_MIN:
        return None
    return number


def _lead(lead_id: str, call: dict[str, Any]) -> dict[str, Any]:
    given = call.get("leadData") or {}
    made_at = str(call.get("createdAt"))
    with suppress(ValueError):
        # While the call still goes on.
        made_at = timestamp(datetime.fromisoformat(made_at) - timedelta(seconds=2))
    return {
        "id": lead_id,
        "name": given.get("name") or call.get("callerName"),
        "phone": _number(call),
        "email": given.get("email"),
        "status": "converted" if call.get("callType") == "existing_client" else "new",
        "source": "inbound_call",
        "agent_id": AGENT_ID,
        "notes": given.get("note") or given.get("notes"),
        "score": zlib.crc32(lead_id.encode()) % 100,
        "created_at": made_at,
        "updated_at": made_at,
    }


def _filled(known: dict[str, Any], later: dict[str, Any]) -> dict[str, Any]:
    filled = {name: later[name] if value is None else value for name, value in known.items()}
    return {**filled, "updated_at": later["updated_at"]}
