"""One call as KrosAI tells it: `GET /calls` and `GET /calls/{id}` (https://docs.krosai.com/voice/call-logs, 2026).

There is no name, e-mail address or summary. The recording's address dies an hour after it was given, so that it is no
part of the call: `KrosAi.recording` asks for a fresh one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from connector.model import BadCall, Call, CallKey, OngoingCall
from connector.sources.reading import (
    is_storable,
    read_id,
    read_seconds,
    read_text,
    read_time,
    read_word,
    unreadable_id,
)

NAME = "krosai"
DEFAULT_ACCOUNT = "default"

UNDER_WAY = frozenset(("initiated", "ringing", "in_progress"))
ENDS = {"completed": "COMPLETED", "failed": "FAILED", "busy": "BUSY", "no_answer": "NO_ANSWER"}
"""The platform's words for how a call ended → HubSpot's; whatever is neither here nor under way counts as over."""

ONLY_BY_ID = ("hangup_cause", "metadata")
"""What the details of a call have and its row in the list may lack."""
_NEVER_KEPT = ("events", "recording_url")


def read_call(
    record: Mapping[str, Any], *, account: str, wants: Collection[str], is_row: bool
) -> Call | BadCall | OngoingCall:
    """One record as a call of this account, without the details that nobody reads.

    `is_row` says that it stood in the list: if it lacks details that are wanted it is partial.
    """
    call_id = read_id(record.get("id"))
    if call_id is None:
        stand_in = unreadable_id(repr(record).encode(errors="replace"))
        return BadCall(key=CallKey(NAME, account, stand_in), code="E321", message="the call has no id")
    key = CallKey(NAME, account, call_id)
    if not is_storable(record):
        return BadCall(key=key, code="E320", message="the record holds a number out of range, or is nested too deeply")
    times = _times(record)
    if isinstance(times, str):
        return BadCall(key=key, code="E322", message=times)
    if isinstance(times, datetime):
        return OngoingCall(key=key, started_at=times)
    ended_at, seconds = times
    wanted = [name for name in ONLY_BY_ID if name in wants]
    is_outbound = (read_word(record.get("direction")) or "").lower() == "outbound"
    return Call(
        key=key,
        # What rang before somebody answered is no part of the duration.
        started_at=ended_at - timedelta(seconds=seconds),
        ended_at=ended_at,
        duration_seconds=seconds,
        direction="OUTBOUND" if is_outbound else "INBOUND",
        status=ENDS.get(status_of(record), "COMPLETED"),
        agent_number=read_text(record.get("from_number" if is_outbound else "to_number")),
        transcript=read_text(record.get("transcript")),
        outcome=read_word(record.get("status")),
        payload=_kept(record, wanted),
        is_partial=is_row and any(name not in record for name in wanted),
    )


def read_payload(payload: Mapping[str, Any], *, account: str | None) -> Call | BadCall:
    """A whole record as a call, for who has one at hand. A call that is not over is told as a BadCall (E332)."""
    found = read_call(payload, account=account or owner(payload) or DEFAULT_ACCOUNT, wants=ONLY_BY_ID, is_row=False)
    if isinstance(found, OngoingCall):
        return BadCall(key=found.key, code="E332", message="the call is not over yet")
    return found


def owner(record: Mapping[str, Any]) -> str | None:
    """The organization that a record names; the documents show none, so that most will not."""
    return read_id(record.get("organization_id"))


def created(record: Any) -> datetime | None:
    """When the call was set up, which is what the list is ordered by if by anything."""
    return read_time(record.get("created_at")) if isinstance(record, dict) else None


def status_of(record: Mapping[str, Any]) -> str:
    """The platform's word for how the call stands, as its documents spell it."""
    return (read_word(record.get("status")) or "").lower().replace("-", "_")


def _times(record: Mapping[str, Any]) -> tuple[datetime, int] | datetime | str:
    """The end and the length of a call, when one was set up that is not over, or what is wrong with its times."""
    created_at, ended_at = created(record), _completed(record)
    if created_at is not None and ended_at is None and status_of(record) in UNDER_WAY:
        return created_at
    seconds = _seconds(record, ended_at)
    if seconds is None:
        return "duration is no number"
    if ended_at is not None:
        return ended_at, seconds
    if created_at is not None:
        return created_at + timedelta(seconds=seconds), seconds
    return "neither created_at nor completed_at is a time that can be read"


def _completed(record: Mapping[str, Any]) -> datetime | None:
    """When the call was over; None where that is not said, or is said to be before it was set up."""
    created_at, completed_at = created(record), read_time(record.get("completed_at"))
    is_before = created_at is not None and completed_at is not None and completed_at < created_at
    return None if is_before else completed_at


def _seconds(record: Mapping[str, Any], completed_at: datetime | None) -> int | None:
    """How long was spoken."""
    answered_at = read_time(record.get("answered_at"))
    if record.get("duration") is None and answered_at is not None and completed_at is not None:
        return read_seconds((completed_at - answered_at).total_seconds())
    return read_seconds(record.get("duration"))


def _kept(record: Mapping[str, Any], wanted: Collection[str]) -> dict[str, Any]:
    """The record without what dies, and without the details that nobody reads: row and details then are the same."""
    dropped = {*_NEVER_KEPT, *(name for name in ONLY_BY_ID if name not in wanted)}
    return {name: value for name, value in record.items() if name not in dropped}
