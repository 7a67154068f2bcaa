"""What a run tells of itself: the run summary of the public interface."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, field


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
