"""What the verbs of the product answer, as frozen data for the command line, functions and pages to render.

Reports hold personal data in clear; whoever renders one masks it unless the user asked to see it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from msgspec import Struct, field

from connector.model import Entry, Option, Portal, RunSummary

READING = "reading"
"""The stage in which nobody knows yet how many calls there are."""


class Progress(Struct, frozen=True, kw_only=True):
    """How far a running verb got, and what it is doing."""

    read: int = 0
    done: int = 0
    """Calls settled, those that failed included."""
    failed: int = 0
    stage: str = ""
    day_left: int | None = None
    """Requests that this run may still send to HubSpot today; None until an answer told."""


Mark = Literal["+", "~", "·", "!", "-"]
"""create, update, no change, held, skipped: as `plan` prints them."""


class Change(Struct, frozen=True, kw_only=True):
    """One property of one record. `before` is None when the record or the value was not there."""

    property: str
    before: str | None = None
    after: str
    origin: str = ""
    """Where the value comes from: a path of the source record, `value`, `template`, `set by the connector`."""


class PlannedRecord(Struct, frozen=True, kw_only=True):
    """What should happen to one record of the CRM. `id` is None when it is still to be created."""

    mark: Mark
    object_type: str
    name: str = ""
    """The record's name in the mapping, for records."""
    id: str | None = None
    key: str | None = None
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()


class PlannedCall(Struct, frozen=True, kw_only=True):
    """What should happen to one call, and why."""

    call: str
    """The call's key."""
    call_id: str
    ended_at: datetime
    mark: Mark
    decision: str
    """`created matched held logged skipped`, or `failed`."""
    reason: str = ""
    rule: str = ""
    code: str = ""
    """Set when the call cannot be planned: the failure's code."""
    caller_number: str = ""
    caller_email: str = ""
    caller_name: str = ""
    contact_name: str = ""
    """As it stands in the CRM after this call; titles may carry it."""
    contact: PlannedRecord | None = None
    engagement: PlannedRecord | None = None
    records: tuple[PlannedRecord, ...] = ()
    notes: tuple[str, ...] = ()


class PlanReport(Struct, frozen=True, kw_only=True):
    """A dry run: the calls that would be touched, the counts, and in `summary.requests` what it would cost."""

    summary: RunSummary
    calls: tuple[PlannedCall, ...] = ()
    review: PlannedRecord | None = None
    """The day's task that asks for a review of held calls, when this would be the run that makes it."""
    unguarded: tuple[str, ...] = ()
    """The object types on which the portal does not refuse a second record by itself, when any would be written."""

    @property
    def has_changes(self) -> bool:
        return any(call.mark in ("+", "~", "!") for call in self.calls)


class Departure(Struct, frozen=True, kw_only=True):
    """Something that is no longer as a plan has it."""

    call: str = ""
    """The call's key; blank for what is about no single call."""
    what: str
    """A sentence for people, without their data."""
    changes: tuple[Change, ...] = ()
    """What would be written now (`after`) in place of what the plan says (`before`)."""
    people: tuple[str, ...] = ()
    """Names that the values may hold."""


class Applied(Struct, frozen=True, kw_only=True):
    """The run that carried a plan out; `is_repeated` when it did so before, and nothing was done now."""

    summary: RunSummary
    is_repeated: bool = False


class Preview(Struct, frozen=True, kw_only=True):
    """One call seen through the mapping, without a look at the ledger."""

    plan: PlannedCall
    payload: dict[str, Any]


class CallStory(Struct, frozen=True, kw_only=True):
    """Everything about one call: the ledger's entry, the source's record now, and how the two lead to the CRM."""

    key: str
    entry: Entry | None
    preview: Preview | None
    urls: dict[str, str] = field(default_factory=dict)
    """Pages in the CRM, by what they show (`contact`, `call`, record names)."""
    details: dict[str, Any] = field(default_factory=dict)
    """What the platform tells beside the record (events, why the call ended, a link for an hour), where it does."""


class SetupStep(Struct, frozen=True, kw_only=True):
    """One thing the portal needs. `action` is `exists`, `create` (dry run), `created` or `refused`."""

    object_type: str
    name: str
    action: Literal["exists", "create", "created", "refused"]
    detail: str = ""


