"""The sandbox's invented calls, told as KrosAI tells calls: numbers, times, a transcript, and nobody's name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zlib import crc32

from connector.sandbox.history import History
from connector.sandbox.people import OWN_NUMBER, timestamp

LONGEST = timedelta(hours=2)
TRANSCRIBED_AFTER = timedelta(seconds=90)
TRANSCRIBED_LATE_AFTER = timedelta(minutes=40)
UNDER_WAY = ("initiated", "ringing", "in_progress")
_UNANSWERED = {7: "no_answer", 31: "busy", 53: "failed"}
"""Of 60 calls, those that nobody answered; the invented calls know nothing of such."""
_CAUSES = ("normal_clearing", "user_hangup", "agent_hangup")
_CAUSE_OF = {"no_answer": "no_answer", "busy": "busy", "failed": "network_error"}
_INVENTED = frozenset(
    (
        *("organizationId", "callerNumber", "callerName", "callType", "outcome", "summary", "recordingUrl", "leadData"),
        "createdAt",
    )
)
"""What the invented calls say in words of another platform."""


class TwinCalls:
    """All calls that have begun, as rows of the list and one by one."""

    def __init__(self, history: History, *, are_late: bool, have_number_ids: bool) -> None:
        self._history = history
        self._transcribed_after = TRANSCRIBED_LATE_AFTER if are_late else TRANSCRIBED_AFTER
        self._have_number_ids = have_number_ids
        self._kept: tuple[tuple[datetime, int], list[Any]] | None = None

    def rows(self, now: datetime) -> list[Any]:
        """Every element of the list, the call that was set up last first; it is made anew every ten seconds."""
        version = now.replace(second=now.second // 10 * 10, microsecond=0), self._history.version
        if self._kept is None or self._kept[0] != version:
            rows = list(self._begun(version[0]))
            rows.sort(key=lambda row: created_at(row) or datetime.max.replace(tzinfo=UTC), reverse=True)
            self._kept = version, [self._typed(row) for row in rows]
        return list(self._kept[1])

    def details(self, call_id: str, now: datetime) -> dict[str, Any] | None:
        """One call, with what the list does not have."""
        raw = self._history.find(call_id)
        row = None if raw is None else self._told(json.loads(raw), now)
        if not isinstance(row, dict):
            return None
        luck = crc32(call_id.encode())
        status = row["status"]
        is_over = status not in UNDER_WAY
        customer = {"customer_id": f"cus_{luck % 9973}"} if row["direction"] == "outbound" else {}
        more = {
            "hangup_cause": _CAUSE_OF.get(status, _CAUSES[luck % 3]) if is_over else None,
            "metadata": customer,
            "events": _events(row),
        }
        return {**more, **row}

    def events(self, call_id: str, now: datetime) -> dict[str, Any] | None:
        """The timeline of one call."""
        record = self.details(call_id, now)
        return None if record is None else {"events": record["events"]}

    def recording(self, call_id: str, now: datetime) -> dict[str, Any] | None:
        """Where the recording can be had for the next hour."""
        record = self.details(call_id, now)
        if record is None or not record.get("recording_url"):
            return None
        until = now + timedelta(hours=1)
        return {
            "recording_url": f"{record['recording_url']}?expires={int(until.timestamp())}",
            "expires_at": timestamp(until),
            "duration_seconds": record["duration"],
            "format": "mp3",
            "size_bytes": 6000 * (record["duration"] or 0),
        }

    def _begun(self, now: datetime) -> Iterator[Any]:
        for raw in self._history.newest_first(now + LONGEST):
            row = self._told(json.loads(raw), now)
            if row is not None:
                yield row

    def _typed(self, row: Any) -> Any:
        if self._have_number_ids and isinstance(row, dict) and str(row.get("id")).isdecimal():
            return {**row, "id": int(row["id"])}
        return row

    def _told(self, call: Any, now: datetime) -> Any:
        """The call in KrosAI's words; None for one that has not begun. What is no call is told as it is."""
        if not isinstance(call, dict):
            return call
        luck = crc32(str(call.get("id")).encode())
        row = _row(call, luck)
        own = {name: value for name, value in call.items() if name not in _INVENTED}
        row |= {name: value for name, value in own.items() if name not in ("duration", "transcript")}
        ended_at = _moment(call.get("createdAt"))
        if ended_at is None:
            return row
        begun_at = created_at(row)
        if ended_at > now and begun_at is not None and begun_at > now:
            return None
        if ended_at > now and "status" not in own:
            row["status"] = "in_progress"
        if row["status"] in UNDER_WAY:
            row |= {"completed_at": None, "duration": None, "transcript": None, "recording_url": None}
        elif now - ended_at < self._transcribed_after:
            row |= {"transcript": None}
        return row


def created_at(row: Any) -> datetime | None:
    """When the call was set up, if it says so."""
    return _moment(row.get("created_at")) if isinstance(row, dict) else None


def _row(call: dict[str, Any], luck: int) -> dict[str, Any]:
    is_outbound = call.get("direction", "outbound" if luck % 6 == 0 else "inbound") == "outbound"
    status = call.get("status", _UNANSWERED.get(luck // 7 % 60, "completed"))
    is_unanswered = status in _UNANSWERED.values()
    theirs, ours = call.get("callerNumber"), OWN_NUMBER
    times = _times(call, ring=timedelta(seconds=4 + luck % 14), is_answered=not is_unanswered)
    told = call.get("transcript")
    if isinstance(told, str):
        told = told.replace("Assistant:", "[Agent]:").replace("Caller:", "[Caller]:")
    row = {
        "id": call.get("id"),
        "from_number": ours if is_outbound else theirs,
        "to_number": theirs if is_outbound else ours,
        "direction": "outbound" if is_outbound else "inbound",
        "status": status,
        "duration": call.get("duration"),
        "cost_cents": luck % 40,
        "endpoint_id": "ep_reception",
        "phone_number_id": "pn_main",
        "recording_url": f"https://storage.krosai.com/recordings/{call.get('id')}.mp3",
        "transcript": told,
        **times,
    }
    if is_unanswered:
        row |= {"duration": 0, "transcript": None, "recording_url": None}
    return row


def _times(call: dict[str, Any], *, ring: timedelta, is_answered: bool) -> dict[str, Any]:
    ended_at, seconds = _moment(call.get("createdAt")), call.get("duration") or 0
    if ended_at is None or not isinstance(seconds, int | float):
        return {"created_at": call.get("createdAt"), "answered_at": None, "completed_at": call.get("createdAt")}
    answered_at = ended_at - timedelta(seconds=seconds)
    return {
        "created_at": timestamp(answered_at - ring),
        "answered_at": timestamp(answered_at) if is_answered else None,
        "completed_at": timestamp(ended_at),
    }


def _events(row: dict[str, Any]) -> list[dict[str, Any]]:
    names = {"created_at": "call.initiated", "answered_at": "call.answered", "completed_at": "call.completed"}
    return [{"event": name, "timestamp": row[field]} for field, name in names.items() if row.get(field)]


def _moment(value: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
