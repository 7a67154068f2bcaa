"""The verbs that carry calls over, or say what that would do."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

from connector.app.verbs import OnProgress, Verbs, silent
from connector.app.window import choose_window, remember_window
from connector.engine.run import Runner
from connector.engine.watch import Watch
from connector.errors import InputError
from connector.log import redact
from connector.model import Entry, RunSummary, State
from connector.parts import CONNECTION
from connector.ports import Facts
from connector.reports import Applied, PlanReport

BACKFILL_PART_OF_DAY = 0.5
"""Of the requests that are left of a day: the rest is for sync and for other integrations."""
RETRIED_MAX = 10_000
"""Failed calls that one command tries again, the newest first."""

_PROVEN_FACT = f"proven:{CONNECTION}"


class Carrying(Verbs):
    """sync, backfill, retry, skip, plan, apply."""

    def sync(self, *, force: bool = False, on_progress: OnProgress = silent) -> RunSummary:
        """One scheduled pass: new and changed calls. Raises ConnectorError when no call can be carried."""
        self._require_proven_mapping(self._parts.ledger, force=force)
        runner = self._runner(on_progress)
        return runner.sync(first_since=self._parts.settings.starts_at(runner.now))

    def backfill(
        self,
        *,
        since: datetime | None,
        until: datetime | None = None,
        resume: bool = False,
        remap: bool = False,
        force: bool = False,
        on_progress: OnProgress = silent,
    ) -> RunSummary:
        """A past window; with `resume` and no `since`, that of the last backfill that did not come to its end.

        With both, the window is the one given: what an earlier backfill settled is not done again either way.
        Raises InputError: E100 without a start, or with `until` or `remap` beside a resumed window; E122 for none.
        """
        self._require_proven_mapping(self._parts.ledger, force=force)
        ledger, now = self._parts.ledger, self._parts.clock.now()
        window = choose_window(ledger, since=since, until=until, remaps=remap, resume=resume, now=now)
        remember_window(ledger, window, now=now)
        runner = self._runner(on_progress)
        self._parts.crm.take_part_of_day(BACKFILL_PART_OF_DAY)
        summary = runner.backfill(since=window.since, until=window.until, remaps=window.remaps)
        remember_window(ledger, None, now=self._parts.clock.now())
        return summary

    def calls_retry(
        self,
        call_ids: Sequence[str] = (),
        *,
        failed: bool = False,
        code: str = "",
        force: bool = False,
        on_progress: OnProgress = silent,
    ) -> RunSummary:
        """Carry these calls now, named by id or key, or the failed ones (with this code), dead letters included.

        Raises InputError E109 when the ledger does not know one of them; then none is tried.
        """
        if failed:
            states = (State.FAILED, State.DEAD)
            found = self._parts.ledger.list_entries(CONNECTION, states=states, code=code, limit=RETRIED_MAX)
            call_ids = [entry.call_id for entry in found]
        else:
            call_ids = [entry.call_id for entry in self._known(call_ids)]
        self._require_proven_mapping(self._parts.ledger, force=force)
        return self._runner(on_progress).retry(call_ids)

    def calls_skip(self, call_ids: Sequence[str], *, reason: str = "") -> list[Entry]:
        """Leave these calls alone for good, named by id or key; what stands in the CRM stays. Answers their entries.

        The reason is kept without numbers and addresses. Raises as `calls_retry`.
        """
        from connector.engine.by_hand import to_be_left

        self._known(call_ids)
        parts = self._parts
        state = parts.ledger.connection(CONNECTION, source=parts.settings.source)
        with parts.lane.held(state.portal_id or parts.crm.portal_id()):
            # Read again under the lane: a run may just have ended with one of them.
            now = parts.clock.now()
            left = [to_be_left(entry, redact(reason), now=now) for entry in self._known(call_ids)]
            parts.ledger.settle(CONNECTION, left, lane=parts.lane.lane)
        return left

    def plan(
        self,
        *,
        since: datetime | None = None,
        out: Path | None = None,
        force: bool = False,
        on_progress: OnProgress = silent,
    ) -> PlanReport:
        """What a sync would do now, per record and field. Writes nothing anywhere but the file `out`, if it is given.

        The file is for `apply`. Raises InputError (E140) when it cannot be written, before anything is planned.
        """
        from connector.plans.file import plan_file
        from connector.plans.rehearsal import Rehearsal

        self._parts.settings.required_hubspot_token()
        now = self._parts.clock.now()
        rehearsal = Rehearsal(self._parts)
        self._require_proven_mapping(rehearsal.ledger, force=force)
        with plan_file(out) if out is not None else nullcontext() as file:
            runner = rehearsal.runner(source=self._parts.source, now=now, on_progress=self._watched(on_progress))
            summary = runner.sync(first_since=self._parts.settings.starts_at(now), since=since, kind="plan")
            if file is not None:
                file.write(rehearsal.plan(summary, now=now, since=since))
        return rehearsal.report(summary)

    def apply(self, path: Path, *, on_progress: OnProgress = silent) -> Applied:
        """Do exactly what the plan in this file says, once.

        Raises StalePlanError, with what is no longer as the plan has it, and then nothing was written; InputError for a
        file that is no plan of this connection or too old.
        """
        from connector.plans.carry_out import PlanCarrier
        from connector.plans.file import read_plan

        plan = read_plan(path, now=self._parts.clock.now())
        return PlanCarrier(self._parts, plan, path).carry_out(on_progress=self._watched(on_progress))

    def _runner(self, on_progress: OnProgress) -> Runner:
        parts = self._parts
        return parts.runner(
            ledger=parts.ledger,
            crm=parts.crm,
            lane=parts.lane,
            source=parts.source,
            now=parts.clock.now(),
            on_progress=self._watched(on_progress),
        )

    def _watched(self, on_progress: OnProgress) -> Watch:
        """Progress that also says why HubSpot's requests wait, and how many are left today."""
        watch = Watch(on_progress, self._parts.day_left)
        self._parts.told = watch.wait
        return watch

    def _require_proven_mapping(self, facts: Facts, *, force: bool) -> None:
        """Refuse a mapping whose own tests fail, unless the user insists. What passed once is not run again."""
        if force:
            return
        from connector.proof.mark import mark_of

        path, now = self._parts.settings.mapping_path(), self._parts.clock.now()
        mark = mark_of(path, self._parts.mapping)
        if facts.recall(_PROVEN_FACT, now=now, age_seconds_max=None) == mark:
            return
        from connector.proof.mappings import failing_tests

        failures = failing_tests(path, self._parts.read_call)
        if failures:
            first = failures[0]
            message = f"{len(failures)} of the mapping's tests fail, first: {first.message}"
            raise InputError("E451", message, where=first.where)
        facts.remember(_PROVEN_FACT, mark, now=now)
