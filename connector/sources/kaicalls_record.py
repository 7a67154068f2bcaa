"""KaiCalls' record of a call, with what was joined to it (https://www.kaicalls.com/docs/api, read in 2026).

Whether `created_at` is the start or the end is not documented; leads are made while the call that brings them goes on,
after its `created_at`, so it is taken for the start.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from connector.model import BadCall, Call, CallKey
from connector.sources.reading import (
    is_storable,
    read_id,
    read_seconds,
    read_text,
    read_time,
    read_word,
    unreadable_id,
)

NAME = "kaicalls"
DEFAULT_ACCOUNT = "default"
GUESSED_LEAD = "guessed_lead"
"""Where a lead stands that the platform did not name for the call."""
_ACTIVE = frozenset(("queued", "ringing", "in-progress", "in_progress", "started"))
"""The statuses of a call that is not over; every other is final. The platform's full list is not published."""
_STATUSES = {
    "busy": "BUSY",
    "failed": "FAILED",
    "canceled": "CANCELED",
    "cancelled": "CANCELED",
    "no-answer": "NO_ANSWER",
    "no_answer": "NO_ANSWER",
    "missed": "NO_ANSWER",
}
"""Only `completed` and `ended` were seen; these are the words of the telephony behind it."""


def read_payload(payload: Mapping[str, Any], *, account: str | None, fallback: str = DEFAULT_ACCOUNT) -> Call | BadCall:
    """One record as a finished call, with what was joined to it under `lead`, `guessed_lead` and `agent`.

    It belongs to `account` if one is configured, else to its own business.
    """
    record = payload if isinstance(payload, dict) else dict(payload)
    call_id = read_id(record.get("id"))
    owner = account or read_id(record.get("business_id")) or fallback
    if call_id is None:
        stand_in = unreadable_id(repr(record).encode(errors="replace"))
        return BadCall(key=CallKey(NAME, owner, stand_in), code="E321", message="the call has no id")
    key = CallKey(NAME, owner, call_id)
    started_at = read_time(record.get("created_at"))
    if started_at is None:
        return BadCall(key=key, code="E322", message="created_at is no time that can be read")
    seconds = read_seconds(record.get("duration"))
    if seconds is None:
        return BadCall(key=key, code="E322", message="duration is no number")
    if not is_storable(record):
        return BadCall(key=key, code="E320", message="the record holds a number out of range, or is nested too deeply")
    agent, lead = _object(record, "agent"), _object(record, "lead")
    return Call(
        key=key,
        started_at=started_at,
        ended_at=started_at + timedelta(seconds=seconds),
        duration_seconds=seconds,
        direction="OUTBOUND" if _word(record, "direction") == "outbound" else "INBOUND",
        status=_STATUSES.get(_word(record, "status"), "COMPLETED"),
        agent_number=read_text(agent.get("phone_number")),
        agent_name=read_text(record.get("agent_name")) or read_text(agent.get("name")),
        summary=read_text(record.get("summary")),
        transcript=read_text(record.get("transcript")),
        recording_url=read_text(record.get("recording_url")),
        person_id=read_id(lead.get("id")),
        is_caller_guessed=not lead and bool(_object(record, GUESSED_LEAD)),
        payload=record,
    )


def is_over(record: Mapping[str, Any]) -> bool:
    """Whether the platform does not say of this call that it still goes on."""
    return _word(record, "status") not in _ACTIVE


def _object(record: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = record.get(name)
    return value if isinstance(value, dict) else {}


def _word(record: Mapping[str, Any], name: str) -> str:
    return (read_word(record.get(name)) or "").lower()
