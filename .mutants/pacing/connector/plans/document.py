"""What a plan file holds: what would be written, and everything that this follows from."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from connector.model import Association
from connector.reports import PlanReport

KIND = "call-connector plan"
FORMAT = 1
"""Grows with every change of the document that an older version would misread."""
NOTICE = "This file holds personal data in clear. Keep it to yourself, and delete it once it was applied."


Instant = Annotated[datetime, Meta(tz=True)]


class NamedCall(Struct, frozen=True, kw_only=True):
    """One call that the plan is about, as the platform and the ledger had it."""

    id: str
    fingerprint: str
    """Blank for a call that could not be read."""
    ended_at: Instant
    is_carried: bool
    """Whether it goes to the CRM; what was settled by reading alone touches nothing but the ledger."""
    is_partial: bool = False
    """Whether it was carried as the platform's list gives it, which is less than asking by its id does."""
    ledger: str = ""
    """A hash of what the ledger said of the call before; blank for nothing."""


class Write(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One wish as it would be sent. Ids that the CRM has yet to give are placeholders, in texts too."""

    operation: Literal["create", "update", "link"]
    object_type: str
    name: str
    """The key of a record to create, the id of one that exists."""
    properties: dict[str, str] = {}
    links: tuple[Association, ...] = ()


class Plan(Struct, frozen=True, kw_only=True):
    """A plan for one connection at one instant. `run_id` is that of the run that carries it out."""

    kind: str = KIND
    format: int = FORMAT
    notice: str = NOTICE
    version: str
    """Of the connector."""
    run_id: str
    created_at: Instant
    """The instant that everything in the plan was decided for."""
    connection: str
    source: str
    account: str | None
    portal_id: str | None
    mapping_version: str
    since: Instant | None
    """What the user asked for with `--since`."""
    started_from: Instant | None
    stood_at: Instant | None
    """The watermark as the plan found it."""
    watermark: Instant | None
    """Where the watermark stands when all is written."""
    calls: tuple[NamedCall, ...]
    writes: tuple[Write, ...]
    reads: dict[str, dict[str, str]]
    """When each record that was read had last been modified, by object type and id."""
    report: PlanReport
