"""A run that is only thought, and the plan that it comes to."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

import msgspec

import connector
from connector.draft.crm import DraftCrm
from connector.engine.carry import Window
from connector.engine.run import Runner
from connector.engine.story import tell, tell_review
from connector.model import ConnectionState, RunSummary, State, unguarded
from connector.parts import CONNECTION, Parts
from connector.plans.document import NamedCall, Plan
from connector.plans.watch import Recorded, Watched
from connector.ports import Crm, Source
from connector.reports import PlannedCall, PlannedRecord, PlanReport, Progress


class Rehearsal:
    """Runs over a draft of the ledger and of the CRM. `crm` is only read."""

    def __init__(self, parts: Parts, crm: Crm | None = None) -> None:
        self._parts = parts
        self.ledger = parts.overlay()
        self._watched = Watched(crm or parts.reading_crm(self.ledger))
        self._crm = Recorded(DraftCrm(self._watched, region=parts.mapping.region))
        self._calls: list[PlannedCall] = []
        self._partial: set[str] = set()
        self._review: PlannedRecord | None = None

    def runner(self, *, source: Source, now: datetime, on_progress: Callable[[Progress], None]) -> Runner:
        """A runner whose pass this rehearsal observes."""
        return self._parts.runner(
            ledger=self.ledger,
            crm=self._crm,
            lane=self._parts.lane_of(self.ledger),
            source=source,
            now=now,
            on_progress=on_progress,
            observe=self._observe,
        )

    def report(self, summary: RunSummary) -> PlanReport:
        """The plan for people."""
        portal = self._crm.portal(self._parts.mapping.object_types) if self._calls else None
        return PlanReport(
            summary=summary,
            calls=tuple(self._calls),
            review=self._review,
            unguarded=unguarded(portal) if portal else (),
        )

    def plan(self, summary: RunSummary, *, now: datetime, since: datetime | None) -> Plan:
        """The plan as it is kept and compared."""
        before = self._state(self._parts.overlay().connections())
        after = self._state(self.ledger.connections())
        return Plan(
            version=connector.__version__,
            run_id=summary.run_id,
            created_at=now,
            connection=CONNECTION,
            source=self._parts.settings.source,
            account=after.account,
            portal_id=after.portal_id,
            mapping_version=self._parts.mapping.version,
            since=since,
            started_from=after.started_from,
            stood_at=before.watermark,
            watermark=after.watermark,
            calls=self._named(),
            writes=tuple(self._crm.writes),
            reads=self._watched.reads,
            report=self.report(summary),
        )

    def _observe(self, window: Window) -> None:
        self._calls.extend(tell(window))
        self._partial.update(item.call.key.id for item in window.items if item.call.is_partial)
        self._review = tell_review(window) or self._review

    def _named(self) -> tuple[NamedCall, ...]:
        """The calls that the ledger would remember something new of, newest first."""
        # A call that goes on is none yet: it is met again when it has ended.
        stored = [entry for entry in self.ledger.stored(CONNECTION) if entry.state is not State.ONGOING]
        before = self._parts.overlay().entries(CONNECTION, [entry.call_id for entry in stored])
        carried = {call.call_id for call in self._calls}
        named = [
            NamedCall(
                id=entry.call_id,
                fingerprint=entry.fingerprint,
                ended_at=entry.ended_at,
                is_carried=entry.call_id in carried,
                is_partial=entry.call_id in self._partial,
                ledger=_hash(before.get(entry.call_id)),
            )
            for entry in stored
        ]
        return tuple(sorted(named, key=lambda call: (call.ended_at, call.id), reverse=True))

    def _state(self, known: list[ConnectionState]) -> ConnectionState:
        nothing = ConnectionState(name=CONNECTION, source=self._parts.settings.source)
        return next((state for state in known if state.name == CONNECTION), nothing)


def _hash(value: object | None) -> str:
    if value is None:
        return ""
    return hashlib.blake2b(msgspec.json.encode(value, order="deterministic"), digest_size=16).hexdigest()
