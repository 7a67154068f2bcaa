"""Who may have rung where KaiCalls names no lead: the one lead that was made about the time of the call.

It is a guess: calls that go on at once, and leads made by hand, look the same. So it is made where a mapping asks for
it alone, a day after the call, when the platform has had its time to say who it was, and only where exactly one lead
fits and no other call may have brought it. In doubt nobody is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from connector.model import Call
from connector.sources.kaicalls_api import KaiCallsApi
from connector.sources.kaicalls_record import is_over, read_payload
from connector.sources.reading import read_id, read_text, read_time, read_word

GUESSED_AFTER = timedelta(hours=24)
"""After the end of a call: until then its own lead may still come, and a contact once taken is not taken back."""
MARGIN = timedelta(minutes=5)
"""How long after the end of the call that brings it a lead may be made."""
REACH = timedelta(hours=1)
"""How far before a call its rivals are looked for."""
PAGES_MAX = 5
"""Where so many pages, the looks at their edges among them, do not tell all that could fit, nobody is guessed."""
_INSTANT = timedelta(seconds=1)
_NUMBERS = ("caller_number", "customer_number", "phone")


def guess_lead(api: KaiCallsApi, call: Call, *, now: datetime) -> dict[str, Any] | None:
    """The only lead that this call may have brought; None where there is none, or more than one, or it is too early.

    Costs nothing for a call that is no case for a guess, else a request or two for leads, and as many for the calls
    around when exactly one fits. Raises as the platform does.
    """
    if not is_due(call, now=now):
        return None
    agent_id = read_id(call.payload.get("agent_id"))
    leads = _read(
        api.leads(
            source="inbound_call",
            agent_id=agent_id,
            created_after=_written(call.started_at - _INSTANT),
            created_before=_written(call.ended_at + MARGIN + _INSTANT),
        ),
        back_to=call.started_at,
    )
    lead = only_lead(leads or (), call)
    if lead is None:
        return None
    made_at = _time(lead) or call.started_at
    around = _read(
        api.calls(agent_id=read_id(lead.get("agent_id")), after=_written(made_at + _INSTANT)),
        back_to=call.started_at - REACH,
    )
    return lead if around is not None and is_brought_by(call, lead, around) else None


def is_due(call: Call, *, now: datetime) -> bool:
    """Whether the platform had its time and named nobody for a call that rang in."""
    record = call.payload
    is_nobodys = read_id(record.get("lead_id")) is None and not any(read_text(record.get(name)) for name in _NUMBERS)
    return is_nobodys and call.direction == "INBOUND" and now >= call.ended_at + GUESSED_AFTER


def only_lead(leads: Iterable[Any], call: Call) -> dict[str, Any] | None:
    """The one of these leads that was made about the time of the call; None where that is none or several."""
    fitting = [lead for lead in leads if isinstance(lead, dict) and _fits(lead, call)]
    return fitting[0] if len(fitting) == 1 else None


def is_brought_by(call: Call, lead: Mapping[str, Any], around: Iterable[Any]) -> bool:
    """Whether among the calls around, the call itself one of them, no other may have brought the lead."""
    records = [record for record in around if isinstance(record, dict)]
    others = [record for record in records if read_id(record.get("id")) != call.key.id]
    return len(others) < len(records) and not any(_may_have_brought(record, lead) for record in others)


def _fits(lead: Mapping[str, Any], call: Call) -> bool:
    made_at = _time(lead)
    return (
        made_at is not None
        and call.started_at <= made_at <= call.ended_at + MARGIN
        and (read_word(lead.get("source")) or "inbound_call") == "inbound_call"
        and _may_be_one(read_id(lead.get("agent_id")), read_id(call.payload.get("agent_id")))
    )


def _may_have_brought(record: Mapping[str, Any], lead: Mapping[str, Any]) -> bool:
    named = read_id(record.get("lead_id"))
    if named is not None:
        return named == read_id(lead.get("id"))
    if not _may_be_one(read_id(lead.get("agent_id")), read_id(record.get("agent_id"))):
        return False
    call, made_at = read_payload(record, account=None), _time(lead)
    if not isinstance(call, Call) or made_at is None:
        return True
    return call.started_at <= made_at and (made_at <= call.ended_at + MARGIN or not is_over(record))


def _may_be_one(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _read(pages: Iterator[list[Any]], *, back_to: datetime) -> list[Any] | None:
    """What the pages hold back to this time, None where too many of them do not reach it."""
    found: list[Any] = []
    for count, page in enumerate(pages, start=1):
        found += page
        times = [at for item in page if (at := _time(item)) is not None]
        if times and min(times) < back_to:
            return found
        if count == PAGES_MAX:
            return None
    return found


def _time(record: Any) -> datetime | None:
    return read_time(record.get("created_at")) if isinstance(record, dict) else None


def _written(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
