"""The one place where every entry point meets the product: a verb for each thing that it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import msgspec

from connector.clock import SystemClock
from connector.draft.ledger import DraftLedger
from connector.engine.pages import page
from connector.engine.run import Runner
from connector.engine.watch import Watch
from connector.errors import InputError, TransientError
from connector.ledger.open import look_at_place, open_to_look
from connector.log import redact
from connector.model import BadCall, Call, Entry, OngoingCall, RunSummary, State, id_of_key
from connector.parts import CONNECTION, Parts
from connector.ports import Clock, Facts
from connector.reports import (
    Applied,
    CallStory,
    CheckReport,
    DoctorReport,
    Finding,
    PlanReport,
    PortalSchema,
    Preview,
    Progress,
    SetupReport,
)
from connector.settings import Settings

if TYPE_CHECKING:
    from connector.doctor.platform import PlatformSeen
    from connector.hubspot.examination import Vitals
    from connector.ledger.place import Place
    from connector.proof.mappings import ReadCalls, ReadPortal

BACKFILL_PART_OF_DAY = 0.5
"""Of the requests that are left of a day: the rest is for sync and for other integrations."""

OnProgress = Callable[[Progress], None]


RETRIED_MAX = 10_000
"""Failed calls that one command tries again, the newest first."""


def _silent(progress: Progress) -> None:
    """For those who do not watch."""


class BackfillWindow(msgspec.Struct, frozen=True, kw_only=True):
    """What an interrupted backfill was about."""

    since: datetime
    until: datetime | None
    remaps: bool


class App:
    """One connection's verbs. A context manager; parts are made when first needed and closed at the end."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    @classmethod
    def from_settings(cls, settings: Settings, *, clock: Clock | None = None, **replaced: Any) -> App:
        """An app for these settings. Nothing is opened or asked yet.

        Tests replace the network (`hubspot_transport`, `source_transport`: `httpx.BaseTransport`) and the ledger
        (`ledger_opener`).
        """
        return cls(Parts(settings, clock=clock or SystemClock(), **replaced))

    def __enter__(self) -> App:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the ledger and every connection."""
        self._parts.close()

    # --- carrying calls ---

    def sync(self, *, force: bool = False, on_progress: OnProgress = _silent) -> RunSummary:
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
        on_progress: OnProgress = _silent,
    ) -> RunSummary:
        """A past window; with `resume` and no `since`, that of the last backfill that did not come to its end.

        With both, the window is the one given: what an earlier backfill settled is not done again either way.
        Raises InputError: E100 without a start, or with `until` or `remap` beside a resumed window; E122 for none.
        """
        self._require_proven_mapping(self._parts.ledger, force=force)
        window = self._backfill_window(since, until, remaps=remap, resume=resume)
        self._remember_window(window)
        runner = self._runner(on_progress)
        self._parts.crm.take_part_of_day(BACKFILL_PART_OF_DAY)
        summary = runner.backfill(since=window.since, until=window.until, remaps=window.remaps)
        self._remember_window(None)
        return summary

    def calls_retry(
        self,
        call_ids: Sequence[str] = (),
        *,
        failed: bool = False,
        code: str = "",
        force: bool = False,
        on_progress: OnProgress = _silent,
    ) -> RunSummary:
        """Carry these calls now, named by id or key, or the failed ones (with this code), dead letters included.

        Raises InputError E109 when the ledger does not know one of them; then none is tried.
        """
        if failed:
            states = (State.FAILED, State.DEAD)
            call_ids = [entry.call_id for entry in self.calls_list(states=states, code=code, limit=RETRIED_MAX)]
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
        on_progress: OnProgress = _silent,
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

    def apply(self, path: Path, *, on_progress: OnProgress = _silent) -> Applied:
        """Do exactly what the plan in this file says, once.

        Raises StalePlanError, with what is no longer as the plan has it, and then nothing was written; InputError for a
        file that is no plan of this connection or too old.
        """
        from connector.plans.carry_out import PlanCarrier
        from connector.plans.file import read_plan

        plan = read_plan(path, now=self._parts.clock.now())
        return PlanCarrier(self._parts, plan, path).carry_out(on_progress=self._watched(on_progress))

    # --- the portal and the mapping ---

    def setup(self, *, dry_run: bool = False) -> SetupReport:
        """Create what the portal lacks, or only list it."""
        types = self._parts.mapping.object_types
        if dry_run:
            return self._parts.reading_crm(self._parts.overlay()).setup(types, dry_run=True)
        with self._parts.lane.held(self._parts.crm.portal_id()):
            return self._parts.crm.setup(types, dry_run=False)

    def check(self, paths: Sequence[Path] = (), *, portal_schema: Path | None = None, samples: int = 0) -> CheckReport:
        """Check mapping files and the tests beside them; against a saved portal, else the real one with a token.

        With `samples` the one mapping is tried out on so many of the platform's newest calls.
        """
        from connector.proof.samples import newest_calls
        from connector.proof.saved import load_schema

        files = list(paths) or [self._parts.settings.mapping_path()]
        portal: ReadPortal | None = None
        if portal_schema is not None:
            saved = load_schema(portal_schema)
            portal = lambda object_types: saved  # noqa: E731 - a saved portal is the same for every type
        elif self._parts.settings.hubspot_token is not None:
            # Asked anew: somebody who checks has often just changed something in the portal.
            portal = self._parts.surveying_crm().survey
        newest = partial(newest_calls, self._parts.source, samples) if samples else None
        return self._prove(files, portal, newest)

    def _prove(self, files: Sequence[Path], portal: ReadPortal | None, samples: ReadCalls | None = None) -> CheckReport:
        from connector.proof.mappings import prove

        return prove(
            files,
            source=self._parts.settings.source,
            region=self._parts.settings.region,
            timezone=self._parts.settings.timezone,
            read_call=self._parts.read_call,
            portal=portal,
            samples=samples,
        )

    def save_portal_schema(self, path: Path, files: Sequence[Path] = ()) -> PortalSchema:
        """Save what these mappings, and most others, can be checked against without a token. The file names owners."""
        from connector.proof.mappings import objects_of
        from connector.proof.saved import save_schema

        found = self._parts.surveying_crm().survey(objects_of(list(files) or [self._parts.settings.mapping_path()]))
        return save_schema(path, found, now=self._parts.clock.now())

    def look_at_platform(self) -> PlatformSeen:
        """What the platform's key opens. Raises AccessError when it is refused, TransientError when nobody answers."""
        from connector.doctor.platform import look

        return look(self._parts.source_as_told(), self._parts.clock.now())

    def look_at_portal(self) -> Vitals:
        """The portal behind the token; raises likewise. Nothing that is learnt is kept."""
        return self._parts.reading_crm(DraftLedger()).examination.vitals()

    def look_at_ledger(self) -> Place:
        """Where the ledger is or will be. Raises InputError or FatalError for a place that cannot hold one."""
        return look_at_place(self._parts.settings.ledger_url)

    def doctor(self, warnings: Sequence[Finding] = ()) -> DoctorReport:
        """Everything that a run needs, examined; `warnings` are those of the settings. Writes nothing anywhere."""
        from connector.doctor.examine import Patient, examine

        parts, settings = self._parts, self._parts.settings
        patient = Patient(
            connection=CONNECTION,
            account=settings.source_account,
            quota_share=settings.quota_share,
            warnings=warnings,
            now=parts.clock.now,
            open_source=parts.source_as_told,
            place=self.look_at_ledger,
            open_ledger=partial(open_to_look, settings.ledger_url),
            examination=lambda ledger: parts.reading_crm(DraftLedger(ledger)).examination,
            object_types=lambda: parts.mapping.object_types,
            prove=self._prove_against,
        )
        return examine(patient)

    def _prove_against(self, portal: PortalSchema | None) -> CheckReport:
        read = None if portal is None else lambda types: portal
        return self._prove([self._parts.settings.mapping_path()], read)

    # --- looking ---

    def preview(self, call_id: str) -> Preview:
        """One call through the mapping, fetched now. Raises InputError when the platform does not know it."""
        call = self._parts.source.call(call_id)
        if call is None:
            raise InputError("E109", "the platform does not know this call", where="CALL_ID")
        if isinstance(call, BadCall):
            raise InputError(call.code, call.message, where="CALL_ID")
        if isinstance(call, OngoingCall):
            raise InputError("E332", "the call is not over yet", where="CALL_ID")
        return self._preview(call)

    def calls_list(
        self, *, states: Sequence[State] = (), since: datetime | None = None, code: str = "", limit: int = 100
    ) -> list[Entry]:
        """The ledger's entries, newest first; with a code, those that failed with it or lost something by it."""
        return self._parts.overlay().list_entries(CONNECTION, states=states, since=since, code=code, limit=limit)

    def calls_show(self, call_id: str) -> CallStory:
        """Everything about one call, named by its id or its key: the ledger's entry, the platform's record now, pages.

        What the ledger knows is told when the platform cannot be reached, too.
        """
        entry = self._entry(call_id)
        call_id = entry.call_id if entry is not None else id_of_key(call_id) or call_id
        try:
            call = self._parts.source.call(call_id)
        except TransientError:
            if entry is None:
                raise
            call = None
        preview = self._preview(call) if isinstance(call, Call) else None
        key = str(call.key) if call is not None else call_id
        return CallStory(key=key, entry=entry, preview=preview, urls=self._urls(entry))

    def runs_list(self, limit: int = 20) -> list[RunSummary]:
        """Runs, newest first."""
        return self._parts.overlay().runs(CONNECTION, limit=limit)

    def runs_show(self, run_id: str) -> RunSummary:
        """One run by its id or a unique beginning of it. Raises InputError when there is none."""
        summary = self._parts.overlay().run(run_id)
        if summary is None:
            raise InputError("E110", "no run has this id", where="RUN_ID")
        return summary

    # --- details ---

    def _entry(self, name: str) -> Entry | None:
        """What the ledger knows of a call, named by its id or its key."""
        call_id = id_of_key(name) or name
        known = self._parts.overlay().entries(CONNECTION, {name, call_id})
        return known.get(name) or known.get(call_id)

    def _known(self, names: Sequence[str]) -> list[Entry]:
        found = {name: self._entry(name) for name in names}
        unknown = [name for name, entry in found.items() if entry is None]
        if unknown:
            more = f" and {len(unknown) - 1} more of those given" if len(unknown) > 1 else ""
            raise InputError("E109", f"the ledger does not know the call {unknown[0]}{more}", where="CALL_ID")
        return list({entry.call_id: entry for entry in found.values() if entry is not None}.values())

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

    def _backfill_window(
        self, since: datetime | None, until: datetime | None, *, remaps: bool, resume: bool
    ) -> BackfillWindow:
        if since is not None:
            if since >= (until or self._parts.clock.now()):
                raise InputError("E104", "the window ends before it starts", where="--since, --until")
            # What such a backfill has settled before is known to the ledger, so going on needs nothing more.
            return BackfillWindow(since=since, until=until, remaps=remaps)
        if not resume:
            raise InputError("E100", "a backfill needs a start: --since DATE, or --resume", where="--since")
        if until is not None or remaps:
            option = "--until" if until is not None else "--remap"
            raise InputError("E100", f"{option} needs --since: --resume goes on as the backfill began", where=option)
        stored = self._parts.ledger.recall(_WINDOW_FACT, now=self._parts.clock.now(), age_seconds_max=None)
        if not stored:
            raise InputError("E122", "no backfill of this connection was interrupted", where="--resume")
        return msgspec.json.decode(stored, type=BackfillWindow)

    def _remember_window(self, window: BackfillWindow | None) -> None:
        stored = msgspec.json.encode(window) if window else b""
        self._parts.ledger.remember(_WINDOW_FACT, stored, now=self._parts.clock.now())

    def _preview(self, call: Call) -> Preview:
        from connector.proof.rehearse import plan_one

        crm = self._parts.draft_crm(self._parts.overlay())
        mapping = self._parts.mapping
        plan = plan_one(call, mapping, crm=crm, now=self._parts.clock.now())
        return Preview(plan=plan, payload=call.payload)

    def _urls(self, entry: Entry | None) -> dict[str, str]:
        if entry is None or self._parts.settings.hubspot_token is None:
            return {}
        portal = self._parts.reading_crm(self._parts.overlay()).portal()
        types = self._parts.mapping.record_types
        pages = {
            "contact": page(portal, "contacts", entry.contact_id),
            "call": page(portal, "calls", entry.engagement_id),
        }
        pages |= {name: page(portal, types.get(name, ""), record_id) for name, record_id in entry.records.items()}
        return {what: address for what, address in pages.items() if address}


_PROVEN_FACT = f"proven:{CONNECTION}"
_WINDOW_FACT = f"backfill:{CONNECTION}"
