"""The words of the field as frozen data: what is read from a platform, wished of the CRM, and remembered.

Nothing here reads, writes or decides. Times are timezone-aware UTC; durations are whole seconds; numbers of
callers are E.164; property values are the strings that HubSpot stores.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import quote, unquote

from msgspec import Struct, field

SourceName = Literal["reception_ai", "kaicalls", "klen", "krosai", "vapi"]
"""The voice platforms, as settings, mappings and call keys name them."""

ID_LENGTH_MAX = 200
"""Characters of a platform's call id that a key carries as they are; a longer id is carried as its hash."""


@lru_cache(maxsize=2_048)
def _quoted(part: str) -> str:
    """A key is written several times for each call, and the source and the account stand in all of them."""
    return quote(part, safe="")


class CallKey(Struct, frozen=True):
    """`{source}:{account}:{call id}`, the one name of a call everywhere; each part is percent-encoded."""

    source: str
    account: str
    id: str

    def __str__(self) -> str:
        call_id = self.id
        if len(call_id) > ID_LENGTH_MAX:
            call_id = "sha256-" + hashlib.sha256(call_id.encode()).hexdigest()
        return ":".join(_quoted(part) for part in (self.source, self.account, call_id))

    def record(self, name: str) -> str:
        """The key of one record of this call: `{call key}#{record name}`."""
        return f"{self}#{name}"

    def of_account(self, name: str) -> str:
        """The key of a record that belongs to the account and to no single call: `{source}:{account}#{name}`."""
        return ":".join(quote(part, safe="") for part in (self.source, self.account)) + f"#{name}"


def id_of_key(text: str) -> str | None:
    """The call id in a key, None when this is no key of the form `{source}:{account}:{call id}`."""
    parts = text.split(":")
    return unquote(parts[2]) if len(parts) == 3 and all(parts) else None


class Call(Struct, frozen=True, kw_only=True):
    """One finished phone call, the same on every platform, with the platform's own record beside it."""

    key: CallKey
    started_at: datetime
    ended_at: datetime
    duration_seconds: int
    direction: str = "INBOUND"
    status: str = "COMPLETED"
    agent_number: str | None = None
    agent_name: str | None = None
    summary: str | None = None
    transcript: str | None = None
    recording_url: str | None = None
    call_type: str | None = None
    """What kind of call it was, in the words of `outcomes` where the platform allows (`new_enquiry`, `staff`, …)."""
    outcome: str | None = None
    """What came of it (`lead_captured`, `callback_scheduled`, …); an unknown word is passed through."""
    payload: dict[str, Any] = field(default_factory=dict)
    """The platform's record as decoded, its text freed of NUL and lone surrogates."""
    person_id: str | None = None
    """The platform's id of the person who called, where it keeps people apart from calls."""
    is_partial: bool = False
    """Whether the platform's list gave less of the call than asking for it by its id would."""
    is_callerless: bool = False
    """Whether the list does not even say who called: nothing is decided before the call is asked for by its id."""
    listed: str = ""
    """The fingerprint of what the list gave, on a call that was asked for by its id because that said too little."""


class OngoingCall(Struct, frozen=True, kw_only=True):
    """A call that is not over yet: nothing is written of it, and it is looked at again by its id."""

    key: CallKey
    started_at: datetime


class BadCall(Struct, frozen=True, kw_only=True):
    """One element of a platform's answer that cannot be read as a call: set aside and counted, never dropped."""

    key: CallKey
    """The call's own key when its id could be read, else one made of the hash of its bytes (`unreadable-…`)."""
    code: str
    message: str


class SourceProfile(Struct, frozen=True, kw_only=True):
    """Who a platform's key belongs to, as far as the platform says."""

    account: str | None = None
    name: str | None = None
    phone_number: str | None = None


# --- the CRM -----------------------------------------------------------------------------------------------

KEY = "call_connector_key"
CONTACT_KEY = "call_connector_contact_key"
FINGERPRINT = "call_connector_fingerprint"
WRITTEN = "call_connector_written"
STATE = "call_connector_state"
CALL_TYPE = "call_connector_call_type"
OUTCOME = "call_connector_outcome"
FIRST_CALL_AT = "call_connector_first_call_at"
LAST_CALL_AT = "call_connector_last_call_at"
LAST_CALL_TYPE = "call_connector_last_call_type"
LAST_OUTCOME = "call_connector_last_outcome"
SOURCE = "call_connector_source"


