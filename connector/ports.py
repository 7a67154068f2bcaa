"""The four ports that the engine knows. Each promises behaviour; paging, limits, retries and SQL stay behind it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol, runtime_checkable

from connector.model import (
    Association,
    BadCall,
    Call,
    ConnectionState,
    Create,
    CrmRecord,
    Entry,
    Hint,
    Lane,
    OngoingCall,
    Outcome,
    Portal,
    Refused,
    RunSummary,
    SourceProfile,
    State,
    Update,
)


class Clock(Protocol):
    """Time as an argument, so that tests need not wait."""

    def now(self) -> datetime:
        """The time of day, UTC and timezone-aware."""

    def monotonic(self) -> float:
        """Seconds from some start, never going back."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class Source(Protocol):
    """One voice platform's account. Raises TransientError, AccessError or FatalError; never for one bad call."""

    name: str
    newest_first: bool
    """What the platform says of the order of `calls`; the reader checks it and does not rely on it.

    Of a source that is newest first a run asks for the whole history, and stops early; of one that claims no order it
    asks for no more than its look-back, and reads all of that.
    """

    @property
    def requests(self) -> int:
        """How many HTTP requests were sent so far, retries included."""

    def calls(self, *, since: datetime) -> Iterator[Call | BadCall | OngoingCall]:
        """Yield every call that ended at or after `since`, in the platform's order, perhaps older ones too.

        Where the platform can tell what changed, those that changed at or after `since` are among the older ones.

        A call that is not over yet is an OngoingCall. One of which the list gives less than `call` would is marked
        `is_partial`, and `is_callerless` where it does not even tell who called: such a call is asked for by its id
        before anything is decided about it.

        Reads as it is consumed; closing the iterator closes the connection, so that an early stop costs no more.
        """

    def call(self, call_id: str) -> Call | BadCall | OngoingCall | None:
        """One call by its id, as whole as the platform has it; None when the platform does not know it."""

    def profile(self) -> SourceProfile:
        """Whose key this is; the cheapest request that proves the key."""

    def close(self) -> None:
        """Close the connections."""


@runtime_checkable
class Detailed(Protocol):
    """A source that knows more of a call than what is carried: for people who look into one."""

    def details(self, call_id: str) -> dict[str, Any]:
        """What the platform tells of this call beside its record, by name; empty for a call that it does not know.

        Some of it may hold for an hour only. Raises as `Source` does.
        """


@runtime_checkable
class Counted(Protocol):
    """A source whose platform says how many calls it has, without listing them."""

    def call_count(self) -> int | None:
        """How many calls the platform counts, those not over yet among them where it counts them; None if it does not.

        Cheap: three requests at most, however long the history. Raises as `Source` does.
        """


