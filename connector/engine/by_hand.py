"""What a person decides about single calls: to try them now, or never again."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from connector.model import BY_HAND, Entry, State


def to_be_tried(entry: Entry, *, now: datetime) -> Entry:
    """The call as unfinished business with all its attempts ahead, so that a run takes it whatever became of it.

    What stands in the CRM stays known. A run that dies before it gets there leaves the call to the next `sync`.
    """
    if entry.state in (State.INTENT, State.ONGOING):
        # An interrupted run's decision is carried out as it was taken, and what goes on is not over by our wish.
        return entry
    fresh = replace(entry, state=State.FAILED, attempts=0, look_again_at=None, updated_at=now)
    # The reason of a skip is no reason of what comes now.
    return replace(fresh, reason="", message="") if entry.state is State.SKIPPED else fresh


def to_be_left(entry: Entry, words: str, *, now: datetime) -> Entry:
    """The call as settled for good: whatever changes on the platform or in the mapping, no run takes it up again."""
    return replace(
        entry,
        state=State.SKIPPED,
        reason=BY_HAND,
        code="",
        message=words,
        attempts=0,
        look_again_at=None,
        updated_at=now,
    )