def key_property(object_type: str) -> str:
    """The unique property that carries our key on records of this type (`contacts`, `calls`, `tasks`, …)."""
    return CONTACT_KEY if object_type == "contacts" else KEY


def modified_property(object_type: str) -> str:
    """HubSpot's own property that says when a record of this type was last modified, by whomever."""
    return "lastmodifieddate" if object_type == "contacts" else "hs_lastmodifieddate"


class CrmRecord(Struct, frozen=True, kw_only=True):
    """A record as the CRM holds it now. `properties` has every property asked for; unset ones are None."""

    id: str
    properties: dict[str, str | None]
    archived: bool = False


class Association(Struct, frozen=True):
    """The other end of a link, by object type (`contacts`, `companies`, …) and id."""

    object_type: str
    id: str


class Create(Struct, frozen=True, kw_only=True):
    """A record that should exist once: `key` is set at creation, so that the CRM refuses a second one."""

    key: str
    properties: dict[str, str]
    associations: tuple[Association, ...] = ()


class Update(Struct, frozen=True, kw_only=True):
    """New values for some properties of one record; `""` clears a value."""

    id: str
    properties: dict[str, str]


class Done(Struct, frozen=True):
    """Written. `properties` holds the values as the CRM returned them, where it returned them."""

    id: str
    properties: dict[str, str | None] = field(default_factory=dict)


class Exists(Struct, frozen=True):
    """Not created: this record already has the key, or already owns the e-mail address (`by`: `key` or `email`).

    The record may be archived: a person deleted it.
    """

    record: CrmRecord
    by: str = "key"


UNANSWERED = "E222"
"""The CRM failed on this wish alone, time and again, while it took others; a later run may fare better."""


UNSENT = "E225"
"""The wish was not sent: the CRM refused several before it and did not say why; a later run may fare better."""


class Refused(Struct, frozen=True):
    """The CRM will not take this wish as it is, however often it is sent; `UNANSWERED` and `UNSENT` ones may pass."""

    code: str
    message: str
    properties: tuple[str, ...] = ()
    """The properties that it complained about, when it named them: the wish may pass without them."""


class Gone(Struct, frozen=True):
    """There is no such record any more: deleted, or merged into another."""

    id: str


Outcome = Done | Exists | Refused | Gone


class Option(Struct, frozen=True):
    value: str
    label: str


class Property(Struct, frozen=True, kw_only=True):
    """A property's definition in the portal. `options` stand in the portal's own order."""

    name: str
    label: str
    type: str
    unique: bool = False
    read_only: bool = False
    calculated: bool = False
    options: tuple[Option, ...] = ()


class Owner(Struct, frozen=True, kw_only=True):
    id: str
    email: str | None = None
    name: str | None = None
    active: bool = True


class Portal(Struct, frozen=True, kw_only=True):
    """What the connector knows of a HubSpot account."""

    id: str
    time_zone: str = "UTC"
    ui_domain: str = "app.hubspot.com"
    properties: dict[str, dict[str, Property]] = field(default_factory=dict)
    """By object type, then by property name."""
    owners: tuple[Owner, ...] = ()


# --- the ledger --------------------------------------------------------------------------------------------


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
    until: datetime


class Failure(Struct, frozen=True, kw_only=True):
    call: str
    code: str
    message: str
    retryable: bool


class CallCounts(Struct, kw_only=True):
    """`read` equals the sum of the other six."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    held: int = 0
    failed: int = 0


class ContactCounts(Struct, kw_only=True):
    created: int = 0
    updated: int = 0
    matched: int = 0


class RecordCounts(Struct, kw_only=True):
    created: int = 0
    updated: int = 0


class RequestCounts(Struct, kw_only=True):
    source: int = 0
    hubspot: int = 0


class RunSummary(Struct, kw_only=True):
    """The run summary of the public interface: the same object on stdout, in `runs show` and in the logs."""

    run_id: str
    connection: str
    kind: str
    status: str = "ok"
    started_at: datetime
    finished_at: datetime | None = None
    watermark: datetime | None = None
    calls: CallCounts = field(default_factory=CallCounts)
    degraded: int = 0
    contacts: ContactCounts = field(default_factory=ContactCounts)
    records: RecordCounts = field(default_factory=RecordCounts)
    requests: RequestCounts = field(default_factory=RequestCounts)
    failures: list[Failure] = field(default_factory=list)


Payload = Mapping[str, Any]
