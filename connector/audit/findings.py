"""What a comparison of platform, ledger and CRM finds, and how every call is accounted for."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from msgspec import Struct, field

from connector.codes import CODES
from connector.model import RequestCounts, RunSummary


class Standing(StrEnum):
    """Where a call of the platform stands; every call of the window has exactly one."""

    CARRIED = "carried"
    """In the CRM, for a contact or deliberately without one."""
    HELD = "held"
    """In the CRM without a contact, for a person to settle."""
    SKIPPED = "skipped"
    """Not to be in the CRM: a rule of the mapping or a person says so."""
    WAITING = "waiting"
    """Not over, or over so lately that the next sync is still to read it."""
    BEFORE = "before_start"
    """Older than where this connection's first sync began; only `backfill` carries such."""
    DELETED = "deleted"
    """A person deleted the engagement: it is never made again."""
    MISSING = "missing"
    """It should be in the CRM and is not."""


class Kind(StrEnum):
    """What is wrong, or what a person decided in the CRM."""

    MISSING = "missing"
    MISPLACED = "misplaced"
    CHANGED = "changed"
    DELETED = "deleted"
    MOVED = "moved"
    UNSETTLED = "unsettled"
    UNKEYED = "unkeyed"
    UNLISTED = "unlisted"
    DOUBLED = "doubled"


NEVER_READ = "E271"
NOT_WRITTEN = "E272"
NOT_UPDATED = "E273"
NOT_LINKED = "E276"
TWO_ENGAGEMENTS = "E277"
TWO_CONTACTS = "E278"
DELETED_BY_HAND = "W271"
MOVED_BY_HAND = "W272"
NOT_SETTLED = "W273"
KEY_LOST = "W274"
UNLISTED = "W275"

KINDS = {
    NEVER_READ: Kind.MISSING,
    NOT_WRITTEN: Kind.MISSING,
    NOT_UPDATED: Kind.CHANGED,
    NOT_LINKED: Kind.MISPLACED,
    TWO_ENGAGEMENTS: Kind.DOUBLED,
    TWO_CONTACTS: Kind.DOUBLED,
    DELETED_BY_HAND: Kind.DELETED,
    MOVED_BY_HAND: Kind.MOVED,
    NOT_SETTLED: Kind.UNSETTLED,
    KEY_LOST: Kind.UNKEYED,
    UNLISTED: Kind.UNLISTED,
}


class Discrepancy(Struct, frozen=True, kw_only=True):
    """One thing about one call that is not as it should be, or that a person made so."""

    kind: Kind
    code: str
    call: str
    """The call's key; blank for what is about no single call."""
    call_id: str
    ended_at: datetime | None
    caller_name: str = ""
    caller_number: str = ""
    message: str
    """A sentence for people, without their data."""
    fix: str
    because: str = ""
    """The code of the failure behind it."""
    engagement_id: str | None = None
    engagements: tuple[str, ...] = ()
    """Ids of the engagements that it is about, where there are several: oldest first."""
    contacts: tuple[str, ...] = ()
    """Ids of the contacts that it is about."""
    mend: Literal["", "list", "id"] = ""
    """Whether `--repair` may mend it: as a run over the platform's list finds it, or fetched by its id."""

    @property
    def is_wrong(self) -> bool:
        """Whether it must be mended, as against what a person decided or a run will finish."""
        return self.code.startswith("E")


def discrepancy(code: str, message: str, *, fix: str = "", **about: Any) -> Discrepancy:
    """One with the kind of its code, and the registry's fix unless there is a closer one."""
    known = {"call": "", "call_id": "", "ended_at": None, **about}
    return Discrepancy(kind=KINDS[code], code=code, message=message, fix=fix or CODES[code].fix, **known)


class Verdict(Struct, frozen=True, kw_only=True):
    """What is found of one call. `reason` says why it is skipped."""

    standing: Standing
    reason: str = ""
    findings: tuple[Discrepancy, ...] = ()


class Reconciliation(Struct, frozen=True, kw_only=True):
    """A window of the platform's calls compared with the ledger and the CRM."""

    since: datetime
    until: datetime
    calls: dict[str, int]
    """`listed`, and how many calls stand where (`Standing`): the others add up to `listed`."""
    skipped: dict[str, int]
    """Of the skipped ones, how many for which reason."""
    found: dict[str, int]
    """How many findings of each kind there are."""
    findings: tuple[Discrepancy, ...] = ()
    """The first of each kind, those that must be mended first, as many as are worth reading."""
    wrong: int = 0
    """How many findings must be mended."""
    mendable: int = 0
    """How many findings `--repair` may mend."""
    platform_total: int | None = None
    """How many calls the platform counts over all its history, where it does."""
    requests: RequestCounts = field(default_factory=RequestCounts)
    repairs: tuple[RunSummary, ...] = ()
    """The runs of `--repair`; what is reported otherwise was looked at after them."""

    @property
    def is_clean(self) -> bool:
        """Whether every call is accounted for."""
        return not self.wrong
