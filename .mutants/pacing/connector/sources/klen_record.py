"""Klen AI's record of a call, as its list and its details write it (docs.klen.ai, read in 2026).

A call's id is text everywhere: `id` in the list, `call_id` in the details, whose own `id` is a number of the database.
`phone_number` is the client's in both directions. The list has no transcript, and a brief summary.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from connector.model import BadCall, Call, CallKey, OngoingCall
from connector.sources.reading import (
    EARLIEST,
    is_storable,
    read_id,
    read_seconds,
    read_text,
    read_time,
    read_word,
    unreadable_id,
)

NAME = "klen"
DEFAULT_ACCOUNT = "default"

_ACTIVE = frozenset(
    ("in-progress", "in_progress", "scheduled", "queued", "initiated", "started", "ringing", "forwarding")
)
# `completed`, `failed` and `in-progress` are documented for the list, the reasons of failures for its webhooks.
_STATUSES = {
    "failed": "FAILED",
    "no-answer": "NO_ANSWER",
    "busy": "BUSY",
    "canceled": "CANCELED",
    "cancelled": "CANCELED",
}


def string_id(record: Mapping[str, Any]) -> str | None:
    """The one id that names a call everywhere, None where only its number in the database is told."""
    for value in (record.get("call_id"), record.get("id")):
        if isinstance(value, str) and value.strip():
            return value
    return None


def began_at(row: Any) -> datetime | None:
    """When the call of a row began, as far as that follows from what it says."""
    if not isinstance(row, dict):
        return None
    times = _times(row)
    return read_time(row.get("started_at")) if times is None else times[0]


def read_record(record: Mapping[str, Any], *, account: str | None) -> Call | BadCall:
    """A finished call, from its details or a row of the list. It belongs to `account` if one is configured."""
    call = read_call(record, account=account or DEFAULT_ACCOUNT, now=EARLIEST)
    if isinstance(call, OngoingCall):
        return BadCall(key=call.key, code="E332", message="the platform says that the call still goes on")
    return call


def read_call(
    record: Mapping[str, Any],
    *,
    account: str,
    now: datetime,
    is_partial: bool = False,
    agent_number: str | None = None,
) -> Call | BadCall | OngoingCall:
    """A record as a call. `is_partial` says that it is a row of the list, `agent_number` whose line it was.

    A call that goes on without saying since when was first seen `now`.
    """
    call_id = string_id(record)
    if call_id is None:
        return _nameless(record, account)
    key = CallKey(NAME, account, call_id)
    status = (read_word(record.get("status")) or "").lower()
    if status in _ACTIVE:
        return OngoingCall(key=key, started_at=began_at(record) or now)
    times = _times(record)
    if times is None:
        return BadCall(
            key=key, code="E322", message="neither its start nor its end is told, or its duration is no number"
        )
    if not is_storable(record):
        return BadCall(key=key, code="E320", message="the record holds a number out of range, or is nested too deeply")
    agent_name = _agent_name(record)
    started_at, ended_at, seconds = times
    return Call(
        key=key,
        started_at=started_at,
        ended_at=ended_at,
        duration_seconds=seconds,
        direction="OUTBOUND" if (read_word(record.get("type")) or "").lower() == "outbound" else "INBOUND",
        status=_STATUSES.get(status, "COMPLETED"),
        agent_number=agent_number,
        agent_name=agent_name,
        summary=read_text(record.get("summary")),
        transcript=read_text(record.get("transcript")),
        recording_url=read_text(record.get("recording_url")),
        # The list and the details name these three differently; a mapping reads them in one way.
        payload={**record, "id": call_id, "agent_id": assistant_of(record), "agent_name": agent_name},
        is_partial=is_partial,
    )


def assistant_of(record: Mapping[str, Any]) -> str | None:
    """The agent's id as `/agents` lists it under `assistant_id`."""
    agent = record.get("agent")
    return (read_id(agent.get("assistant_id")) if isinstance(agent, dict) else None) or read_id(record.get("agent_id"))


def _agent_name(record: Mapping[str, Any]) -> str | None:
    agent = record.get("agent")
    return (read_text(agent.get("name")) if isinstance(agent, dict) else None) or read_text(record.get("agent_name"))


def do_not_call(contact: Mapping[str, Any], phone_number: Any) -> bool | None:
    """Whether this number of a contact is not to be called; any of their numbers where it is not among them.

    None where the contact has no numbers, or they do not say.
    """
    listed = contact.get("phone_numbers")
    entries = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    same = [entry for entry in entries if _digits(entry.get("phone_number")) == _digits(phone_number) != ""]
    said = [entry["do_not_call"] for entry in same or entries if isinstance(entry.get("do_not_call"), bool)]
    return any(said) if said else None


def _times(record: Mapping[str, Any]) -> tuple[datetime, datetime, int] | None:
    """Start, end and seconds, from whichever of them are told. A call that failed may lack its times."""
    started_at, ended_at = read_time(record.get("started_at")), read_time(record.get("ended_at"))
    seconds = read_seconds(record.get("duration_seconds"))
    if seconds is None:
        return None
    if started_at is None:
        return None if ended_at is None else (ended_at - timedelta(seconds=seconds), ended_at, seconds)
    if ended_at is None or ended_at < started_at:
        return started_at, started_at + timedelta(seconds=seconds), seconds
    if record.get("duration_seconds") is None:
        seconds = read_seconds((ended_at - started_at).total_seconds()) or 0
    return started_at, ended_at, seconds


def _nameless(record: Mapping[str, Any], account: str) -> BadCall:
    number = read_id(record.get("id"))
    stand_in = unreadable_id(repr(number or record).encode(errors="replace"))
    message = "the call has a number in the database, and no id" if number else "the call has no id"
    return BadCall(key=CallKey(NAME, account, stand_in), code="E321", message=message)


def _digits(number: Any) -> str:
    return "".join(filter(str.isdecimal, number)) if isinstance(number, str) else ""