class SetupReport(Struct, frozen=True, kw_only=True):
    portal_id: str
    steps: tuple[SetupStep, ...]
    keys: dict[str, str] = field(default_factory=dict)
    """By object type, where its key is: `unique`, `plain` or `external`; a type that has none yet is absent."""
    notes: tuple[str, ...] = ()

    @property
    def is_ready(self) -> bool:
        return all(step.action in ("exists", "created") for step in self.steps)


class Finding(Struct, frozen=True, kw_only=True):
    """Something about a file, as `file:line:column CODE text` and how to mend it."""

    where: str
    code: str
    message: str
    fix: str = ""

    @property
    def is_error(self) -> bool:
        return self.code.startswith("E")


class Pipeline(Struct, frozen=True, kw_only=True):
    """A pipeline of deals, tickets or leads, with its stages in their order."""

    id: str
    label: str
    stages: tuple[Option, ...] = ()


class PortalSchema(Struct, frozen=True, kw_only=True):
    """What a mapping is checked against: a portal's facts as they were read, now or at `saved_at`."""

    portal: Portal
    """Its `owners` hold those who left, too."""
    pipelines: dict[str, tuple[Pipeline, ...]] = field(default_factory=dict)
    """By object type."""
    links: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By object type, the types that the connector can link its records to."""
    unread: dict[str, Finding] = field(default_factory=dict)
    """By object type, why nothing is known of it; the findings have no place yet."""
    saved_at: datetime | None = None


class SampledCall(Struct, frozen=True, kw_only=True):
    """One real call taken through a mapping. `code` is set when it cannot be read, or an expression fails on it."""

    call: str
    """The call's key."""
    ended_at: datetime | None = None
    rule: str = ""
    action: str = ""
    """`log`, or `skip` with its `reason`."""
    reason: str = ""
    code: str = ""
    message: str = ""
    where: str | None = None
    """file:line:column of the expression that failed."""
    notes: tuple[str, ...] = ()
    """What would be left out and why, never with a value."""


class SampledProperty(Struct, frozen=True, kw_only=True):
    """What became of one property over the sampled calls whose record it belongs to: `of` is their number."""

    place: str
    """`contact`, `call`, `records.NAME`."""
    property: str
    of: int
    values: int
    """How many got a value."""
    blank: int
    """How many have nothing to write there."""
    left_out: dict[str, int] = field(default_factory=dict)
    """How many lost their value, by code and reason."""
    examples: tuple[str, ...] = ()
    """A few of the values that the portal would not take."""


class SampleReport(Struct, frozen=True, kw_only=True):
    """Real calls taken through a mapping, newest first."""

    calls: tuple[SampledCall, ...]
    properties: tuple[SampledProperty, ...]


class Stop(Struct, frozen=True, kw_only=True):
    """An error that ended a verb before its end, beside what it had found by then."""

    code: str
    message: str
    where: str | None
    fix: str | None
    exit_code: int


class CheckReport(Struct, frozen=True, kw_only=True):
    files: tuple[str, ...]
    findings: tuple[Finding, ...]
    tests_passed: int = 0
    tests_failed: int = 0
    portal_checked: bool = False
    portal_id: str | None = None
    portal_saved_at: datetime | None = None
    """When the portal's facts were saved; None when they were asked for just now."""
    samples: SampleReport | None = None
    stopped: Stop | None = None
    """Set when HubSpot or the platform could not be asked; the findings are those of the files alone."""

    @property
    def is_clean(self) -> bool:
        return not any(finding.is_error for finding in self.findings)


class Diagnosis(Struct, frozen=True, kw_only=True):
    """What `doctor` found of one thing. `code` stands with what is wrong, `fix` says how to mend it."""

    check: str
    """`config mapping key token scopes properties dispositions owners ledger clock quota`."""
    status: Literal["ok", "warning", "error", "unchecked"]
    message: str
    code: str = ""
    where: str = ""
    fix: str = ""
    exit_code: int = 0
    """What the command would exit with for this alone."""


class DoctorReport(Struct, frozen=True, kw_only=True):
    diagnoses: tuple[Diagnosis, ...]

    @property
    def exit_code(self) -> int:
        """That of the worst finding: what a person must mend (2, then 3) comes before what passes by itself (4)."""
        return min((each.exit_code for each in self.diagnoses if each.exit_code), default=0)
