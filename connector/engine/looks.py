"""When a call is looked at again, although the platform's list says nothing new of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from connector.mapping.compile import CompiledMapping
from connector.model import Call, Entry, State

LATE_AFTER = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=24))
"""After the end of a call: by then platforms have added transcripts and recordings, or never will."""
HELD_AFTER = (timedelta(hours=1), timedelta(hours=24), *(timedelta(weeks=week) for week in range(1, 13)))
"""After the end of a held call: somebody may have put its caller into the CRM. Weekly for 90 days."""
ONGOING_EVERY = timedelta(minutes=5)
ONGOING_MAX = timedelta(hours=4)
"""A call that is said to go on for longer is taken for one whose end the platform missed."""


def lacking(mapping: CompiledMapping, call: Call, state: State) -> bool:
    """Whether something may still come that this call is looked at again for.

    Of a skipped one that is only who called: a rule may have skipped it because nobody was named yet.
    """
    return mapping.lacks_caller(call) if state is State.SKIPPED else mapping.lacks(call)


def next_look(call: Call, *, state: State, lacks: bool, now: datetime) -> datetime | None:
    """When to fetch a settled call by its id again; None when it is final.

    `lacks` says that a value which the mapping reads is missing and may still come.
    """
    if state not in (State.DONE, State.HELD, State.SKIPPED):
        return None
    if lacks and call.is_partial:
        return now
    after = (*(LATE_AFTER if lacks else ()), *(HELD_AFTER if state is State.HELD else ()))
    return min((at for each in after if (at := call.ended_at + each) > now), default=None)


def postponed(entry: Entry, *, now: datetime) -> Entry:
    """A call that the platform could not give just now, to be asked for again when it is half as old again.

    The older it is the longer it waits: calls on which the platform fails each time leave the others their turn.
    """
    return replace(entry, look_again_at=now + max(ONGOING_EVERY, (now - entry.ended_at) / 2))
