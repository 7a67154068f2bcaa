"""When a call cannot have been: a platform's clock may run ahead, but not by days."""

from __future__ import annotations

from datetime import datetime, timedelta

from connector.model import BadCall, Call, OngoingCall

AHEAD_MAX = timedelta(days=1)
"""How far a platform's clock, or a time without its zone, may lie ahead of ours."""


def believed(call: Call | BadCall | OngoingCall, *, now: datetime) -> Call | BadCall | OngoingCall:
    """The call, or one to be set aside when it is said to have ended, or begun, later than any clock can explain.

    Once that time has come it can be read like any other.
    """
    if isinstance(call, BadCall):
        return call
    at, did = (call.ended_at, "ended") if isinstance(call, Call) else (call.started_at, "began")
    if at - now <= AHEAD_MAX:
        return call
    return BadCall(key=call.key, code="E324", message=f"it is said to have {did} on {at:%Y-%m-%d}, which is to come")
