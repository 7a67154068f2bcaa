"""Calls that a platform has and does not give by their id: asked for ever more rarely, and not for ever."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from connector.engine.looks import ONGOING_EVERY
from connector.errors import ConnectorError
from connector.model import Entry, State

REFUSALS_MAX = 8
"""Runs that ask for a call in vain, while the platform gives others by their id, before it is a dead letter."""
REFUSALS_MAX_ALONE = 16
"""The same where a run was given no other: then nothing tells a call that cannot be had from a platform in trouble."""
WAIT_MAX = timedelta(days=1)
WITHHELD = "E333"
EMPTIED = "E334"
"""An account without a single call: emptied, or not the one that the connection was first run with."""
GONE = "E330"
OF_THE_PLATFORM = frozenset({"E301", "E302", "E307", "E317"})
"""Not reached, not trusted, limited, not paid: such an answer says nothing about the call that was asked for."""


def withheld(entry: Entry, error: ConnectorError, *, gives_others: bool, run_id: str, now: datetime) -> Entry:
    """What is remembered of a call, not settled yet, that was asked for in vain: its next turn, or a dead letter.

    It waits until it is half as old again, a day at the most: calls that cannot be had leave the others their turn.
    What stands in the CRM stays known, for the day when a person says `calls retry`.
    """
    refusals = _refusals(entry) + (error.code not in OF_THE_PLATFORM)
    told = replace(entry, attempts=refusals, run_id=run_id, updated_at=now)
    if refusals >= (REFUSALS_MAX if gives_others else REFUSALS_MAX_ALONE):
        code, message = _given_up(error, refusals)
        return replace(told, state=State.DEAD, code=code, message=message, fingerprint="", look_again_at=None)
    wait = min(max(ONGOING_EVERY, (now - entry.ended_at) / 2), WAIT_MAX)
    return replace(told, code=error.code, message=error.message, look_again_at=now + wait)


def _given_up(error: ConnectorError, refusals: int) -> tuple[str, str]:
    if error.code == EMPTIED:
        return GONE, f"the platform no longer knows this call nor any other, as {refusals} runs found"
    return WITHHELD, f"the platform has this call and did not give it to {refusals} runs that asked: {error.message}"


def _refusals(entry: Entry) -> int:
    # Attempts that failed for another reason, at the CRM for instance, are none of these.
    return entry.attempts if entry.code.startswith("E3") else 0
