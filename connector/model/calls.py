"""What is read from a platform: calls, their keys, and what cannot be read as one."""

from __future__ import annotations

import hashlib
from datetime import datetime
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
    is_caller_guessed: bool = False
    """Whether the platform named nobody and who called was inferred, as far as the mapping asks for that."""
    is_partial: bool = False
    """Whether the platform's list gave less of the call than asking for it by its id would."""
    is_callerless: bool = False
    """Whether the list does not even say who called: nothing is decided before the call is asked for by its id."""
    is_wordless: bool = False
    """Whether the platform gave neither a summary nor a transcript of the call, as told before it waits to be carried
    with no more than what the mapping reads."""
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