class Crm(Protocol):
    """A CRM portal. Results stand in the wishes' order. One refused wish never harms its neighbours.

    `object_type` is HubSpot's plural name: `contacts`, `calls`, `tasks`, `notes`, `companies`, …
    A wish on which the CRM fails each time while it takes others is Refused with the code `UNANSWERED` (E222): it is
    not there as far as a look by key tells, and a later run may try it again, a bounded number of times.
    Raises TransientError when the CRM is unavailable or limited beyond patience (what was written stays written and
    is found again by its key), AccessError when a token or scope is refused, LaneError when the lane was lost.
    """

    @property
    def requests(self) -> int:
        """How many HTTP requests were sent so far, retries included."""

    def portal_id(self) -> str:
        """The portal's id."""

    def require_ready(self, object_types: Collection[str] = ()) -> Portal:
        """The portal's facts, when it is prepared for contacts, calls and these record types.

        Raises InputError with what is missing and how to mend it.
        """

    def portal(self, object_types: Collection[str] = ()) -> Portal:
        """The portal's facts: id, owners, and the properties of contacts, calls and the types named.

        Remembered for a day, so that a quiet run asks for none. A refusal that casts doubt on them renews them.
        """

    def renew(self, object_types: Collection[str]) -> None:
        """Ask now for the owners and for the properties of these types, whatever is remembered."""

    def holds_keys(self) -> bool:
        """Whether any engagement in the portal carries one of our keys (a lost ledger, a second deployment)."""

    def read(
        self,
        object_type: str,
        by: Literal["id", "key", "email"],
        values: Collection[str],
        properties: Collection[str],
    ) -> dict[str, CrmRecord]:
        """The records that have these ids, keys or e-mail addresses (lower case), by the value asked for.

        What is not there by the CRM's own word is absent; one answer that leaves it out is none. By id, a merged
        contact is followed to the one that it became. By key, archived records are found too. By e-mail, HubSpot may
        also answer for a secondary address: the caller verifies.
        """

    def find_by_number(self, numbers: Collection[str], properties: Collection[str]) -> list[CrmRecord]:
        """Contacts that may have one of these E.164 numbers. A search proposes, often too much; the caller verifies.

        The answer may lag behind recent writes. `phone` and `mobilephone` are always among the properties.
        """

    def create(self, object_type: str, wishes: Sequence[Create]) -> list[Outcome]:
        """Create each wish once. Done, Exists (the key or the e-mail is taken; nothing was written) or Refused.

        A lost answer is settled by looking for our key before anything is sent again.
        """

    def update(self, object_type: str, wishes: Sequence[Update]) -> list[Outcome]:
        """Done, Gone, Refused, or Exists(by="email") when the new e-mail address belongs to another contact."""

    def associate(
        self, object_type: str, links: Sequence[tuple[str, Association]]
    ) -> dict[tuple[str, Association], Refused]:
        """Link existing records to others; a link that is there already is left as it is. Answers the refused ones.

        One that went unanswered, alone and time and again, is refused with `UNANSWERED`. Unlike a wish it may be all
        that was sent: whether the CRM fails on it or is down is told by what else the CRM takes.
        """

    def linked(self, object_type: str, ids: Collection[str], to: str) -> dict[str, frozenset[str]]:
        """The ids of the live records of type `to` that each of these is linked to; what is not there to none."""

    def twins(self, object_type: str, by: Literal["id", "key"], values: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The ids of all live records that share a key, oldest first, by the key or id asked for; of others nothing."""


class Facts(Protocol):
    """A small memory for what an adapter learned of a portal."""

    def recall(self, name: str, *, now: datetime, age_seconds_max: float | None) -> bytes | None:
        """What was remembered under this name, None if nothing or older than the age allowed."""

    def remember(self, name: str, value: bytes, *, now: datetime) -> None:
        """Keep this value under this name in place of what was there."""


class Ledger(Facts, Protocol):
    """The memory of what was written for each call. Every method is one transaction, durable when it returns.

    Raises TransientError when the store is locked or out of reach, FatalError when it is full, read-only, corrupt or
    of a newer version. Safe to use from several threads.
    """

    @property
    def secret(self) -> bytes:
        """The key of the hashes of numbers and addresses; made once and kept, unless it was given."""

    def connections(self) -> list[ConnectionState]:
        """Every connection that is remembered, by name."""

    def connection(self, name: str, *, source: str) -> ConnectionState:
        """What is known of the connection, remembering it if it is new. Raises InputError when its source changed."""

    def pin(
        self,
        name: str,
        *,
        account: str | None = None,
        portal_id: str | None = None,
        started_from: datetime | None = None,
    ) -> ConnectionState:
        """Set what is not set yet and answer the state as it now is; a value already set stays as it is."""

    def advance(self, name: str, watermark: datetime) -> None:
        """Move the watermark forward; an earlier time leaves it where it is."""

    def entries(self, connection: str, call_ids: Collection[str]) -> dict[str, Entry]:
        """The entries of these calls, by call id; unknown ones are absent."""

    def claim(self, connection: str, entries: Sequence[Entry], *, lane: Lane) -> None:
        """Store intents (state `intent`) before their effects. Raises LaneError when the fence has moved on."""

    def settle(
        self, connection: str, entries: Sequence[Entry], *, lane: Lane, people: Mapping[str, str] | None = None
    ) -> None:
        """Store what came of calls, and the contacts of people (keyed hash → contact id), in one transaction.

        Raises LaneError when the fence has moved on.
        """

    def people(self, portal_id: str, hashes: Collection[str]) -> dict[str, str]:
        """Contact ids by keyed hash of a number or an address. A hint: the caller verifies on the values read now."""

    def remember_people(self, portal_id: str, people: Mapping[str, str], *, lane: Lane) -> None:
        """Store contact ids by keyed hash as soon as they are known. Raises LaneError when the fence has moved on."""

    def unfinished(self, connection: str, *, now: datetime, limit: int) -> list[Entry]:
        """Calls in state `intent` or `failed` whose turn it is, oldest first: a later run fetches them again by id.

        One that was asked for in vain waits for its turn until its `look_again_at`.
        """

    def due(self, connection: str, *, now: datetime, limit: int) -> list[Entry]:
        """Calls whose `look_again_at` has come, those that ended last first; `unfinished` has those of its states."""

    def doubted(self, connection: str, *, since: datetime, limit: int) -> list[Entry]:
        """Calls without a contact that an interrupted run may have written since then, those that ended last first."""

    def list_entries(
        self,
        connection: str,
        *,
        states: Collection[State] = (),
        since: datetime | None = None,
        code: str = "",
        limit: int = 100,
    ) -> list[Entry]:
        """Entries for people to read, newest first; no states means all.

        With a code, those that failed with it and those with a note that begins with it.
        """

    def count_entries(self, connection: str) -> dict[State, int]:
        """How many calls stand in each state."""

    def take_hint(self, connection: str, hint: Hint) -> bool:
        """Remember a platform's message. False, and nothing changes, when one with this delivery is there.

        Needs no lane: it says nothing of what was written.
        """

    def hints(self, connection: str, *, limit: int) -> list[Hint]:
        """Hints that are not done, those received first first."""

    def keep_hints(self, connection: str, hints: Sequence[Hint], *, done_since: datetime) -> None:
        """Store what became of hints, and forget those that are done and were received before `done_since`."""

    def start_run(self, summary: RunSummary) -> None:
        """Remember that a run began."""

    def finish_run(self, summary: RunSummary) -> None:
        """Remember how it ended."""

    def runs(self, connection: str, *, limit: int = 20) -> list[RunSummary]:
        """Runs, newest first."""

    def run(self, run_id: str) -> RunSummary | None:
        """One run; a unique beginning of its id is enough."""

    def take_lane(self, portal_id: str, owner: str, *, lease_seconds: float) -> Lane | None:
        """The lane with a new fence, or None while another owner's lease runs.

        Leases are measured by one clock for all who share the ledger: the database server's, or the machine's where
        only one machine reaches the ledger. A process whose clock is wrong takes no lane that is held. Where that clock
        was set back, asking ends the other's lease `lease_seconds` from now at the latest: all ask for the same length.
        """

    def renew_lane(self, lane: Lane, *, lease_seconds: float) -> None:
        """A longer lease on the same fence. Raises LaneError when another owner took it."""

    def release_lane(self, lane: Lane) -> None:
        """Give the lane up, if it is still ours."""

    def check_lane(self, lane: Lane) -> None:
        """Raise LaneError unless this fence still holds the lane and its lease runs."""

    def close(self) -> None:
        """Release files and connections."""


BeforeWrite = Callable[[], None]
"""Called right before each write request to the CRM; raises LaneError when this run may not write any more."""
