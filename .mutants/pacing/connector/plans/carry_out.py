"""`apply`: the plan as it is, or nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from connector.errors import InputError
from connector.parts import CONNECTION, Parts
from connector.plans.compare import departures
from connector.plans.document import Plan
from connector.plans.errors import StalePlanError
from connector.plans.guard import Guarded
from connector.plans.rehearsal import Rehearsal
from connector.plans.reread import Reread
from connector.reports import Applied, Departure, Progress

WENT_WELL = ("ok", "partial")


class PlanCarrier:
    """Carries one plan out. `path` is the file that it was read from, to be named in errors."""

    def __init__(self, parts: Parts, plan: Plan, path: Path) -> None:
        self._parts = parts
        self._plan = plan
        self._path = path

    def carry_out(self, *, on_progress: Callable[[Progress], None]) -> Applied:
        """Do what the plan says, once.

        Raises StalePlanError when anything is no longer as the plan has it, and then nothing was written;
        UnplannedWriteError when HubSpot's answers ask for something else on the way; InputError for a plan of another
        connection.
        """
        plan = self._plan
        self._require_same_connection()
        self._parts.settings.required_hubspot_token()
        before = self._parts.overlay().run(plan.run_id)
        if before is not None and before.run_id == plan.run_id and before.status in WENT_WELL:
            return Applied(summary=before, is_repeated=True)
        self._require_same_places()
        source = Reread(self._parts.source, {call.id: call for call in plan.calls}, account=plan.account)
        runner = self._parts.runner(
            ledger=self._parts.ledger,
            crm=Guarded(self._parts.crm, plan.writes),
            lane=self._parts.lane,
            source=source,
            now=plan.created_at,
            on_progress=on_progress,
        )
        summary = runner.apply(
            run_id=plan.run_id,
            insisted=self._carried(),
            started_from=plan.started_from,
            watermark=plan.watermark,
            prove=lambda: self._prove(source),
        )
        return Applied(summary=summary)

    def _require_same_connection(self) -> None:
        ours, theirs = (CONNECTION, self._parts.settings.source), (self._plan.connection, self._plan.source)
        if ours != theirs:
            message = (
                f"the plan is for the connection {theirs[0]!r} of {theirs[1]!r}, and this is {ours[0]!r} of {ours[1]!r}"
            )
            raise InputError("E144", message, where=str(self._path))

    def _require_same_places(self) -> None:
        """What would change every call at once is told once."""
        plan, settings = self._plan, self._parts.settings
        if plan.mapping_version != self._parts.mapping.version:
            raise self._stale("the mapping, the region or the time zone was edited since the plan")
        if settings.source_account and plan.account and settings.source_account != plan.account:
            raise self._stale("the plan is for another account of the platform")
        if plan.portal_id is not None and plan.portal_id != self._parts.crm.portal_id():
            raise self._stale("the plan is for another HubSpot portal")

    def _prove(self, source: Reread) -> None:
        """Make the plan again, of the same calls and for the same instant, and compare."""
        plan = self._plan
        source.read()
        if source.accounts() - {plan.account}:
            raise self._stale("the platform's calls belong to another account than the plan's")
        rehearsal = Rehearsal(self._parts, self._parts.crm)
        runner = rehearsal.runner(source=source, now=plan.created_at, on_progress=lambda progress: None)
        summary = runner.apply(
            run_id=plan.run_id,
            insisted=self._carried(),
            started_from=plan.started_from,
            watermark=plan.watermark,
            prove=lambda: None,
            kind="plan",
        )
        found = rehearsal.plan(summary, now=plan.created_at, since=plan.since)
        if differing := departures(plan, found):
            calls = len({departure.call for departure in differing if departure.call})
            message = f"{calls} of the plan's {len(plan.calls)} calls" if calls else "something"
            raise self._stale(f"{message} changed since the plan", *differing)

    def _carried(self) -> frozenset[str]:
        return frozenset(call.id for call in self._plan.calls if call.is_carried)

    def _stale(self, message: str, *differing: Departure) -> StalePlanError:
        return StalePlanError(
            f"{message}: nothing was written",
            departures=differing or (Departure(what=message),),
            where=str(self._path),
        )
