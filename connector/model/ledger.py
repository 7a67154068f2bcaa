"""What the ledger remembers of calls, of connections and of the lane of a portal."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct, field


class State(StrEnum):
    """Where a call stands in the ledger."""

    ONGOING = "ongoing"
    """Not over when the platform last listed it: nothing is written yet."""
    INTENT = "intent"
    """A run decided what to write and may have written some of it."""
    DONE = "done"
    HELD = "held"
    SKIPPED = "skipped"
    FAILED = "failed"
    """Kept for retry."""
    DEAD = "dead"
    """A dead letter: not tried again until a person says so."""
    GONE = "gone"
    """A person deleted the engagement: never made again."""

    @property
    def settled(self) -> bool:
        return self in (State.DONE, State.HELD, State.SKIPPED, State.DEAD, State.GONE)


BY_HAND = "by_hand"
"""The reason of a call that a person skipped; their words are its message."""


class Entry(Struct, frozen=True, kw_only=True):
    """What the ledger remembers of one call: ids, hashes and reasons, no name, number, address or text."""

    call_id: str
    state: State
    ended_at: datetime
    account: str
    fingerprint: str = ""
    mapping_version: str = ""
    decision: str = ""
    """`created matched held logged skipped`, as decided when the call was first planned."""
    reason: str = ""
    """Why it was skipped or held, or how the contact was found (`email`, `phone`, `name`, …)."""
    contact_id: str | None = None
    engagement_id: str | None = None
    records: dict[str, str] = field(default_factory=dict)
    """Record name → id."""
    attempts: int = 0
    """How many runs in a row tried to write it as it is and failed."""
    code: str = ""
    message: str = ""
    notes: tuple[str, ...] = ()
    """What was left out of the written record and why, for `calls show`."""
    run_id: str = ""
    updated_at: datetime | None = None
    listed: str = ""
    """The fingerprint of the call as the platform's list gave it, where the list gives less than the whole call."""
    look_again_at: datetime | None = None
    """When the call is to be fetched by its id again: it was not over, or lacked something that may come late."""
    perhaps_sent_at: datetime | None = None
    """When a run that ended before it settled the call was about to write it. What that run was not answered for may
    stand in the CRM whatever becomes of the call: this stays with it."""

    @property
    def is_left_by_hand(self) -> bool:
        """Whether a person decided that this call is not to be touched again."""
        return self.state is State.SKIPPED and self.reason == BY_HAND


class Hint(Struct, frozen=True, kw_only=True):
    """A platform's message about a call: a reason to fetch it by its id, and never what is known of it."""

    delivery: str
    """The message's own id, or a hash of what it said: by this a repeated one is known."""
    call_id: str
    received_at: datetime
    tries: int = 0
    """How many runs tried to fetch the call and could not."""
    is_done: bool = False
    """Whether nothing more is to be done for it; kept for a while, so that a repeated message is known."""


class ConnectionState(Struct, frozen=True, kw_only=True):
    """What the ledger remembers of one connection. `watermark` only moves forward."""

    name: str
    source: str
    account: str | None = None
    portal_id: str | None = None
    started_from: datetime | None = None
    """Where the very first sync started; older calls are backfill's."""
    watermark: datetime | None = None


class Lane(Struct, frozen=True, kw_only=True):
    """The right to write to one portal. `fence` grows with each holder and is checked before every write."""

    portal_id: str
    owner: str
    fence: int
    idle_seconds: float | None = None
    """By the ledger's clock, how long before this lane was taken the lease of the holder before ended, and with it all
    its writes began; below zero where it gave the lane up earlier. None if nobody held it before."""
