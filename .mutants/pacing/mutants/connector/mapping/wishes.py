"""What a mapping decides of one call, as data for the engine."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from connector.mapping.policy import Wish

Action = Literal["log", "skip"]
UnknownCaller = Literal["create", "hold", "log", "skip"]

NO_IDENTITY = "no_identity"


class Ruling(Struct, frozen=True, kw_only=True):
    """What the rules say of a call."""

    rule: str
    """The name of the rule that decided."""
    action: Action
    unknown_caller: UnknownCaller
    reason: str
    """For the ledger when the call is skipped or held: the rule's name in snake case, or `no_identity`."""


class Wishes(Struct, frozen=True, kw_only=True):
    """What a mapping wants in one record, and in words (no personal data) what it had to leave out."""

    wishes: tuple[Wish, ...]
    notes: tuple[str, ...] = ()


class RecordWishes(Struct, frozen=True, kw_only=True):
    """One more record of a call. `associate` holds `contact`, `company`, `deal`, `ticket`."""

    name: str
    object_type: str
    wishes: tuple[Wish, ...]
    notes: tuple[str, ...] = ()
    associate: tuple[str, ...] = ()
