"""The sandbox's invented calls, told as Klen AI tells calls: in the list, in details, and as contacts of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zlib import crc32

from connector.sandbox.history import History
from connector.sandbox.people import OWN_NUMBER, timestamp
from connector.sandbox.phrases import FIRM

LONGEST = timedelta(hours=2)
AGENT = {
    "id": 456,
    "assistant_id": "assistant_5a4db0c5",
    "name": f"{FIRM} reception",
    "role": "receptionist",
    "phone_number": OWN_NUMBER,
    "can_make_calls": True,
    "team_id": 101,
}
TEAM = {"id": 101, "name": f"{FIRM} office"}

LATE = {"transcript": timedelta(minutes=6), "summary": timedelta(minutes=8), "recording_url": timedelta(minutes=20)}
"""How long after the end each comes, where they come late; in the order in which the webhooks announce them."""

_INVENTED = frozenset(
    (
        *("id", "organizationId", "callerNumber", "callerName", "callType", "outcome", "duration", "summary"),
        *("transcript", "recordingUrl", "leadData", "createdAt"),
    )
)
"""What the invented calls say in words of another platform."""
_STAGES = {"lead_captured": "qualified_lead", "callback_scheduled": "follow_up", "message_taken": "contacted"}


class TwinCalls:
    """All calls that have begun, as rows of the list and one by one."""

    def __init__(
        self,
        history: History,
        *,
        are_late: bool = False,
        have_number_ids: bool = False,
        lack_times: bool = False,
        lack_contacts: bool = False,
    ) -> None:
        self._history = history
        self._are_late = are_late
        self._have_number_ids = have_number_ids
        self._lack_times = lack_times
        self._lack_contacts = lack_contacts
        self._kept: tuple[tuple[datetime, int], list[Any]] | None = None
        self._by_number: dict[str, str] = {}
        self._contacts: dict[str, dict[str, Any]] = {}

    def rows(self, now: datetime) -> list[Any]:
        """Every element of the list, the call that began last first."""
        version = now.replace(microsecond=0), self._history.version
        if self._kept is None or self._kept[0] != version:
            rows = [(_began_at(call), row) for call in self._calls(now) if (row := self._row(call, now)) is not None]
            rows.sort(key=lambda each: each[0] or datetime.max.replace(tzinfo=UTC), reverse=True)
            self._kept = version, [row for _, row in rows]
        return list(self._kept[1])

    def details(self, call_id: str, now: datetime) -> dict[str, Any] | None:
        """One call by its id or by its number in the database, with what the list does not have."""
        raw = self._history.find(self._by_number.get(call_id, call_id))
        call = None if raw is None else json.loads(raw)
        told = self._told(call, now) if isinstance(call, dict) else None
        if call is None or told is None:
            return None
        contact = self._contact(call)
        if contact is not None:
            contact |= {"status": "contacted", "stage": _STAGES.get(call.get("outcome"), "new")}
        record = {
            "id": number_of(call["id"]),
            "agent": {name: AGENT[name] for name in ("id", "name", "assistant_id")},
            "call_id": call["id"],
            **told,
            "contact": contact,
            "team": TEAM,
            "billing": {"status": "billed", "initial_charge": 0.5, "final_charge": 1.25, "total_charge": 1.25},
        }
        return {**record, **self._as_far_as_come(call, now, "transcript", record)}

    def contact(self, contact_id: str) -> dict[str, Any] | None:
        """Somebody whom an answer named, with all their numbers."""
        return self._contacts.get(contact_id)

    def _calls(self, now: datetime) -> Iterator[Any]:
        return (json.loads(raw) for raw in self._history.newest_first(now + LONGEST))

    def _row(self, call: Any, now: datetime) -> Any:
        """A row of the list; None for a call that has not begun. What is no call is told as it is."""
        if not isinstance(call, dict):
            return call
        told = self._told(call, now)
        if told is None:
            return None
        call_id = call.get("id")
        if isinstance(call_id, str):
            self._by_number[str(number_of(call_id))] = call_id
            if self._have_number_ids and crc32(call_id.encode()) % 40 == 3:
                call_id = number_of(call_id)
        brief = told["summary"].partition(". ")[0] if isinstance(told["summary"], str) else None
        return {
            "id": call_id,
            "agent_id": AGENT["assistant_id"],
            "agent_name": AGENT["name"],
            **told,
            "summary": brief,
            "contact": self._contact(call),
        }

    def _told(self, call: dict[str, Any], now: datetime) -> dict[str, Any] | None:
        """What the list and the details have in common."""
        luck = crc32(str(call.get("id")).encode())
        began_at, ended_at = _began_at(call), _moment(call.get("createdAt"))
        if began_at is not None and began_at > now:
            return None
        own = {name: value for name, value in call.items() if name not in _INVENTED}
        told = {
            "status": "completed",
            "type": "outbound" if luck % 6 == 0 else "inbound",
            "phone_number": call.get("callerNumber"),
            "started_at": None if began_at is None else timestamp(began_at),
            "ended_at": call.get("createdAt"),
            "duration_seconds": call.get("duration"),
            "summary": call.get("summary"),
            "recording_url": (call.get("recordingUrl") or "").partition("?")[0] or None,
            **own,
        }
        if ended_at is not None and ended_at > now and "status" not in own:
            told["status"] = "in-progress"
        if told["status"] == "in-progress":
            return {**told, **dict.fromkeys(("ended_at", "duration_seconds", "summary", "recording_url"))}
        if luck // 6 % 50 == 7:
            return self._failed(told, luck)
        return {
            **told,
            **{name: self._as_far_as_come(call, now, name, told)[name] for name in ("summary", "recording_url")},
        }

    def _failed(self, told: dict[str, Any], luck: int) -> dict[str, Any]:
        """A call that nobody answered; some of these lack their times."""
        nothing = {"ended_at": told["started_at"], "duration_seconds": 0, "summary": None, "recording_url": None}
        failed = {**told, "status": "failed", **nothing}
        lacking = (("started_at",), ("ended_at",), ("started_at", "ended_at"))[luck // 300 % 3]
        return failed | dict.fromkeys(lacking) if self._lack_times else failed

    def _as_far_as_come(self, call: dict[str, Any], now: datetime, name: str, told: dict[str, Any]) -> dict[str, Any]:
        """What the platform adds after the end, once it is there."""
        ended_at = _moment(call.get("createdAt"))
        is_there = told["status"] == "completed" and not (
            self._are_late and ended_at is not None and now < ended_at + LATE[name]
        )
        value = told.get(name)
        if name == "transcript":
            value = call.get("transcript")
            value = value.replace("Assistant:", "Agent:").replace("Caller:", "Customer:") if value else None
        return {name: value if is_there else None}

    def _contact(self, call: dict[str, Any]) -> dict[str, Any] | None:
        """Whom the call belongs to, None for somebody who said no name and no address."""
        said = call.get("leadData")
        lead: dict[str, Any] = said if isinstance(said, dict) else {}
        name = lead.get("name") or call.get("callerName")
        number = call.get("callerNumber")
        if not (name or lead.get("email")):
            return None
        if self._lack_contacts and crc32(str(call.get("id")).encode()) % 9 == 4:
            return None
        contact_id = crc32(f"{number} {name}".encode())
        words = str(name or "").split()
        self._contacts[str(contact_id)] = {
            "id": contact_id,
            "first_name": words[0] if words else None,
            "last_name": " ".join(words[1:]) or None,
            "full_name": name,
            "email": lead.get("email"),
            "company": lead.get("company"),
            "phone": number,
            "tags": ["phone"],
            "phone_numbers": [
                {"phone_number": number, "phone_type": "mobile", "primary": True, "do_not_call": contact_id % 5 == 0}
            ],
        }
        return {"id": contact_id, "name": name, "email": lead.get("email"), "company": lead.get("company")}


def number_of(call_id: str) -> int:
    """The call's number in the database, which is no id."""
    return 10_000_000 + crc32(call_id.encode())


def _began_at(call: Any) -> datetime | None:
    if not isinstance(call, dict):
        return None
    ended_at, seconds = _moment(call.get("createdAt")), call.get("duration") or 0
    if ended_at is None or not isinstance(seconds, int | float):
        return ended_at
    return ended_at - timedelta(seconds=seconds)


def _moment(value: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
